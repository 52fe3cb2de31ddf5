//! The kit that grades programs: one that copes with everything passes, and each mistake fails for its own reason.

use backend::clock::Clock;
use backend::conformance::grade::{Check, Report, Verdict};
use backend::conformance::{Course, router};
use backend::entropy::Entropy;
use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use tests::consumer::{Consumer, Mistake};
use tests::register::program;
use tokio::net::TcpListener;

const TOKEN: &str = "token-of-the-kit";

async fn grade(token: &str, mistake: Option<Mistake>) -> Report {
    let course = Course::new(&Entropy::system(), Clock::system().now(), TOKEN);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let served = router(course.clone());
    tokio::spawn(async move { axum::serve(listener, served).await });
    let mut consumer = Consumer::new(&url, token, mistake);
    consumer.run().await;
    if token == TOKEN {
        consumer.says_what_it_holds().await;
    }
    let told: Report = serde_json::from_value(
        tests::office::tell(
            reqwest::Client::new().get(format!("{url}/conformance/report")).bearer_auth(TOKEN),
        )
        .await
        .1,
    )
    .unwrap();
    assert_eq!(told, course.report(), "what is told is what was found");
    told
}

fn with(report: &Report, wanted: impl Fn(&Verdict) -> bool) -> BTreeSet<Check> {
    report.0.iter().filter(|(_, verdict)| wanted(verdict)).map(|(check, _)| *check).collect()
}

#[tokio::test]
async fn a_program_that_copes_with_everything_passes() {
    let report = grade(TOKEN, None).await;
    assert!(report.passed(), "{report:?}");
    assert_eq!(report.0.len(), 11);
}

#[tokio::test]
async fn a_program_that_stops_at_an_unknown_type_is_told_so_and_nothing_else() {
    let report = grade(TOKEN, Some(Mistake::StopsAtUnknownTypes)).await;
    assert_eq!(report.failed(), [Check::UnknownType], "{report:?}");
    let passed = with(&report, |verdict| *verdict == Verdict::Passed);
    assert_eq!(passed, BTreeSet::from([Check::FollowsCursors, Check::Duplicate]), "it came no further");
}

#[tokio::test]
async fn a_program_that_skips_a_page_is_told_so() {
    let report = grade(TOKEN, Some(Mistake::SkipsAPageThatBreaksOff)).await;
    assert_eq!(report.failed(), [Check::TriesAgain], "{report:?}");
}

#[tokio::test]
async fn a_program_that_keeps_what_ended_is_told_so_although_it_acknowledged() {
    let report = grade(TOKEN, Some(Mistake::KeepsWhatEnded)).await;
    assert_eq!(report.failed(), [Check::ForgetsWhatEnded], "{report:?}");
    assert_eq!(report.0[&Check::Acknowledges], Verdict::Passed);
    let Verdict::Failed(why) = &report.0[&Check::ForgetsWhatEnded] else { panic!("it failed") };
    assert!(why.contains("EndsWithWindow") && why.contains("ComesMeanwhile"), "{why}");
}

#[tokio::test]
async fn a_program_that_never_acknowledges_is_told_so() {
    let report = grade(TOKEN, Some(Mistake::NeverAcknowledges)).await;
    assert_eq!(report.failed(), [Check::Acknowledges], "{report:?}");
}

#[tokio::test]
async fn a_program_that_never_came_has_shown_nothing() {
    let report = grade("another-token", None).await;
    assert_eq!(report.failed(), [Check::FollowsCursors]);
    assert_eq!(with(&report, |verdict| *verdict == Verdict::NotReached).len(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_serves_the_course_and_ends_with_its_verdict() {
    for (mistake, succeeds) in [(None, true), (Some(Mistake::NeverAcknowledges), false)] {
        let mut kit = Command::new(program())
            .args(["conformance", "--bind", "127.0.0.1:0", "--token", TOKEN])
            .stdout(Stdio::piped())
            .spawn()
            .expect("start the register; build it with: cargo build -p backend --features demo");
        let mut lines = std::io::BufRead::lines(std::io::BufReader::new(kit.stdout.take().unwrap()));
        let first = lines.next().unwrap().unwrap();
        let url = first.strip_prefix("ready ").unwrap_or_else(|| panic!("{first}")).to_owned();
        let mut consumer = Consumer::new(&url, TOKEN, mistake);
        consumer.run().await;
        consumer.says_what_it_holds().await;
        let said: Vec<String> = lines.map(Result::unwrap).collect();
        assert_eq!(kit.wait().unwrap().success(), succeeds, "{said:?}");
        assert!(said.iter().any(|line| line.starts_with("OK    duplicate")), "{said:?}");
        assert_eq!(said.iter().any(|line| line.starts_with("FAIL  acknowledges")), !succeeds, "{said:?}");
    }
}
