//! `register conformance`: serves a stream with every nasty case to a program that takes data from here, and says what
//! the program coped with. It needs no database and holds nothing about anybody.

use super::Failure;
use backend::clock::Clock;
use backend::conformance::grade::{Report, Verdict};
use backend::conformance::{Course, router};
use backend::entropy::Entropy;
use clap::Args;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;

/// Serves the course.
#[derive(Args)]
pub struct Conformance {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8090")]
    bind: SocketAddr,
    /// The bearer token that the program shows; a new one when not given.
    #[arg(long)]
    token: Option<String>,
    /// Minutes after which it ends, whether the program has said what it holds or not.
    #[arg(long, default_value_t = 60)]
    minutes: u64,
}

/// Serves until the program says what its copy holds, and prints the verdict.
pub async fn run(conformance: Conformance) -> Result<ExitCode, Failure> {
    let entropy = Entropy::system();
    let token = conformance.token.unwrap_or_else(|| hex::encode(entropy.bytes::<16>()));
    let course = Course::new(&entropy, Clock::system().now(), &token);
    let listener = TcpListener::bind(conformance.bind).await.map_err(|error| {
        format!("cannot listen on {}: {error}; choose another address with --bind", conformance.bind)
    })?;
    println!("ready http://{}", listener.local_addr()?);
    println!("token {token}");
    println!("Let the program follow GET /api/v1/feed until there is nothing new, then");
    println!(
        "PUT /conformance/holdings with what its copy holds: {{\"<entry>\": \"<a_updated of its record>\", …}}"
    );
    let serving = tokio::spawn({
        let served = router(course.clone());
        async move { axum::serve(listener, served).await }
    });
    let time = Duration::from_secs(conformance.minutes.saturating_mul(60));
    let said = tokio::time::timeout(time, course.until_it_says_what_it_holds()).await;
    // The answer to the program goes out before the verdict.
    tokio::time::sleep(Duration::from_millis(200)).await;
    serving.abort();
    if said.is_err() {
        println!("The program never said what it holds.");
    }
    Ok(print(&course.report()))
}

fn print(report: &Report) -> ExitCode {
    for (check, verdict) in &report.0 {
        let name = serde_json::to_value(check).ok().and_then(|name| name.as_str().map(str::to_owned));
        let name = name.unwrap_or_default();
        match verdict {
            Verdict::Passed => println!("OK    {name}"),
            Verdict::Failed(why) => println!("FAIL  {name}: {why}"),
            Verdict::NotReached => println!("-     {name}: it never came to it"),
        }
    }
    if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
