//! What leaves with a referral: a letter that people read, and the same for machines. Whoever makes a referral sees
//! exactly these bytes before, because nobody else writes them.

use crate::rules::moments::norwegian;
use events::referral::{EmployerBreach, LegalBasis, ReferralContent, ReferralFacts};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use texts::{Arg, Language};
use uuid::Uuid;

/// Bokmål: a letter from one state body to another.
const LANGUAGE: Language = Language::Nb;
/// Version of the machine-readable form.
const VERSION: u32 = 1;

/// A referral as it leaves.
pub struct Leaving<'a> {
    /// The referral.
    pub referral: Uuid,
    /// What is told.
    pub content: &'a ReferralContent,
    /// By which rule.
    pub legal_basis: LegalBasis,
    /// When it must be gone from here, and is asked to be gone there.
    pub delete_by: Timestamp,
}

/// A file that leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeavingFile {
    /// Its name.
    pub name: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// What it is called among people.
    pub title: String,
    /// What is in it. About people: it never shows in a log line.
    pub content: events::Personal<String>,
}

/// The machine-readable form.
#[derive(Serialize)]
struct Told<'a> {
    version: u32,
    referral: Uuid,
    purpose: &'static str,
    legal_basis: LegalBasis,
    delete_by: Timestamp,
    employer: &'a events::referral::ReferredEmployer,
    accommodation: &'a events::referral::Accommodation,
    facts: &'a ReferralFacts,
}

/// All files of a referral, the letter first.
pub fn render(leaving: &Leaving<'_>) -> Vec<LeavingFile> {
    let letter = LeavingFile {
        name: "melding.txt",
        media_type: "text/plain",
        title: word("referral-letter-title"),
        content: letter(leaving).into(),
    };
    let data = LeavingFile {
        name: "melding.json",
        media_type: "application/json",
        title: word("referral-letter-data"),
        content: data(leaving).into(),
    };
    vec![letter, data]
}

fn data(leaving: &Leaving<'_>) -> String {
    let ReferralContent { employer, accommodation, facts, conversation: _ } = leaving.content;
    let told = Told {
        version: VERSION,
        referral: leaving.referral,
        purpose: "compliance-with-quarantine",
        legal_basis: leaving.legal_basis,
        delete_by: leaving.delete_by,
        employer,
        accommodation,
        facts,
    };
    // Plain structs with text keys always become JSON.
    serde_json::to_string_pretty(&told).unwrap_or_default()
}

fn letter(leaving: &Leaving<'_>) -> String {
    let ReferralContent { employer, accommodation, facts, conversation: _ } = leaving.content;
    let LegalBasis::Covid19Regulation5c = leaving.legal_basis;
    let number = match &employer.org_number {
        Some(number) => with("referral-letter-number", &[("number", grouped(number).into())]),
        None => word("referral-letter-no-number"),
    };
    let mut place = vec![accommodation.address.0.clone()];
    place.extend(accommodation.postcode.as_ref().map(|code| code.0.clone()));
    let said_on = with("referral-letter-said", &[("day", day(facts.told_on).into())]);
    let parts = [
        vec![
            word("referral-letter-title").to_uppercase(),
            word("referral-letter-from"),
            with("referral-letter-reference", &[("reference", leaving.referral.to_string().into())]),
            word("referral-letter-basis"),
            word("referral-letter-purpose"),
            with("referral-letter-deleted", &[("moment", moment(leaving.delete_by).into())]),
        ],
        vec![word("referral-letter-employer").to_uppercase(), employer.name.0.clone(), number],
        [vec![word("referral-letter-place").to_uppercase()], place].concat(),
        [vec![said_on.to_uppercase()], said(facts)].concat(),
        vec![word("referral-letter-unchecked")],
        vec![word("referral-letter-newest")],
    ];
    let parts = parts.map(|lines| lines.join("\n"));
    format!("{}\n", parts.join("\n\n"))
}

/// One line for each fact.
fn said(facts: &ReferralFacts) -> Vec<String> {
    let mut lines: Vec<String> = facts.breaches.iter().map(|breach| word(name_of(*breach))).collect();
    lines.extend(facts.lodged_by_employer.then(|| word("referral-fact-lodged-by-employer")));
    lines.extend(
        facts
            .sleep_in_room
            .map(|number| with("referral-fact-sleep-in-room", &[("number", u64::from(number).into())])),
    );
    lines.extend(facts.told_to_work.then(|| word("referral-fact-told-to-work")));
    lines.extend(facts.arrived_on.map(|date| with("referral-fact-arrived", &[("day", day(date).into())])));
    lines.into_iter().map(|line| format!("- {line}")).collect()
}

fn name_of(breach: EmployerBreach) -> &'static str {
    match breach {
        EmployerBreach::NotAtPlace => "employer-breach-not-at-place",
        EmployerBreach::Working => "employer-breach-working",
        EmployerBreach::SharedRoom => "employer-breach-shared-room",
        EmployerBreach::SharedFacilities => "employer-breach-shared-facilities",
        EmployerBreach::AmongPeople => "employer-breach-among-people",
    }
}

fn word(key: &str) -> String {
    texts::text(LANGUAGE, key)
}

fn with(key: &str, args: &[(&str, Arg)]) -> String {
    texts::text_with(LANGUAGE, key, args)
}

/// `17. mars 2021`
fn day(date: Date) -> String {
    let month = word(&format!("month-{}", date.month()));
    format!("{}. {month} {}", date.day(), date.year())
}

/// `25. mars 2021 kl. 13.00`, on Norwegian clocks.
fn moment(moment: Timestamp) -> String {
    let there = norwegian(moment);
    format!("{} kl. {:02}.{:02}", day(there.date()), there.hour(), there.minute())
}

/// `974 760 983`
fn grouped(number: &str) -> String {
    let groups: Vec<&str> = [0..3, 3..6, 6..9].into_iter().filter_map(|range| number.get(range)).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use events::referral::{Accommodation, ReferredEmployer};
    use jiff::civil::date;

    fn content() -> ReferralContent {
        ReferralContent {
            conversation: Uuid::from_u128(9),
            employer: ReferredEmployer {
                org_number: Some("974760983".to_owned()),
                name: "Nordfjord Bygg AS".into(),
            },
            accommodation: Accommodation {
                address: "Brakkeriggen, Industrivegen 13".into(),
                postcode: Some("5700".into()),
            },
            facts: ReferralFacts {
                told_on: date(2021, 3, 17),
                arrived_on: Some(date(2021, 3, 15)),
                breaches: vec![EmployerBreach::Working, EmployerBreach::SharedRoom],
                lodged_by_employer: true,
                sleep_in_room: Some(6),
                told_to_work: true,
            },
        }
    }

    fn files() -> Vec<LeavingFile> {
        render(&Leaving {
            referral: Uuid::from_u128(7),
            content: &content(),
            legal_basis: LegalBasis::Covid19Regulation5c,
            delete_by: "2021-03-25T12:00:00Z".parse().unwrap(),
        })
    }

    #[test]
    fn the_letter_says_who_where_what_by_which_rule_and_until_when() {
        let letter = &files()[0].content.0;
        for said in [
            "Referanse: 00000000-0000-0000-0000-000000000007",
            "§ 5c",
            "Slettes senest: 25. mars 2021 kl. 13.00",
            "Nordfjord Bygg AS\nOrganisasjonsnummer: 974 760 983",
            "Brakkeriggen, Industrivegen 13\n5700",
            "17. MARS 2021",
            "6 sover i rommet",
            "15. mars 2021",
        ] {
            assert!(letter.contains(said), "{said}: {letter}");
        }
        // A key that no text has would stand as it is.
        assert!(!letter.contains("referral-") && !letter.contains("employer-breach"), "{letter}");
    }

    #[test]
    fn machines_are_told_the_same_and_nothing_of_the_conversation() {
        let data = &files()[1].content.0;
        let told: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(told["facts"], serde_json::to_value(content().facts).unwrap());
        assert_eq!(told["delete_by"], "2021-03-25T12:00:00Z");
        assert!(!data.contains(&Uuid::from_u128(9).to_string()));
        assert_eq!(told.as_object().unwrap().len(), 8, "{told}");
    }

    #[test]
    fn files_show_nothing_in_a_log_line() {
        assert!(!format!("{:?}", files()).contains("Nordfjord"));
    }
}
