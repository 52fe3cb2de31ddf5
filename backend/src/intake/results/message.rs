//! A laboratory's message in the register's own names. Its words are the laboratory's, unread.

use events::Personal;
use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt;
use zeroize::Zeroize;

/// One message of a laboratory about a sample. Text that was not told is empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct LabMessage {
    /// The message's id. That of a rapid test is made of what its row says: the same row, the same id.
    pub message_id: String,
    /// The laboratory's number in the address register.
    pub her_id: String,
    /// The laboratory's name.
    pub laboratory: String,
    /// The border station that took the test, when it came from one.
    pub station: Option<String>,
    /// The laboratory's number of the sample.
    pub sample_number: Option<Personal<String>>,
    /// How far the message says it has come, in the laboratory's words.
    pub message_status: String,
    /// What the laboratory remarks on the whole message.
    pub message_comment: String,
    /// What the result service remarks on it.
    pub remarks: String,
    /// When the result service received it.
    pub received_at: Option<Timestamp>,
    /// When the sample was taken; of a bare day, its Norwegian midnight.
    pub taken_at: Option<Timestamp>,
    /// `taken_at` is the moment of receiving, put there because the laboratory told none.
    pub taken_substituted: bool,
    /// The number under which the sample was taken, as told.
    pub national_number: Option<Personal<String>>,
    /// Birth date.
    pub birth_date: Option<Personal<Date>>,
    /// First name.
    pub first_name: Option<Personal<String>>,
    /// Last name.
    pub last_name: Option<Personal<String>>,
    /// What was found; one an analysis.
    pub findings: Vec<Finding>,
}

/// What one analysis came to, in the laboratory's words.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Finding {
    /// Code of the analysis: national or the laboratory's own.
    pub code: String,
    /// What the code is called.
    pub description: String,
    /// What the sample is of.
    pub material: String,
    /// The result.
    pub text: String,
    /// How far the result has come.
    pub status: String,
    /// What the laboratory remarks on it.
    pub comment: String,
}

impl fmt::Debug for LabMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LabMessage(‹personal›)")
    }
}

impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Finding(‹personal›)")
    }
}

impl Zeroize for LabMessage {
    fn zeroize(&mut self) {
        let LabMessage {
            message_id,
            her_id,
            laboratory,
            station,
            sample_number,
            message_status,
            message_comment,
            remarks,
            received_at,
            taken_at,
            taken_substituted,
            national_number,
            birth_date,
            first_name,
            last_name,
            findings,
        } = self;
        for told in [sample_number, national_number, first_name, last_name].into_iter().flatten() {
            told.0.zeroize();
        }
        for text in [message_id, her_id, laboratory, message_status, message_comment, remarks] {
            text.zeroize();
        }
        station.zeroize();
        findings.zeroize();
        taken_substituted.zeroize();
        (*received_at, *taken_at, *birth_date) = (None, None, None);
    }
}

impl Zeroize for Finding {
    fn zeroize(&mut self) {
        let Finding { code, description, material, text, status, comment } = self;
        for text in [code, description, material, text, status, comment] {
            text.zeroize();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_and_wiping_leaves_nothing() {
        let mut message = LabMessage {
            national_number: Some("20914695016".into()),
            last_name: Some("Nordmann".into()),
            message_comment: "Nordmann".to_owned(),
            findings: vec![Finding { text: "Positivt".to_owned(), ..Finding::default() }],
            ..LabMessage::default()
        };
        let shown = format!("{message:?} {:?}", message.findings);
        assert!(["2091", "Nord", "Posi"].iter().all(|word| !shown.contains(word)), "{shown}");
        message.zeroize();
        let emptied = LabMessage {
            national_number: Some("".into()),
            last_name: Some("".into()),
            ..LabMessage::default()
        };
        assert_eq!(message, emptied);
    }
}
