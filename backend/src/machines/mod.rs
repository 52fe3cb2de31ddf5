//! What machines take from the register: who they are, what they may take, and the shapes they take it in.

pub mod cursor;
pub mod feed;
pub mod fiks;
pub mod registry;
pub mod tokens;
pub mod usage;
pub mod webhooks;

use events::record::Routing;
use registry::Registry;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokens::Issuer;
use usage::Usage;
use webhooks::Webhooks;

/// The municipalities whose entries a machine may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of them, and what belongs to none.
    Country,
    /// These only.
    Municipalities(BTreeSet<String>),
}

impl Reach {
    /// The municipalities to limit a query to; `None` for the whole country.
    pub fn municipalities(&self) -> Option<Vec<String>> {
        match self {
            Reach::Country => None,
            Reach::Municipalities(numbers) => Some(numbers.iter().cloned().collect()),
        }
    }

    /// The municipalities that a question is about: those asked for, or else all that it reaches; none for the country.
    pub fn about(&self, asked: &[String]) -> BTreeSet<String> {
        match self {
            _ if !asked.is_empty() => asked.iter().cloned().collect(),
            Reach::Country => BTreeSet::new(),
            Reach::Municipalities(numbers) => numbers.clone(),
        }
    }

    /// Whether one municipality lies within it.
    pub fn covers(&self, number: &str) -> bool {
        match self {
            Reach::Country => true,
            Reach::Municipalities(numbers) => numbers.contains(number),
        }
    }
}

/// The municipalities that an entry concerns, the responsible one first: who follows up, where the traveller is going,
/// where the hotel is. What the source sends there may be anything; it stands in the clear only when it is a number.
pub fn concerned(routing: &Routing) -> Vec<String> {
    let mut concerned: Vec<String> = Vec::with_capacity(3);
    let all = [&routing.responsible_municipality, &routing.arrival_municipality, &routing.hotel_municipality];
    let is_number = |text: &&String| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    for number in all.into_iter().flatten().filter(is_number) {
        if !concerned.contains(number) {
            concerned.push(number.clone());
        }
    }
    concerned
}

/// Who may come, and how they show who they are. Cloned handles share it.
#[derive(Clone)]
pub struct Machines {
    /// Consumers, their organisations and their subscriptions.
    pub registry: Arc<Registry>,
    /// Whose signed tokens are believed; none without an issuer.
    pub issuer: Option<Arc<Issuer>>,
    /// Where news is sent to.
    pub webhooks: Webhooks,
    /// How much is taken.
    pub usage: Usage,
}
