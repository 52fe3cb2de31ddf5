//! Little-endian numbers out of bytes that may end too early.

/// The 16-bit number at `at`, or nothing when the bytes end before it does.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|four| u16::from_le_bytes(*four))
}

/// The 32-bit number at `at`, or nothing when the bytes end before it does.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

/// The 64-bit number at `at`, or nothing when the bytes end before it does.
pub(crate) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|eight| u64::from_le_bytes(*eight))
}

/// A 32-bit size as an index. Sizes that do not fit the machine become the largest index, which no slice reaches.
pub(crate) fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A length in memory as an offset in a file.
pub(crate) fn offset(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
