//! Which municipalities an entry has to do with, since when, and why it went from one to another.
//!
//! A municipality is responsible, or has the quarantine hotel, or is where the traveller is going. What ends stays
//! written down for as long as the entry lives: for a day after, both sides of a move see it.

use super::municipality::stays_at_hotel;
use events::Personal;
use events::record::{EntryRecord, Routing, RoutingBasis};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// For how long a municipality still sees what was its own.
pub const SEEN_AFTERWARDS: SignedDuration = SignedDuration::from_hours(24);

/// What an entry has to do with a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(i16)]
pub enum Relation {
    /// The municipality follows up.
    Responsible = 0,
    /// The traveller stays at a quarantine hotel there.
    Hotel = 1,
    /// The traveller is going there.
    Destination = 2,
}

/// What ties an entry to a municipality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// The municipality.
    pub municipality: String,
    /// How.
    pub relation: Relation,
    /// Since when.
    pub since: Timestamp,
    /// The same as a position of the log.
    pub since_position: u64,
    /// Until when, if it is over, and the position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<(Timestamp, u64)>,
}

/// Why the responsible municipality changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MovedBecause {
    /// The traveller stays at a hotel there.
    HotelStay,
    /// The stay at the hotel is over.
    HotelLeft,
    /// The source corrected the place.
    SourceChanged,
    /// The national workbench decided.
    Decided,
    /// The municipality said that it is not its own.
    Declined,
}

/// The responsible municipality changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// From whom; the last one who was, when nobody is meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// To whom; absent for the national workbench.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub because: MovedBecause,
    /// In the words of whoever decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Personal<String>>,
    /// Who decided, when somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A person's decision about where an entry belongs.
pub struct ByHand<'a> {
    /// What it was.
    pub because: MovedBecause,
    /// Why, in words.
    pub words: &'a Personal<String>,
    /// Who.
    pub by: &'a str,
}

/// Where something stands in time.
#[derive(Clone, Copy)]
pub struct When {
    /// The moment.
    pub at: Timestamp,
    /// The position in the log.
    pub position: u64,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Belonging {
    /// Ties, also those that are over.
    pub ties: Vec<Tie>,
    /// The last change of the responsible municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
    /// How the responsible municipality was found.
    #[serde(default)]
    basis: RoutingBasis,
}

impl Belonging {
    /// Moves on to where an entry belongs now.
    pub fn settle(
        &mut self,
        record: &EntryRecord,
        routing: &Routing,
        by_hand: Option<ByHand<'_>>,
        when: When,
    ) {
        self.note_move(routing, by_hand, when);
        self.basis = routing.basis;
        let quarantine = &record.quarantine;
        let stays = stays_at_hotel(quarantine.hotel_from, quarantine.hotel_until);
        // What the source sends there may be anything; it stands in the clear only when it is a number.
        let number = |told: &'_ &String| told.len() == 4 && told.bytes().all(|byte| byte.is_ascii_digit());
        let now = [
            (Relation::Responsible, routing.responsible_municipality.as_ref().filter(number)),
            (Relation::Hotel, routing.hotel_municipality.as_ref().filter(number).filter(|_| stays)),
            (Relation::Destination, routing.arrival_municipality.as_ref().filter(number)),
        ];
        for (relation, municipality) in now {
            self.tie(relation, municipality, when);
        }
    }

    fn note_move(&mut self, routing: &Routing, by_hand: Option<ByHand<'_>>, when: When) {
        let is_first = self.ties.is_empty() && self.moved.is_none();
        let before = self.responsible().map(str::to_owned);
        let to = routing.responsible_municipality.clone();
        if before == to || (is_first && by_hand.is_none()) {
            return;
        }
        let because = match (&by_hand, self.basis, routing.basis) {
            (Some(by_hand), _, _) => by_hand.because,
            (None, _, RoutingBasis::Hotel) => MovedBecause::HotelStay,
            (None, RoutingBasis::Hotel, _) => MovedBecause::HotelLeft,
            (None, _, _) => MovedBecause::SourceChanged,
        };
        let last = || {
            self.ties.iter().filter(|tie| tie.relation == Relation::Responsible).max_by_key(|tie| tie.until)
        };
        self.moved = Some(Moved {
            from: before.or_else(|| last().map(|tie| tie.municipality.clone())),
            to,
            at: when.at,
            because,
            words: by_hand.as_ref().map(|by_hand| by_hand.words.clone()),
            by: by_hand.map(|by_hand| by_hand.by.to_owned()),
        });
    }

    fn tie(&mut self, relation: Relation, municipality: Option<&String>, when: When) {
        let is_it = |tie: &Tie| municipality == Some(&tie.municipality);
        for tie in self.ties.iter_mut().filter(|tie| tie.relation == relation && tie.until.is_none()) {
            if !is_it(tie) {
                tie.until = Some((when.at, when.position));
            }
        }
        let Some(municipality) = municipality else { return };
        let new = Tie {
            municipality: municipality.clone(),
            relation,
            since: when.at,
            since_position: when.position,
            until: None,
        };
        match self.ties.iter_mut().find(|tie| tie.relation == relation && is_it(tie)) {
            Some(tie) if tie.until.is_none() => {}
            Some(tie) => *tie = new,
            None => self.ties.push(new),
        }
    }

    /// Who follows up.
    pub fn responsible(&self) -> Option<&str> {
        let is_it = |tie: &&Tie| tie.relation == Relation::Responsible && tie.until.is_none();
        self.ties.iter().find(is_it).map(|tie| tie.municipality.as_str())
    }

    /// Whether a municipality may see the entry at a moment: it has to do with it, or followed up within a day.
    pub fn is_seen_by(&self, municipality: &str, now: Timestamp) -> bool {
        let still = |tie: &Tie| match tie.until {
            None => true,
            Some((until, _)) => {
                tie.relation == Relation::Responsible && now.duration_since(until) < SEEN_AFTERWARDS
            }
        };
        self.ties.iter().any(|tie| tie.municipality == municipality && still(tie))
    }

    /// The last change of the responsible municipality, as long as both sides see it.
    pub fn moved_lately(&self, now: Timestamp) -> Option<&Moved> {
        self.moved.as_ref().filter(|moved| now.duration_since(moved.at) < SEEN_AFTERWARDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn routing(responsible: Option<&str>, basis: RoutingBasis) -> Routing {
        Routing {
            arrival_municipality: Some("0301".to_owned()),
            hotel_municipality: Some("4601".to_owned()),
            responsible_municipality: responsible.map(str::to_owned),
            basis,
        }
    }

    fn when(hour: i64) -> When {
        let at = Timestamp::from_second(1_615_809_600 + hour * 3_600).unwrap();
        When { at, position: 100 + hour.unsigned_abs() }
    }

    fn ties(belonging: &Belonging, relation: Relation) -> Vec<(&str, bool)> {
        let of = belonging.ties.iter().filter(|tie| tie.relation == relation);
        of.map(|tie| (tie.municipality.as_str(), tie.until.is_none())).collect()
    }

    #[test]
    fn whoever_leaves_the_hotel_goes_on_to_where_he_is_going_and_both_see_it_for_a_day() {
        let mut record = EntryRecord::default();
        let mut belonging = Belonging::default();
        belonging.settle(&record, &routing(Some("4601"), RoutingBasis::Hotel), None, when(0));
        assert_eq!(belonging.moved, None, "it has come, and not moved");
        assert_eq!(belonging.responsible(), Some("4601"));
        assert_eq!(ties(&belonging, Relation::Hotel), [("4601", true)]);
        record.quarantine.hotel_from = Some(date(2021, 3, 15));
        record.quarantine.hotel_until = Some(date(2021, 3, 18));
        belonging.settle(&record, &routing(Some("0301"), RoutingBasis::Destination), None, when(72));
        assert_eq!(ties(&belonging, Relation::Responsible), [("4601", false), ("0301", true)]);
        assert_eq!(ties(&belonging, Relation::Hotel), [("4601", false)], "the stay is over");
        let moved = belonging.moved_lately(when(73).at).unwrap();
        assert_eq!((moved.from.as_deref(), moved.to.as_deref()), (Some("4601"), Some("0301")));
        assert_eq!(moved.because, MovedBecause::HotelLeft);
        for (municipality, hour, sees) in
            [("4601", 95, true), ("4601", 96, false), ("0301", 500, true), ("1103", 73, false)]
        {
            assert_eq!(belonging.is_seen_by(municipality, when(hour).at), sees, "{municipality} {hour}");
        }
        assert_eq!(belonging.moved_lately(when(96).at), None);
    }

    #[test]
    fn what_is_declined_goes_to_the_workbench_and_from_there_names_whom_it_came_from() {
        let record = EntryRecord::default();
        let mut belonging = Belonging::default();
        belonging.settle(&record, &routing(Some("4601"), RoutingBasis::Postcode), None, when(0));
        let words = Personal("not here".to_owned());
        let by = |because| Some(ByHand { because, words: &words, by: "Ingrid" });
        belonging.settle(
            &record,
            &routing(None, RoutingBasis::Declined),
            by(MovedBecause::Declined),
            when(1),
        );
        assert_eq!(belonging.responsible(), None);
        assert_eq!(belonging.moved.as_ref().unwrap().words, Some(words.clone()));
        belonging.settle(
            &record,
            &routing(Some("1103"), RoutingBasis::Manual),
            by(MovedBecause::Decided),
            when(2),
        );
        let moved = belonging.moved.clone().unwrap();
        assert_eq!((moved.from.as_deref(), moved.to.as_deref()), (Some("4601"), Some("1103")));
    }

    #[test]
    fn a_municipality_that_gets_an_entry_back_has_it_since_then() {
        let record = EntryRecord::default();
        let mut belonging = Belonging::default();
        for (hour, municipality) in [(0, "4601"), (1, "1103"), (2, "4601")] {
            belonging.settle(
                &record,
                &routing(Some(municipality), RoutingBasis::Destination),
                None,
                when(hour),
            );
        }
        assert_eq!(ties(&belonging, Relation::Responsible), [("4601", true), ("1103", false)]);
        assert_eq!(belonging.ties[0].since, when(0).at.max(when(2).at));
        assert_eq!(belonging.moved.unwrap().because, MovedBecause::SourceChanged);
    }
}
