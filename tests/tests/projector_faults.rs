//! A value that the database refuses stops the list of one entry, and of nobody else.

use backend::entropy::Entropy;
use backend::intake::entries::append;
use events::entry::{EntryRegistered, EntryRouted, Source};
use events::record::{EntryRecord, RawRecord, Routing};
use events::{EntryEvent, EntryId, Epoch, Personal};
use sqlx::{Connection, PgConnection};
use tests::desk::Desk;
use uuid::Uuid;

/// No text of PostgreSQL holds it, so whoever is routed there cannot be written (22021).
const REFUSED: &str = "46\u{0}1";

async fn registered(desk: &Desk, municipality: &str) -> EntryId {
    let entry = Entropy::system().entry(Epoch::of(desk.clock.now()));
    let routing = Routing { responsible_municipality: Some(municipality.to_owned()), ..Routing::default() };
    let event = EntryRegistered {
        reference_code: "4601-47-1-1".into(),
        source: Source::Feed,
        record: EntryRecord::default(),
        routing,
        raw: Personal(RawRecord::new()),
    };
    follow(desk, entry, 0, event.into()).await;
    entry
}

async fn routed(desk: &Desk, entry: EntryId, version: u32, municipality: &str) {
    let event = EntryRouted {
        municipality: municipality.to_owned(),
        reason: "a test".into(),
        decided_by: "a test".to_owned(),
    };
    follow(desk, entry, version, event.into()).await;
}

async fn follow(desk: &Desk, entry: EntryId, version: u32, event: EntryEvent) {
    append(&desk.node.log, entry, version, &[event], "test", vec![], None).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_the_database_refuses_parks_its_stream_and_nobody_else() {
    let desk = Desk::new().await;
    let mut others = Vec::new();
    for _ in 0..20 {
        others.push(registered(&desk, "4601").await);
    }
    let never = registered(&desk, REFUSED).await;
    let begun = registered(&desk, "4601").await;
    routed(&desk, begun, 1, REFUSED).await;
    // Folded together with what follows, it would never reach the database.
    desk.node.catch_up().await;
    routed(&desk, begun, 2, "0301").await;
    for other in &others {
        routed(&desk, *other, 1, "0301").await;
    }
    desk.node.catch_up().await;
    for other in &others {
        assert_eq!(desk.row(other.uuid()).await.unwrap().version, 2);
    }
    assert!(desk.row(never.uuid()).await.is_none());
    assert_eq!(desk.row(begun.uuid()).await.unwrap().version, 1, "what came before stays");
    let mut owner = PgConnection::connect(&desk.database.url).await.unwrap();
    let parked: Vec<(Uuid, i64)> =
        sqlx::query_as("select stream, position from read.parked order by position")
            .fetch_all(&mut owner)
            .await
            .unwrap();
    let positions: Vec<i64> = parked.iter().map(|(_, position)| *position).collect();
    assert_eq!(parked.iter().map(|(stream, _)| *stream).collect::<Vec<_>>(), [never.uuid(), begun.uuid()]);
    // The second is parked at its second event, not at its first.
    assert_eq!(positions[1], positions[0] + 2);
    // The list goes on, and the parked ones stay where they are.
    let after = registered(&desk, "4601").await;
    routed(&desk, begun, 3, "0301").await;
    desk.node.catch_up().await;
    assert_eq!(desk.row(after.uuid()).await.unwrap().version, 1);
    assert_eq!(desk.row(begun.uuid()).await.unwrap().version, 1);
}
