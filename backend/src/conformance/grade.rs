//! The verdict: from what a consumer did, in order, to what it can and cannot do. A case that it never came to is told
//! apart from one that it failed.

use super::script::{self, AWAY_FROM, BACK_AT, Cast, LAST, Name};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What an answer of the feed was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Everything up to a position.
    Told(u64),
    /// An older page once more.
    Repeated,
    /// An error, or half an answer.
    Failed,
    /// A full extract is needed.
    ExtractNeeded,
}

/// What a consumer did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Came without the token, or with another.
    NotLoggedIn,
    /// Asked with a cursor that nobody gave it.
    UnknownCursor,
    /// Asked the feed for what comes after a position.
    Asked {
        /// That position.
        after: u64,
        /// What it got.
        answer: Answer,
    },
    /// Took a part of the extract.
    Extracted {
        /// Whether it was the first part.
        first: bool,
        /// Whether it was the last part.
        last: bool,
    },
    /// Acknowledged everything up to a position.
    Acknowledged(u64),
    /// Said what its copy holds: entries, and when each was changed last.
    Holds(BTreeMap<Uuid, Timestamp>),
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// Logs in, and goes on from cursors that it was given.
    FollowsCursors,
    /// Copes with an event that comes twice.
    Duplicate,
    /// Passes over a type that it does not know.
    UnknownType,
    /// Asks again where it was when the answer is an error or breaks off.
    TriesAgain,
    /// Copes with an older page that comes once more.
    RepeatedPage,
    /// Takes the full extract when the feed says so, all of it, and goes on from there.
    Extract,
    /// Acknowledges what ended, once it was told and not before.
    Acknowledges,
    /// Holds nothing that left: it moved away, or was not in the extract.
    ForgetsWhatLeft,
    /// Holds nothing that ended: early, with its window, or before it was seen to come.
    ForgetsWhatEnded,
    /// Holds what is there, also what left and came back.
    KeepsWhatIsThere,
    /// Holds the latest of what changed, also when it had to ask twice.
    HoldsTheLatest,
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "verdict", content = "why")]
pub enum Verdict {
    /// It can.
    Passed,
    /// It cannot.
    Failed(String),
    /// It never came to it.
    NotReached,
}

/// All verdicts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report(pub BTreeMap<Check, Verdict>);

impl Report {
    /// Whether everything was passed.
    pub fn passed(&self) -> bool {
        self.0.values().all(|verdict| *verdict == Verdict::Passed)
    }

    /// The checks that failed.
    pub fn failed(&self) -> Vec<Check> {
        let failed = self.0.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Failed(_)));
        failed.map(|(check, _)| *check).collect()
    }
}

/// Looks at everything a consumer did.
pub fn grade(deeds: &[Deed], cast: &Cast, start: Timestamp) -> Report {
    let holds = deeds.iter().rev().find_map(|deed| match deed {
        Deed::Holds(holds) => Some(holds),
        _ => None,
    });
    let held = Held { holds, cast, start, came_to_the_end: asked_beyond(deeds, LAST) };
    use Name::*;
    Report(BTreeMap::from([
        (Check::FollowsCursors, follows_cursors(deeds)),
        (Check::Duplicate, goes_on(deeds, script::DUPLICATE, "did not go on after an event that came twice")),
        (Check::UnknownType, goes_on(deeds, script::UNKNOWN_TYPE, "did not go on after an unknown type")),
        (Check::TriesAgain, tries_again(deeds)),
        (Check::RepeatedPage, repeated(deeds)),
        (Check::Extract, extract(deeds)),
        (Check::Acknowledges, acknowledges(deeds)),
        (Check::ForgetsWhatLeft, held.forgets(&[Vanishes])),
        (Check::ForgetsWhatEnded, held.forgets(&[EndsEarly, EndsWithWindow, ComesMeanwhile, NeverSeen])),
        (Check::KeepsWhatIsThere, held.keeps(&[Stays, Wanders, ComesLast])),
        (Check::HoldsTheLatest, held.latest(&[Stays, Wanders])),
    ]))
}

fn failed(why: &str) -> Verdict {
    Verdict::Failed(why.to_owned())
}

fn follows_cursors(deeds: &[Deed]) -> Verdict {
    if deeds.contains(&Deed::NotLoggedIn) {
        return failed("came without the token");
    }
    if deeds.contains(&Deed::UnknownCursor) {
        return failed("came with a cursor that was never given");
    }
    let asked = deeds.iter().any(|deed| matches!(deed, Deed::Asked { .. }));
    if asked { Verdict::Passed } else { Verdict::NotReached }
}

/// Whether it asked for what comes behind a position.
fn asked_beyond(deeds: &[Deed], position: u64) -> bool {
    deeds.iter().any(|deed| matches!(deed, Deed::Asked { after, .. } if *after >= position))
}

fn was_told(deeds: &[Deed], position: u64) -> bool {
    deeds
        .iter()
        .any(|deed| matches!(deed, Deed::Asked { answer: Answer::Told(told), .. } if *told >= position))
}

fn goes_on(deeds: &[Deed], (_, last): (u64, u64), why: &str) -> Verdict {
    match (was_told(deeds, last), asked_beyond(deeds, last)) {
        (_, true) => Verdict::Passed,
        (true, false) => failed(why),
        (false, false) => Verdict::NotReached,
    }
}

fn tries_again(deeds: &[Deed]) -> Verdict {
    let (before, last) = script::TROUBLED;
    let mut troubled = false;
    for deed in deeds {
        match deed {
            Deed::Asked { answer: Answer::Failed, .. } => troubled = true,
            // Whoever passes over the page is told of what comes after it, too.
            Deed::Asked { after, .. } if *after > before => {
                return failed("went on although the page never came whole");
            }
            Deed::Asked { answer: Answer::Told(told), .. } if *told >= last => {
                return if troubled { Verdict::Passed } else { Verdict::NotReached };
            }
            _ => {}
        }
    }
    if troubled { failed("gave up after an error") } else { Verdict::NotReached }
}

fn repeated(deeds: &[Deed]) -> Verdict {
    let came = deeds.iter().any(|deed| matches!(deed, Deed::Asked { answer: Answer::Repeated, .. }));
    match (came, asked_beyond(deeds, script::REPEATED_BEFORE.1)) {
        (true, true) => Verdict::Passed,
        (true, false) => failed("did not come past an older page that came once more"),
        (false, _) => Verdict::NotReached,
    }
}

fn extract(deeds: &[Deed]) -> Verdict {
    let told =
        deeds.iter().position(|deed| matches!(deed, Deed::Asked { answer: Answer::ExtractNeeded, .. }));
    let Some(told) = told else { return Verdict::NotReached };
    let mut parts = deeds[told..].iter().filter_map(|deed| match deed {
        Deed::Extracted { first, last } => Some((*first, *last)),
        _ => None,
    });
    if !parts.clone().any(|(first, _)| first) {
        return failed("was told that a full extract is needed and did not take it");
    }
    if !parts.any(|(_, last)| last) {
        return failed("took a part of the extract only");
    }
    let went_on =
        deeds[told..].iter().any(|deed| matches!(deed, Deed::Asked { after, .. } if *after >= BACK_AT));
    if went_on { Verdict::Passed } else { failed("did not go on from the cursor of the extract") }
}

fn acknowledges(deeds: &[Deed]) -> Verdict {
    let mut told = 0;
    let mut acknowledged = 0;
    for deed in deeds {
        match deed {
            Deed::Asked { answer: Answer::Told(position), .. } => told = told.max(*position),
            Deed::Extracted { last: true, .. } if told == AWAY_FROM => told = BACK_AT,
            Deed::Acknowledged(position) if *position > told => {
                return failed("acknowledged what it had not been told");
            }
            Deed::Acknowledged(position) => acknowledged = acknowledged.max(*position),
            _ => {}
        }
    }
    let due = script::ENDS.iter().filter(|end| **end <= told).max();
    match due {
        None => Verdict::NotReached,
        Some(due) if *due > acknowledged => failed("did not acknowledge what ended"),
        Some(_) if told < LAST => Verdict::NotReached,
        Some(_) => Verdict::Passed,
    }
}

/// What it holds at the end.
struct Held<'a> {
    holds: Option<&'a BTreeMap<Uuid, Timestamp>>,
    cast: &'a Cast,
    start: Timestamp,
    came_to_the_end: bool,
}

impl Held<'_> {
    /// When it last changed, of each of some entries; nothing when it never came to the end or did not say.
    fn of<'n>(&self, names: &'n [Name]) -> Option<Vec<(&'n Name, Option<Timestamp>)>> {
        let holds = self.holds.filter(|_| self.came_to_the_end)?;
        let changed = |name: &Name| holds.get(&self.cast.id(*name)?.uuid()).copied();
        Some(names.iter().map(|name| (name, changed(name))).collect())
    }

    fn verdict(
        &self,
        names: &[Name],
        wrong: impl Fn(&Name, Option<Timestamp>) -> bool,
        why: &str,
    ) -> Verdict {
        let Some(held) = self.of(names) else { return Verdict::NotReached };
        let wrong: Vec<String> = held
            .into_iter()
            .filter(|(name, changed)| wrong(name, *changed))
            .map(|(name, _)| format!("{name:?}"))
            .collect();
        if wrong.is_empty() {
            Verdict::Passed
        } else {
            Verdict::Failed(format!("{why}: {}", wrong.join(", ")))
        }
    }

    fn forgets(&self, names: &[Name]) -> Verdict {
        self.verdict(names, |_, changed| changed.is_some(), "still holds")
    }

    fn keeps(&self, names: &[Name]) -> Verdict {
        self.verdict(names, |_, changed| changed.is_none(), "does not hold")
    }

    fn latest(&self, names: &[Name]) -> Verdict {
        let old = |name: &Name, changed: Option<Timestamp>| {
            changed.is_some_and(|changed| changed != script::updated_at(self.start, *name, LAST))
        };
        self.verdict(names, old, "holds an older record of")
    }
}
