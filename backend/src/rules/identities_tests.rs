//! Rules of identities that became known later, as given, when, then.

use super::*;
use events::record::Person;
use events::{EntryEvent, Epoch};
use proptest::prelude::*;

const D_NUMBER: &str = "49860699787";
const ANOTHER_D_NUMBER: &str = "61867501451";

fn entry(n: u8) -> EntryId {
    EntryId::new(Epoch(70_000), [n; 12])
}

fn at() -> Timestamp {
    "2021-03-16T09:30:00Z".parse().unwrap()
}

fn assigned(number: &str, kind: IdentityKind) -> IdentityAssigned {
    IdentityAssigned {
        identity: identity(number, kind, at()),
        assigned_at: AssignedAt::BorderStation,
        place: Some("Svinesund".to_owned()),
        assigned_by: "Kari".to_owned(),
        assigned_on: at(),
    }
}

fn withdrawn(number: &str) -> IdentityWithdrawn {
    IdentityWithdrawn {
        identity: identity(number, IdentityKind::DNumber, at()),
        reason: "Read from another paper.".into(),
        withdrawn_by: "Kari".to_owned(),
    }
}

/// A record of the source and what became known since.
#[derive(Default)]
struct Given {
    record: EntryRecord,
    known: Identities,
}

impl Given {
    fn decide(&self, command: Command) -> Result<Vec<EntryEvent>, Refusal> {
        decide(entry(1), &self.record, &self.known, command)
    }

    fn after(mut self, command: Command) -> Given {
        for event in self.decide(command).unwrap() {
            evolve(&mut self.record, &mut self.known, &event);
        }
        self
    }

    fn numbers(&self) -> Vec<&str> {
        self.record.person.identities.iter().map(|identity| identity.number.0.as_str()).collect()
    }
}

fn with_passport() -> Given {
    let passport = identity("P1234567", IdentityKind::Passport, at());
    let person = Person { identities: vec![passport], ..Person::default() };
    Given { record: EntryRecord { person, ..EntryRecord::default() }, ..Given::default() }
}

#[test]
fn a_number_assigned_at_the_border_ranks_before_the_passport_and_says_where_it_came_from() {
    let given = with_passport().after(Command::Assign(assigned("498606 99787", IdentityKind::DNumber)));
    assert_eq!(given.numbers(), [D_NUMBER, "P1234567"]);
    assert_eq!(given.known.assigned[0].place.as_deref(), Some("Svinesund"));
    assert_eq!(national_number(&given.record).map(|number| number.0.as_str()), Some(D_NUMBER));
    let again = given.decide(Command::Assign(assigned(D_NUMBER, IdentityKind::DNumber)));
    assert_eq!(again, Ok(Vec::new()), "the same number again is no news");
}

#[test]
fn a_later_record_of_the_source_does_not_lose_it() {
    let mut given = with_passport().after(Command::Assign(assigned(D_NUMBER, IdentityKind::DNumber)));
    given.record = with_passport().record;
    lay_over(&mut given.record, &given.known);
    assert_eq!(given.numbers(), [D_NUMBER, "P1234567"]);
}

#[test]
fn a_number_with_wrong_check_digits_is_refused() {
    let wrong = assigned("49860699788", IdentityKind::DNumber);
    assert_eq!(with_passport().decide(Command::Assign(wrong)), Err(Refusal::FailedCheck));
}

#[test]
fn two_numbers_of_one_kind_are_kept_and_flagged_until_one_is_withdrawn() {
    let given = with_passport()
        .after(Command::Assign(assigned(D_NUMBER, IdentityKind::DNumber)))
        .after(Command::Assign(assigned(ANOTHER_D_NUMBER, IdentityKind::DNumber)));
    let conflict =
        |given: &Given| given.record.flags.iter().any(|flag| flag.kind == FlagKind::ConflictingIdentity);
    assert!(conflict(&given));
    let given = given.after(Command::Withdraw(withdrawn(D_NUMBER)));
    assert!(!conflict(&given));
    assert_eq!(given.numbers(), [ANOTHER_D_NUMBER, "P1234567"]);
    let again = given.decide(Command::Withdraw(withdrawn(D_NUMBER)));
    assert_eq!(again, Ok(Vec::new()));
}

#[test]
fn a_number_that_the_source_gave_stays_away_once_withdrawn() {
    let mut given = Given::default();
    given.record.person.identities = vec![identity(D_NUMBER, IdentityKind::DNumber, at())];
    let given = given.after(Command::Withdraw(withdrawn(D_NUMBER)));
    assert!(given.numbers().is_empty());
    let unknown = Given::default().decide(Command::Withdraw(withdrawn(D_NUMBER)));
    assert_eq!(unknown, Err(Refusal::NotTheirs));
}

fn join(by: &str) -> Command {
    let joined_by = by.to_owned();
    Command::Join(EntryJoined { with: entry(2), score: 1_000, reasons: Vec::new(), joined_by })
}

fn separate() -> Command {
    let reason = "Father and son.".into();
    Command::Separate(EntrySeparated { from: entry(2), reason, separated_by: "Kari".to_owned() })
}

#[test]
fn what_somebody_took_apart_is_not_joined_by_itself_again() {
    let given = Given::default().after(join(REGISTER)).after(separate());
    assert!(given.known.joined.is_empty());
    assert_eq!(given.decide(join(REGISTER)), Err(Refusal::SeparatedByHand));
    let given = given.after(join("Kari"));
    assert!(given.known.joined.contains(&entry(2)));
    assert_eq!(given.decide(join("Kari")), Ok(Vec::new()));
}

#[test]
fn an_entry_is_not_joined_with_itself_and_only_what_is_joined_is_taken_apart() {
    let with = EntryJoined { with: entry(1), score: 0, reasons: Vec::new(), joined_by: "Kari".to_owned() };
    assert_eq!(Given::default().decide(Command::Join(with)), Err(Refusal::WithItself));
    assert_eq!(Given::default().decide(separate()), Err(Refusal::NotJoined));
}

proptest! {
    #[test]
    fn laying_over_twice_is_laying_over_once(numbers in proptest::collection::vec("[0-9A-Z]{6,11}", 0..5)) {
        let mut given = with_passport();
        for number in numbers {
            let kind = IdentityKind::Passport;
            let assigned = Assigned {
                identity: identity(&number, kind, at()), at: AssignedAt::ByHand, place: None,
                by: "Kari".to_owned(), on: at(),
            };
            given.known.assigned.push(assigned);
        }
        let mut once = given.record.clone();
        lay_over(&mut once, &given.known);
        let mut twice = once.clone();
        lay_over(&mut twice, &given.known);
        prop_assert_eq!(once, twice);
    }
}
