//! What has been filled in about a call, and what outcome it makes.

use crate::script::{Path, Proposal, follow};
use events::Personal;
use events::call::{Answer, Assessment, BreachGround, CallOutcome, ContactResult, ScriptUsed};
use jiff::Timestamp;
use serde_json::Value;

/// What can come of a dial, in the order of the keys.
pub const RESULTS: [ContactResult; 11] = [
    ContactResult::Answered,
    ContactResult::NoAnswer,
    ContactResult::Busy,
    ContactResult::VoicemailLeft,
    ContactResult::WrongNumber,
    ContactResult::NumberNotInService,
    ContactResult::LanguageBarrier,
    ContactResult::Refused,
    ContactResult::CallBackRequested,
    ContactResult::HungUp,
    ContactResult::ThirdParty,
];

/// How a traveller can keep the rules, in the order of the keys.
pub const ASSESSMENTS: [Assessment; 8] = [
    Assessment::UnderstandsAndComplies,
    Assessment::NeededGuidanceNowComplies,
    Assessment::SuspectedBreach,
    Assessment::ExemptConfirmed,
    Assessment::LeftCountry,
    Assessment::NotTravelled,
    Assessment::PositiveReferredToMunicipality,
    Assessment::UnableToAssess,
];

/// On what a suspicion can rest, in the order of the keys.
pub const GROUNDS: [BreachGround; 8] = [
    BreachGround::NotAtPlace,
    BreachGround::Working,
    BreachGround::ReceivesVisitors,
    BreachGround::SharedRoom,
    BreachGround::SharedFacilities,
    BreachGround::AmongPeople,
    BreachGround::TestNotTaken,
    BreachGround::Other,
];

/// What has been filled in so far. What was chosen by hand goes before what the script proposes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Whether somebody was reached.
    pub contact: Option<ContactResult>,
    /// How the traveller keeps the rules, as chosen by hand.
    pub assessment: Option<Assessment>,
    /// On what a suspicion rests, as chosen by hand.
    pub grounds: Option<Vec<BreachGround>>,
    /// Whether an employer seems to fail the traveller, as chosen by hand.
    pub employer: Option<bool>,
    /// When to call back.
    pub call_back_at: Option<Timestamp>,
    /// The language that is needed.
    pub language_needed: Option<String>,
    /// What was answered, also on ways that were left again.
    pub answers: Vec<Answer>,
    /// The caller's words.
    pub note: Personal<String>,
}

/// What lacks before it can be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// What the dial came to.
    Contact,
    /// How the traveller keeps the rules.
    Assessment,
    /// On what the suspicion rests.
    Grounds,
    /// What the other ground is.
    Note,
    /// When to call back.
    Time,
    /// Which language is needed.
    Language,
}

/// The script as it is followed.
#[derive(Clone, Copy, Debug)]
pub struct Followed<'a> {
    /// The order of the steps.
    pub flow: &'a Value,
    /// The kind of quarantine.
    pub kind: &'a str,
    /// The language it is read in.
    pub language: &'a str,
}

impl Filled {
    /// The way through the script.
    pub fn path(&self, script: Option<Followed>) -> Path {
        script.map(|script| follow(script.flow, script.kind, &self.answers)).unwrap_or_default()
    }

    /// How the traveller keeps the rules: as chosen, else as the script proposes.
    pub fn assessment(&self, end: Option<&Proposal>) -> Option<Assessment> {
        self.assessment.or(end.and_then(|end| end.assessment))
    }

    /// On what a suspicion rests: as chosen, else as the script proposes.
    pub fn grounds(&self, end: Option<&Proposal>) -> Vec<BreachGround> {
        self.grounds.clone().unwrap_or_else(|| end.map(|end| end.grounds.clone()).unwrap_or_default())
    }

    /// Whether an employer seems to fail: as chosen, else as the script proposes.
    pub fn employer(&self, end: Option<&Proposal>) -> bool {
        self.employer.unwrap_or_else(|| end.is_some_and(|end| end.employer))
    }

    /// Chooses a ground, or no longer.
    pub fn turn_ground(&mut self, ground: BreachGround, end: Option<&Proposal>) {
        let mut grounds = self.grounds(end);
        match grounds.iter().position(|one| *one == ground) {
            Some(at) => drop(grounds.remove(at)),
            None => grounds.push(ground),
        }
        self.grounds = Some(grounds);
    }

    /// Takes an answer; an empty one takes it back.
    pub fn answer(&mut self, question: &str, answer: &str) {
        self.answers.retain(|one| one.question != question);
        if !answer.is_empty() {
            self.answers.push(Answer { question: question.to_owned(), answer: answer.into() });
        }
    }

    /// The outcome, when nothing lacks.
    pub fn outcome(&self, script: Option<Followed>) -> Result<CallOutcome, Missing> {
        let mut outcome = CallOutcome::of(self.contact.ok_or(Missing::Contact)?);
        let note = self.note.0.trim();
        outcome.note = (!note.is_empty()).then(|| note.into());
        match outcome.contact {
            ContactResult::Answered => self.converse(&mut outcome, script)?,
            ContactResult::CallBackRequested => {
                outcome.call_back_at = Some(self.call_back_at.ok_or(Missing::Time)?);
            }
            ContactResult::LanguageBarrier => {
                outcome.language_needed = Some(self.language_needed.clone().ok_or(Missing::Language)?);
            }
            _ => {}
        }
        Ok(outcome)
    }

    fn converse(&self, outcome: &mut CallOutcome, script: Option<Followed>) -> Result<(), Missing> {
        let path = self.path(script);
        let end = path.end.as_ref();
        let assessment = self.assessment(end).ok_or(Missing::Assessment)?;
        outcome.assessment = Some(assessment);
        outcome.employer_failure_suspected = self.employer(end);
        if assessment == Assessment::SuspectedBreach {
            outcome.breach_grounds = self.grounds(end);
            if outcome.breach_grounds.is_empty() {
                return Err(Missing::Grounds);
            }
            if outcome.breach_grounds.contains(&BreachGround::Other) && outcome.note.is_none() {
                return Err(Missing::Note);
            }
        }
        // What was answered on a way that was left again does not count.
        let on_the_way = |id: &String| self.answers.iter().find(|answer| answer.question == *id).cloned();
        outcome.answers = path.steps.iter().filter_map(on_the_way).collect();
        outcome.script = script.filter(|_| !outcome.answers.is_empty()).map(|script| ScriptUsed {
            version: script.flow["version"].as_u64().and_then(|version| version.try_into().ok()).unwrap_or(1),
            kind: script.kind.to_owned(),
            language: script.language.to_owned(),
        });
        Ok(())
    }

    /// What is kept of it while it is not saved: an outcome that need not be complete.
    pub fn draft(&self) -> Value {
        let outcome = CallOutcome {
            contact: self.contact.unwrap_or(ContactResult::NoAnswer),
            assessment: self.assessment,
            breach_grounds: self.grounds.clone().unwrap_or_default(),
            employer_failure_suspected: self.employer.unwrap_or_default(),
            call_back_at: self.call_back_at,
            language_needed: self.language_needed.clone(),
            script: None,
            answers: self.answers.clone(),
            note: (!self.note.0.is_empty()).then(|| self.note.clone()),
        };
        let mut draft = serde_json::to_value(outcome).unwrap_or_default();
        if let (None, Some(fields)) = (self.contact, draft.as_object_mut()) {
            fields.remove("contact");
        }
        draft
    }

    /// Takes up a draft again.
    pub fn of_draft(mut draft: Value) -> Filled {
        let chosen = draft.get("contact").is_some();
        if let (false, Some(fields)) = (chosen, draft.as_object_mut()) {
            fields.insert("contact".to_owned(), "no-answer".into());
        }
        let Ok(outcome) = serde_json::from_value::<CallOutcome>(draft) else { return Filled::default() };
        let filled = Filled::of(outcome);
        Filled { contact: filled.contact.filter(|_| chosen), ..filled }
    }

    /// What had been filled in for an outcome.
    pub fn of(outcome: CallOutcome) -> Filled {
        Filled {
            contact: Some(outcome.contact),
            assessment: outcome.assessment,
            grounds: (!outcome.breach_grounds.is_empty()).then_some(outcome.breach_grounds),
            employer: outcome.employer_failure_suspected.then_some(true),
            call_back_at: outcome.call_back_at,
            language_needed: outcome.language_needed,
            answers: outcome.answers,
            note: outcome.note.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests;
