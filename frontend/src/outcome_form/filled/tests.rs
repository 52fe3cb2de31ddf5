//! What follows from what was filled in, and what lacks.

use super::*;
use serde_json::json;

fn flow() -> Value {
    json!({
        "version": 2,
        "types": { "quarantine-home": { "start": "hello" } },
        "steps": {
            "hello": { "kind": "say", "next": "place" },
            "place": { "kind": "question", "answer": "yes-no", "on": { "yes": "alone", "no": "breach-ground" } },
            "breach-ground": { "kind": "question", "answer": "choice", "on": { "*": "breach" } },
            "alone": { "kind": "question", "answer": "yes-no", "on": { "yes": "fine", "no": "breach" } },
            "fine": { "kind": "end", "assessment": "understands-and-complies" },
            "breach": { "kind": "end", "assessment": "suspected-breach" },
        },
    })
}

fn outcome(filled: &Filled) -> Result<CallOutcome, Missing> {
    let flow = flow();
    filled.outcome(Some(Followed { flow: &flow, kind: "quarantine-home", language: "pl" }))
}

fn result(contact: ContactResult) -> Filled {
    Filled { contact: Some(contact), ..Filled::default() }
}

#[test]
fn no_answer_needs_no_more_than_its_result() {
    assert_eq!(outcome(&Filled::default()), Err(Missing::Contact));
    assert_eq!(outcome(&result(ContactResult::NoAnswer)), Ok(CallOutcome::of(ContactResult::NoAnswer)));
}

#[test]
fn a_later_call_needs_a_time_and_a_barrier_a_language() {
    let mut later = result(ContactResult::CallBackRequested);
    assert_eq!(outcome(&later), Err(Missing::Time));
    later.call_back_at = Some(Timestamp::UNIX_EPOCH);
    assert_eq!(outcome(&later).unwrap().call_back_at, Some(Timestamp::UNIX_EPOCH));
    let mut barrier = result(ContactResult::LanguageBarrier);
    assert_eq!(outcome(&barrier), Err(Missing::Language));
    barrier.language_needed = Some("ur".to_owned());
    assert_eq!(outcome(&barrier).unwrap().language_needed.as_deref(), Some("ur"));
}

#[test]
fn the_end_of_the_script_proposes_and_the_hand_decides() {
    let mut filled = result(ContactResult::Answered);
    assert_eq!(outcome(&filled), Err(Missing::Assessment));
    filled.answer("place", "yes");
    filled.answer("alone", "yes");
    let kept = outcome(&filled).unwrap();
    assert_eq!(kept.assessment, Some(Assessment::UnderstandsAndComplies));
    let script = kept.script.unwrap();
    assert_eq!((script.version, script.language.as_str()), (2, "pl"));
    filled.assessment = Some(Assessment::NeededGuidanceNowComplies);
    assert_eq!(outcome(&filled).unwrap().assessment, Some(Assessment::NeededGuidanceNowComplies));
}

#[test]
fn a_suspicion_rests_on_something() {
    let mut filled = result(ContactResult::Answered);
    filled.answer("alone", "yes");
    filled.answer("place", "no");
    filled.answer("breach-ground", "not-at-place");
    let proposed = outcome(&filled).unwrap();
    assert_eq!(proposed.breach_grounds, [BreachGround::NotAtPlace]);
    assert_eq!(proposed.answers.len(), 2, "the way that was left does not count");
    let flow = flow();
    let followed = Followed { flow: &flow, kind: "quarantine-home", language: "pl" };
    let end = filled.path(Some(followed)).end;
    filled.turn_ground(BreachGround::NotAtPlace, end.as_ref());
    assert_eq!(outcome(&filled), Err(Missing::Grounds));
    filled.turn_ground(BreachGround::Other, end.as_ref());
    assert_eq!(outcome(&filled), Err(Missing::Note));
    filled.note = " Seen at the harbour. ".into();
    let told = outcome(&filled).unwrap();
    assert_eq!(told.note, Some("Seen at the harbour.".into()));
    assert_eq!(told.breach_grounds, [BreachGround::Other]);
}

#[test]
fn a_conversation_without_a_script_is_judged_by_hand() {
    let mut filled = result(ContactResult::Answered);
    assert_eq!(filled.outcome(None), Err(Missing::Assessment));
    filled.assessment = Some(Assessment::LeftCountry);
    assert_eq!(filled.outcome(None).unwrap().script, None);
}

#[test]
fn a_draft_comes_back_as_it_was_left() {
    let mut filled = Filled { note: "Half a sen".into(), ..Filled::default() };
    assert_eq!(Filled::of_draft(filled.draft()), filled);
    filled.contact = Some(ContactResult::Answered);
    filled.answer("place", "no");
    filled.grounds = Some(vec![BreachGround::Working]);
    filled.employer = Some(true);
    assert_eq!(Filled::of_draft(filled.draft()), filled);
    assert_eq!(Filled::of_draft(json!({ "from": "elsewhere" })), Filled::default());
    assert_eq!(Filled::of_draft(json!("text")), Filled::default());
}
