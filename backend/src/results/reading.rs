//! Reading a laboratory's message: its words become classes by the table of the day, and are left behind.

use crate::intake::results::{Finding, LabMessage};
use crate::rules::moments::norwegian_day_of;
use crate::rules::results::{Classifier, Samples, classifier, message_id, sample_id};
use api::results::Sample;
use events::result::{Laboratory, ResultReceived, ResultSource};
use jiff::Timestamp;

/// What a message says of our virus: one for each finding about it, none when it is about something else.
pub fn read(
    message: &LabMessage,
    by: &Classifier,
    source: ResultSource,
    now: Timestamp,
) -> Vec<ResultReceived> {
    message.findings.iter().filter_map(|finding| of_finding(message, finding, by, source, now)).collect()
}

fn of_finding(
    message: &LabMessage,
    finding: &Finding,
    by: &Classifier,
    source: ResultSource,
    now: Timestamp,
) -> Option<ResultReceived> {
    let told = classifier::Finding {
        code: &finding.code,
        description: &finding.description,
        material: &finding.material,
        text: &finding.text,
        status: &finding.status,
        comment: &finding.comment,
    };
    let reading = by.read(&told, &message.message_status)?;
    let number = message.sample_number.as_ref().map(|number| number.0.as_str());
    // Two messages of one id that say different things are two messages.
    let content = format!(
        "{:?} {:?} {:?} {:?} {:?} {}",
        reading.class, reading.state, reading.kind, message.taken_at, message.received_at, finding.text
    );
    Some(ResultReceived {
        sample: sample_id(&message.her_id, number, &message.message_id, &finding.code),
        message: message_id(&message.her_id, &message.message_id, &finding.code, &content),
        laboratory: Laboratory { her_id: message.her_id.clone(), name: message.laboratory.clone() },
        sample_number: message.sample_number.clone(),
        state: reading.state,
        class: reading.class,
        kind: reading.kind,
        taken_on: message.taken_at.map(norwegian_day_of),
        taken_on_substituted: message.taken_substituted,
        received_at: message.received_at.or(message.taken_at).unwrap_or(now),
        source,
        read_by: by.name().to_owned(),
    })
}

/// Samples as they are shown, the latest first.
pub fn shown(samples: &Samples) -> Vec<Sample> {
    samples.effective().into_iter().rev().map(Sample::from).collect()
}
