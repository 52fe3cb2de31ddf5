//! PostgreSQL's own compression: a control byte, then eight items, each a literal or a look back.

use crate::unpacked::{End, Unpacked};

/// How far back an item can point.
pub(crate) const WINDOW: usize = 4095;

/// Unpacks `packed` (without any header) as far as it goes.
pub(crate) fn unpack(packed: &[u8], out: &mut Unpacked<'_>) -> End {
    let mut rest = packed;
    while let Some((&control, items)) = rest.split_first() {
        rest = items;
        for bit in 0..8 {
            if out.is_full() {
                return End::Full;
            }
            if control >> bit & 1 == 0 {
                let Some((&byte, after)) = rest.split_first() else { return End::Short };
                out.literal(byte);
                rest = after;
            } else {
                match look_back(rest, out) {
                    Ok(after) => rest = after,
                    Err(end) => return end,
                }
            }
        }
        out.settle();
    }
    if out.is_full() { End::Full } else { End::Short }
}

/// Two bytes: four bits of the distance, four of the length, eight more of the distance; a third if the length is 18.
#[inline]
fn look_back<'p>(rest: &'p [u8], out: &mut Unpacked<'_>) -> Result<&'p [u8], End> {
    let [first, second, after @ ..] = rest else { return Err(End::Short) };
    let back = usize::from(first & 0xf0) << 4 | usize::from(*second);
    let mut length = usize::from(first & 0x0f) + 3;
    let mut after = after;
    if length == 18 {
        let (&more, left) = after.split_first().ok_or(End::Short)?;
        length += usize::from(more);
        after = left;
    }
    if out.repeat(back, length) { Ok(after) } else { Err(End::Broken) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(packed: &[u8], room: usize) -> (Vec<u8>, End) {
        let mut all = Vec::new();
        let mut sink = |bytes: &[u8], seen: usize| all.extend_from_slice(&bytes[seen..]);
        let mut out = Unpacked::new(room, 10, &mut sink);
        let end = unpack(packed, &mut out);
        out.finish();
        (all, end)
    }

    /// Written by PostgreSQL 15.18: `repeat('border control ', 400) || 'end'`, 6003 bytes.
    const REAL: &str = include_str!("../tests/data/pglz.hex");

    #[test]
    fn unpacks_what_postgresql_packed() {
        let packed = hex::decode(REAL.trim()).unwrap();
        let text = format!("{}end", "border control ".repeat(400));
        assert_eq!(unpacked(&packed, text.len()), (text.clone().into_bytes(), End::Full));
        let (part, end) = unpacked(&packed[..packed.len() - 2], text.len());
        assert_eq!(end, End::Short);
        assert!(text.as_bytes().starts_with(&part) && part.len() > 5000);
    }

    #[test]
    fn refuses_to_look_back_before_the_beginning() {
        assert_eq!(unpacked(&[0x01, 0x00, 0x01], 100).1, End::Broken);
        assert_eq!(unpacked(&[0x02, b'a', 0x00, 0x00], 100).1, End::Broken);
        assert_eq!(unpacked(&[0x02, b'a', 0x0f, 0x01, 0xff], 200), (vec![b'a'; 200], End::Full));
    }

    #[test]
    fn large_values_come_in_pieces_with_nothing_lost() {
        let mut packed = vec![0x02, b'a', 0x0f, 0x01, 0xff];
        packed.extend(
            std::iter::repeat_n([0xff, 0x0f, 0x01, 0xff, 0x0f, 0x01, 0xff, 0x0f, 0x01, 0xff], 1).flatten(),
        );
        let group: Vec<u8> = std::iter::once(0xff).chain([0x0f, 0x01, 0xff].repeat(8)).collect();
        let packed: Vec<u8> = std::iter::once(0x00).chain(*b"aaaaaaaa").chain(group.repeat(2000)).collect();
        let (all, end) = unpacked(&packed, 4_000_000);
        assert_eq!((all.len(), end), (4_000_000, End::Full));
        assert!(all.iter().all(|&byte| byte == b'a'));
    }
}
