//! Where invented travellers go: real postcodes, invented streets.

use super::dice::Dice;
use super::{names, rates};
use crate::rules::postcodes::shipped;
use events::reference::Postcode;
use jiff::civil::Date;

/// Postcodes to choose from.
pub struct Places {
    all: Vec<Postcode>,
    /// Indices of the postcodes of each weighted municipality, and its weight; the last one holds all.
    weighted: Vec<(Vec<usize>, u32)>,
}

impl Places {
    /// The postcodes of a day.
    pub fn on(day: Date) -> Places {
        let mut tables = shipped::tables();
        let at = tables.iter().rposition(|table| table.valid_from <= day).unwrap_or(0);
        let all = tables.swap_remove(at).postcodes;
        let indices = |wanted: &dyn Fn(&Postcode) -> bool| {
            all.iter().enumerate().filter(|(_, row)| wanted(row)).map(|(index, _)| index).collect::<Vec<_>>()
        };
        let mut weighted: Vec<(Vec<usize>, u32)> = rates::MUNICIPALITIES
            .iter()
            .map(|(name, weight)| (indices(&|row| row.municipality == *name), *weight))
            .filter(|(rows, _)| !rows.is_empty())
            .collect();
        weighted.push((indices(&|_| true), rates::ANY_POSTCODE));
        Places { all, weighted }
    }

    /// A postcode.
    pub fn choose(&self, dice: &mut Dice) -> &Postcode {
        let weights: Vec<(usize, u32)> =
            self.weighted.iter().enumerate().map(|(index, (_, weight))| (index, *weight)).collect();
        let (rows, _) = &self.weighted[dice.weighted(&weights)];
        &self.all[*dice.one_of(rows)]
    }
}

/// A street and number.
pub fn address(dice: &mut Dice) -> String {
    let number = 1 + dice.below(120);
    let street = dice.one_of(&names::STREETS);
    if dice.per_mille(150) {
        format!("{street} {number}B, H0{}02", 1 + dice.below(6))
    } else {
        format!("{street} {number}")
    }
}
