//! The stream: parties register one after another at the pace of the day, and what follows from them comes in
//! its time.

use super::dice::Dice;
use super::party::{self, Kind};
use super::place::Places;
use super::{dirt, later, person, rates};
use crate::rules::moments::norwegian;
use events::record::RawRecord;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// An endless stream of records, each with the moment at which the source sends it, in the order of time.
pub struct Stream {
    dice: Dice,
    places: Places,
    /// Multiplies the entries a day of the rates.
    scale: f64,
    /// When the next party registers.
    clock: Timestamp,
    /// Marks the reference codes of this stream, so that two streams do not share any.
    mark: u64,
    serial: u64,
    /// What is to be sent: by time, then by order of making.
    due: BinaryHeap<Reverse<(Timestamp, u64)>>,
    waiting: BTreeMap<u64, RawRecord>,
    made: u64,
}

impl Stream {
    /// A stream of a seed, from a moment on, with `scale` times the entries a day of 2021.
    pub fn new(seed: u64, start: Timestamp, scale: f64) -> Stream {
        let scale = if scale.is_finite() && scale > 0.0 { scale } else { 1.0 };
        let mark = Dice::new(seed ^ start.as_second().unsigned_abs()).bits() & 0xff_ffff;
        Stream {
            dice: Dice::new(seed),
            places: Places::on(norwegian(start).date()),
            scale,
            clock: start,
            mark,
            serial: 0,
            due: BinaryHeap::new(),
            waiting: BTreeMap::new(),
            made: 0,
        }
    }

    fn send(&mut self, at: Timestamp, raw: RawRecord) {
        self.due.push(Reverse((at, self.made)));
        self.waiting.insert(self.made, raw);
        self.made += 1;
    }

    /// One party registers, and the clock moves on to the next.
    fn register(&mut self) {
        let now = whole_second(self.clock);
        let (kind, records) = party::records(&mut self.dice, &self.places, now);
        for (member, mut raw) in records.into_iter().enumerate() {
            let at = now + SignedDuration::from_secs(20 * i64::try_from(member).unwrap_or(0));
            let Stream { dice, places, mark, serial, .. } = self;
            let login = dice.one_of(&['1', '1', '2', '3', '4', '4']).to_owned();
            let mut code = |raw: &RawRecord| {
                *serial += 1;
                let place =
                    raw.get("municipality_number").and_then(|number| number.as_str()).unwrap_or("0000");
                format!("{place}-47-{login}-{mark:06x}{serial:07}")
            };
            let reference = code(&raw);
            person::put(&mut raw, "a_reference_code", reference);
            dirt::soil(&mut raw, dice);
            let mut follows = later::of(&raw, dice, places, at, &mut code);
            if kind == Kind::Commuter {
                follows.extend(later::further_trips(&raw, dice, at, &mut code));
            }
            self.send(at, raw);
            for (at, raw) in follows {
                self.send(at, raw);
            }
        }
        let gap = self.gap();
        self.clock += gap;
    }

    /// The time to the next party, by week and hour.
    fn gap(&mut self) -> SignedDuration {
        let local = norwegian(self.clock);
        let hour = usize::from(local.hour().unsigned_abs());
        let hour_share = f64::from(rates::HOURS[hour]) / f64::from(rates::HOURS.iter().sum::<u32>());
        let parties_an_hour = entries_a_day(local.date()) * self.scale * hour_share / rates::MEAN_PARTY;
        // Evenly from nothing to twice the mean; a quiet hour must not skip a busy one.
        let hours = (2.0 * self.dice.unit() / parties_an_hour).min(1.0);
        SignedDuration::from_micros((hours * 3_600e6) as i64)
    }
}

impl Iterator for Stream {
    type Item = (Timestamp, RawRecord);

    fn next(&mut self) -> Option<Self::Item> {
        while self.due.peek().is_none_or(|Reverse((at, _))| *at >= whole_second(self.clock)) {
            self.register();
        }
        let Reverse((at, made)) = self.due.pop()?;
        self.waiting.remove(&made).map(|raw| (at, raw))
    }
}

fn whole_second(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}

/// Entries a day of the day's week, interpolated between the weeks that are known.
fn entries_a_day(day: Date) -> f64 {
    let week = day.iso_week_date().week();
    let known = rates::ENTRIES_PER_DAY;
    let before = known.iter().rev().find(|(at, _)| *at <= week).unwrap_or(&known[0]);
    let after = known.iter().find(|(at, _)| *at >= week).unwrap_or(&known[known.len() - 1]);
    if before.0 == after.0 {
        return f64::from(before.1);
    }
    let share = f64::from(week - before.0) / f64::from(after.0 - before.0);
    f64::from(before.1) + share * (f64::from(after.1) - f64::from(before.1))
}

#[cfg(test)]
#[path = "stream_tests.rs"]
mod tests;
