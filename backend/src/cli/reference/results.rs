//! `register reference results`: adopting a result table from a file, listing them, showing one.

use super::super::Failure;
use super::super::node::Node;
use backend::intake::reference::{Reference, adopt_result_table};
use backend::rules::moments::norwegian_day_of;
use backend::rules::results::ResultTables;
use backend::rules::results::table_check::check;
use clap::Subcommand;
use events::result_table::{ResultTable, ResultTableAdopted};
use std::path::PathBuf;

/// What to do with result tables.
#[derive(Subcommand)]
pub enum Results {
    /// Adopts a result table from a file of JSON.
    Adopt {
        /// The file: one table, shaped as `show` prints it.
        file: PathBuf,
        /// Who decided it.
        #[arg(long)]
        by: String,
    },
    /// Lists all result tables; the one that reads today has a star.
    List,
    /// Prints a result table.
    Show {
        /// Its name.
        name: String,
    },
}

/// Does it.
pub async fn run(command: Results, node: &Node, reference: &Reference) -> Result<(), Failure> {
    let facts = reference.facts();
    let tables = &facts.result_tables;
    match command {
        Results::Adopt { file, by } => {
            let text = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            adopt(node, tables, serde_json::from_slice(&text)?, by).await?;
        }
        Results::List => list(node, tables),
        Results::Show { name } => {
            let named = tables.named(&name).ok_or_else(|| format!("no result table is called {name}"))?;
            println!("{}", serde_json::to_string_pretty(&named.table)?);
        }
    }
    Ok(())
}

async fn adopt(node: &Node, tables: &ResultTables, table: ResultTable, by: String) -> Result<(), Failure> {
    let wrong = check(&table, tables);
    if !wrong.is_empty() {
        let lines = wrong.iter().map(|wrong| format!("{}: must be {}", wrong.pointer, wrong.right));
        return Err(lines.collect::<Vec<_>>().join("\n").into());
    }
    let told = format!("{} adopted, valid from {}", table.name, table.valid_from);
    let version = u32::try_from(tables.all().len()).unwrap_or(u32::MAX);
    adopt_result_table(&node.log, ResultTableAdopted { table, adopted_by: by }, version).await?;
    println!("{told}");
    Ok(())
}

fn list(node: &Node, tables: &ResultTables) {
    let in_force = tables.on(norwegian_day_of(node.log.clock().now()));
    for adopted in tables.all() {
        let table = &adopted.table;
        let mark = if in_force.name() == table.name { '*' } else { ' ' };
        println!("{mark} {}  from {}  {}", table.name, table.valid_from, table.title);
    }
}
