//! `register serve`: the server.

use super::help_numbers::Allocating;
use super::machines::MachineLogin;
use super::messages::Sending;
use super::node::Node;
use super::referrals::Referring;
use super::results::LookingUp;
use super::{Failure, Register, telemetry};
use axum::serve::ListenerExt;
use backend::delegations::Delegations;
use backend::disclosure::{Disclosures, Keeping};
use backend::exports::MemoryFolder;
use backend::http::{App, Exports, IntakeDoor, Sessions, Tables, Throttle, router};
use backend::identities::Identities;
use backend::intake::reference::Reference;
use backend::intake::take_in::Intake;
use backend::log::ending::Ending;
use backend::projections::readers::Readers;
use backend::queue::Queue;
use backend::referrals::ReferralDesk;
use backend::results::Results;
use backend::results::look_up::Service;
use clap::Args;
use metrics_exporter_prometheus::PrometheusBuilder;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;

/// Runs the server.
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    register: Register,
    /// Where to listen.
    #[arg(long, env = "REGISTER_BIND", default_value = "127.0.0.1:8080")]
    bind: SocketAddr,
    /// Bearer token that the feed of entries must show; without it intake over HTTP is closed.
    #[arg(long, env = "REGISTER_INTAKE_TOKEN", hide_env_values = true)]
    intake_token: Option<String>,
    #[command(flatten)]
    machine_login: MachineLogin,
    #[command(flatten)]
    sending: Sending,
    #[command(flatten)]
    referring: Referring,
    #[command(flatten)]
    looking_up: LookingUp,
    #[command(flatten)]
    allocating: Allocating,
    /// Days for which it is kept who was shown what. Five years without it; never less than 40 days.
    #[arg(long, env = "REGISTER_DISCLOSURES_DAYS", default_value_t = 1_827)]
    disclosures_days: u32,
    /// Where workbooks are made: a folder on a file system that is memory.
    #[arg(long, env = "REGISTER_MEMORY_DIR", default_value = "/dev/shm")]
    memory_folder: PathBuf,
    /// The demo: roles to choose instead of a login, synthetic numbers allowed; loopback only.
    #[cfg(feature = "demo")]
    #[arg(long)]
    demo: bool,
}

impl Serve {
    /// Whether it is the demo, which nobody reaches from outside.
    #[cfg(feature = "demo")]
    fn demo(&self) -> Result<bool, Failure> {
        if self.demo && !self.bind.ip().is_loopback() {
            return Err(format!(
                "the demo has no passwords and listens on loopback only, not on {}",
                self.bind
            )
            .into());
        }
        Ok(self.demo)
    }

    #[cfg(not(feature = "demo"))]
    fn demo(&self) -> Result<bool, Failure> {
        Ok(false)
    }

    async fn keeping(&self, node: &Node) -> Result<Keeping, Failure> {
        let ending = Ending::connect(&self.register.databases.database_url).await?;
        Ok(Keeping { ending, clock: node.clock.clone(), days: self.disclosures_days })
    }
}

/// Serves until it is told to stop.
pub async fn run(serve: Serve) -> Result<(), Failure> {
    let _traces = telemetry::start()?;
    let demo = serve.demo()?;
    let metrics = PrometheusBuilder::new().install_recorder()?;
    super::migrate(&serve.register.databases).await?;
    let node = Node::open(&serve.register).await?;
    let reference = Reference::load(&node.log).await?;
    let delegations = Delegations::new(node.log.clone());
    #[cfg(feature = "demo")]
    if demo {
        open_demo(&node, &reference, &delegations).await?;
    }
    tokio::spawn(reference.clone().keep_fresh(node.log.clone()));
    let retention = node.retention(&serve.register).await?;
    // Whatever came due while nobody was up ends before anybody is answered.
    retention.catch_up().await;
    tokio::spawn(retention.clone().run());
    let projector = node.projector(&reference);
    let tables = Tables { readers: Readers::new(node.tables.clone()), reached: projector.reached() };
    let Rooms { queue, results, identities, referrals } =
        rooms(&node, &reference, &tables, serve.looking_up.service(&node)?, !demo);
    start_rooms(&queue, &results, &identities);
    if let Some(service) = serve.allocating.service()? {
        tokio::spawn(identities.clone().run_allocating(service));
    }
    tokio::spawn(projector.run());
    let disclosures = Disclosures::open(node.log.clone());
    start_outlets(&serve, &node, &reference, &disclosures)?;
    let neighbours = serve.referring.neighbours(&node.clock)?;
    tokio::spawn(serve.keeping(&node).await?.run());
    let machines = serve.machine_login.machines(&node, tables.readers.clone()).await?;
    tokio::spawn(machines.webhooks.clone().run());
    let app = App {
        disclosures,
        exports: Exports::new(memory_folder(&serve.memory_folder)),
        intake: IntakeDoor {
            intake: Intake::new(node.log.clone(), reference.clone(), !demo),
            token: serve.intake_token.filter(|token| !token.is_empty()).map(Into::into),
        },
        sessions: Sessions::new(node.clock.clone(), node.entropy.clone(), demo, delegations.clone()),
        throttle: Throttle::default(),
        delegations,
        log: node.log,
        tables,
        reference,
        retention,
        queue,
        referrals,
        neighbours,
        results,
        identities,
        machines,
        metrics,
    };
    let bound = TcpListener::bind(serve.bind).await.map_err(|error| {
        format!("cannot listen on {}: {error}; choose another address with --bind", serve.bind)
    })?;
    // Without this a tick waits until the browser has acknowledged the one before, up to 40 ms.
    let listener = bound.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "small answers may be late");
        }
    });
    tracing::info!(address = %serve.bind, demo, "listening");
    axum::serve(listener, router(app)).with_graceful_shutdown(stop_signal()).await?;
    Ok(())
}

/// Workbooks are not made where there is no such folder; everything else goes on.
fn memory_folder(folder: &Path) -> Option<MemoryFolder> {
    let found = MemoryFolder::at(folder);
    if let Err(error) = &found {
        tracing::warn!(%error, "no workbooks can be made; REGISTER_MEMORY_DIR names a folder that is memory");
    }
    found.ok()
}

/// Starts what sends by itself, as far as it is set up.
fn start_outlets(
    serve: &Serve,
    node: &Node,
    reference: &Reference,
    disclosures: &Disclosures,
) -> Result<(), Failure> {
    match serve.sending.outlet(node, reference)? {
        Some(outlet) => drop(tokio::spawn(outlet.run())),
        None => tracing::info!("no text messages are sent; REGISTER_ALTINN_URL turns them on"),
    }
    match serve.referring.outlet(node, reference, disclosures)? {
        Some(outlet) => drop(tokio::spawn(outlet.run())),
        None => tracing::info!("no letters with referrals are sent; REGISTER_EFORMIDLING_URL turns them on"),
    }
    Ok(())
}

/// What the demo has from the beginning, beside its travellers.
#[cfg(feature = "demo")]
async fn open_demo(node: &Node, reference: &Reference, delegations: &Delegations) -> Result<(), Failure> {
    backend::demo::shift::open_at_all_hours(&node.log, reference).await?;
    backend::demo::hotels::open(&node.log, reference).await?;
    backend::demo::delegates::delegate(delegations).await?;
    Ok(())
}

/// Starts what each room does by itself.
fn start_rooms(queue: &Queue, results: &Results, identities: &Identities) {
    tokio::spawn(queue.clone().run());
    tokio::spawn(results.clone().run_ahead());
    tokio::spawn(results.clone().run_washing());
    tokio::spawn(identities.clone().run());
}

/// What works on entries besides intake.
struct Rooms {
    queue: Queue,
    results: Results,
    identities: Identities,
    referrals: ReferralDesk,
}

fn rooms(
    node: &Node,
    reference: &Reference,
    tables: &Tables,
    service: Option<Service>,
    production: bool,
) -> Rooms {
    let (log, pool, readers) = (node.log.clone(), node.tables.clone(), tables.readers.clone());
    let reached = tables.reached.clone();
    let results =
        Results::new(log.clone(), reference.clone(), pool.clone(), readers.clone(), reached.clone(), service);
    let identities =
        Identities::new(log.clone(), reference.clone(), pool.clone(), readers.clone(), production);
    let referrals = ReferralDesk::new(log.clone(), pool.clone(), readers.clone(), reached.clone());
    let queue = Queue::new(log, reference.clone(), pool, readers, reached);
    Rooms { queue: queue.washed_by(results.wash_list().clone()), results, identities, referrals }
}

/// Resolves at Ctrl-C or SIGTERM.
async fn stop_signal() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
    // Live streams never end by themselves; whoever is still there after a moment is cut off.
    tokio::spawn(async {
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        std::process::exit(0);
    });
}
