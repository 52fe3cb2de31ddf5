//! The seven invariants of the log, each by a test that fails when it is broken.

use backend::entropy::Entropy;
use backend::log::verify::Fault;
use backend::log::{Appended, Claim, ReadError, Rejected};
use events::Epoch;
use futures::future::join_all;
use jiff::SignedDuration;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};
use std::collections::HashMap;
use tests::playground::{Playground, count, count_once, counted};

#[tokio::test(flavor = "multi_thread")]
async fn positions_are_exactly_one_to_head_and_rise_with_the_version_of_each_stream() {
    let playground = Playground::new().await;
    let second = playground.second_node().await;
    let streams: Vec<_> = (0..20).map(|_| playground.entry().stream()).collect();
    let appends = streams.iter().enumerate().map(|(i, stream)| {
        let log = if i % 2 == 0 { playground.log.clone() } else { second.clone() };
        async move {
            for version in 0..10 {
                log.append(count(*stream, version * 2, &[1, 2])).await.unwrap();
            }
        }
    });
    join_all(appends).await;
    let events = playground.log.after(0, 1_000).await.unwrap();
    assert_eq!(playground.log.head().await.unwrap(), 400);
    let mut versions = HashMap::new();
    for (event, position) in events.iter().zip(1..) {
        assert_eq!(event.position, position);
        let version = versions.entry(event.stream).or_insert(0);
        *version += 1;
        assert_eq!(event.version, *version);
    }
    assert_eq!(events.len(), 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_commands_that_were_decided_on_the_same_version_exactly_one_wins() {
    let playground = Playground::new().await;
    let second = playground.second_node().await;
    let stream = playground.entry().stream();
    let tries = (0..40).map(|n| {
        let log = if n % 2 == 0 { &playground.log } else { &second };
        log.append(count(stream, 0, &[n]))
    });
    let answers = join_all(tries).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert!(
        answers
            .iter()
            .filter_map(|a| a.as_ref().err())
            .all(|e| matches!(e, Rejected::Conflict { actual: 1 }))
    );
    assert_eq!(playground.log.head().await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_is_retried_has_one_effect_and_gets_the_same_answer() {
    let playground = Playground::new().await;
    let second = playground.second_node().await;
    let stream = playground.entry().stream();
    let command = Entropy::system().command();
    let tries = (0..30).map(|n| {
        let log = if n % 2 == 0 { &playground.log } else { &second };
        log.append(count_once(stream, 0, &[7, 8], command))
    });
    for answer in join_all(tries).await {
        let Appended { version, last_position, .. } = answer.unwrap();
        assert_eq!((version, last_position), (2, 2));
    }
    // Long after, on another node, when the stream has gone on:
    playground.log.append(count(stream, 2, &[9])).await.unwrap();
    playground.clock.advance(SignedDuration::from_hours(100));
    let late = second.append(count_once(stream, 0, &[7, 8], command)).await.unwrap();
    assert_eq!(late, Appended { version: 2, last_position: 2, repeated: true });
    let other = second.append(count_once(stream, 3, &[1], command)).await;
    assert!(matches!(other, Err(Rejected::KeyReused)));
    assert_eq!(playground.log.head().await.unwrap(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fingerprint_belongs_to_one_stream() {
    let playground = Playground::new().await;
    let claim = |digest: u8| Claim { token: [5; 16], digest: Some(vec![digest]), outlives: true };
    let streams: Vec<_> = (0..10).map(|_| playground.entry().stream()).collect();
    let tries = streams.iter().map(|stream| {
        let mut append = count(*stream, 0, &[1]);
        append.claims.push(claim(1));
        playground.log.append(append)
    });
    let answers = join_all(tries).await;
    let winner = streams[answers.iter().position(Result::is_ok).unwrap()];
    for answer in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert!(matches!(answer, Rejected::Claimed { by: Some(by) } if *by == winner), "{answer:?}");
    }
    let mut update = count(winner, 1, &[2]);
    update.claims.push(claim(2));
    playground.log.append(update).await.unwrap();
    let digest: Vec<u8> =
        sqlx::query_scalar("select digest from log.claim").fetch_one(playground.log.pool()).await.unwrap();
    assert_eq!(digest, [2]);
}

#[tokio::test]
async fn rows_are_never_changed_not_even_by_the_owner() {
    let playground = Playground::new().await;
    playground.log.append(count(playground.entry().stream(), 0, &[1])).await.unwrap();
    let epoch = Epoch::of(playground.clock.now());
    let mut owner = PgConnection::connect(&playground.database.url).await.unwrap();
    for statement in [
        "update log.event set actor = 'x'".to_owned(),
        "delete from log.event".to_owned(),
        "truncate log.event".to_owned(),
        format!("truncate log.event_{epoch}"),
        format!("delete from log.event_{epoch}"),
        "update log.batch set events = 0".to_owned(),
        "delete from log.batch".to_owned(),
        format!("truncate log.batch_{epoch}"),
    ] {
        let refused = owner.execute(AssertSqlSafe(statement.clone())).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().code().as_deref(), Some("23001"), "{statement}");
    }
    for statement in [
        "insert into log.event select * from log.event",
        "update log.head set position = 0",
        "drop table log.event",
        "delete from log.claim",
    ] {
        let refused = playground.log.pool().execute(statement).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().code().as_deref(), Some("42501"), "{statement}");
    }
}

#[tokio::test]
async fn an_event_that_its_schema_refuses_is_not_stored() {
    let playground = Playground::new().await;
    let stream = playground.entry().stream();
    for payload in [serde_json::json!({}), serde_json::json!({"n": -1}), serde_json::json!({"n": 1, "x": 2})]
    {
        let mut append = count(stream, 0, &[1]);
        append.events[0].payload = payload;
        let refused = playground.log.append(append).await.unwrap_err();
        assert!(matches!(refused, Rejected::Invalid(_)), "{refused:?}");
    }
    let mut unregistered = count(stream, 0, &[1]);
    unregistered.events[0].schema_version = 2;
    assert!(matches!(playground.log.append(unregistered).await, Err(Rejected::Invalid(_))));
    assert_eq!(playground.log.head().await.unwrap(), 0);
}

#[tokio::test]
async fn payloads_are_sealed_before_they_reach_the_database() {
    let playground = Playground::new().await;
    let stream = playground.entry().stream();
    let mut append = count(stream, 0, &[1]);
    append.events[0].payload = serde_json::json!({"n": 1, "note": "PLANTED-MARKER"});
    playground.log.append(append).await.unwrap();
    let row = sqlx::query("select event::text as row, sealed from log.event")
        .fetch_one(playground.log.pool())
        .await
        .unwrap();
    let sealed: Vec<u8> = row.get("sealed");
    assert!(!sealed.windows(7).any(|window| window == b"PLANTED"));
    assert!(
        !row.get::<String, _>("row")
            .contains(&"PLANTED".bytes().map(|b| format!("{b:02x}")).collect::<String>())
    );
    let opened = playground.log.stream(stream).await.unwrap()[0].open(&playground.keyring).unwrap();
    assert!(String::from_utf8(opened).unwrap().contains("PLANTED-MARKER"));
}

#[tokio::test]
async fn nothing_is_appended_to_or_read_from_an_ended_epoch() {
    let playground = Playground::new().await;
    let stream = playground.entry().stream();
    playground.log.append(count(stream, 0, &[1])).await.unwrap();
    playground.clock.advance(SignedDuration::from_hours(241));
    let epoch = stream.epoch();
    let refused = playground.log.append(count(stream, 1, &[2])).await;
    assert!(matches!(refused, Err(Rejected::Ended(ended)) if ended == epoch));
    assert!(matches!(playground.log.stream(stream).await, Err(ReadError::Key(_))));
    let still_sealed = &playground.log.after(0, 10).await.unwrap()[0];
    assert!(matches!(still_sealed.open(&playground.keyring), Err(ReadError::Key(_))));
}

#[tokio::test]
async fn a_frozen_epoch_takes_nothing_more_and_the_rest_of_the_batch_goes_on() {
    let playground = Playground::new().await;
    let old = playground.entry().stream();
    playground.log.append(count(old, 0, &[1])).await.unwrap();
    let mut owner = PgConnection::connect(&playground.database.url).await.unwrap();
    owner
        .execute(AssertSqlSafe(format!(
            "update log.epoch set state = 'frozen' where epoch = {}",
            old.epoch()
        )))
        .await
        .unwrap();
    playground.clock.advance(SignedDuration::from_hours(6));
    let new = playground.entry().stream();
    let answers =
        join_all([playground.log.append(count(old, 1, &[2])), playground.log.append(count(new, 0, &[3]))])
            .await;
    assert!(matches!(answers[0], Err(Rejected::Ended(_))));
    assert!(answers[1].is_ok());
}

#[tokio::test]
async fn a_stream_that_was_ended_early_takes_nothing_more_and_tells_a_retry_what_its_first_try_did() {
    let playground = Playground::new().await;
    let stream = playground.entry().stream();
    let command = Entropy::system().command();
    playground.log.append(count_once(stream, 0, &[1], command)).await.unwrap();
    let mut owner = PgConnection::connect(&playground.database.url).await.unwrap();
    owner.execute("update log.stream set version = -1").await.unwrap();
    for expected in [0, 1, 2] {
        let refused = playground.log.append(count(stream, expected, &[2])).await;
        assert!(matches!(refused, Err(Rejected::Ended(epoch)) if epoch == stream.epoch()), "{refused:?}");
    }
    assert!(playground.log.append(count_once(stream, 0, &[1], command)).await.unwrap().repeated);
    let other = playground.log.append(count_once(stream, 1, &[2], command)).await;
    assert!(matches!(other, Err(Rejected::KeyReused)));
    assert_eq!(playground.log.head().await.unwrap(), 1);
}

#[tokio::test]
async fn who_stands_in_nobodys_way_is_appended_whoever_else_is_refused() {
    let playground = Playground::new().await;
    let taken = playground.entry().stream();
    playground.log.append(count(taken, 0, &[1])).await.unwrap();
    let streams: Vec<_> = (0..20).map(|_| playground.entry().stream()).collect();
    let appends = streams.iter().enumerate().map(|(n, stream)| {
        let (free, refused) = (count(*stream, 0, &[1, 2]), count(taken, 0, &[1]));
        playground.log.append(if n % 5 == 3 { refused } else { free })
    });
    for (n, answer) in join_all(appends).await.into_iter().enumerate() {
        match answer {
            Ok(appended) => assert!(n % 5 != 3 && appended.version == 2),
            Err(refused) => assert!(n % 5 == 3 && matches!(refused, Rejected::Conflict { actual: 1 })),
        }
    }
    assert_eq!(playground.log.head().await.unwrap(), 1 + 16 * 2);
    assert!(playground.log.verify(None).await.unwrap().faults.is_empty());
}

#[tokio::test]
async fn a_batch_stands_in_the_window_of_the_latest_epoch_it_names() {
    let playground = Playground::new().await;
    // Registered by a node whose clock is ahead of this one's.
    let next = Epoch::of(playground.clock.now()).next();
    let stream = Entropy::system().entry(next).stream();
    playground.log.append(count(stream, 0, &[1])).await.unwrap();
    let window: i32 = sqlx::query_scalar("select append_window from log.batch")
        .fetch_one(playground.log.pool())
        .await
        .unwrap();
    assert_eq!(window.to_string(), next.to_string());
}

#[tokio::test]
async fn a_missing_row_is_a_gap_that_stops_every_reader() {
    let playground = Playground::new().await;
    for _ in 0..5 {
        playground.log.append(count(playground.entry().stream(), 0, &[1])).await.unwrap();
    }
    tamper(&playground, "delete from log.event where position = 3").await;
    let read = playground.log.after(0, 10).await;
    assert!(matches!(read, Err(ReadError::Gap(gap)) if (gap.first, gap.last) == (3, 3)), "{read:?}");
}

/// What an intruder with the rights of a superuser could do.
async fn tamper(playground: &Playground, statement: &str) {
    let mut owner = PgConnection::connect(&playground.database.url).await.unwrap();
    owner.execute("set session_replication_role = replica").await.unwrap();
    owner.execute(AssertSqlSafe(statement.to_owned())).await.unwrap();
}

#[tokio::test]
async fn tampering_of_every_kind_is_found() {
    let epoch = Epoch::of(Playground::new().await.clock.now());
    let cases: Vec<(String, Fault)> = vec![
        ("update log.event set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where position = 4".into(), Fault::Changed { position: 4 }),
        ("update log.event set actor = 'other' where position = 2".into(), Fault::Changed { position: 2 }),
        ("update log.event set type = 'other' where position = 2".into(), Fault::Changed { position: 2 }),
        ("update log.event set version = version + 10 where position = 2".into(), Fault::Changed { position: 2 }),
        ("update log.event set recorded_at = recorded_at - interval '1 day' where position = 5".into(), Fault::Changed { position: 5 }),
        ("delete from log.event where position = 6".into(), Fault::Missing { position: 6 }),
        ("delete from log.event where position = 10".into(), Fault::Missing { position: 10 }),
        (format!("insert into log.event select 11, {epoch}, gen_random_uuid(), 1, gen_random_uuid(), 'counted', 1, now(), 'x', '\\x00'"), Fault::Surplus { position: 11 }),
        ("update log.event set position = case position when 3 then 4 else 3 end + 100 where position in (3, 4); update log.event set position = position - 100 where position > 100".into(), Fault::Changed { position: 3 }),
        ("delete from log.batch where batch = 3".into(), Fault::MissingBatch { batch: 3 }),
        ("update log.batch set root = sha256('x') where batch = 3".into(), Fault::BrokenBatch { batch: 3 }),
        ("update log.batch set leaves = overlay(leaves placing '\\x00'::bytea from 1 for 1) where batch = 3".into(), Fault::BrokenBatch { batch: 3 }),
        ("delete from log.batch where batch = 10; delete from log.event where position = 10".into(), Fault::Head),
        ("delete from log.batch where batch = 10; delete from log.event where position = 10;
          update log.head set position = 9, batch = 9, hash = (select hash from log.batch where batch = 9)".into(), Fault::Witness),
    ];
    for (statement, expected) in cases {
        let playground = Playground::new().await;
        for n in 0..10 {
            playground.log.append(count(playground.entry().stream(), 0, &[n])).await.unwrap();
        }
        let witness = playground.log.witness().await.unwrap();
        let sound = playground.log.verify(Some(witness)).await.unwrap();
        assert_eq!((sound.faults.len(), sound.events, sound.batches), (0, 10, 10));
        tamper(&playground, &statement).await;
        let report = playground.log.verify(Some(witness)).await.unwrap();
        assert!(report.faults.contains(&expected), "{statement}: {:?}", report.faults);
    }
}

#[tokio::test]
async fn a_batch_that_fails_loses_nobody() {
    let playground = Playground::new().await;
    let streams: Vec<_> = (0..8).map(|_| playground.entry().stream()).collect();
    let mut owner = PgConnection::connect(&playground.database.url).await.unwrap();
    let hunter = tokio::spawn(async move {
        for _ in 0..15 {
            owner
                .execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'register' and datname = current_database()")
                .await
                .unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(40)).await;
        }
    });
    let writers = streams.iter().map(|stream| async {
        let mut version = 0;
        while version < 60 {
            match playground.log.append(count(*stream, version, &[u64::from(version)])).await {
                Ok(appended) => version = appended.version,
                Err(Rejected::Unavailable) => {}
                Err(other) => panic!("{other}"),
            }
        }
    });
    join_all(writers).await;
    hunter.await.unwrap();
    assert_eq!(playground.log.head().await.unwrap(), 8 * 60);
    assert!(playground.log.verify(None).await.unwrap().faults.is_empty());
    assert_eq!(counted(1).name, "counted");
}
