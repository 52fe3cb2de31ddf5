//! Archives, known by their first bytes.

use crate::report::Container;
use flate2::read::MultiGzDecoder;
use lz4_flex::frame::FrameDecoder as Lz4Decoder;
use ruzstd::decoding::BlockDecodingStrategy;
use ruzstd::decoding::FrameDecoder as ZstdDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use std::io::{self, BufReader, Read};

/// Bytes that the recognition wants to see.
pub(crate) const HEAD: usize = 8192;
const INPUT: usize = 256 * 1024;

/// What a file is, judging by its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Can be opened.
    Opens(Container),
    /// Compressed in a way that cannot be opened here.
    Opaque(&'static str),
    /// No archive.
    Plain,
}

/// Formats that hide their content from this scanner.
const OPAQUE: [(&[u8], &str); 8] = [
    (b"\xfd7zXZ\0", "xz"),
    (b"BZh", "bzip2"),
    (b"PK\x03\x04", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"PGDMP", "custom-format dump of pg_dump"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x9d", "compress"),
    (b"LZIP", "lzip"),
];

/// What begins with `head`.
pub(crate) fn recognise(head: &[u8]) -> Kind {
    match head {
        [0x1f, 0x8b, 8, ..] => Kind::Opens(Container::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Kind::Opens(Container::Zstd),
        [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Kind::Opens(Container::Zstd),
        [0x04, 0x22, 0x4d, 0x18, ..] => Kind::Opens(Container::Lz4),
        _ if crate::tar::is_header(head) => Kind::Opens(Container::Tar),
        _ => match OPAQUE.iter().find(|(magic, _)| head.starts_with(magic)) {
            Some((_, name)) => Kind::Opaque(name),
            None => Kind::Plain,
        },
    }
}

/// The unpacked bytes of a compressed stream.
pub(crate) fn open<'r>(container: Container, packed: &'r mut dyn Read) -> Box<dyn Read + 'r> {
    let packed = BufReader::with_capacity(INPUT, packed);
    match container {
        Container::Gzip => Box::new(MultiGzDecoder::new(packed)),
        Container::Zstd => Box::new(Frames { source: packed, frame: None }),
        Container::Lz4 => Box::new(Lz4Decoder::new(packed)),
        Container::Tar => Box::new(packed),
    }
}

/// zstd frames one after another, the skippable ones skipped.
struct Frames<R> {
    source: R,
    frame: Option<ZstdDecoder>,
}

impl<R: io::BufRead> Frames<R> {
    /// Begins the next frame; false at the end.
    fn next(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            let mut decoder = ZstdDecoder::new();
            match decoder.init(&mut self.source) {
                Ok(()) => {
                    self.frame = Some(decoder);
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut (&mut self.source).take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }
}

impl<R: io::BufRead> Read for Frames<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(frame) = &mut self.frame else {
                if self.next()? {
                    continue;
                }
                return Ok(0);
            };
            while frame.can_collect() == 0 && !frame.is_finished() {
                frame
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(io::Error::other)?;
            }
            let count = frame.read(out)?;
            if count > 0 || out.is_empty() {
                return Ok(count);
            }
            self.frame = None;
        }
    }
}
