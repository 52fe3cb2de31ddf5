//! `register consumer`: those who take data from here, what they may take, and who must be told what ends.

use super::node::Node;
use super::{Failure, Register};
use backend::machines::registry::Registry;
use backend::retention::consumers;
use clap::{Args, Subcommand, ValueEnum};
use events::subscription::{Area, MachineScope};

/// What to do.
#[derive(Args)]
pub struct ConsumerCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Adds one and prints its bearer token, once.
    Add(Consumer),
    /// Removes one.
    Remove(Consumer),
    /// From now on an organisation's signed tokens are this consumer's.
    Recognise {
        #[command(flatten)]
        consumer: Consumer,
        /// Its organisation number.
        #[arg(long)]
        organisation: String,
    },
    /// Lets one take what concerns an area.
    Subscribe {
        #[command(flatten)]
        consumer: Consumer,
        #[command(flatten)]
        area: Where,
        /// By which interfaces.
        #[arg(long = "scope", required = true, value_enum)]
        scopes: Vec<Scope>,
    },
    /// One takes no more of an area.
    Unsubscribe {
        #[command(flatten)]
        consumer: Consumer,
        #[command(flatten)]
        area: Where,
    },
    /// Lists all of them.
    List(Register),
}

#[derive(Args)]
struct Consumer {
    /// Its name.
    name: String,
    /// Who decides.
    #[arg(long)]
    by: String,
    #[command(flatten)]
    register: Register,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Where {
    /// The whole country.
    #[arg(long)]
    national: bool,
    /// One municipality, four digits.
    #[arg(long)]
    municipality: Option<String>,
}

impl From<Where> for Area {
    fn from(place: Where) -> Area {
        place.municipality.map_or(Area::National, |number| Area::Municipality { number })
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Scope {
    /// The records of entries.
    Entries,
    /// The feed of changes.
    Feed,
}

impl From<Scope> for MachineScope {
    fn from(scope: Scope) -> MachineScope {
        match scope {
            Scope::Entries => MachineScope::Entries,
            Scope::Feed => MachineScope::Feed,
        }
    }
}

/// Does it.
pub async fn run(command: ConsumerCommand) -> Result<(), Failure> {
    match command.action {
        Action::Add(consumer) => {
            let node = Node::open(&consumer.register).await?;
            let token = hex::encode(node.entropy.bytes::<32>());
            consumers::add(&node.log, &consumer.name, &token, &consumer.by).await?;
            println!("{token}");
        }
        Action::Remove(consumer) => {
            let node = Node::open(&consumer.register).await?;
            consumers::remove(&node.log, &consumer.name, &consumer.by).await?;
        }
        Action::Recognise { consumer, organisation } => {
            let registry = registry(&consumer.register).await?;
            registry.recognise(&consumer.name, &organisation, &consumer.by).await?;
        }
        Action::Subscribe { consumer, area, scopes } => {
            let scopes: Vec<MachineScope> = scopes.into_iter().map(MachineScope::from).collect();
            let registry = registry(&consumer.register).await?;
            registry.subscribe(&consumer.name, area.into(), &scopes, &consumer.by).await?;
        }
        Action::Unsubscribe { consumer, area } => {
            let registry = registry(&consumer.register).await?;
            registry.unsubscribe(&consumer.name, area.into(), &consumer.by).await?;
        }
        Action::List(register) => list(&registry(&register).await?).await?,
    }
    Ok(())
}

async fn registry(register: &Register) -> Result<Registry, Failure> {
    Ok(Registry::new(Node::open(register).await?.log))
}

async fn list(registry: &Registry) -> Result<(), Failure> {
    for consumer in registry.all().await? {
        let organisation = consumer.organisation.as_deref().unwrap_or("no organisation");
        println!("{}: {organisation}", consumer.name);
        for (area, scopes) in &consumer.subscriptions {
            let area = match area {
                Area::National => "national",
                Area::Municipality { number } => number,
            };
            println!(
                "  {area}: {}",
                scopes.iter().map(|scope| scope_name(*scope)).collect::<Vec<_>>().join(", ")
            );
        }
    }
    Ok(())
}

fn scope_name(scope: MachineScope) -> &'static str {
    match scope {
        MachineScope::Entries => "entries",
        MachineScope::Feed => "feed",
    }
}
