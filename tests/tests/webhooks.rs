//! Webhooks reach whoever asked for them, in order, once each unless an answer was lost, and nobody inside.

use backend::machines::feed::Feed;
use backend::machines::usage::Usage;
use backend::machines::webhooks::guard::Internal;
use backend::machines::webhooks::{Round, Webhooks};
use events::subscription::{Area, MachineScope};
use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::desk::Node;
use tests::hook::{Hook, Mood};
use tests::office::{Office, tell};
use uuid::Uuid;

const BOTH: [MachineScope; 2] = [MachineScope::Entries, MachineScope::Feed];

struct Post {
    office: Office,
    hook: Hook,
    token: String,
    secret: String,
    webhooks: Webhooks,
}

impl Post {
    async fn new() -> Post {
        let office = Office::open().await;
        let hook = Hook::start().await;
        let token = office.consumer("bergen", &["4601"], &BOTH).await;
        office.desk.node.catch_up().await;
        let set_up = office.request(Method::PUT, "/api/v1/webhook", &token).json(&json!({"url": hook.url}));
        let (status, answer) = tell(set_up).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        let secret = answer["secret"].as_str().unwrap().to_owned();
        hook.knows(&[&secret]);
        let webhooks = of_node(&office.desk.node, &office, Internal::Allowed);
        Post { office, hook, token, secret, webhooks }
    }

    async fn arrives(&self, n: usize, municipality: &str) -> Uuid {
        let answer = self
            .office
            .take_in(&json!([{
                "a_reference_code": format!("4601-47-1-{n}"), "municipality_number": municipality, "p_first_name": "Solveig",
            }]))
            .await;
        answer["answers"][0]["entry"].as_str().unwrap_or_else(|| panic!("{answer}")).parse().unwrap()
    }

    async fn looks(&self) {
        assert_eq!(self.webhooks.round().await.unwrap(), Round::Done);
    }

    async fn status(&self) -> Value {
        tell(self.office.request(Method::GET, "/api/v1/webhook", &self.token)).await.1
    }

    /// The entries that were told of, message by message.
    fn told(&self) -> Vec<Vec<Uuid>> {
        let entry = |event: &Value| event["data"]["entry"].as_str().unwrap().parse().unwrap();
        let events = |body: &Value| body["data"]["events"].as_array().unwrap().iter().map(entry).collect();
        self.hook.received().iter().map(|received| events(&received.body)).collect()
    }

    fn passes(&self, seconds: i64) {
        self.office.desk.clock.advance(SignedDuration::from_secs(seconds));
    }
}

fn of_node(node: &Node, office: &Office, internal: Internal) -> Webhooks {
    let usage = Usage::new(node.log.pool().clone(), office.desk.clock.clone());
    let feed = Feed::new(node.log.clone(), node.readers());
    Webhooks::new(node.log.clone(), feed, office.registry.clone(), usage, internal).unwrap()
}

#[tokio::test]
async fn news_comes_signed_in_order_and_says_up_to_where() {
    let post = Post::new().await;
    post.looks().await;
    assert_eq!(post.hook.asked(), 0, "nothing is new");
    let first = post.arrives(1, "4601").await;
    post.arrives(2, "0301").await;
    post.looks().await;
    let (second, third) = (post.arrives(3, "4601").await, post.arrives(4, "4601").await);
    post.looks().await;
    post.looks().await;
    assert_eq!(post.told(), [vec![first], vec![second, third]], "once each, and nothing of others");
    let received = post.hook.received();
    assert_eq!(received[0].timestamp, post.office.desk.clock.now().as_second());
    assert_ne!(received[0].id, received[1].id);
    assert!(received[0].id.starts_with("msg_"));
    assert_eq!(received[0].body["type"], "feed.news");
    assert!(!received[0].body.to_string().contains("Solveig"));
    // The cursor is one of the feed: what the first message told is behind it.
    let cursor = received[0].body["data"]["cursor"].as_str().unwrap();
    let path = format!("/api/v1/feed?after={cursor}");
    let (_, page) = tell(post.office.request(Method::GET, &path, &post.token)).await;
    assert_eq!(page, received[1].body["data"]["events"]);
    assert_eq!(post.status().await["failing_since"], Value::Null);
}

#[tokio::test]
async fn what_is_not_taken_comes_again_later_each_time_and_nothing_overtakes_it() {
    let post = Post::new().await;
    post.hook.is(Mood::Broken);
    let first = post.arrives(1, "4601").await;
    post.looks().await;
    assert_eq!(post.hook.asked(), 1);
    let second = post.arrives(2, "4601").await;
    post.looks().await;
    assert_eq!(post.hook.asked(), 1, "not before its time");
    let mut asked = 1;
    for (pause, n) in [(5, 1), (30, 2), (120, 3), (600, 4), (1_800, 5), (3_600, 6), (7_200, 7)] {
        let status = post.status().await;
        assert_eq!((&status["tries"], &status["failure"]), (&json!(n), &json!("it answers 500")), "{status}");
        post.passes(pause - 1);
        post.looks().await;
        assert_eq!(post.hook.asked(), asked, "{pause}: too early");
        // A tenth of it is chance.
        post.passes(pause / 10 + 2);
        post.looks().await;
        asked += 1;
        assert_eq!(post.hook.asked(), asked, "{pause}: due");
    }
    post.hook.is(Mood::Well);
    post.passes(20_000);
    post.looks().await;
    assert_eq!(post.told(), [vec![first], vec![second]]);
    assert_eq!(post.status().await["tries"], 0);
}

#[tokio::test]
async fn a_message_whose_answer_was_lost_comes_again_as_the_same_one_also_from_another_node() {
    let post = Post::new().await;
    post.hook.is(Mood::TakesAndFails);
    let first = post.arrives(1, "4601").await;
    post.looks().await;
    let second = post.arrives(2, "4601").await;
    post.passes(10);
    post.hook.is(Mood::Well);
    let elsewhere = of_node(&post.office.desk.second_node().await, &post.office, Internal::Allowed);
    assert_eq!(elsewhere.round().await.unwrap(), Round::Done);
    assert_eq!(post.told(), [vec![first], vec![first], vec![second]]);
    let received = post.hook.received();
    assert_eq!((&received[0].id, &received[0].body), (&received[1].id, &received[1].body));
    assert_ne!(received[1].id, received[2].id);
    assert_ne!(received[0].timestamp, received[1].timestamp, "the time is that of the try");
}

#[tokio::test]
async fn a_node_that_dies_while_it_waits_for_an_answer_loses_nothing() {
    let post = Post::new().await;
    post.hook.is(Mood::TakesAndHangs);
    let first = post.arrives(1, "4601").await;
    let dying = tokio::spawn({
        let webhooks = post.webhooks.clone();
        async move { webhooks.round().await }
    });
    post.hook.until_hung().await;
    let elsewhere = of_node(&post.office.desk.second_node().await, &post.office, Internal::Allowed);
    assert_eq!(elsewhere.round().await.unwrap(), Round::Elsewhere, "one node sends");
    dying.abort();
    assert!(dying.await.unwrap_err().is_cancelled());
    post.hook.is(Mood::Well);
    while elsewhere.round().await.unwrap() == Round::Elsewhere {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(post.told(), [vec![first], vec![first]]);
    let ids: BTreeSet<String> = post.hook.received().into_iter().map(|received| received.id).collect();
    assert_eq!(ids.len(), 1, "whoever looks at the id sees it once");
}

#[tokio::test]
async fn a_new_secret_and_the_former_one_sign_for_a_day() {
    let post = Post::new().await;
    let renew = post.office.request(Method::POST, "/api/v1/webhook/secret", &post.token);
    let (_, answer) = tell(renew).await;
    let new = answer["secret"].as_str().unwrap();
    assert_ne!(new, post.secret);
    post.hook.knows(&[&post.secret, new]);
    post.arrives(1, "4601").await;
    post.looks().await;
    post.passes(24 * 3_600);
    post.arrives(2, "4601").await;
    post.looks().await;
    let signed: Vec<Vec<String>> = post.hook.received().into_iter().map(|one| one.signed_with).collect();
    assert_eq!(signed, [vec![new.to_owned(), post.secret.clone()], vec![new.to_owned()]]);
    let kept: Vec<u8> = sqlx::query_scalar("select secrets from log.webhook")
        .fetch_one(post.office.desk.node.log.pool())
        .await
        .unwrap();
    let bare = new.trim_start_matches("whsec_");
    assert!(!kept.windows(bare.len()).any(|part| part == bare.as_bytes()), "sealed where it lies");
}

#[tokio::test]
async fn after_days_nothing_more_is_sent_until_it_is_set_up_again() {
    let post = Post::new().await;
    post.hook.is(Mood::Broken);
    post.arrives(1, "4601").await;
    let mut tries = 0;
    while post.status().await["disabled_at"].is_null() {
        post.looks().await;
        post.passes(3_600);
        tries += 1;
        assert!(tries < 100, "it never gives up");
    }
    assert!((73..=90).contains(&tries), "three days, and the try after them: {tries}");
    let asked = post.hook.asked();
    assert!(asked > 10, "{asked}");
    post.hook.is(Mood::Well);
    post.passes(100_000);
    post.looks().await;
    assert_eq!(post.hook.asked(), asked);
    let again =
        post.office.request(Method::PUT, "/api/v1/webhook", &post.token).json(&json!({"url": post.hook.url}));
    let (_, answer) = tell(again).await;
    post.hook.knows(&[answer["secret"].as_str().unwrap()]);
    let news = post.arrives(2, "4601").await;
    post.looks().await;
    assert_eq!(post.told(), [vec![news]], "from then on");

    post.hook.is(Mood::Gone);
    post.arrives(3, "4601").await;
    post.looks().await;
    let status = post.status().await;
    assert!(!status["disabled_at"].is_null(), "whoever says that it wants no more gets no more: {status}");
}

#[tokio::test]
async fn redirections_are_not_followed_and_nothing_is_sent_inside() {
    let post = Post::new().await;
    post.hook.is(Mood::Redirects);
    post.arrives(1, "4601").await;
    post.looks().await;
    assert_eq!((post.hook.asked(), post.hook.followed()), (1, 0));
    assert_eq!(post.status().await["failure"], "it redirects");
    // The same webhook, on a node that is not for tests.
    post.passes(10);
    let strict = of_node(&post.office.desk.node, &post.office, Internal::Refused);
    strict.round().await.unwrap();
    assert_eq!(post.hook.asked(), 1);
    let port = post.hook.url.rsplit_once(':').unwrap().1.to_owned();
    for url in
        [post.hook.url.clone(), format!("https://127.0.0.1:{port}"), format!("https://localhost:{port}")]
    {
        assert!(strict.set_up("bergen", &url).await.is_err(), "{url}");
    }
    for url in ["", "nonsense", "ftp://example.org/"] {
        let set_up =
            post.office.request(Method::PUT, "/api/v1/webhook", &post.token).json(&json!({"url": url}));
        assert_eq!(tell(set_up).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
    }
}

#[tokio::test]
async fn whoever_fell_behind_is_told_to_take_everything_and_gets_news_again() {
    let post = Post::new().await;
    let retention = post.office.desk.retention().await;
    post.arrives(1, "4601").await;
    for _ in 0..41 {
        post.passes(6 * 3_600);
        retention.round().await.unwrap();
    }
    post.office.desk.node.catch_up().await;
    post.looks().await;
    let news = post.arrives(2, "4601").await;
    post.looks().await;
    let received = post.hook.received();
    assert_eq!(received[0].body["type"], "feed.extract-needed");
    assert_eq!(received[0].body["data"]["events"], json!([]));
    assert_eq!(post.told()[1..], [vec![news]]);
}

#[tokio::test]
async fn a_quiet_consumer_does_not_fall_behind() {
    let post = Post::new().await;
    let retention = post.office.desk.retention().await;
    for n in 0..41 {
        post.arrives(n, "0301").await;
        post.looks().await;
        post.passes(6 * 3_600);
        retention.round().await.unwrap();
        post.office.desk.node.catch_up().await;
    }
    let before = post.hook.received().len();
    let news = post.arrives(100, "4601").await;
    post.looks().await;
    let last = post.hook.received().pop().unwrap().body;
    assert_eq!(last["type"], "feed.news", "ends were told meanwhile: {before} messages");
    let entries: Vec<&Value> =
        last["data"]["events"].as_array().unwrap().iter().map(|event| &event["data"]["entry"]).collect();
    assert!(entries.contains(&&json!(news)));
}

#[tokio::test]
async fn who_may_have_a_webhook_and_whose_it_is() {
    let post = Post::new().await;
    let other = post.office.consumer("oslo", &["0301"], &[MachineScope::Entries]).await;
    let ask = async |method, token: &str| {
        tell(post.office.request(method, "/api/v1/webhook", token).json(&json!({"url": post.hook.url})))
            .await
            .0
    };
    assert_eq!(ask(Method::PUT, &other).await, StatusCode::FORBIDDEN);
    assert_eq!(ask(Method::GET, "nobody").await, StatusCode::UNAUTHORIZED);
    assert_eq!(ask(Method::DELETE, &other).await, StatusCode::NOT_FOUND, "another one's is not touched");
    post.office
        .registry
        .unsubscribe("bergen", Area::Municipality { number: "4601".to_owned() }, "test")
        .await
        .unwrap();
    post.arrives(1, "4601").await;
    post.looks().await;
    assert_eq!(post.hook.asked(), 0, "its subscription is over");
    assert_eq!(ask(Method::DELETE, &post.token).await, StatusCode::NO_CONTENT);
    assert_eq!(ask(Method::DELETE, &post.token).await, StatusCode::NOT_FOUND);
}
