//! Walks the members of a tar: a header of 512 bytes, the content, filled up to the next 512.

use std::io::{self, Read};

pub(crate) const BLOCK: usize = 512;

/// A member's name and length in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) length: u64,
}

/// Whether a tar begins here: the checksum over the header fits.
pub(crate) fn is_header(head: &[u8]) -> bool {
    head.get(..BLOCK).and_then(member).is_some()
}

/// Reads a header; nothing when it is none.
pub(crate) fn member(header: &[u8]) -> Option<Member> {
    let sum = number(header.get(148..156)?)?;
    let counted: u64 = header.iter().map(|&byte| u64::from(byte)).sum();
    let own: u64 = header.get(148..156)?.iter().map(|&byte| u64::from(byte)).sum();
    if counted - own + 8 * u64::from(b' ') != sum || header.first() == Some(&0) {
        return None;
    }
    let name = text(header.get(..100)?);
    let prefix = if header.get(257..262)? == b"ustar" { text(header.get(345..500)?) } else { String::new() };
    let name = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
    // Links and directories have no content, whatever length they give.
    let has_content = !matches!(header.get(156)?, b'1'..=b'6');
    let length = if has_content { number(header.get(124..136)?)? } else { 0 };
    Some(Member { name, length })
}

fn text(field: &[u8]) -> String {
    let end = field.iter().position(|&byte| byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(field.get(..end).unwrap_or_default()).into_owned()
}

/// Octal digits, or a binary number after a byte of 0x80.
fn number(field: &[u8]) -> Option<u64> {
    if let Some((0x80, digits)) = field.split_first() {
        let last = digits.get(digits.len().checked_sub(8)?..)?;
        return last.first_chunk().map(|eight| u64::from_be_bytes(*eight));
    }
    let digits = std::str::from_utf8(field).ok()?.trim_matches(|letter| letter == ' ' || letter == '\0');
    u64::from_str_radix(digits, 8).ok()
}

/// Reads until `out` is full or the source ends or fails; says how much was read, and the failure.
pub(crate) fn fill(source: &mut dyn Read, out: &mut [u8]) -> (usize, io::Result<()>) {
    let mut filled = 0;
    while let Some(rest) = out.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match source.read(rest) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (filled, Err(error)),
        }
    }
    (filled, Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_and_text_are_no_tar() {
        assert!(!is_header(&[0; 8192]));
        assert!(!is_header(&[b' '; 8192]));
        assert!(!is_header(b"short"));
    }
}
