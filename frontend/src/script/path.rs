//! The way through a script that the answers so far lead.

use events::Personal;
use events::call::{Answer, Assessment, BreachGround, ContactResult};
use serde_json::Value;

/// No script is longer; a script that leads round in a circle is left here.
const LONGEST: usize = 100;
/// The question whose answer is a ground of suspicion.
const GROUND: &str = "breach-ground";
/// Whether the employer provides the place.
const EMPLOYER_HOUSES: &str = "employer-houses";
/// Whether somebody was told to work in spite of the quarantine.
const TOLD_TO_WORK: &str = "told-to-work";

/// The way so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    /// The steps, the first one first; the last one waits for its answer, or ends the script.
    pub steps: Vec<String>,
    /// What the end proposes, when the end is reached.
    pub end: Option<Proposal>,
}

/// What the end of a script proposes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// What the dial came to, when it was no conversation after all.
    pub contact: Option<ContactResult>,
    /// How the traveller keeps the rules.
    pub assessment: Option<Assessment>,
    /// On what a suspicion rests.
    pub grounds: Vec<BreachGround>,
    /// Whether an employer seems to fail the traveller.
    pub employer: bool,
}

/// Follows a flow as far as the answers lead.
pub fn follow(flow: &Value, kind: &str, answers: &[Answer]) -> Path {
    let mut path = Path::default();
    let mut at = flow["types"][kind]["start"].as_str();
    while let Some(id) = at.filter(|_| path.steps.len() < LONGEST) {
        let step = super::step(flow, id);
        path.steps.push(id.to_owned());
        at = match step["kind"].as_str() {
            Some("end") => {
                path.end = Some(proposal(step, &path.steps, answers));
                None
            }
            Some("question") => answer_to(answers, id).and_then(|answer| leads_to(step, answer)),
            _ => step["next"].as_str(),
        };
    }
    path
}

/// The answer to a question, when there is one.
pub fn answer_to<'a>(answers: &'a [Answer], question: &str) -> Option<&'a str> {
    let found = answers.iter().find(|answer| answer.question == question)?;
    let Personal(answer) = &found.answer;
    Some(answer)
}

fn leads_to<'a>(step: &'a Value, answer: &str) -> Option<&'a str> {
    let ways = [&step["on"][answer], &step["on"]["*"], &step["next"]];
    ways.into_iter().find_map(Value::as_str)
}

fn proposal(end: &Value, steps: &[String], answers: &[Answer]) -> Proposal {
    let given = |question: &str| {
        let on_the_way = steps.iter().any(|step| step == question);
        on_the_way.then(|| answer_to(answers, question)).flatten()
    };
    let ground: Option<BreachGround> = given(GROUND).and_then(|ground| read(&ground.into()));
    let housed = given(EMPLOYER_HOUSES) == Some("yes");
    let shared = matches!(ground, Some(BreachGround::SharedRoom | BreachGround::SharedFacilities));
    Proposal {
        contact: read(&end["contact"]),
        assessment: read(&end["assessment"]),
        grounds: ground.into_iter().collect(),
        employer: given(TOLD_TO_WORK) == Some("yes") || (housed && shared),
    }
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn flow() -> Value {
        json!({
            "version": 3,
            "types": { "quarantine-home": { "start": "hello" } },
            "steps": {
                "hello": { "kind": "say", "next": "place" },
                "place": { "kind": "question", "answer": "yes-no", "on": { "yes": "when", "no": "breach-ground", "who": "other" } },
                "when": { "kind": "question", "answer": "date", "on": { "*": "fine" } },
                "breach-ground": { "kind": "question", "answer": "choice", "on": { "*": "told-to-work" } },
                "told-to-work": { "kind": "question", "answer": "yes-no", "on": { "*": "breach" } },
                "fine": { "kind": "end", "assessment": "understands-and-complies" },
                "breach": { "kind": "end", "assessment": "suspected-breach" },
                "other": { "kind": "end", "contact": "wrong-number" },
                "circle": { "kind": "say", "next": "circle" },
            },
        })
    }

    fn answers(given: &[(&str, &str)]) -> Vec<Answer> {
        let answer = |(question, answer): &(&str, &str)| Answer {
            question: (*question).to_owned(),
            answer: Personal::from(*answer),
        };
        given.iter().map(answer).collect()
    }

    #[test]
    fn the_answers_lead_the_way() {
        let path = |given: &[(&str, &str)]| follow(&flow(), "quarantine-home", &answers(given));
        assert_eq!(path(&[]).steps, ["hello", "place"]);
        assert_eq!(path(&[("place", "yes")]).steps, ["hello", "place", "when"]);
        let kept = path(&[("place", "yes"), ("when", "2021-03-23")]);
        assert_eq!(kept.steps, ["hello", "place", "when", "fine"]);
        assert_eq!(kept.end.unwrap().assessment, Some(Assessment::UnderstandsAndComplies));
        let broken = path(&[
            ("place", "no"),
            ("when", "2021-03-23"),
            ("breach-ground", "working"),
            ("told-to-work", "yes"),
        ]);
        assert_eq!(broken.steps, ["hello", "place", "breach-ground", "told-to-work", "breach"]);
        let end = broken.end.unwrap();
        assert_eq!((end.grounds.as_slice(), end.employer), ([BreachGround::Working].as_slice(), true));
        let other = path(&[("place", "who")]).end.unwrap();
        assert_eq!(other.contact, Some(ContactResult::WrongNumber));
    }

    #[test]
    fn a_script_that_is_not_there_or_leads_in_a_circle_ends() {
        assert_eq!(follow(&flow(), "leisure", &[]), Path::default());
        assert_eq!(follow(&Value::Null, "leisure", &[]), Path::default());
        let mut circle = flow();
        circle["types"]["leisure"] = json!({ "start": "circle" });
        assert_eq!(follow(&circle, "leisure", &[]).steps.len(), LONGEST);
    }

    /// Every way to an end, as the number of keys it takes: one a choice, two a number or a day.
    fn ways(flow: &Value, id: &str, keys: usize, found: &mut Vec<(String, usize)>) {
        assert!(keys < LONGEST, "{id} leads in a circle");
        let step = crate::script::step(flow, id);
        let typed = matches!(step["answer"].as_str(), Some("number" | "date"));
        let next: Vec<&str> = match step["kind"].as_str() {
            Some("end") => {
                return found.push((step["assessment"].as_str().unwrap_or_default().to_owned(), keys));
            }
            Some("question") => step["on"].as_object().unwrap().values().filter_map(Value::as_str).collect(),
            _ => return ways(flow, step["next"].as_str().unwrap(), keys, found),
        };
        next.into_iter().for_each(|next| ways(flow, next, keys + if typed { 2 } else { 1 }, found));
    }

    /// The centre's own script, where it is in the tree.
    #[test]
    fn the_script_takes_few_keys() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../backend/reference/scripts/flow.json");
        let Ok(text) = std::fs::read_to_string(file) else { return };
        let flow: Value = serde_json::from_str(&text).unwrap();
        for (kind, start) in flow["types"].as_object().unwrap() {
            let mut found = Vec::new();
            ways(&flow, start["start"].as_str().unwrap(), 0, &mut found);
            assert!(!found.is_empty(), "{kind}");
            for (assessment, keys) in found {
                // The result before it, and saving after it: once to see who hears of it, once to do it.
                let (keys, most) = match assessment.as_str() {
                    "suspected-breach" => (keys + 3, 18),
                    _ => (keys + 2, 10),
                };
                let exempt = kind == "exempt" && assessment != "exempt-confirmed";
                assert!(keys <= most || exempt, "{kind}, {assessment}: {keys} keys");
            }
        }
    }
}
