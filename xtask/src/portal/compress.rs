//! Compression ahead of time: as small as it gets, since it is done once and sent often.

use crate::error::Error;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;

/// For browsers without brotli.
pub(crate) fn gzip(content: &[u8], quick: bool) -> Result<Vec<u8>, Error> {
    let level = if quick { Compression::fast() } else { Compression::best() };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(content).and_then(|()| encoder.finish()).map_err(Error::system("compressing with gzip"))
}

/// For all others.
pub(crate) fn brotli(content: &[u8], quick: bool) -> Result<Vec<u8>, Error> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: if quick { 2 } else { 11 },
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    let mut source = content;
    brotli::BrotliCompress(&mut source, &mut packed, &parameters)
        .map_err(Error::system("compressing with brotli"))?;
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_packed_comes_out_again() {
        let content = b"the same words, the same words, the same words".repeat(20);
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(&gzip(&content, false).expect("gzip")[..])
            .read_to_end(&mut plain)
            .expect("gzip");
        assert_eq!(plain, content);
        let packed = brotli(&content, false).expect("brotli");
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &packed[..], &mut plain).expect("brotli");
        assert_eq!(plain, content);
        assert!(packed.len() < content.len() / 4);
    }
}
