//! Where decompressors put what they unpack: searched piece by piece, so that memory stays bounded.

/// When this much has gathered, it is handed on.
const PIECE: usize = 1 << 20;
/// lz4 reaches back 64 kB, pglz 4 kB.
const FARTHEST: usize = 1 << 16;

/// What ended an unpacking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// As many bytes came out as were promised.
    Full,
    /// The packed bytes ended first.
    Short,
    /// The packed bytes make no sense.
    Broken,
}

/// Receives unpacked bytes and hands them to `sink` with the number of leading bytes that it has seen before.
pub(crate) struct Unpacked<'s> {
    bytes: Vec<u8>,
    seen: usize,
    room: usize,
    keep: usize,
    sink: &'s mut dyn FnMut(&[u8], usize),
}

impl<'s> Unpacked<'s> {
    /// `room` is how many bytes may come out, `reach` how far `sink` looks back.
    pub(crate) fn new(room: usize, reach: usize, sink: &'s mut dyn FnMut(&[u8], usize)) -> Self {
        let bytes = Vec::with_capacity(room.min(FARTHEST));
        Self { bytes, seen: 0, room, keep: FARTHEST.max(reach), sink }
    }

    /// As if `history` had come out before, unseen by the sink.
    pub(crate) fn after(mut self, history: &[u8]) -> Self {
        self.bytes.extend_from_slice(history);
        self.seen = self.bytes.len();
        self
    }

    pub(crate) fn is_full(&self) -> bool {
        self.room == 0
    }

    #[inline]
    pub(crate) fn literal(&mut self, byte: u8) {
        self.bytes.push(byte);
        self.room = self.room.saturating_sub(1);
    }

    pub(crate) fn literals(&mut self, bytes: &[u8]) {
        let bytes = bytes.get(..self.room).unwrap_or(bytes);
        self.bytes.extend_from_slice(bytes);
        self.room -= bytes.len();
    }

    /// Copies `length` bytes from `back` bytes ago; false when there is nothing that far back.
    #[must_use]
    #[inline]
    pub(crate) fn repeat(&mut self, back: usize, length: usize) -> bool {
        let Some(mut from) = self.bytes.len().checked_sub(back).filter(|_| back > 0) else { return false };
        let mut length = length.min(self.room);
        self.room -= length;
        // A run longer than its distance repeats itself: copy what is there, which doubles each time.
        while length > 0 {
            let step = length.min(self.bytes.len() - from);
            self.bytes.extend_from_within(from..from + step);
            length -= step;
            from = self.bytes.len().saturating_sub(back);
        }
        true
    }

    /// To be called now and then between symbols.
    #[inline]
    pub(crate) fn settle(&mut self) {
        if self.bytes.len() >= PIECE {
            self.hand_on();
            let done = self.bytes.len().saturating_sub(self.keep);
            self.bytes.drain(..done);
            self.seen = self.bytes.len();
        }
    }

    /// Hands on what is left.
    pub(crate) fn finish(mut self) {
        self.hand_on();
    }

    fn hand_on(&mut self) {
        if self.bytes.len() > self.seen {
            (self.sink)(&self.bytes, self.seen);
        }
    }
}
