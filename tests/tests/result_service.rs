//! The client of the result service against a real server: it asks and reads what is published, and whatever goes
//! wrong is an error of its own kind, in time, that names nobody.

use backend::clock::Clock;
use backend::entropy::Entropy;
use backend::intake::results::{
    Answer, Bearer, Client, Collected, LabMessage, Limits, Misunderstood, SearchError, Sex, Unavailable,
    Wanted, Why, Window,
};
use events::Personal;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use tests::result_service::{Contract, HUGE, Held, MUNICIPALITY, Manners, Mood, Service};

/// The number that is planted in everything that goes wrong.
const NUMBER: &str = "20914695016";
const NAME: &str = "Plantesen";
/// Within which everything has ended, however slow the machine.
const IN_THE_END: Duration = Duration::from_secs(60);

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn clock() -> Clock {
    Clock::manual(at("2021-03-16T12:00:00Z"))
}

fn number() -> Personal<String> {
    NUMBER.into()
}

fn somebody() -> Wanted {
    Wanted {
        first_name: Some("Kari".into()),
        last_name: Some(NAME.into()),
        sex: Some(Sex::Woman),
        birth_date: Some(Personal("1946-11-20".parse().unwrap())),
        taken_from: "2021-03-01".parse().ok(),
        taken_until: "2021-03-16".parse().ok(),
    }
}

/// One try, and little patience with a service that is silent.
fn impatient() -> Limits {
    Limits { tries: 1, answer_within: Duration::from_millis(300), failures_in_row_max: 1_000, ..quick() }
}

/// As patient as usual, without long pauses.
fn quick() -> Limits {
    let pause = Duration::from_millis(5);
    Limits { pause, pause_max: pause, per_second: 1_000, failures_in_row_max: 1_000, ..Limits::default() }
}

/// Ends a test that would wait for ever.
async fn ends<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(IN_THE_END, what).await.expect("it ends")
}

fn ids(messages: &[LabMessage]) -> Vec<&str> {
    messages.iter().map(|message| message.message_id.as_str()).collect()
}

async fn with_one(limits: Limits) -> (Service, Client) {
    let service = Service::start().await;
    service.holds([Held::new("M-1", NUMBER, at("2021-03-15T12:00:00Z")).with("etternavn", json!(NAME))]);
    let client = service.client(limits, &clock());
    (service, client)
}

async fn four_searches(client: &Client) -> [Option<SearchError>; 4] {
    let window = Window { from: Some(at("2021-03-14T00:00:00Z")), until: None };
    [
        ends(client.by_number(&number())).await.err(),
        ends(client.by_name(&somebody())).await.err(),
        ends(client.received(window)).await.err(),
        ends(client.positive(window)).await.err(),
    ]
}

#[test]
fn the_contract_here_is_the_published_one() {
    let Some(published) = Contract::published() else { return };
    assert_eq!(Contract::load().facts(), published.facts());
}

#[tokio::test]
async fn every_question_and_every_answer_is_as_published() {
    let contract = Contract::load();
    let (service, client) = with_one(quick()).await;
    service.holds((0..7).map(|n| {
        let held = Held::new(&format!("P-{n}"), NUMBER, at("2021-03-15T13:00:00Z"));
        held.saying("Positivt", true).substituted()
    }));
    service.has(Manners { most: 3, inclusive: true, shuffled: false });
    four_searches(&client).await;
    ends(client.by_name(&Wanted { first_name: None, sex: None, taken_from: None, ..somebody() }))
        .await
        .unwrap();
    ends(client.received(Window::default())).await.unwrap();
    ends(client.check()).await.unwrap();
    for status in [400, 401, 403, 500, 502, 504] {
        service.is(Mood::Says(status));
        four_searches(&client).await;
    }
    service.is(Mood::Empty);
    service.is(Mood::Well);
    let exchanges = service.exchanges();
    let asked: BTreeSet<&str> = exchanges.iter().map(|exchange| exchange.operation.as_str()).collect();
    assert_eq!(asked, contract.operations().into_iter().collect(), "all of it is used");
    for exchange in exchanges {
        let what = format!("{} {}", exchange.operation, exchange.status);
        let errors = |schema: jsonschema::Validator, value: &Value| -> Vec<String> {
            schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
        };
        assert_eq!(errors(contract.question(&exchange.operation), &exchange.question), [""; 0], "{what}");
        assert_eq!(exchange.address, format!("/provesvar/api/v1/{}", exchange.operation));
        assert_eq!(exchange.question["kommunenr"], MUNICIPALITY);
        // A person's search is not published to answer 504; it may come from what stands before it.
        match contract.answer(&exchange.operation, exchange.status) {
            Some(schema) => {
                assert_eq!(errors(schema, &exchange.answer.expect("an answer")), [""; 0], "{what}");
            }
            None => assert_eq!(exchange.status, 504, "{what}"),
        }
    }
}

#[tokio::test]
async fn what_the_service_holds_arrives_in_its_own_words() {
    let (service, client) = with_one(quick()).await;
    let first = Held::new("M-2", NUMBER, at("2021-03-15T15:00:00Z")).saying("Ikkje påvist", false);
    let revised = first.clone().revised("M-3", at("2021-03-15T18:00:00Z"), "Svakt positivt");
    let late = Held::new("M-0", NUMBER, at("2021-03-13T08:00:00.25Z")).substituted();
    service.holds([revised.clone(), first.clone(), first, late]);
    let answer = ends(client.by_number(&number())).await.unwrap();
    assert!(!answer.truncated);
    assert_eq!(
        ids(&answer.messages),
        ["M-1", "M-3", "M-2", "M-2", "M-0"],
        "in the service's order, repeated ones too"
    );
    let [_, revised, _, _, late] = &answer.messages[..] else { panic!("five") };
    assert_eq!((&*revised.findings[0].text, &*revised.findings[0].status), ("Svakt positivt", "Revidert"));
    assert_eq!(revised.received_at, Some(at("2021-03-15T18:00:00Z")));
    assert!(revised.sample_number == Some("P-M-2".into()), "the same sample");
    assert!(late.taken_substituted && late.taken_at == late.received_at);
    assert!(!revised.taken_substituted && revised.national_number == Some(number()));
    let by_name = ends(client.by_name(&somebody())).await.unwrap();
    assert_eq!(ids(&by_name.messages), ["M-1"]);
    let of_all = ends(client.received(Window::default())).await.unwrap();
    assert_eq!((of_all.messages.len(), of_all.reached), (5, Some(at("2021-03-15T18:00:00Z"))));
    assert!(of_all.messages.iter().all(|message| message.received_at.is_some()), "under its other name");
    let positive = ends(client.positive(Window::default())).await.unwrap();
    assert_eq!(ids(&positive.messages), ["M-3"]);
}

#[tokio::test]
async fn null_and_unknown_fields_say_nothing_and_an_empty_list_is_whole() {
    let (service, client) = with_one(quick()).await;
    service.is(Mood::UnknownFields);
    let answer = ends(client.by_number(&number())).await.unwrap();
    assert_eq!((ids(&answer.messages), answer.truncated), (vec!["M-1"], false));
    service.is(Mood::Nulls);
    let answer = ends(client.by_number(&number())).await.unwrap();
    let [message] = &answer.messages[..] else { panic!("one that says nothing") };
    assert!(message.received_at.is_none() && message.findings.iter().all(|finding| finding.text.is_empty()));
    service.is(Mood::Empty);
    assert_eq!(ends(client.by_number(&number())).await, Ok(Answer::default()));
    service.is(Mood::Nothing);
    let unknown = Answer { truncated: true, ..Answer::default() };
    assert_eq!(ends(client.by_number(&number())).await, Ok(unknown), "nobody said that there is nothing");
}

#[tokio::test]
async fn a_persons_answer_that_was_cut_says_so() {
    let (service, client) = with_one(quick()).await;
    service.holds((2..=7).map(|n| Held::new(&format!("M-{n}"), NUMBER, at("2021-03-15T12:00:00Z"))));
    service.has(Manners { most: 3, inclusive: true, shuffled: false });
    let answer = ends(client.by_number(&number())).await.unwrap();
    assert_eq!((answer.messages.len(), answer.truncated), (3, true));
    assert_eq!(service.asked(), 1, "it cannot be asked on");
}

/// Messages in bursts that share a moment, some told twice.
fn bursts() -> Vec<Held> {
    let message = |n: i64| {
        let received = at("2021-03-15T00:00:00Z") + SignedDuration::from_millis(n / 9 * 1_700);
        Held::new(&format!("M-{n:03}"), NUMBER, received)
    };
    (0..200).map(message).chain((0..200).step_by(50).map(message)).collect()
}

#[tokio::test]
async fn a_long_list_is_asked_on_until_each_message_is_here_once() {
    for (inclusive, shuffled) in [(true, false), (false, false), (true, true)] {
        let service = Service::start().await;
        service.holds(bursts());
        service.has(Manners { most: 20, inclusive, shuffled });
        let client = service.client(quick(), &clock());
        let all = ends(client.received(Window::default())).await.unwrap();
        assert!(!all.truncated && service.asked() > 10, "inclusive {inclusive}");
        let once: BTreeSet<&str> = ids(&all.messages).into_iter().collect();
        // Four are in the table twice.
        assert_eq!((once.len(), all.messages.len()), (200, 204), "inclusive {inclusive}");
    }
}

#[tokio::test]
async fn more_of_one_moment_than_fits_is_said() {
    let service = Service::start().await;
    service.holds((0..30).map(|n| Held::new(&format!("M-{n}"), NUMBER, at("2021-03-15T12:00:00Z"))));
    service.has(Manners { most: 20, inclusive: true, shuffled: false });
    let all = ends(service.client(quick(), &clock()).received(Window::default())).await.unwrap();
    assert_eq!((all.messages.len(), all.truncated), (20, true));
    assert!(service.asked() < 6, "it does not ask for ever");
}

#[tokio::test]
async fn one_record_that_cannot_be_read_is_told_beside_the_others() {
    let service = Service::start().await;
    let received = at("2021-03-15T12:00:00Z");
    service.holds([
        Held::new("M-1", NUMBER, received),
        Held::new("M-2", NUMBER, received).with("mottattdatoBruktSomProvedato", json!(NUMBER)),
    ]);
    let client = service.client(quick(), &clock());
    let Collected { messages, unreadable, truncated, .. } =
        ends(client.received(Window::default())).await.unwrap();
    assert_eq!((ids(&messages), truncated), (vec!["M-1"], false));
    assert_eq!(unreadable[0].at, "/provesvarliste/1/mottattdatoBruktSomProvedato");
    let whole = ends(client.by_number(&number())).await.unwrap_err();
    assert!(matches!(whole, SearchError::Misunderstood(_)), "of a person all or nothing");
}

fn unavailable(error: &SearchError) -> Option<Unavailable> {
    match error {
        SearchError::Unavailable(why) => Some(*why),
        SearchError::Refused { .. } | SearchError::Misunderstood(_) | SearchError::NotAsked => None,
    }
}

fn why(error: &SearchError) -> Option<Why> {
    match error {
        SearchError::Misunderstood(Misunderstood::Shape(unreadable)) => Some(unreadable.why),
        _ => None,
    }
}

#[tokio::test]
async fn each_fault_is_an_error_of_its_own_kind_and_ends() {
    use Misunderstood::{ContentType, TooLong};
    let failed = |mood| move |error: &SearchError| unavailable(error) == Some(mood);
    let shape = |wanted| move |error: &SearchError| why(error) == Some(wanted);
    let not_json = |error: &SearchError| *error == ContentType.into();
    let too_long = |error: &SearchError| *error == TooLong.into();
    type Fits = Box<dyn Fn(&SearchError) -> bool>;
    let faults: Vec<(Mood, Fits)> = vec![
        (Mood::Resets, Box::new(failed(Unavailable::CutOff))),
        (Mood::Hangs, Box::new(failed(Unavailable::TooSlow))),
        (Mood::Drips, Box::new(failed(Unavailable::TooSlow))),
        (Mood::HalfABody, Box::new(failed(Unavailable::CutOff))),
        (Mood::Says(500), Box::new(failed(Unavailable::Failed(500)))),
        (Mood::Says(502), Box::new(failed(Unavailable::Failed(502)))),
        (Mood::Says(504), Box::new(failed(Unavailable::Failed(504)))),
        (Mood::Html(503), Box::new(failed(Unavailable::Failed(503)))),
        (Mood::Html(429), Box::new(failed(Unavailable::Failed(429)))),
        (Mood::Redirects, Box::new(failed(Unavailable::Failed(307)))),
        (Mood::Html(200), Box::new(not_json)),
        (Mood::WrongContentType, Box::new(not_json)),
        (Mood::Huge, Box::new(too_long)),
        (Mood::HugeUnannounced, Box::new(too_long)),
        (Mood::HugePacked, Box::new(too_long)),
        (Mood::Broken, Box::new(shape(Why::Broken))),
        (Mood::WrongShape, Box::new(shape(Why::NotARecord))),
        (Mood::WrongType, Box::new(shape(Why::WrongType))),
        (Mood::NotATime, Box::new(shape(Why::NotATime))),
    ];
    for (mood, expected) in faults {
        let silent = matches!(mood, Mood::Hangs | Mood::Drips);
        let limits = if silent { impatient() } else { Limits { tries: 1, ..quick() } };
        let (service, client) = with_one(limits).await;
        service.is(mood);
        let error = ends(client.by_number(&number())).await.unwrap_err();
        assert!(expected(&error), "{mood:?}: {error:?}");
        assert_eq!(service.asked(), 1, "{mood:?}");
    }
}

#[tokio::test]
async fn a_refusal_has_its_code_and_nothing_else() {
    let (service, client) = with_one(quick()).await;
    for status in [400, 401, 403] {
        service.is(Mood::Says(status));
        let SearchError::Refused { status: told, code, reference } =
            ends(client.by_number(&number())).await.unwrap_err()
        else {
            panic!("it was refused")
        };
        assert_eq!((told, code.unwrap().to_string()), (status, format!("PROVESVAR-{status}")));
        assert!(reference.is_some());
    }
    service.is(Mood::Html(403));
    let bare = ends(client.by_number(&number())).await.unwrap_err();
    assert_eq!(bare, SearchError::Refused { status: 403, code: None, reference: None });
    assert_eq!(service.asked(), 4, "a refusal is not asked again");
}

#[tokio::test]
async fn a_body_without_end_is_let_go_of() {
    for mood in [Mood::Huge, Mood::HugeUnannounced] {
        let (service, client) = with_one(quick()).await;
        service.is(mood);
        let error = ends(client.received(Window::default())).await.unwrap_err();
        assert_eq!(error, Misunderstood::TooLong.into());
        assert!(service.bytes_sent() < HUGE / 2, "{} of {HUGE} bytes were taken", service.bytes_sent());
    }
}

#[tokio::test]
async fn what_passes_by_itself_is_tried_again_and_a_no_is_not() {
    for mood in [Mood::Says(502), Mood::Says(504), Mood::HalfABody, Mood::Resets] {
        let (service, client) = with_one(quick()).await;
        service.is_first([mood, mood]);
        assert!(ends(client.by_number(&number())).await.is_ok(), "{mood:?}");
        assert_eq!(service.asked(), 3, "{mood:?}");
        service.is_first([mood; 3]);
        if mood != Mood::Resets {
            assert!(ends(client.by_number(&number())).await.is_err(), "{mood:?}: three times is enough");
        }
    }
    for mood in
        [Mood::Says(400), Mood::Says(401), Mood::Says(403), Mood::Says(500), Mood::Broken, Mood::Html(200)]
    {
        let (service, client) = with_one(quick()).await;
        service.is_first([mood]);
        assert!(ends(client.by_number(&number())).await.is_err(), "{mood:?}");
        assert_eq!(service.asked(), 1, "{mood:?}");
    }
}

#[tokio::test]
async fn nobody_there_is_told_and_a_search_has_an_end() {
    let service = Service::start().await;
    let mut settings = service.settings(quick());
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    settings.address = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let client = Client::new(settings, clock(), Entropy::seeded(1)).unwrap();
    let error = ends(client.by_number(&number())).await.unwrap_err();
    assert_eq!(unavailable(&error), Some(Unavailable::Unreachable));

    let limits = Limits { tries: 1_000, search_within: Duration::from_millis(400), ..impatient() };
    let (service, client) = with_one(limits).await;
    service.is(Mood::Hangs);
    let error = ends(client.by_number(&number())).await.unwrap_err();
    assert_eq!(unavailable(&error), Some(Unavailable::TooSlow));
    assert!(service.asked() < 10);
}

#[tokio::test]
async fn a_service_that_fails_is_left_alone_and_found_well_again() {
    let clock = clock();
    let service = Service::start().await;
    let limits =
        Limits { tries: 1, failures_in_row_max: 3, left_alone_for: SignedDuration::from_secs(30), ..quick() };
    let client = service.client(limits, &clock);
    service.is(Mood::Says(500));
    for _ in 0..3 {
        let error = ends(client.by_number(&number())).await.unwrap_err();
        assert_eq!(unavailable(&error), Some(Unavailable::Failed(500)));
    }
    service.is(Mood::Well);
    assert!(client.is_left_alone());
    for error in four_searches(&client).await {
        assert_eq!(error.as_ref().and_then(unavailable), Some(Unavailable::LeftAlone));
    }
    assert_eq!(service.asked(), 3, "it is left alone");

    clock.advance(SignedDuration::from_secs(30));
    service.is(Mood::Waits);
    let probe = tokio::spawn({
        let client = client.clone();
        async move { client.by_number(&number()).await }
    });
    until(|| service.asked() == 4).await;
    let other = ends(client.by_number(&number())).await.unwrap_err();
    assert_eq!(unavailable(&other), Some(Unavailable::LeftAlone), "one finds out for all");
    service.lets_go();
    assert!(ends(probe).await.unwrap().is_ok());
    service.is(Mood::Well);
    assert_eq!(four_searches(&client).await, [None, None, None, None]);
    assert!(!client.is_left_alone());
}

#[tokio::test]
async fn a_refusal_is_no_failure_of_the_service() {
    let (service, client) = with_one(Limits { failures_in_row_max: 2, ..quick() }).await;
    service.is(Mood::Says(403));
    for _ in 0..5 {
        assert!(matches!(ends(client.by_number(&number())).await, Err(SearchError::Refused { .. })));
    }
    assert!(!client.is_left_alone());
}

async fn until(condition: impl Fn() -> bool) {
    ends(async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn so_many_a_second_and_so_many_at_once() {
    let clock = clock();
    let service = Service::start().await;
    let limits =
        Limits { per_second: 5, at_once: 3, turn_within: IN_THE_END, search_within: IN_THE_END, ..quick() };
    let client = service.client(limits, &clock);
    let searches: Vec<_> = (0..14)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.by_number(&number()).await })
        })
        .collect();
    for wanted in [5, 10, 14] {
        until(|| service.asked() == wanted).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(service.asked(), wanted, "no more in this second");
        clock.advance(SignedDuration::from_secs(1));
    }
    for search in searches {
        assert!(ends(search).await.unwrap().is_ok());
    }
    assert!(service.most_underway() <= 3);

    service.is(Mood::Waits);
    clock.advance(SignedDuration::from_secs(60));
    let searches: Vec<_> = (0..5)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.by_number(&number()).await })
        })
        .collect();
    until(|| service.asked() == 17).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!((service.asked(), service.most_underway()), (17, 3), "three at once");
    service.is(Mood::Well);
    service.lets_go();
    for search in searches {
        assert!(ends(search).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn who_would_wait_too_long_for_a_turn_is_told() {
    let (_service, client) =
        with_one(Limits { per_second: 1, turn_within: Duration::from_millis(50), ..quick() }).await;
    assert!(ends(client.by_number(&number())).await.is_ok());
    let error = ends(client.by_number(&number())).await.unwrap_err();
    assert_eq!(unavailable(&error), Some(Unavailable::Busy));
}

#[tokio::test]
async fn a_token_in_a_file_is_read_each_time() {
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("token");
    let service = Service::start().await;
    let settings = backend::intake::results::Settings {
        bearer: Bearer::File(file.clone()),
        ..service.settings(quick())
    };
    let client = Client::new(settings, clock(), Entropy::seeded(1)).unwrap();
    let error = ends(client.check()).await.unwrap_err();
    assert_eq!(unavailable(&error), Some(Unavailable::Token));
    for token in ["first", "second"] {
        service.knows(token);
        assert!(ends(client.check()).await.is_err());
        std::fs::write(&file, format!("{token}\n")).unwrap();
        assert_eq!(ends(client.check()).await, Ok(()));
    }
    assert!(!client.is_left_alone());
}

#[tokio::test]
async fn what_cannot_be_asked_is_not_asked() {
    let (service, client) = with_one(quick()).await;
    for number in ["", "2091469501", "209146950161", "2091469501X", "20914 69501", "２0914695016"] {
        assert_eq!(ends(client.by_number(&number.into())).await, Err(SearchError::NotAsked), "{number}");
    }
    let vague = [
        Wanted::default(),
        Wanted { birth_date: None, ..somebody() },
        Wanted { last_name: Some("  ".into()), ..somebody() },
    ];
    for wanted in vague {
        assert_eq!(ends(client.by_name(&wanted)).await, Err(SearchError::NotAsked));
    }
    assert_eq!(service.asked(), 0);
    let settings = |municipality: &str| backend::intake::results::Settings {
        municipality: municipality.to_owned(),
        ..service.settings(quick())
    };
    assert!(Client::new(settings("301"), clock(), Entropy::seeded(1)).is_err());
}

mod trace {
    //! Everything that is traced on this thread, down to the last detail.

    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};
    use tracing::subscriber::DefaultGuard;
    use tracing_subscriber::fmt::format::FmtSpan;

    /// What was traced.
    #[derive(Clone, Default)]
    pub struct Trace(Arc<Mutex<Vec<u8>>>);

    impl Trace {
        pub fn start() -> (Trace, DefaultGuard) {
            let trace = Trace::default();
            let writer = trace.clone();
            let subscriber = tracing_subscriber::fmt()
                .with_max_level(tracing::Level::TRACE)
                .with_span_events(FmtSpan::FULL)
                .with_writer(move || writer.clone())
                .finish();
            (trace, tracing::subscriber::set_default(subscriber))
        }

        pub fn text(&self) -> String {
            String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
        }
    }

    impl Write for Trace {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
}

#[tokio::test]
async fn nothing_that_goes_wrong_names_anybody() {
    let moods = [
        Mood::Well,
        Mood::Says(400),
        Mood::Says(401),
        Mood::Says(403),
        Mood::Says(500),
        Mood::Says(502),
        Mood::Html(200),
        Mood::Html(403),
        Mood::Html(503),
        Mood::Redirects,
        Mood::Broken,
        Mood::WrongShape,
        Mood::WrongType,
        Mood::NotATime,
        Mood::WrongContentType,
        Mood::HalfABody,
        Mood::Resets,
        Mood::Hangs,
    ];
    let (trace, _guard) = trace::Trace::start();
    let mut told = String::new();
    for mood in moods {
        let limits = Limits { tries: 2, failures_in_row_max: 3, ..impatient() };
        let service = Service::start().await;
        service.holds([Held::new("M-1", NUMBER, at("2021-03-15T12:00:00Z")).with("etternavn", json!(NAME))]);
        let client = service.client(limits, &clock());
        service.is(mood);
        for error in four_searches(&client).await.iter().flatten() {
            told.push_str(&format!("{error} {error:?}\n"));
        }
        let answer = ends(client.by_number(&number())).await;
        told.push_str(&format!("{answer:?}\n"));
        for exchange in service.exchanges() {
            assert!(!exchange.address.contains(NUMBER) && !exchange.address.contains(NAME));
        }
    }
    let traced = trace.text();
    assert!(traced.contains("result-search") && traced.contains("left alone"), "something is traced");
    assert!(told.contains("PROVESVAR-403") && told.contains("wrong-type"), "something is told");
    for secret in [NUMBER, NAME, "Negativt", tests::result_service::PASSWORD, tests::result_service::TOKEN] {
        assert!(!told.contains(secret), "an error says {secret}: {told}");
        let leak = traced.lines().find(|line| line.contains(secret));
        assert_eq!(leak, None, "{secret} is traced");
    }
}
