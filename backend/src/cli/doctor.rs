//! `register doctor`: what is well, what is not, and the command that mends it.

use super::Register;
use super::messages::Sending;
use super::referrals::Referring;
use super::results::LookingUp;
use backend::log::keystore::{KeyStore, Replicas};
use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use sqlx::{Connection, PgConnection};
use std::process::ExitCode;

/// Seconds that the clocks of machine and database may differ.
const CLOCK_SKEW_SECONDS_MAX: i64 = 5;

/// Checks everything a register stands on.
#[derive(Args)]
pub struct Doctor {
    #[command(flatten)]
    register: Register,
    #[command(flatten)]
    sending: Sending,
    #[command(flatten)]
    referring: Referring,
    #[command(flatten)]
    results: LookingUp,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

/// One finding.
#[derive(Serialize)]
struct Finding {
    what: &'static str,
    ok: bool,
    detail: String,
}

/// Checks; exit code 0 when all is well.
pub async fn run(doctor: Doctor) -> ExitCode {
    let mut findings = vec![keyring(&doctor)];
    for (what, url, table) in [
        ("log", doctor.register.databases.database_url.as_str(), "log.head"),
        ("read models", doctor.register.databases.read_url(), "read.projection"),
    ] {
        findings.extend(database(what, url, table).await);
    }
    let (ok, detail) = doctor.sending.examine().await;
    findings.push(Finding { what: "text messages", ok, detail });
    let (ok, detail) = doctor.referring.examine_letters().await;
    findings.push(Finding { what: "referrals", ok, detail });
    let (ok, detail) = doctor.referring.examine_units(doctor.register.clock()).await;
    findings.push(Finding { what: "Enhetsregisteret", ok, detail });
    let (ok, detail) = doctor.results.examine(doctor.register.clock()).await;
    findings.push(Finding { what: "test results", ok, detail });
    let ok = findings.iter().all(|finding| finding.ok);
    if doctor.json {
        println!("{}", serde_json::to_string_pretty(&findings).unwrap_or_default());
    } else {
        for Finding { what, ok, detail } in &findings {
            println!("{}  {what}: {detail}", if *ok { "OK  " } else { "FEIL" });
        }
    }
    if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn keyring(doctor: &Doctor) -> Finding {
    let opened = Replicas::open(&doctor.register.keyring, doctor.register.clock().now()).and_then(|store| {
        let names = store.list()?;
        names.iter().try_for_each(|name| store.load(*name).map(|_| ()))?;
        Ok(names.len())
    });
    match opened {
        Ok(keys) => Finding { what: "keyring", ok: true, detail: format!("{keys} keys") },
        Err(error) => Finding { what: "keyring", ok: false, detail: error.to_string() },
    }
}

async fn database(what: &'static str, url: &str, table: &'static str) -> Vec<Finding> {
    let mut connection = match PgConnection::connect(url).await {
        Ok(connection) => connection,
        Err(_) => {
            let detail = "nobody answers; is PostgreSQL running, and is the address right?".to_owned();
            return vec![Finding { what, ok: false, detail }];
        }
    };
    let mut findings = Vec::new();
    let version: Result<i32, _> = sqlx::query_scalar("select current_setting('server_version_num')::integer")
        .fetch_one(&mut connection)
        .await;
    findings.push(match version {
        Ok(number) => Finding {
            what,
            ok: number >= 150_000,
            detail: format!("PostgreSQL {} (15 or newer is needed)", number / 10_000),
        },
        Err(_) => Finding { what, ok: false, detail: "does not tell its version".to_owned() },
    });
    let made: Result<bool, _> =
        sqlx::query_scalar("select to_regclass($1) is not null").bind(table).fetch_one(&mut connection).await;
    let made = made.unwrap_or(false);
    let detail = if made { "tables are there" } else { "tables are missing; run: register migrate" };
    findings.push(Finding { what, ok: made, detail: detail.to_owned() });
    let durable: Result<bool, _> = sqlx::query_scalar(
        "select current_setting('fsync') = 'on' and current_setting('synchronous_commit') in ('on', 'remote_apply')",
    )
    .fetch_one(&mut connection)
    .await;
    let durable = durable.unwrap_or(false);
    let detail = if durable {
        "commits are durable"
    } else {
        "fsync or synchronous_commit is off; acknowledged events could be lost"
    };
    findings.push(Finding { what, ok: durable, detail: detail.to_owned() });
    findings.push(clock(what, &mut connection).await);
    findings
}

async fn clock(what: &'static str, connection: &mut PgConnection) -> Finding {
    let theirs: Result<jiff_sqlx::Timestamp, _> =
        sqlx::query_scalar("select clock_timestamp()").fetch_one(connection).await;
    let Ok(theirs) = theirs else {
        return Finding { what, ok: false, detail: "does not tell the time".to_owned() };
    };
    #[expect(clippy::disallowed_methods, reason = "the machine's own clock is what is examined")]
    let skew = Timestamp::now().duration_since(theirs.to_jiff()).as_secs();
    let ok = skew.abs() <= CLOCK_SKEW_SECONDS_MAX;
    Finding { what, ok, detail: format!("clocks differ by {skew} s (at most {CLOCK_SKEW_SECONDS_MAX})") }
}
