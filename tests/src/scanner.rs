//! Looks for markers in files, whatever form they have taken: UTF-8, UTF-16, hexadecimal, base64.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A marker in one form.
struct Needle {
    marker: usize,
    bytes: Vec<u8>,
}

/// What is looked for.
pub struct Scanner {
    markers: Vec<String>,
    needles: Vec<Needle>,
    /// Needles by their first two bytes.
    starts: Vec<Vec<usize>>,
}

impl Scanner {
    /// A scanner for markers of ASCII signs, in every form, and in upper and lower case.
    pub fn new(markers: &[String]) -> Scanner {
        let mut needles = Vec::new();
        for (marker, text) in markers.iter().enumerate() {
            let cases = BTreeSet::from([text.clone(), text.to_lowercase(), text.to_uppercase()]);
            let forms: BTreeSet<Vec<u8>> = cases.iter().flat_map(|text| forms(text.as_bytes())).collect();
            needles.extend(forms.into_iter().map(|bytes| Needle { marker, bytes }));
        }
        let mut starts = vec![Vec::new(); 1 << 16];
        for (n, needle) in needles.iter().enumerate() {
            starts[place(&needle.bytes)].push(n);
        }
        Scanner { markers: markers.to_vec(), needles, starts }
    }

    /// The markers in some bytes.
    pub fn in_bytes(&self, bytes: &[u8]) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        for at in 0..bytes.len().saturating_sub(1) {
            for needle in self.starts[place(&bytes[at..])].iter().map(|n| &self.needles[*n]) {
                if bytes[at..].starts_with(&needle.bytes) {
                    found.insert(self.markers[needle.marker].as_str());
                }
            }
        }
        found
    }

    /// The markers in the files of a folder and those below it, and the files they stand in.
    pub fn in_folder(&self, folder: &Path) -> Vec<(String, PathBuf)> {
        let mut found = Vec::new();
        for item in fs::read_dir(folder).expect("a folder") {
            let item = item.expect("an item of the folder");
            let kind = item.file_type().expect("its type");
            if kind.is_dir() {
                found.extend(self.in_folder(&item.path()));
            } else if kind.is_file() {
                let bytes = fs::read(item.path()).expect("a file");
                found
                    .extend(self.in_bytes(&bytes).into_iter().map(|marker| (marker.to_owned(), item.path())));
            }
        }
        found
    }
}

fn place(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

fn forms(text: &[u8]) -> Vec<Vec<u8>> {
    let hex: String = text.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![
        text.to_vec(),
        text.iter().flat_map(|byte| [*byte, 0]).collect(),
        text.iter().flat_map(|byte| [0, *byte]).collect(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
    ];
    forms.extend((0..3).map(|offset| base64_inside(text, offset)));
    forms
}

/// What stands in base64 for a text that begins `offset` bytes into a group of three, without the signs that
/// its neighbours share in.
fn base64_inside(text: &[u8], offset: usize) -> Vec<u8> {
    let bytes: Vec<u8> = std::iter::repeat_n(0, offset).chain(text.iter().copied()).collect();
    let bit = |n: usize| bytes.get(n / 8).map_or(0, |byte| byte >> (7 - n % 8) & 1);
    let sign = |n: usize| BASE64[(0..6).fold(0, |value, i| value << 1 | usize::from(bit(n * 6 + i)))];
    ((offset * 8).div_ceil(6)..bytes.len() * 8 / 6).map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::base64_inside;

    #[test]
    fn base64_is_right_at_every_offset() {
        // Of "Mann", "?ann" and "??nnMan": TWFubg==, P2Fubg==, Pz9ubk1hbg==.
        assert_eq!(base64_inside(b"Mann", 0), b"TWFub");
        assert_eq!(base64_inside(b"ann", 1), b"Fub");
        assert_eq!(base64_inside(b"nnMan", 2), b"ubk1hb");
    }
}
