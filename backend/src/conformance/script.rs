//! What happens, in order: which events there are, on which page each stands, and who is visible when.

use crate::entropy::Entropy;
use api::feed::{ARRIVED, CHANGED, ENDED, LEFT};
use events::{EntryId, Epoch};
use jiff::Timestamp;

/// A type that no program has heard of.
pub const UNHEARD_OF: &str = "no.helsedirektoratet.innreise.entry.weighed.v1";
/// The municipality that the consumer is for.
pub const MUNICIPALITY: &str = "4601";

/// Here the consumer has been away for too long: what stands between the two was never told.
pub const AWAY_FROM: u64 = 13;
/// Where the feed goes on after the extract.
pub const BACK_AT: u64 = 20;
/// The last event.
pub const LAST: u64 = 23;

/// The pages: the position before the first event, and that of the last one.
pub const PAGES: [(u64, u64); 8] = [(0, 3), (3, 5), (5, 7), (7, 9), (9, 12), (12, 13), (20, 22), (22, 23)];
/// The page with an event that was told before.
pub const DUPLICATE: (u64, u64) = PAGES[1];
/// The page with a type that nobody knows.
pub const UNKNOWN_TYPE: (u64, u64) = PAGES[2];
/// The page that comes at the third try: before it an error, and half an answer.
pub const TROUBLED: (u64, u64) = PAGES[3];
/// The page before which an older one is answered once more.
pub const REPEATED_BEFORE: (u64, u64) = PAGES[5];

/// The entries of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// There from the beginning, and changed twice.
    Stays,
    /// Moves to another municipality and comes back.
    Wanders,
    /// Ends before its time.
    EndsEarly,
    /// Leaves while the consumer is away.
    Vanishes,
    /// Ends with its window.
    EndsWithWindow,
    /// Comes while the consumer is away, and ends with its window.
    ComesMeanwhile,
    /// Ends before anybody has told that it came.
    NeverSeen,
    /// Comes last.
    ComesLast,
}

/// All of them.
pub const NAMES: [Name; 8] = [
    Name::Stays,
    Name::Wanders,
    Name::EndsEarly,
    Name::Vanishes,
    Name::EndsWithWindow,
    Name::ComesMeanwhile,
    Name::NeverSeen,
    Name::ComesLast,
];

/// What one event tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// An entry has come, changed, left or ended.
    Of(&'static str, Name),
    /// A window has ended.
    Window,
}

/// The event at a position; the second one of the first page is told again on the next.
pub fn telling(position: u64) -> Option<Telling> {
    use Name::*;
    Some(match position {
        1 => Telling::Of(ARRIVED, Stays),
        2 | 4 => Telling::Of(ARRIVED, Wanders),
        3 => Telling::Of(ARRIVED, EndsEarly),
        5 => Telling::Of(ARRIVED, Vanishes),
        6 => Telling::Of(UNHEARD_OF, Stays),
        7 | 23 => Telling::Of(CHANGED, Stays),
        8 => Telling::Of(LEFT, Wanders),
        9 => Telling::Of(ARRIVED, EndsWithWindow),
        10 => Telling::Of(ENDED, EndsEarly),
        11 => Telling::Of(ENDED, NeverSeen),
        12 => Telling::Of(ARRIVED, NeverSeen),
        13 => Telling::Of(ARRIVED, Wanders),
        21 => Telling::Window,
        22 => Telling::Of(ARRIVED, ComesLast),
        _ => return None,
    })
}

/// Positions at which something ended: what must be acknowledged.
pub const ENDS: [u64; 3] = [10, 11, 21];

/// Whether an entry can be fetched when everything up to a position has been told.
pub fn is_visible(name: Name, told: u64) -> bool {
    match name {
        Name::Stays => told >= 1,
        Name::Wanders => (2..8).contains(&told) || told >= 13,
        Name::EndsEarly => (3..10).contains(&told),
        Name::Vanishes => (5..BACK_AT).contains(&told),
        Name::EndsWithWindow => (9..21).contains(&told),
        Name::ComesMeanwhile => (BACK_AT..21).contains(&told),
        Name::NeverSeen => false,
        Name::ComesLast => told >= 22,
    }
}

/// When an entry's record was last changed, when everything up to a position has been told: what a copy shows.
pub fn updated_at(start: Timestamp, name: Name, told: u64) -> Timestamp {
    let position = match name {
        Name::Stays if told >= 23 => 23,
        Name::Stays if told >= 7 => 7,
        Name::Wanders if told >= 13 => 13,
        _ => 0,
    };
    moment(start, position)
}

/// When the event at a position was recorded. The clocks of two nodes differ: the order of the times is not that of
/// the positions.
pub fn moment(start: Timestamp, position: u64) -> Timestamp {
    let seconds = i64::try_from(position).unwrap_or(0) * 10 - if position.is_multiple_of(4) { 25 } else { 0 };
    start.saturating_add(jiff::SignedDuration::from_secs(seconds)).unwrap_or(start)
}

/// The ids of the story's entries: of two windows, one of which ends.
#[derive(Clone)]
pub struct Cast {
    ids: Vec<(Name, EntryId)>,
    /// The window that ends.
    pub ends: Epoch,
}

impl Cast {
    /// New ids.
    pub fn new(entropy: &Entropy, now: Timestamp) -> Cast {
        let lasts = Epoch::of(now);
        let ends = Epoch(lasts.0.saturating_sub(40).max(1));
        let epoch = |name: &Name| match name {
            Name::EndsWithWindow | Name::ComesMeanwhile => ends,
            _ => lasts,
        };
        Cast { ids: NAMES.iter().map(|name| (*name, entropy.entry(epoch(name)))).collect(), ends }
    }

    /// The entry that plays a part.
    pub fn id(&self, name: Name) -> Option<EntryId> {
        self.ids.iter().find(|(known, _)| *known == name).map(|(_, id)| *id)
    }

    /// The part that an entry plays.
    pub fn name(&self, id: EntryId) -> Option<Name> {
        self.ids.iter().find(|(_, known)| *known == id).map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_filled_and_joins_the_one_before() {
        let mut behind = 0;
        for (before, last) in PAGES {
            assert_eq!(before, if behind == AWAY_FROM { BACK_AT } else { behind });
            assert!((before + 1..=last).all(|position| telling(position).is_some()), "{before}");
            behind = last;
        }
        assert_eq!(behind, LAST);
        let told = ENDS.map(telling);
        assert!(told.iter().all(|told| matches!(told, Some(Telling::Window | Telling::Of(ENDED, _)))));
    }

    #[test]
    fn the_times_do_not_follow_the_order() {
        let start = Timestamp::from_second(1_615_809_600).unwrap();
        let times: Vec<Timestamp> = (1..=LAST).map(|position| moment(start, position)).collect();
        assert!(!times.is_sorted());
    }
}
