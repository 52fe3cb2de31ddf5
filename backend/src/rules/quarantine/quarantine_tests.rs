//! Given what is known, when it is assessed, then this is owed: for every shipped set and every edge of a day.

use super::*;
use api::quarantine::TestProgress;
use jiff::civil::date;
use proptest::prelude::*;

fn shipped() -> RuleSets {
    RuleSets::new(shipped::adopted())
}

fn at(text: &str) -> Timestamp {
    crate::rules::moments::moment(text).unwrap()
}

fn arrived(day: Date) -> Facts {
    Facts {
        arrival: Some(day),
        registered_at: norwegian_start_of(day),
        obligation_code: Some("1001".to_owned()),
        exemption_code: None,
        detail_code: None,
        place_code: Some("4002".to_owned()),
        country: None,
        leisure: None,
        necessary: None,
        employer_place: None,
        referred_to_hotel: false,
        age: None,
        hotel_from: None,
        hotel_until: None,
        departed: None,
        reentered: None,
        tests: Vec::new(),
    }
}

fn exempt(day: Date, ground: &str, detail: &str, place: &str) -> Facts {
    Facts {
        obligation_code: Some("1002".to_owned()),
        exemption_code: Some(ground.to_owned()),
        detail_code: Some(detail.to_owned()),
        place_code: Some(place.to_owned()),
        ..arrived(day)
    }
}

fn holiday(day: Date) -> Facts {
    Facts { leisure: Some(true), necessary: Some(false), ..arrived(day) }
}

fn pcr(taken_on: Date, outcome: TestOutcome, answered: Option<&str>) -> TestFact {
    TestFact {
        taken_on,
        taken_on_substituted: false,
        outcome,
        answered_at: answered.map(at),
        kind: TestKind::Pcr,
    }
}

fn now(facts: &Facts) -> Timestamp {
    let last = facts.tests.iter().map(|test| test.taken_on).max();
    end_of(last.unwrap_or(Date::MIN).max(facts.arrival.unwrap_or(date(2021, 3, 20))))
}

fn told(facts: &Facts) -> Assessment {
    assess(&shipped(), facts, now(facts))
}

fn end(facts: &Facts) -> (Date, String) {
    let end = told(facts).ends.unwrap();
    (end.on, end.why.code)
}

fn codes(list: &[Explanation]) -> Vec<&str> {
    list.iter().map(|one| one.code.as_str()).collect()
}

#[test]
fn each_day_of_arrival_is_governed_by_its_set() {
    for (day, name) in [
        (date(2021, 1, 1), "2021-01-01"),
        (date(2021, 1, 2), "2021-01-02"),
        (date(2021, 3, 14), "2021-01-02"),
        (date(2021, 3, 15), "2021-03-15"),
        (date(2021, 3, 28), "2021-03-15"),
        (date(2021, 3, 29), "2021-03-29"),
        (date(2021, 5, 31), "2021-03-29"),
        (date(2021, 6, 1), "2021-06-01"),
    ] {
        let told = told(&arrived(day));
        assert_eq!(told.rule_set.as_deref(), Some(name), "{day}");
        let named = |why: &Explanation| why.rule_set.as_deref() == Some(name);
        assert!(told.why.iter().all(named) && named(&told.start.why) && named(&told.ends.unwrap().why));
    }
    let before = told(&arrived(date(2020, 12, 31)));
    assert_eq!((before.obligation, codes(&before.flags)), (Obligation::Unknown, vec!["no-rule-set"]));
}

#[test]
fn quarantine_lasts_to_the_end_of_day_ten() {
    let facts = arrived(date(2021, 3, 1));
    let told = told(&facts);
    let end = told.ends.unwrap();
    assert_eq!((end.on, end.at), (date(2021, 3, 11), at("2021-03-12T00:00")));
    assert_eq!(end.why.code, "ends-full-length");
    assert!(!assess(&shipped(), &facts, at("2021-03-11T23:59:59")).over);
    assert!(assess(&shipped(), &facts, at("2021-03-12T00:00")).over);
}

#[test]
fn the_hour_that_the_clocks_skip_changes_no_day() {
    // 28 March 2021 has 23 hours.
    let told = told(&arrived(date(2021, 3, 18)));
    let end = told.ends.unwrap();
    assert_eq!((end.on, end.at), (date(2021, 3, 28), "2021-03-28T22:00:00Z".parse().unwrap()));
    let before = assess(&shipped(), &arrived(date(2021, 3, 17)), at("2021-03-20")).ends.unwrap();
    assert_eq!(before.at, "2021-03-27T23:00:00Z".parse().unwrap());
    let tested = Facts {
        tests: vec![pcr(date(2021, 3, 28), TestOutcome::Negative, None)],
        ..arrived(date(2021, 3, 21))
    };
    assert_eq!(told_end(&tested), (date(2021, 3, 28), "2021-03-28T22:00:00Z".parse().unwrap()));
}

fn told_end(facts: &Facts) -> (Date, Timestamp) {
    let end = told(facts).ends.unwrap();
    (end.on, end.at)
}

#[test]
fn a_negative_test_from_day_seven_ends_it_when_the_answer_comes() {
    let arrival = date(2021, 3, 16);
    let with = |test| Facts { tests: vec![test], ..arrived(arrival) };
    let answered = with(pcr(date(2021, 3, 23), TestOutcome::Negative, Some("2021-03-23T14:10")));
    assert_eq!(told_end(&answered), (date(2021, 3, 23), at("2021-03-23T14:10")));
    let why = told(&answered).ends.unwrap().why;
    assert_eq!((why.code.as_str(), why.parameters["taken"].as_str()), ("ends-negative-test", "2021-03-23"));
    let later = with(pcr(date(2021, 3, 23), TestOutcome::Negative, Some("2021-03-24T09:00")));
    assert_eq!(told_end(&later), (date(2021, 3, 24), at("2021-03-24T09:00")));
    let at_midnight = with(pcr(date(2021, 3, 23), TestOutcome::Negative, Some("2021-03-24T00:00")));
    assert_eq!(told_end(&at_midnight), (date(2021, 3, 23), at("2021-03-24T00:00")));
    let unsaid = with(pcr(date(2021, 3, 23), TestOutcome::Negative, None));
    assert_eq!(told_end(&unsaid), (date(2021, 3, 23), at("2021-03-24T00:00")));
    // The answer comes when quarantine is over anyway.
    let late = with(pcr(date(2021, 3, 25), TestOutcome::Negative, Some("2021-03-27T09:00")));
    assert_eq!(end(&late), (date(2021, 3, 26), "ends-full-length".to_owned()));
}

#[test]
fn nothing_less_than_a_certain_negative_pcr_test_ends_it() {
    let arrival = date(2021, 3, 16);
    let day = |days| day_after(arrival, days);
    let negative = pcr(day(7), TestOutcome::Negative, None);
    for (test, flag) in [
        (pcr(day(6), TestOutcome::Negative, None), None),
        (pcr(day(7), TestOutcome::Pending, None), None),
        (pcr(day(7), TestOutcome::Positive, None), Some("positive-test")),
        (TestFact { kind: TestKind::Antigen, ..negative }, None),
        (TestFact { taken_on_substituted: true, ..negative }, Some("test-day-unsure")),
        (pcr(date(2021, 3, 15), TestOutcome::Negative, None), None),
    ] {
        let facts = Facts { tests: vec![test], ..arrived(arrival) };
        assert_eq!(end(&facts), (day(10), "ends-full-length".to_owned()), "{test:?}");
        let flags = told(&facts).flags;
        assert_eq!(codes(&flags), flag.into_iter().collect::<Vec<_>>(), "{test:?}");
    }
    let pending = Facts { tests: vec![pcr(day(7), TestOutcome::Pending, None)], ..arrived(arrival) };
    let offer = told(&pending).early_end.unwrap();
    assert_eq!((offer.from, offer.negatives_missing, offer.answer_pending), (day(7), 1, true));
    let both = vec![negative, pcr(day(7), TestOutcome::Positive, None)];
    assert_eq!(end(&Facts { tests: both, ..arrived(arrival) }).0, day(10), "a positive one outweighs");
}

#[test]
fn a_test_of_the_future_counts_only_as_a_question() {
    let facts = Facts {
        tests: vec![pcr(date(2021, 3, 23), TestOutcome::Negative, None)],
        ..arrived(date(2021, 3, 16))
    };
    let told = assess(&shipped(), &facts, at("2021-03-22T23:59"));
    assert_eq!((told.ends.unwrap().on, codes(&told.flags)), (date(2021, 3, 26), vec!["test-in-future"]));
    assert_eq!(assess(&shipped(), &facts, at("2021-03-23")).ends.unwrap().on, date(2021, 3, 23));
}

#[test]
fn two_negatives_are_needed_where_the_set_says_so() {
    let mut set = shipped::rule_sets().remove(0);
    set.quarantine.early_end[0].negatives = 2;
    let sets = RuleSets::default().with(set);
    let arrival = date(2021, 1, 5);
    let at_days = |days: &[u16]| {
        let tests = days.iter().map(|day| pcr(day_after(arrival, *day), TestOutcome::Negative, None));
        let facts = Facts { tests: tests.collect(), ..arrived(arrival) };
        let told = assess(&sets, &facts, at("2021-02-01"));
        (told.ends.unwrap().on.day() - 5, told.early_end.map(|offer| offer.negatives_missing))
    };
    assert_eq!(at_days(&[]), (10, Some(2)));
    assert_eq!(at_days(&[2]), (10, Some(1)));
    assert_eq!(at_days(&[7]), (10, Some(1)));
    assert_eq!(at_days(&[7, 7]), (10, Some(1)), "two of one day are one");
    assert_eq!(at_days(&[2, 7]), (7, None));
    assert_eq!(at_days(&[2, 3]), (10, Some(1)), "the last one must be of day seven or later");
}

#[test]
fn from_15_march_an_unnecessary_leisure_trip_means_the_hotel_until_a_test_of_day_three() {
    assert_eq!(told(&holiday(date(2021, 3, 14))).hotel, None);
    let facts = holiday(date(2021, 3, 15));
    let hotel = told(&facts).hotel.unwrap();
    assert_eq!((hotel.on, hotel.test_from), (date(2021, 3, 25), Some(date(2021, 3, 18))));
    assert_eq!(hotel.why.code, "hotel-until-negative");
    let negative = pcr(date(2021, 3, 18), TestOutcome::Negative, Some("2021-03-19T12:00"));
    let tested = told(&Facts { tests: vec![negative], ..facts.clone() });
    let hotel = tested.hotel.unwrap();
    assert_eq!((hotel.on, hotel.at), (date(2021, 3, 19), at("2021-03-19T12:00")));
    assert_eq!(hotel.why.code, "hotel-negative-test");
    assert_eq!(tested.ends.unwrap().on, date(2021, 3, 25), "quarantine goes on at home");
    let early = pcr(date(2021, 3, 17), TestOutcome::Negative, None);
    assert_eq!(told(&Facts { tests: vec![early], ..facts.clone() }).hotel.unwrap().on, date(2021, 3, 25));
    let unsaid = Facts { necessary: None, ..facts.clone() };
    assert!(told(&unsaid).hotel.is_some(), "who has not told that it was necessary");
    assert_eq!(told(&Facts { necessary: Some(true), ..facts }).hotel, None);
}

#[test]
fn from_29_march_the_hotel_lasts_the_whole_period() {
    let facts = holiday(date(2021, 3, 29));
    let test = |day| pcr(day, TestOutcome::Negative, None);
    let third = told(&Facts { tests: vec![test(date(2021, 4, 1))], ..facts.clone() });
    assert_eq!(third.hotel.unwrap().on, date(2021, 4, 8));
    let seventh = told(&Facts { tests: vec![test(date(2021, 4, 5))], ..facts });
    assert_eq!((seventh.hotel.unwrap().on, seventh.ends.unwrap().on), (date(2021, 4, 5), date(2021, 4, 5)));
}

#[test]
fn the_hotel_is_for_those_without_a_place() {
    let at_place = |code: &str| Facts { place_code: Some(code.to_owned()), ..arrived(date(2021, 3, 16)) };
    for code in ["4002", "4003", "4004", "4005", "4007", "4008", "4009", "4010", "4011"] {
        assert_eq!(told(&at_place(code)).hotel, None, "{code}");
    }
    assert_eq!(told(&at_place("4001")).hotel.unwrap().why.code, "hotel-whole-period");
    assert_eq!(told(&at_place("4012")).hotel.unwrap().why.code, "hotel-until-negative");
    let unknown = told(&at_place("4013"));
    assert!(unknown.hotel.is_some() && codes(&unknown.flags).contains(&"unknown-code"));
    assert!(codes(&told(&at_place("4003")).flags).contains(&"employer-not-told"));
    let without = Facts { employer_place: Some(false), ..at_place("4003") };
    assert!(told(&without).hotel.is_some());
    let referred = Facts { referred_to_hotel: true, ..at_place("4002") };
    assert!(told(&referred).hotel.is_some());
    let no_place = Facts { place_code: None, ..at_place("4002") };
    let no_place = told(&no_place);
    assert!(no_place.hotel.is_some() && codes(&no_place.flags).contains(&"place-not-told"));
}

#[test]
fn a_stay_that_ended_before_the_duty_is_flagged() {
    let stay = |from, until| Facts {
        place_code: Some("4001".to_owned()),
        hotel_from: from,
        hotel_until: until,
        ..arrived(date(2021, 3, 16))
    };
    let flags = |facts: Facts| assess(&shipped(), &facts, at("2021-03-19T12:00")).flags;
    let left = flags(stay(Some(date(2021, 3, 16)), Some(date(2021, 3, 18))));
    assert_eq!(codes(&left), ["hotel-left-early"]);
    assert_eq!(codes(&flags(stay(None, None))), ["hotel-stay-not-seen"]);
    assert!(flags(stay(Some(date(2021, 3, 16)), None)).is_empty());
    assert!(flags(stay(Some(date(2021, 3, 17)), Some(date(2021, 3, 16)))).is_empty(), "an earlier stay");
}

#[test]
fn exemptions_go_by_the_code_lists_of_the_day() {
    let day = date(2021, 5, 31);
    for (facts, owed, code) in [
        (exempt(day, "2001", "3001", "4005"), Obligation::Exempt, "exempt"),
        (exempt(day, "2008", "0", "4002"), Obligation::Exempt, "exempt"),
        (exempt(day, "2003", "3005", "4002"), Obligation::LeisureTime, "leisure-time"),
        (exempt(day, "2003", "3007", "4002"), Obligation::Exempt, "exempt"),
        (exempt(day, "2007", "0", "4006"), Obligation::LeisureTime, "leisure-time-place"),
        (exempt(day, "2010", "0", "4002"), Obligation::Full, "obligation-unknown-code"),
        (exempt(day, "2005", "3031", "4002"), Obligation::Full, "obligation-unknown-code"),
        (exempt(day, "0", "0", "4002"), Obligation::Full, "obligation-no-ground"),
    ] {
        let told = told(&facts);
        assert_eq!((told.obligation, told.why[0].code.as_str()), (owed, code), "{facts:?}");
        assert_eq!(told.ends.is_none(), owed == Obligation::Exempt);
    }
    let june = told(&exempt(date(2021, 6, 1), "2010", "0", "4015"));
    assert_eq!((june.obligation, june.hotel), (Obligation::LeisureTime, None));
    assert!(told(&exempt(date(2021, 6, 1), "2010", "0", "4014")).hotel.is_some());
    assert_eq!(told(&exempt(date(2021, 6, 1), "2005", "3029", "4002")).obligation, Obligation::Exempt);
}

#[test]
fn what_cannot_be_read_leaves_the_obligation() {
    let day = date(2021, 3, 16);
    for (code, flag) in [(None, "obligation-not-told"), (Some("1003"), "unknown-code")] {
        let facts = Facts { obligation_code: code.map(str::to_owned), ..arrived(day) };
        let told = told(&facts);
        assert_eq!((told.obligation, codes(&told.flags)), (Obligation::Full, vec![flag]));
    }
    let both = Facts { exemption_code: Some("2008".to_owned()), ..arrived(day) };
    assert_eq!(told(&both).obligation, Obligation::Full);
    assert_eq!(codes(&told(&both).flags), ["codes-conflict"]);
    let undated = Facts { arrival: None, registered_at: at("2021-03-16T23:30"), ..arrived(day) };
    let undated = told(&undated);
    assert_eq!((undated.start.on, undated.start.why.code.as_str()), (day, "start-registration"));
    assert_eq!(codes(&undated.flags), ["arrival-not-told"]);
}

#[test]
fn tests_are_owed_in_their_windows() {
    let arrival = date(2021, 3, 16);
    let facts = holiday(arrival);
    let progress = |facts: &Facts, moment: &str| -> Vec<(String, TestProgress)> {
        let told = assess(&shipped(), facts, at(moment));
        told.tests.into_iter().map(|duty| (duty.name, duty.state)).collect()
    };
    let expected = |border, third, seventh| {
        vec![("border".to_owned(), border), ("day-3".to_owned(), third), ("day-7".to_owned(), seventh)]
    };
    use TestProgress::{Ahead, Done, Due, Lapsed, NotSeen, Pending};
    assert_eq!(progress(&facts, "2021-03-17T23:59"), expected(Due, Ahead, Ahead));
    assert_eq!(progress(&facts, "2021-03-18T00:00"), expected(NotSeen, Ahead, Ahead));
    let antigen = TestFact { kind: TestKind::Antigen, ..pcr(arrival, TestOutcome::Negative, None) };
    let third = pcr(date(2021, 3, 19), TestOutcome::Pending, None);
    let tested = Facts { tests: vec![antigen, third], ..facts.clone() };
    assert_eq!(progress(&tested, "2021-03-20"), expected(Done, Pending, Ahead));
    let left = Facts { departed: Some(date(2021, 3, 18)), ..facts.clone() };
    assert_eq!(progress(&left, "2021-03-24"), expected(NotSeen, Lapsed, Lapsed));
    assert!(progress(&arrived(date(2021, 1, 1)), "2021-01-01").iter().all(|(name, _)| name != "border"));
    let child = Facts { age: Some(11), ..facts };
    assert!(progress(&child, "2021-03-16").iter().all(|(name, _)| name != "border"));
}

#[test]
fn commuters_test_every_seven_days() {
    let told = told(&exempt(date(2021, 3, 16), "2003", "3005", "4002"));
    let windows = told.tests.iter().filter(|duty| duty.name == "every-7-days");
    let windows: Vec<(Date, Date)> = windows.map(|duty| (duty.from, duty.by)).collect();
    let expected = [(date(2021, 3, 16), date(2021, 3, 23)), (date(2021, 3, 23), date(2021, 3, 30))];
    assert_eq!(windows, expected);
}

#[test]
fn who_leaves_owes_nothing_more_and_who_comes_back_begins_anew() {
    let left = Facts { departed: Some(date(2021, 3, 19)), ..arrived(date(2021, 3, 16)) };
    assert_eq!(end(&left), (date(2021, 3, 19), "ends-departed".to_owned()));
    let back = Facts { reentered: Some(date(2021, 3, 21)), ..left };
    assert_eq!(end(&back), (date(2021, 3, 31), "ends-full-length".to_owned()));
    assert_eq!(told(&back).start.why.code, "start-reentry");
    let tested = Facts { tests: vec![pcr(date(2021, 3, 23), TestOutcome::Negative, None)], ..back };
    assert_eq!(end(&tested).0, date(2021, 3, 31), "day seven is counted from the re-entry");
}

#[test]
fn a_new_set_reaches_ongoing_quarantines_only_when_it_says_so() {
    let facts = holiday(date(2021, 3, 20));
    assert_eq!(told(&facts).rule_set.as_deref(), Some("2021-03-15"), "not that of 29 March");
    let mut longer = shipped::rule_sets().remove(3);
    longer.ongoing = Ongoing::Affected;
    longer.quarantine.length_days = 14;
    let sets = shipped().with(longer);
    let reached = assess(&sets, &facts, at("2021-03-21"));
    assert_eq!(reached.ends.unwrap().on, date(2021, 4, 3));
    let why = reached.why.last().unwrap();
    assert_eq!(why.code, "rules-changed-during-stay");
    assert_eq!(
        (why.parameters["before"].as_str(), why.parameters["after"].as_str()),
        ("2021-03-15", "2021-03-29")
    );
    let over = assess(&sets, &holiday(date(2021, 3, 18)), at("2021-03-21"));
    assert_eq!(over.rule_set.as_deref(), Some("2021-03-15"), "it was over at that midnight");
    let exempt = assess(&sets, &exempt(date(2021, 3, 20), "2008", "0", "4002"), at("2021-03-21"));
    assert_eq!(exempt.rule_set.as_deref(), Some("2021-03-29"));
}

#[test]
fn a_question_about_a_test_is_answered_without_changing_anything() {
    let facts = holiday(date(2021, 3, 15));
    let now = at("2021-03-16T12:00");
    let before = assess(&shipped(), &facts, now);
    let choices = choices(&shipped(), &facts, now);
    let told: Vec<(u16, bool, bool)> =
        choices.iter().map(|choice| (choice.day, choice.shortens, choice.shortens_hotel)).collect();
    assert_eq!(told, [(3, false, true), (5, false, true), (7, true, true)]);
    assert_eq!(choices[2].ends.on, date(2021, 3, 22));
    assert_eq!(assess(&shipped(), &facts, now), before);
    assert!(super::choices(&shipped(), &facts, at("2021-03-27")).is_empty(), "it is over");
    assert!(super::choices(&shipped(), &facts, at("2021-03-20T12:00")).iter().all(|choice| choice.day > 3));
}

fn any_test() -> impl Strategy<Value = TestFact> {
    let outcome =
        prop_oneof![Just(TestOutcome::Pending), Just(TestOutcome::Negative), Just(TestOutcome::Positive)];
    let kind = prop_oneof![3 => Just(TestKind::Pcr), 1 => Just(TestKind::Antigen)];
    (0u16..110, any::<bool>(), outcome, proptest::option::of(0i64..96), kind).prop_map(
        |(day, taken_on_substituted, outcome, hours, kind)| {
            let taken_on = day_after(date(2021, 2, 25), day);
            let answered_at =
                hours.map(|hours| norwegian_start_of(taken_on) + jiff::SignedDuration::from_hours(hours));
            TestFact { taken_on, taken_on_substituted, outcome, answered_at, kind }
        },
    )
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let code = |codes: &'static [&'static str]| {
        proptest::option::of(proptest::sample::select(codes)).prop_map(|code| code.map(str::to_owned))
    };
    let codes = (
        code(&["1001", "1002", "1003"]),
        code(&["0", "2001", "2003", "2005", "2010", "2099"]),
        code(&["0", "3001", "3005", "3010", "3031", "3099"]),
        code(&["4001", "4002", "4003", "4006", "4012", "4013", "4099"]),
    );
    let told = (any::<Option<bool>>(), any::<Option<bool>>(), any::<bool>());
    (0u16..100, codes, told, proptest::collection::vec(any_test(), 0..4)).prop_map(
        |(
            day,
            (obligation_code, exemption_code, detail_code, place_code),
            (leisure, necessary, referred),
            tests,
        )| Facts {
            obligation_code,
            exemption_code,
            detail_code,
            place_code,
            leisure,
            necessary,
            referred_to_hotel: referred,
            tests,
            ..arrived(day_after(date(2021, 2, 25), day))
        },
    )
}

/// The shipped sets, and one in the middle that reaches ongoing quarantines.
fn with_a_change() -> RuleSets {
    let mut set = shipped::rule_sets().remove(3);
    set.ongoing = Ongoing::Affected;
    shipped().with(set)
}

/// Later than everything any of the strategies makes.
const LATE: &str = "2022-01-01";

fn not_silently_shorter(sets: &RuleSets, before: &Facts, after: &Facts) -> Result<(), TestCaseError> {
    let (old, new) = (assess(sets, before, at(LATE)), assess(sets, after, at(LATE)));
    let (Some(old_end), Some(new_end)) = (&old.ends, &new.ends) else {
        // Only another governing set can turn an obligation into an exemption, and it is named.
        prop_assert!(old.ends.is_none() == new.ends.is_none() || old.rule_set != new.rule_set);
        return Ok(());
    };
    let grounds = ["ends-negative-test", "ends-departed"];
    prop_assert!(
        new_end.at >= old_end.at || grounds.contains(&new_end.why.code.as_str()),
        "{old_end:?} became {new_end:?}"
    );
    if let (Some(old_hotel), new_hotel) = (&old.hotel, &new.hotel) {
        let silent = new_hotel.as_ref().is_none_or(|new| {
            new.at < old_hotel.at && new.why.code != "hotel-negative-test" && new.at != new_end.at
        });
        prop_assert!(!silent || old.rule_set != new.rule_set, "{old_hotel:?} became {new_hotel:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn one_more_test_never_shortens_silently(facts in any_facts(), test in any_test()) {
        let mut more = facts.clone();
        more.tests.push(test);
        not_silently_shorter(&with_a_change(), &facts, &more)?;
        if test.outcome != TestOutcome::Negative || test.kind != TestKind::Pcr {
            let (old, new) = (assess(&with_a_change(), &facts, at(LATE)), assess(&with_a_change(), &more, at(LATE)));
            prop_assert!(new.ends.map(|end| end.at) >= old.ends.map(|end| end.at), "only a negative PCR test shortens");
        }
    }

    #[test]
    fn a_departure_or_reentry_never_shortens_silently(facts in any_facts(), day in 0u16..30) {
        let on = facts.arrival.map(|arrival| day_after(arrival, day));
        let left = Facts { departed: on, ..facts.clone() };
        not_silently_shorter(&with_a_change(), &facts, &left)?;
        let back = Facts { reentered: on, ..facts.clone() };
        not_silently_shorter(&with_a_change(), &facts, &back)?;
        not_silently_shorter(&with_a_change(), &left, &Facts { reentered: on, ..left.clone() })?;
    }

    #[test]
    fn the_order_of_tests_and_a_replay_change_nothing(facts in any_facts()) {
        let mut turned = facts.clone();
        turned.tests.reverse();
        let told = |facts: &Facts| assess(&with_a_change(), facts, at(LATE));
        let (first, turned) = (told(&facts), told(&turned));
        prop_assert_eq!((&first.ends, &first.hotel), (&turned.ends, &turned.hotel));
        let written = serde_json::to_string(&first).unwrap();
        prop_assert_eq!(&written, &serde_json::to_string(&told(&facts)).unwrap());
        prop_assert_eq!(serde_json::from_str::<Assessment>(&written).unwrap(), first);
    }

    #[test]
    fn every_date_names_its_reason_and_rule_set(facts in any_facts()) {
        let told = assess(&shipped(), &facts, at(LATE));
        let reasons = told.ends.iter().map(|end| &end.why).chain(told.hotel.iter().map(|hotel| &hotel.why));
        for why in reasons.chain(told.tests.iter().map(|duty| &duty.why)).chain(&told.why) {
            prop_assert_eq!(&why.rule_set, &told.rule_set);
            prop_assert!(!why.code.is_empty());
        }
    }
}
