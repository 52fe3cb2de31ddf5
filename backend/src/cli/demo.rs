//! `register demo`: invented travellers, to a file or to a running server.

mod colleague;

use super::Failure;
use api::intake::{IntakeAnswer, RecordAnswer};
use backend::demo::dice::Dice;
use backend::demo::{Stream, results, write_ndjson};
use clap::{Args, Subcommand};
use events::record::RawRecord;
use jiff::{SignedDuration, Timestamp};
use std::io::{BufWriter, Write};
use std::time::Duration;

/// Hours before now that the first travellers of the feed registered.
const BACKLOG_HOURS: i64 = 30;
/// Records that stand in the register before the first one arrives live.
const BACKLOG_RECORDS: usize = 900;
/// Records of one request.
const BATCH_RECORDS: usize = 200;
/// After so many new records, those that were "not yet" are sent again.
const RESEND_AFTER_RECORDS: usize = 600;

/// Makes invented travellers.
#[derive(Args)]
pub struct Demo {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes NDJSON, the same for the same seed and start.
    Write {
        /// How many records.
        #[arg(long)]
        count: u64,
        /// Which people.
        #[arg(long, default_value_t = 7)]
        seed: u64,
        /// When the stream begins.
        #[arg(long, default_value = "2021-03-15T06:00:00Z")]
        start: Timestamp,
        /// Times the entries a day of 2021.
        #[arg(long, default_value_t = 1.0)]
        scale: f64,
        /// The file; standard output when not given.
        #[arg(long)]
        out: Option<std::path::PathBuf>,
    },
    /// Sends travellers to a running demo server, for ever.
    Feed {
        /// Its address.
        #[arg(long)]
        to: String,
        /// Which people.
        #[arg(long, default_value_t = 7)]
        seed: u64,
        /// Records a minute.
        #[arg(long, default_value_t = 60)]
        rate: u32,
        /// The server's intake token.
        #[arg(long, env = "REGISTER_INTAKE_TOKEN", hide_env_values = true)]
        intake_token: String,
        /// Nobody rings the travellers but those who log in.
        #[arg(long)]
        no_colleague: bool,
    },
}

/// Runs the demo source.
pub async fn run(demo: Demo) -> Result<(), Failure> {
    match demo.command {
        Command::Write { count, seed, start, scale, out } => {
            let mut stream = Stream::new(seed, start, scale);
            let to: Box<dyn Write> = match out {
                Some(path) => Box::new(std::fs::File::create(path)?),
                None => Box::new(std::io::stdout()),
            };
            Ok(write_ndjson(&mut BufWriter::with_capacity(1 << 20, to), &mut stream, count)?)
        }
        Command::Feed { to, seed, rate, intake_token, no_colleague } => {
            if !no_colleague {
                tokio::spawn(colleague::Colleague::at(&to, seed)?.work());
            }
            let feed = Feed {
                client: reqwest::Client::new(),
                url: format!("{to}/api/v1/intake/entries"),
                results_url: format!("{to}/api/v1/intake/results"),
                token: intake_token,
            };
            feed.run(seed, rate.max(1)).await
        }
    }
}

struct Feed {
    client: reqwest::Client,
    url: String,
    results_url: String,
    token: String,
}

impl Feed {
    async fn run(&self, seed: u64, rate: u32) -> Result<(), Failure> {
        #[expect(clippy::disallowed_methods, reason = "the demo's travellers arrive now")]
        let now = Timestamp::now();
        // Other people at each start: those of the last one are in the register already.
        let seed = seed ^ now.as_second().unsigned_abs();
        let earlier = now - SignedDuration::from_hours(BACKLOG_HOURS);
        let backlog =
            Stream::new(seed, earlier, 0.2).take_while(|(due, _)| *due <= now).take(BACKLOG_RECORDS);
        let backlog: Vec<RawRecord> = backlog.map(|(_, record)| record).collect();
        // Trips that are "not yet": the source keeps them and sends them again until their day has come.
        let mut kept: Vec<RawRecord> = Vec::new();
        let mut dice = Dice::new(seed);
        for batch in backlog.chunks(BATCH_RECORDS) {
            kept.extend(self.send(batch).await);
            self.tell(batch, &mut dice, now).await;
        }
        let pause = Duration::from_secs(60) / rate;
        // Scaled so that the stream's own time keeps step with the clock.
        for (n, (_, record)) in Stream::new(seed + 1, now, f64::from(rate) * 0.3).enumerate() {
            let record = std::slice::from_ref(&record);
            kept.extend(self.send(record).await);
            #[expect(clippy::disallowed_methods, reason = "the demo's results come now")]
            self.tell(record, &mut dice, Timestamp::now()).await;
            if n % RESEND_AFTER_RECORDS == RESEND_AFTER_RECORDS - 1 {
                let again = std::mem::take(&mut kept);
                for batch in again.chunks(BATCH_RECORDS) {
                    kept.extend(self.send(batch).await);
                }
            }
            tokio::time::sleep(pause).await;
        }
        Ok(())
    }

    /// What laboratories tell of travellers. A server that does not take results just now has none of these.
    async fn tell(&self, records: &[RawRecord], dice: &mut Dice, now: Timestamp) {
        let messages: Vec<_> = records.iter().filter_map(|record| results::of(record, dice, now)).collect();
        if messages.is_empty() {
            return;
        }
        let request = self.client.post(&self.results_url).bearer_auth(&self.token).json(&messages);
        if let Err(error) = request.send().await {
            tracing::debug!(%error, "results of the demo were not taken");
        }
    }

    /// Sends until the server has taken it: sending again is harmless. Returns what is to be sent again later.
    async fn send(&self, records: &[RawRecord]) -> Vec<RawRecord> {
        loop {
            let request =
                self.client.post(&self.url).bearer_auth(&self.token).header("x-demo-feed", "1").json(records);
            match request.send().await {
                Ok(response) if response.status().is_success() => {
                    let answers = response
                        .json::<IntakeAnswer>()
                        .await
                        .map_or_else(|_| Vec::new(), |told| told.answers);
                    let not_yet = records
                        .iter()
                        .zip(answers)
                        .filter(|(_, answer)| matches!(answer, RecordAnswer::NotYet { .. }));
                    return not_yet.map(|(record, _)| record.clone()).collect();
                }
                Ok(response) if response.status().is_client_error() => {
                    eprintln!("the server refuses the feed: {}", response.status());
                    return Vec::new();
                }
                Ok(_) | Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
            }
        }
    }
}
