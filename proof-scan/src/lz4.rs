//! The lz4 block format, as PostgreSQL stores it in values and page images: unpacked as far as it goes.
//! (A library would refuse a block that is cut short.)

use crate::unpacked::{End, Unpacked};

/// Unpacks `packed` (without any header) as far as it goes.
pub(crate) fn unpack(packed: &[u8], out: &mut Unpacked<'_>) -> End {
    let mut rest = packed;
    while let Some((&token, after)) = rest.split_first() {
        let Some((count, after)) = length(token >> 4, after) else { return End::Short };
        out.literals(after.get(..count).unwrap_or(after));
        rest = after.get(count..).unwrap_or_default();
        if out.is_full() {
            return End::Full;
        }
        let [low, high, after @ ..] = rest else { return End::Short };
        let back = usize::from(u16::from_le_bytes([*low, *high]));
        let Some((count, after)) = length(token & 0x0f, after) else { return End::Short };
        if !out.repeat(back, count.saturating_add(4)) {
            return End::Broken;
        }
        rest = after;
        out.settle();
    }
    if out.is_full() { End::Full } else { End::Short }
}

/// A length of 15 goes on in bytes that are added up to the first that is not 255.
fn length(nibble: u8, rest: &[u8]) -> Option<(usize, &[u8])> {
    let mut count = usize::from(nibble);
    let mut rest = rest;
    if nibble == 15 {
        loop {
            let (&more, after) = rest.split_first()?;
            count += usize::from(more);
            rest = after;
            if more != 255 {
                break;
            }
        }
    }
    Some((count, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_library() {
        let text: Vec<u8> =
            (0..50_000_u32).flat_map(|n| format!("line {} {} ", n % 977, n / 3).into_bytes()).collect();
        let packed = lz4_flex::block::compress(&text);
        for (taken, expected) in [(packed.len(), End::Full), (packed.len() / 2, End::Short)] {
            let mut all = Vec::new();
            let mut sink = |bytes: &[u8], seen: usize| all.extend_from_slice(&bytes[seen..]);
            let mut out = Unpacked::new(text.len(), 10, &mut sink);
            assert_eq!(unpack(&packed[..taken], &mut out), expected);
            out.finish();
            assert!(text.starts_with(&all) && all.len() > text.len() / 4);
            assert_eq!(all.len() == text.len(), expected == End::Full);
        }
    }
}
