//! Looking employers up: what is told, how long it is kept, and what happens when the answer is none.

use api::referrals::UnitAnswer;
use backend::clock::Clock;
use backend::outlets::enhetsregisteret::{Enhetsregisteret, Misconfigured};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tests::enhetsregisteret::{Mood, Units};

const UNIT: &str = "974760983";
const PART: &str = "983544622";

fn unit(more: Value) -> Value {
    let mut unit = json!({"organisasjonsnummer": UNIT, "navn": "NORDFJORD BYGG AS"});
    unit.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    unit
}

async fn asking() -> (Units, Clock, Enhetsregisteret) {
    let units = Units::start().await;
    let clock = Clock::manual("2021-03-17T10:00:00Z".parse().unwrap());
    let asked = Enhetsregisteret::new(&units.address, clock.clone()).unwrap();
    (units, clock, asked)
}

#[tokio::test]
async fn an_answer_is_kept_for_hours_an_absence_for_minutes_and_silence_for_seconds() {
    let (units, clock, asked) = asking().await;
    assert_eq!(asked.unit(UNIT).await, UnitAnswer::NotFound);
    assert_eq!(units.asked().len(), 2, "among units, then among their parts");
    units.has(UNIT, unit(json!({})));
    assert_eq!(asked.unit(UNIT).await, UnitAnswer::NotFound);
    clock.advance(SignedDuration::from_mins(11));
    assert!(matches!(asked.unit(UNIT).await, UnitAnswer::Found(_)));
    units.is(Mood::Broken);
    clock.advance(SignedDuration::from_hours(5));
    assert!(matches!(asked.unit(UNIT).await, UnitAnswer::Found(_)), "kept");
    clock.advance(SignedDuration::from_hours(2));
    assert_eq!(asked.unit(UNIT).await, UnitAnswer::Unavailable);
    let before = units.asked().len();
    units.is(Mood::Well);
    assert_eq!(asked.unit(UNIT).await, UnitAnswer::Unavailable, "left alone for a moment");
    assert_eq!(units.asked().len(), before);
    clock.advance(SignedDuration::from_secs(31));
    assert!(matches!(asked.unit(UNIT).await, UnitAnswer::Found(_)));
}

#[tokio::test]
async fn an_answer_that_is_none_is_unavailable_and_not_somebody_elses() {
    for mood in [Mood::Broken, Mood::Hangs, Mood::Babbles, Mood::Mistakes] {
        let (units, _, asked) = asking().await;
        units.has(UNIT, unit(json!({})));
        units.is(mood);
        assert_eq!(asked.unit(UNIT).await, UnitAnswer::Unavailable, "{mood:?}");
    }
}

#[tokio::test]
async fn parts_and_what_was_struck_off_are_told_as_such() {
    let (units, _, asked) = asking().await;
    let spelled = json!({"stiftelsedato": "2001-02-03", "slettedato": "2020-12-31", "underTvangsavviklingEllerTvangsopplosning": true});
    units.has(UNIT, unit(spelled));
    let UnitAnswer::Found(told) = asked.unit(UNIT).await else { panic!("found") };
    assert_eq!(told.founded_on.map(|day| day.to_string()).as_deref(), Some("2001-02-03"), "either spelling");
    assert_eq!(told.dissolved_on.map(|day| day.to_string()).as_deref(), Some("2020-12-31"));
    assert!(told.winding_up && !told.bankrupt);
    let part = json!({"organisasjonsnummer": PART, "navn": "NORDFJORD BYGG AVD BERGEN", "overordnetEnhet": UNIT,
        "beliggenhetsadresse": {"land": "Norge", "postnummer": "5003", "poststed": "BERGEN", "adresse": [null, "Kaien 2"]}});
    units.has_part(PART, part);
    let UnitAnswer::Found(told) = asked.unit(PART).await else { panic!("found") };
    assert_eq!(
        (told.part_of.as_deref(), told.address),
        (Some(UNIT), vec!["Kaien 2".to_owned(), "5003 BERGEN".to_owned()])
    );
    let other = Units::start().await;
    other.has(UNIT, json!({"organisasjonsnummer": UNIT, "slettedato": "2019-05-05"}));
    let asked = Enhetsregisteret::new(&other.address, Clock::manual("2021-03-17T10:00:00Z".parse().unwrap()))
        .unwrap();
    let UnitAnswer::Found(told) = asked.unit(UNIT).await else { panic!("410 is an answer") };
    assert!(told.dissolved_on.is_some() && told.name.is_empty());
}

#[tokio::test]
async fn nobody_is_asked_about_what_is_no_number_or_over_an_open_line() {
    let (units, clock, asked) = asking().await;
    for no_number in ["974760982", "97476098", "../../etc", ""] {
        assert_eq!(asked.unit(no_number).await, UnitAnswer::NotFound, "{no_number}");
    }
    assert_eq!(units.asked(), Vec::<String>::new());
    assert_eq!(Enhetsregisteret::off().unit(UNIT).await, UnitAnswer::Off);
    let open = Enhetsregisteret::new("http://data.brreg.no", clock);
    assert!(matches!(open.err(), Some(Misconfigured::Address)));
}
