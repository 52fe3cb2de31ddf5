//! Every message once, whatever the service does at the edge of an answer; or it is said that some are missing.

use super::*;
use proptest::prelude::*;
use serde_json::json;

const DAY: i64 = 1_615_852_800;

/// How a service cuts.
#[derive(Clone, Copy, Debug)]
struct Cuts {
    most: usize,
    inclusive: bool,
    latest_first: bool,
    /// Tells the end that was asked for instead of where it stopped.
    echoes: bool,
    /// Of how many milliseconds its moments are.
    precision: i64,
}

/// Messages by the millisecond in which they were received.
fn answer(held: &[i64], cuts: Cuts, asked: Window) -> Page {
    let moment =
        |millis: i64| Timestamp::from_millisecond(DAY * 1_000 + millis / cuts.precision * cuts.precision);
    let inside = |at: Timestamp| match cuts.inclusive {
        true => asked.from.is_none_or(|from| at >= from) && asked.until.is_none_or(|until| at <= until),
        false => asked.from.is_none_or(|from| at > from) && asked.until.is_none_or(|until| at < until),
    };
    let mut found: Vec<(Timestamp, usize)> = held
        .iter()
        .enumerate()
        .map(|(id, millis)| (moment(*millis).unwrap(), id))
        .filter(|(at, _)| inside(*at))
        .collect();
    found.sort_unstable();
    if cuts.latest_first {
        found.reverse();
    }
    let count = found.len();
    found.truncate(cuts.most);
    let until = if cuts.echoes { asked.until } else { found.last().map(|(at, _)| *at) };
    let record = |(at, id): (Timestamp, usize)| json!({"meldingId": format!("M-{id}"), "mottattdato": at});
    let records = found.into_iter().map(record).collect();
    Page { records, count: Some(count), cut: count > cuts.most, until }
}

fn collect(held: &[i64], cuts: Cuts) -> Collected {
    let end = Timestamp::from_second(DAY + 100_000).unwrap();
    let mut paging = Paging::new(Window { from: None, until: Some(end) });
    while let Some(asked) = paging.next() {
        paging.take(answer(held, cuts, asked));
    }
    paging.collected()
}

fn ids(collected: &Collected) -> Vec<&str> {
    let mut ids: Vec<&str> = collected.messages.iter().map(|message| message.message_id.as_str()).collect();
    ids.sort_unstable();
    ids
}

const PLAIN: Cuts = Cuts { most: 10, inclusive: true, latest_first: false, echoes: false, precision: 1 };

#[test]
fn equal_moments_at_the_edge_come_once_each() {
    let held: Vec<i64> = (0..95).map(|n| n / 7 * 60_000).collect();
    for cuts in [
        PLAIN,
        Cuts { inclusive: false, ..PLAIN },
        Cuts { latest_first: true, ..PLAIN },
        Cuts { echoes: true, ..PLAIN },
    ] {
        let all = collect(&held, cuts);
        assert_eq!((all.messages.len(), all.truncated), (95, false), "{cuts:?}");
    }
}

#[test]
fn more_of_one_moment_than_an_answer_holds_is_said_and_ends() {
    let held: Vec<i64> = (0..30).map(|n| if n < 25 { 5_000 } else { 60_000 * n }).collect();
    for cuts in [PLAIN, Cuts { inclusive: false, ..PLAIN }, Cuts { latest_first: true, ..PLAIN }] {
        let all = collect(&held, cuts);
        assert!(all.truncated && all.messages.len() >= 10, "{cuts:?}");
    }
}

#[test]
fn a_message_that_is_there_twice_is_there_twice_and_one_that_is_repeated_at_an_edge_once() {
    let twin = json!({"meldingId": "M-1", "mottattdato": "2021-03-16T00:00:05Z"});
    let other = json!({"meldingId": "M-2", "mottattdato": "2021-03-16T00:00:09Z"});
    let revised =
        json!({"meldingId": "M-1", "mottattdato": "2021-03-16T00:00:05Z", "meldingsstatus": "Revidert"});
    let page = |records: &[&Value], count: usize, cut| Page {
        records: records.iter().map(|record| (*record).clone()).collect(),
        count: Some(count),
        cut,
        until: None,
    };
    let mut paging = Paging::new(Window::default());
    paging.take(page(&[&twin], 4, true));
    paging.take(page(&[&twin, &twin, &revised, &other], 4, false));
    let all = paging.collected();
    assert_eq!((ids(&all), all.truncated), (vec!["M-1", "M-1", "M-1", "M-2"], false));
    assert_eq!(all.reached, "2021-03-16T00:00:09Z".parse().ok());
}

#[test]
fn a_service_that_does_not_move_on_is_left() {
    let mut paging = Paging::new(Window::default());
    let mut asked = 0;
    while paging.next().is_some() {
        let record = json!({"meldingId": "M-1", "mottattdato": "2021-03-16T00:00:05Z"});
        paging.take(Page { records: vec![record], count: Some(9), cut: true, until: None });
        asked += 1;
    }
    assert!(paging.collected().truncated && asked <= 1 + OVERLAPS.len());

    let mut paging = Paging::new(Window::default());
    paging.take(Page { records: vec![json!({})], count: Some(9), cut: true, until: None });
    assert!(paging.next().is_none() && paging.collected().truncated, "nothing says where it ended");
}

#[test]
fn a_record_that_cannot_be_read_keeps_nobody_else() {
    let records = vec![json!({"meldingId": 1}), json!({"meldingId": "M-2"})];
    let mut paging = Paging::new(Window::default());
    paging.take(Page { records, count: Some(2), cut: false, until: None });
    let all = paging.collected();
    assert_eq!((ids(&all), all.truncated), (vec!["M-2"], false));
    assert_eq!(all.unreadable[0].at, "/provesvarliste/0/meldingId");
}

proptest! {
    #[test]
    fn each_message_once_or_it_is_said_that_some_are_missing(
        held in prop::collection::vec(0_i64..40_000, 0..200),
        most in 1_usize..40, inclusive: bool, latest_first: bool, echoes: bool,
        precision in prop::sample::select(vec![1_i64, 1_000, 60_000]),
    ) {
        let cuts = Cuts { most, inclusive, latest_first, echoes, precision };
        let all = collect(&held, cuts);
        let mut expected: Vec<String> = (0..held.len()).map(|id| format!("M-{id}")).collect();
        expected.sort_unstable();
        let got = ids(&all);
        prop_assert!(got.windows(2).all(|pair| pair[0] != pair[1]), "one came twice");
        prop_assert!(all.truncated || got == expected, "{} of {} and not said", got.len(), expected.len());
        // Where few share a moment nothing is missing.
        let of_a_second = |at: i64| held.iter().filter(|other| (**other / 1_000 - at / 1_000).abs() <= 1).count();
        if precision == 1 && !echoes && held.iter().all(|at| of_a_second(*at) < most) {
            prop_assert!(!all.truncated);
        }
    }
}
