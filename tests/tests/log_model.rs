//! The log against a plain model of it: random commands from two nodes, one by one and together, with nodes and
//! connections lost in between. Whatever the log answers and holds, the model must be able to answer and hold.

use backend::log::{Append, Appended, Claim, KeyError, Log, Rejected};
use events::{CommandId, Epoch, StreamId};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use sqlx::{Connection, Executor, PgConnection};
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use tests::playground::{Playground, counted};
use uuid::Uuid;

const CASES: u32 = 12;
const STEPS: usize = 25;
/// Streams in use at a time; the last one is permanent.
const STREAMS: usize = 5;

/// One thing that happens.
#[derive(Clone, Debug)]
enum Step {
    /// Commands given at the same moment; one is just a command.
    Give(Vec<Ask>),
    /// Time passes.
    Advance(i64),
    /// A stream's place is taken by a new one of the present epoch.
    Fresh(usize),
    /// All connections of both nodes are terminated.
    Sever,
    /// A node is dropped and opened anew.
    Reopen(usize),
}

/// A command, before it is known which stream and version it meets.
#[derive(Clone, Debug)]
struct Ask {
    node: usize,
    stream: usize,
    /// How far the expected version lies beside the right one.
    beside: i32,
    events: usize,
    command: Option<u8>,
    content: u64,
    claims: Vec<u8>,
    valid: bool,
}

/// A command as it is given.
#[derive(Clone, Debug)]
struct Given {
    node: usize,
    stream: StreamId,
    expected: u32,
    numbers: Vec<u64>,
    command: Option<CommandId>,
    claims: Vec<[u8; 16]>,
    valid: bool,
}

/// An answer, comparable.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    Appended(Appended),
    Conflict(u32),
    Claimed(Option<StreamId>),
    KeyReused,
    Ended(Epoch),
    Invalid,
    Size,
    KeyMissing,
    Other(String),
}

/// What a command did.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Done {
    request: Vec<u64>,
    version: u32,
    position: u64,
}

/// The log, plainly.
#[derive(Clone, Debug, Default)]
struct Model {
    /// Stream, version and number of each event, in order.
    events: Vec<(StreamId, u32, u64)>,
    versions: HashMap<StreamId, u32>,
    commands: HashMap<(Epoch, CommandId), Done>,
    claims: HashMap<[u8; 16], StreamId>,
    keys: HashSet<Epoch>,
    now: Timestamp,
}

impl Model {
    fn version(&self, stream: StreamId) -> u32 {
        self.versions.get(&stream).copied().unwrap_or(0)
    }

    /// What stands against a command before anything is looked up.
    fn unfit(&mut self, given: &Given) -> Option<Answer> {
        if given.numbers.is_empty() {
            return Some(Answer::Size);
        }
        let epoch = given.stream.epoch();
        if epoch.has_ended(self.now) {
            return Some(Answer::Ended(epoch));
        }
        if !epoch.is_permanent() {
            if epoch.next() < Epoch::of(self.now) && !self.keys.contains(&epoch) {
                return Some(Answer::KeyMissing);
            }
            self.keys.insert(epoch);
        }
        (!given.valid).then_some(Answer::Invalid)
    }

    fn give(&mut self, given: &Given) -> Answer {
        if let Some(unfit) = self.unfit(given) {
            return unfit;
        }
        let key = given.command.map(|command| (given.stream.epoch(), command));
        if let Some(done) = key.and_then(|key| self.commands.get(&key)) {
            let Done { version, position, .. } = *done;
            let same = done.request == given.numbers;
            let repeated = Appended { version, last_position: position, repeated: true };
            return if same { Answer::Appended(repeated) } else { Answer::KeyReused };
        }
        let version = self.version(given.stream);
        if version != given.expected {
            return Answer::Conflict(version);
        }
        let foreign =
            given.claims.iter().find_map(|token| self.claims.get(token).filter(|by| **by != given.stream));
        if let Some(by) = foreign {
            return Answer::Claimed(Some(*by));
        }
        self.claims.extend(given.claims.iter().map(|token| (*token, given.stream)));
        for (number, version) in given.numbers.iter().zip(version + 1..) {
            self.events.push((given.stream, version, *number));
            self.versions.insert(given.stream, version);
        }
        let (version, position) = (self.version(given.stream), self.events.len() as u64);
        self.commands
            .extend(key.map(|key| (key, Done { request: given.numbers.clone(), version, position })));
        Answer::Appended(Appended { version, last_position: position, repeated: false })
    }

    /// Some order in which the commands, one by one, get these answers.
    fn explain(&self, given: &[Given], answers: &[Answer]) -> Option<Model> {
        fn search(model: &Model, given: &[Given], answers: &[Answer], left: &[usize]) -> Option<Model> {
            if left.is_empty() {
                return Some(model.clone());
            }
            left.iter().find_map(|next| {
                let mut after = model.clone();
                let fits = after.give(&given[*next]) == answers[*next];
                let rest: Vec<usize> = left.iter().copied().filter(|other| other != next).collect();
                fits.then(|| search(&after, given, answers, &rest)).flatten()
            })
        }
        let mut model = self.clone();
        // Keys are made before the order is decided.
        given.iter().for_each(|given| drop(model.unfit(given)));
        search(&model, given, answers, &(0..given.len()).collect::<Vec<_>>())
    }
}

/// The log under test and the model beside it.
struct World {
    playground: Playground,
    owner: PgConnection,
    nodes: [Log; 2],
    streams: Vec<StreamId>,
    model: Model,
}

impl World {
    async fn new() -> World {
        let playground = Playground::new().await;
        let owner = PgConnection::connect(&playground.database.url).await.unwrap();
        let nodes = [playground.log.clone(), playground.second_node().await];
        let mut streams: Vec<StreamId> = (1..STREAMS).map(|_| playground.entry().stream()).collect();
        streams.push(StreamId::permanent(77));
        let model = Model { now: playground.clock.now(), ..Model::default() };
        World { playground, owner, nodes, streams, model }
    }

    fn given(&self, ask: &Ask) -> Given {
        let stream = self.streams[ask.stream];
        let numbers = (0..ask.events as u64).map(|n| ask.content * 10 + n).collect();
        Given {
            node: ask.node,
            stream,
            expected: self.model.version(stream).saturating_add_signed(ask.beside),
            numbers,
            command: ask.command.map(|n| CommandId(Uuid::from_u128(u128::from(n) + 1))),
            claims: ask.claims.iter().map(|n| [*n; 16]).collect(),
            valid: ask.valid,
        }
    }

    async fn give(&self, given: &Given) -> Answer {
        loop {
            match self.nodes[given.node].append(append(given)).await {
                // Nothing was on its way when connections were lost, so nothing happened.
                Err(Rejected::Unavailable) => {}
                answered => return answer(answered),
            }
        }
    }

    async fn step(&mut self, step: &Step) {
        match step {
            Step::Give(asks) => {
                let given: Vec<Given> = asks.iter().map(|ask| self.given(ask)).collect();
                let answers = join_all(given.iter().map(|given| self.give(given))).await;
                let explained = self.model.explain(&given, &answers);
                assert!(explained.is_some(), "no order explains {given:#?}\n{answers:#?}\n{:#?}", self.model);
                self.model = explained.unwrap();
            }
            Step::Advance(hours) => {
                self.playground.clock.advance(SignedDuration::from_hours(*hours));
                self.model.now = self.playground.clock.now();
            }
            Step::Fresh(place) => self.streams[*place] = self.playground.entry().stream(),
            Step::Sever => sever(&mut self.owner).await,
            Step::Reopen(node) => self.nodes[*node] = self.playground.second_node().await,
        }
    }

    /// What the database holds is what the model holds.
    async fn compare(&mut self) {
        let rows: Vec<(i64, Uuid, i32)> =
            sqlx::query_as("select position, stream, version from log.event order by position")
                .fetch_all(&mut self.owner)
                .await
                .unwrap();
        let expected =
            self.model.events.iter().zip(1..).map(|((stream, version, _), n)| (n, stream.0, *version as i32));
        assert_eq!(rows, expected.collect::<Vec<_>>());
        let head: i64 =
            sqlx::query_scalar("select position from log.head").fetch_one(&mut self.owner).await.unwrap();
        assert_eq!(head as usize, self.model.events.len());
        let versions: Vec<(Uuid, i32)> = sqlx::query_as("select stream, version from log.stream")
            .fetch_all(&mut self.owner)
            .await
            .unwrap();
        let versions: HashMap<StreamId, u32> =
            versions.into_iter().map(|(stream, version)| (StreamId(stream), version as u32)).collect();
        assert_eq!(versions, self.model.versions);
        let claims: Vec<(Vec<u8>, Uuid)> =
            sqlx::query_as("select token, stream from log.claim").fetch_all(&mut self.owner).await.unwrap();
        let claims: HashMap<[u8; 16], StreamId> =
            claims.into_iter().map(|(token, stream)| (token.try_into().unwrap(), StreamId(stream))).collect();
        assert_eq!(claims, self.model.claims);
    }

    /// The chain holds, readers see all of it, and what has not ended opens.
    async fn end(self) {
        let log = self.playground.second_node().await;
        assert_eq!(log.verify(None).await.unwrap().faults, []);
        let stored = log.after(0, 100_000).await.unwrap();
        assert_eq!(stored.len(), self.model.events.len());
        for (event, (stream, version, number)) in stored.iter().zip(&self.model.events) {
            assert_eq!((event.stream, event.version), (*stream, *version));
            let opened = event.open(&self.playground.keyring);
            if stream.epoch().has_ended(self.model.now) {
                assert!(opened.is_err());
            } else {
                let payload: serde_json::Value = serde_json::from_slice(&opened.unwrap()).unwrap();
                assert_eq!(payload["n"], *number);
            }
        }
    }
}

fn append(given: &Given) -> Append {
    let mut events: Vec<_> = given.numbers.iter().map(|n| counted(*n)).collect();
    if let (false, Some(last)) = (given.valid, events.last_mut()) {
        last.payload = serde_json::json!({ "n": "seven" });
    }
    Append {
        stream: given.stream,
        expected_version: given.expected,
        command: given.command,
        request: format!("{:?}", given.numbers).into_bytes(),
        actor: "model".to_owned(),
        events,
        claims: given
            .claims
            .iter()
            .map(|token| Claim { token: *token, digest: None, outlives: false })
            .collect(),
    }
}

fn answer(answered: Result<Appended, Rejected>) -> Answer {
    match answered {
        Ok(appended) => Answer::Appended(appended),
        Err(Rejected::Conflict { actual }) => Answer::Conflict(actual),
        Err(Rejected::Claimed { by }) => Answer::Claimed(by),
        Err(Rejected::KeyReused) => Answer::KeyReused,
        Err(Rejected::Ended(epoch)) => Answer::Ended(epoch),
        Err(Rejected::Invalid(_)) => Answer::Invalid,
        Err(Rejected::Size) => Answer::Size,
        Err(Rejected::Key(KeyError::Missing(_))) => Answer::KeyMissing,
        Err(other @ (Rejected::Key(_) | Rejected::Unavailable)) => Answer::Other(other.to_string()),
    }
}

/// Terminates every connection of the nodes, and waits until they are gone.
async fn sever(owner: &mut PgConnection) {
    let theirs = "from pg_stat_activity where application_name = 'register' and datname = current_database()";
    let kill = format!("select pg_terminate_backend(pid) {theirs}");
    owner.execute(sqlx::AssertSqlSafe(kill)).await.unwrap();
    let count = format!("select count(*) {theirs}");
    while sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(count.clone()))
        .fetch_one(&mut *owner)
        .await
        .unwrap()
        > 0
    {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn ask() -> impl Strategy<Value = Ask> {
    let beside = prop_oneof![8 => Just(0), 1 => Just(1), 1 => Just(-1)];
    let events = prop_oneof![10 => 1..4_usize, 1 => Just(0)];
    let command = prop_oneof![2 => Just(None), 2 => (0..5_u8).prop_map(Some)];
    let claims = prop_oneof![3 => Just(vec![]), 2 => proptest::collection::btree_set(0..6_u8, 1..3).prop_map(|set| set.into_iter().collect())];
    let valid = prop::bool::weighted(0.95);
    (0..2_usize, 0..STREAMS, beside, events, command, 0..3_u64, claims, valid).prop_map(
        |(node, stream, beside, events, command, content, claims, valid)| Ask {
            node,
            stream,
            beside,
            events,
            command,
            content,
            claims,
            valid,
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => ask().prop_map(|ask| Step::Give(vec![ask])),
        8 => proptest::collection::vec(ask(), 2..6).prop_map(Step::Give),
        2 => prop::sample::select(vec![1, 7, 30, 100, 241]).prop_map(Step::Advance),
        3 => (0..STREAMS - 1).prop_map(Step::Fresh),
        2 => Just(Step::Sever),
        2 => (0..2_usize).prop_map(Step::Reopen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::default() })]
    #[test]
    fn whatever_happens_the_log_answers_and_holds_what_the_model_does(steps in proptest::collection::vec(step(), STEPS)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let mut world = World::new().await;
            for step in &steps {
                world.step(step).await;
                world.compare().await;
            }
            world.end().await;
        });
    }
}
