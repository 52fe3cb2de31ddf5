//! What the demo's colleague hears at the other end of the line.

use super::dice::Dice;
use super::rates;
use events::Personal;
use events::call::{Answer, Assessment, BreachGround, CallOutcome, ContactResult};
use jiff::{SignedDuration, Timestamp};

/// What an attempt comes to. Whoever has an employer may be housed badly by it.
pub fn outcome(dice: &mut Dice, employed: bool, now: Timestamp) -> CallOutcome {
    let contact = dice.weighted(&rates::CONTACTS);
    let plain = CallOutcome {
        contact,
        assessment: None,
        breach_grounds: Vec::new(),
        employer_failure_suspected: false,
        call_back_at: None,
        language_needed: None,
        script: None,
        answers: Vec::new(),
        note: None,
    };
    match contact {
        ContactResult::Answered => answered(plain, dice, employed),
        ContactResult::CallBackRequested => {
            let hours = i64::try_from(dice.within(1, 4)).unwrap_or(1);
            CallOutcome { call_back_at: Some(now + SignedDuration::from_hours(hours)), ..plain }
        }
        _ => plain,
    }
}

fn answered(plain: CallOutcome, dice: &mut Dice, employed: bool) -> CallOutcome {
    if employed && dice.per_mille(rates::EMPLOYER_FAILURES) {
        return CallOutcome {
            assessment: Some(Assessment::SuspectedBreach),
            breach_grounds: vec![*dice.one_of(&rates::WORKERS_GROUNDS)],
            employer_failure_suspected: true,
            answers: [("employer-houses", "yes"), ("room-shared-by", *dice.one_of(&["2", "4", "6"]))]
                .map(|(question, answer)| Answer {
                    question: question.into(),
                    answer: Personal(answer.into()),
                })
                .into(),
            ..plain
        };
    }
    let assessment = dice.weighted(&rates::ASSESSMENTS);
    let breach_grounds = match assessment {
        Assessment::SuspectedBreach => {
            vec![*dice.one_of(&[BreachGround::ReceivesVisitors, BreachGround::AmongPeople])]
        }
        _ => Vec::new(),
    };
    CallOutcome { assessment: Some(assessment), breach_grounds, ..plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::calls::check;

    #[test]
    fn whatever_is_heard_is_an_outcome_that_the_register_takes() {
        let mut dice = Dice::new(3);
        let now: Timestamp = "2021-03-15T10:00:00Z".parse().unwrap();
        let mut failures = 0;
        for n in 0..2_000 {
            let heard = outcome(&mut dice, n % 2 == 0, now);
            check(&heard, now, now + SignedDuration::from_hours(24)).unwrap();
            failures += u32::from(heard.employer_failure_suspected);
        }
        assert!((50..500).contains(&failures), "{failures}");
    }
}
