//! What a laboratory's finding says, by a table. Nothing becomes negative but a text that stands in the table, whole,
//! about an analysis that is known to look for SARS-CoV-2.

use super::words::{code, normalised, stands_in};
use events::result::{ResultClass, SampleState};
use events::result_table::{Analysis, DescriptionWords, ResultTable};
use events::rule_set::TestKind;
use std::collections::{HashMap, HashSet};

/// Bytes of a comment that are searched for contradictions; in a longer one anything may stand.
const COMMENT_BYTES_MAX: usize = 8_000;

/// One finding as the laboratory tells it. What was not told is empty.
#[derive(Clone, Copy, Default)]
pub struct Finding<'a> {
    /// Code of the analysis.
    pub code: &'a str,
    /// Its name in words.
    pub description: &'a str,
    /// What was analysed.
    pub material: &'a str,
    /// The answer.
    pub text: &'a str,
    /// Its status.
    pub status: &'a str,
    /// What the laboratory has to say about it.
    pub comment: &'a str,
}

/// What a finding was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it says.
    pub class: ResultClass,
    /// What was analysed; absent where that cannot be told.
    pub kind: Option<TestKind>,
    /// How far the answer has come.
    pub state: SampleState,
}

/// A table, ready to read by.
#[derive(Default)]
pub struct Classifier {
    name: String,
    phrases: HashMap<String, Meaning>,
    /// Words of the longest phrase.
    longest: usize,
    statuses: HashMap<String, SampleState>,
    codes: HashMap<String, Analysis>,
    descriptions: DescriptionWords,
    other_materials: HashSet<String>,
}

/// What a phrase means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Says(ResultClass, Option<SampleState>),
    SeeComment,
    Doubt,
    Harmless,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// SARS-CoV-2, by this kind of test.
    Virus(Option<TestKind>),
    /// SARS-CoV-2 and others in one answer, or code and words that contradict one another.
    Unclear,
    /// It cannot be told.
    Untold,
    /// Something else.
    Other,
}

impl Classifier {
    /// Reads by a table.
    pub fn new(table: &ResultTable) -> Classifier {
        let mut phrases = HashMap::new();
        let mut add = |list: &[String], meaning| {
            phrases.extend(list.iter().map(|phrase| (normalised(phrase), meaning)));
        };
        add(&table.harmless, Meaning::Harmless);
        add(&table.see_comment, Meaning::SeeComment);
        add(&table.doubts, Meaning::Doubt);
        table.texts.iter().for_each(|text| add(&text.phrases, Meaning::Says(text.class, text.state)));
        // Nothing says nothing.
        phrases.remove("");
        let longest = phrases.keys().map(|phrase| phrase.split(' ').count()).max().unwrap_or(0);
        let statuses = table
            .statuses
            .iter()
            .flat_map(|status| status.phrases.iter().map(|phrase| (normalised(phrase), status.state)));
        let codes = table.codes.iter().flat_map(|list| list.codes.iter().map(|it| (code(it), list.analysis)));
        let words = |list: &[String]| list.iter().map(|word| normalised(word)).collect::<Vec<_>>();
        let told = &table.descriptions;
        Classifier {
            name: table.name.clone(),
            longest,
            phrases,
            statuses: statuses.collect(),
            codes: codes.filter(|(code, _)| !code.is_empty()).collect(),
            descriptions: DescriptionWords {
                virus: words(&told.virus),
                pcr: words(&told.pcr),
                antigen: words(&told.antigen),
                other_agents: words(&told.other_agents),
                other_analyses: words(&told.other_analyses),
            },
            other_materials: words(&table.other_materials).into_iter().collect(),
        }
    }

    /// The table's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What a finding says, with the status of the message it came in. `None`: it is about something else than
    /// SARS-CoV-2 in the airways, and no result of ours.
    pub fn read(&self, finding: &Finding<'_>, message_status: &str) -> Option<Reading> {
        let subject = self.subject(finding);
        let (said, state_said) = self.answer(finding);
        let (class, kind) = match subject {
            Subject::Other => return None,
            Subject::Virus(kind) => (said, kind),
            Subject::Unclear => (ResultClass::Unknown, None),
            // That nothing was found says nothing about a virus that perhaps was not looked for.
            Subject::Untold if said == ResultClass::NotDetected => (ResultClass::Unknown, None),
            Subject::Untold => (said, None),
        };
        let state = self.state([finding.status, message_status], state_said);
        Some(Reading { class, kind, state })
    }

    fn answer(&self, finding: &Finding<'_>) -> (ResultClass, Option<SampleState>) {
        const NO_ANSWER: (ResultClass, Option<SampleState>) = (ResultClass::Unknown, None);
        let comment = normalised(finding.comment);
        let in_comment = match self.phrases.get(&comment) {
            Some(Meaning::Says(class, state)) => Some((*class, *state)),
            Some(Meaning::SeeComment | Meaning::Doubt | Meaning::Harmless) | None => None,
        };
        let said = match self.phrases.get(&normalised(finding.text)) {
            Some(Meaning::SeeComment) => return in_comment.unwrap_or(NO_ANSWER),
            Some(Meaning::Says(class, state)) => (*class, *state),
            Some(Meaning::Doubt | Meaning::Harmless) | None => return NO_ANSWER,
        };
        match in_comment {
            Some((class, state)) if class == said.0 => (class, less_sure(said.1, state)),
            Some(_) => (ResultClass::Unknown, said.1),
            None if self.contradicts(&comment, said.0) => (ResultClass::Unknown, said.1),
            None => said,
        }
    }

    /// Whether a comment that is no answer itself leaves an answer unsure: a doubt stands in it, or beside a negative
    /// answer another one. This only ever takes an answer away.
    fn contradicts(&self, comment: &str, said: ResultClass) -> bool {
        if comment.len() > COMMENT_BYTES_MAX {
            return true;
        }
        let words: Vec<&str> = comment.split(' ').filter(|word| !word.is_empty()).collect();
        let mut rest = words.as_slice();
        while !rest.is_empty() {
            let (meaning, length) = self.longest_at_start(rest);
            rest = &rest[length..];
            match meaning {
                Some(Meaning::Doubt) => return true,
                Some(Meaning::Says(class, _)) if said == ResultClass::NotDetected && class != said => {
                    return true;
                }
                Some(Meaning::Says(..) | Meaning::SeeComment | Meaning::Harmless) | None => {}
            }
        }
        false
    }

    /// The longest phrase that the words begin with, and how many words to go on by. A sign alone, such as the plus of
    /// a telephone number, is none.
    fn longest_at_start(&self, words: &[&str]) -> (Option<Meaning>, usize) {
        let lengths = (1..=self.longest.min(words.len())).rev();
        let mut found = lengths.filter_map(|length| {
            let phrase = words[..length].join(" ");
            let meaning = self.phrases.get(&phrase)?;
            phrase.contains(|c: char| c.is_alphabetic()).then_some((Some(*meaning), length))
        });
        found.next().unwrap_or((None, 1))
    }

    fn subject(&self, finding: &Finding<'_>) -> Subject {
        let described = self.described(&normalised(finding.description));
        let coded = self.codes.get(&code(finding.code));
        let elsewhere = self.other_materials.contains(&normalised(finding.material));
        match coded {
            Some(Analysis::Other) => Subject::Other,
            Some(Analysis::Pcr | Analysis::Antigen | Analysis::Virus) if elsewhere => Subject::Unclear,
            Some(Analysis::Pcr) => by_code(Some(TestKind::Pcr), described),
            Some(Analysis::Antigen) => by_code(Some(TestKind::Antigen), described),
            Some(Analysis::Virus) => by_code(None, described),
            None if elsewhere => Subject::Other,
            // The answer may say itself what was looked for.
            None if described.subject == Subject::Untold => {
                let answered = self.described(&normalised(finding.text)).subject;
                if matches!(answered, Subject::Virus(_)) { answered } else { Subject::Untold }
            }
            None => described.subject,
        }
    }

    fn described(&self, description: &str) -> Described {
        let any = |words: &[String]| words.iter().any(|word| stands_in(word, description));
        let told = &self.descriptions;
        let kind = match (any(&told.pcr), any(&told.antigen)) {
            (true, false) => Some(TestKind::Pcr),
            (false, true) => Some(TestKind::Antigen),
            (true, true) | (false, false) => None,
        };
        let subject = match (any(&told.virus), any(&told.other_agents), any(&told.other_analyses)) {
            (_, _, true) | (false, true, _) => Subject::Other,
            (true, true, false) => Subject::Unclear,
            (true, false, false) => Subject::Virus(kind),
            (false, false, false) => Subject::Untold,
        };
        Described { subject, kind }
    }

    /// The least sure of what two statuses and the text say. A status in no list is taken for preliminary, and so is
    /// an answer without any.
    fn state(&self, statuses: [&str; 2], said: Option<SampleState>) -> SampleState {
        let told = statuses.into_iter().map(normalised).filter(|status| !status.is_empty());
        let read = told.map(|status| self.statuses.get(&status).copied().unwrap_or(SampleState::Preliminary));
        let told = read.fold(None, |surest, state| less_sure(surest, Some(state)));
        let state = told.unwrap_or(SampleState::Preliminary);
        less_sure(Some(state), said).unwrap_or(state)
    }
}

/// What a description tells.
#[derive(Clone, Copy)]
struct Described {
    subject: Subject,
    /// The kind of test that its words name, whatever it is about.
    kind: Option<TestKind>,
}

/// A code of ours decides what was looked for; words that contradict it leave the answer, or the kind, unsure.
fn by_code(kind: Option<TestKind>, described: Described) -> Subject {
    match (described.subject, kind, described.kind) {
        (Subject::Other, _, _) => Subject::Unclear,
        (_, Some(by_code), Some(by_words)) if by_code != by_words => Subject::Virus(None),
        (_, by_code, by_words) => Subject::Virus(by_code.or(by_words)),
    }
}

/// Of two states the one that promises less; a withdrawn answer is withdrawn whatever else is said, and of two that
/// stand the revision counts.
fn less_sure(a: Option<SampleState>, b: Option<SampleState>) -> Option<SampleState> {
    use SampleState::{Cancelled, Final, Planned, Preliminary, Revised};
    match (a, b) {
        (state, None) | (None, state) => state,
        (Some(Cancelled), _) | (_, Some(Cancelled)) => Some(Cancelled),
        (Some(Planned), _) | (_, Some(Planned)) => Some(Planned),
        (Some(Preliminary), _) | (_, Some(Preliminary)) => Some(Preliminary),
        (Some(Revised), _) | (_, Some(Revised)) => Some(Revised),
        (Some(Final), Some(Final)) => Some(Final),
    }
}

#[cfg(test)]
#[path = "classifier_tests.rs"]
mod tests;
