//! The demo source: invented travellers as the real source would send them, in the order of time, the same for
//! the same seed. It only makes data; nothing here opens a port or a file.

pub mod conversations;
pub mod delegates;
pub mod dice;
pub mod dirt;
pub mod hotels;
pub mod later;
pub mod names;
pub mod numbers;
pub mod party;
pub mod person;
pub mod place;
pub mod rates;
pub mod results;
pub mod shift;
mod stream;

pub use stream::Stream;

use std::io::{self, Write};

/// Writes the next `count` records of a stream as the NDJSON that intake reads.
pub fn write_ndjson(writer: &mut impl Write, stream: &mut Stream, count: u64) -> io::Result<()> {
    for _ in 0..count {
        // The stream has no end.
        let Some((_, record)) = stream.next() else { break };
        serde_json::to_writer(&mut *writer, &record)?;
        writer.write_all(b"\n")?;
    }
    writer.flush()
}
