//! The way through a script that the answers so far lead.

use events::Personal;
use events::call::{Answer, Assessment, BreachGround};
use serde_json::Value;

/// No script is longer; a script that leads round in a circle is left here.
const LONGEST: usize = 100;

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
                path.end = Some(proposal(step));
                None
            }
            Some("question") => answer_to(answers, id)
                .and_then(|answer| step["on"][answer].as_str().or(step["next"].as_str())),
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

fn proposal(end: &Value) -> Proposal {
    Proposal {
        assessment: read(&end["assessment"]),
        grounds: read(&end["grounds"]).unwrap_or_default(),
        employer: end["employer_failure"].as_bool().unwrap_or(false),
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
                "place": { "kind": "question", "answer": "yes-no", "on": { "yes": "when", "no": "breach" } },
                "when": { "kind": "question", "answer": "date", "next": "fine" },
                "fine": { "kind": "end", "assessment": "understands-and-complies" },
                "breach": { "kind": "end", "assessment": "suspected-breach", "grounds": ["not-at-place"] },
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
        let broken = path(&[("place", "no"), ("when", "2021-03-23")]);
        assert_eq!(broken.steps, ["hello", "place", "breach"]);
        assert_eq!(broken.end.unwrap().grounds, [BreachGround::NotAtPlace]);
    }

    #[test]
    fn a_script_that_is_not_there_or_leads_in_a_circle_ends() {
        assert_eq!(follow(&flow(), "leisure", &[]), Path::default());
        assert_eq!(follow(&Value::Null, "leisure", &[]), Path::default());
        let mut circle = flow();
        circle["types"]["leisure"] = json!({ "start": "circle" });
        assert_eq!(follow(&circle, "leisure", &[]).steps.len(), LONGEST);
    }
}
