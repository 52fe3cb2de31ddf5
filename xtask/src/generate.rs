//! `cargo xtask gen`: writes the files that are generated and committed, or says which have drifted.

use crate::{error::Error, program, project::Project, run};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// Where the third-party files of the portal come from: `source in node_modules <TAB> file in vendor`.
const COPIES: &str = "frontend/vendor/COPIES.tsv";

/// Write, or only compare.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Options {
    /// Change nothing, and fail when a file is not what it should be.
    #[arg(long)]
    pub(crate) check: bool,
    /// The server has just been built, with all of the workspace.
    #[arg(skip)]
    pub(crate) built: bool,
}

/// Writes or compares every generated file.
pub(crate) fn run(project: &Project, options: &Options) -> Result<ExitCode, Error> {
    if !options.built {
        run::build_server(project, false)?;
    }
    let mut wanted = BTreeMap::new();
    wanted.insert(project.path("openapi.json"), openapi(project)?);
    wanted.extend(schemas(project)?);
    wanted.extend(vendor_copies(project)?);
    let stale = stale_schemas(project, &wanted);
    let drifted: Vec<_> = wanted.iter().filter(|(file, content)| differs(file, content)).collect();
    if options.check {
        for file in drifted.iter().map(|(file, _)| *file).chain(&stale) {
            println!("{}: not what `cargo xtask gen` writes", project.short(file));
        }
        let clean = drifted.is_empty() && stale.is_empty();
        return Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    for (file, content) in drifted {
        write(file, content)?;
        println!("wrote {}", project.short(file));
    }
    for file in stale {
        fs::remove_file(&file).map_err(Error::system(format!("removing {}", file.display())))?;
        println!("removed {}", project.short(&file));
    }
    Ok(ExitCode::SUCCESS)
}

fn openapi(project: &Project) -> Result<Vec<u8>, Error> {
    pretty(&json_of(project, "openapi")?)
}

/// `register schemas` prints one object: a schema for each event's name.
fn schemas(project: &Project) -> Result<BTreeMap<PathBuf, Vec<u8>>, Error> {
    let all = json_of(project, "schemas")?;
    let all = all.as_object().ok_or_else(|| Error::said("`register schemas` must print one JSON object"))?;
    let folder = project.path("events/schemas");
    all.iter().map(|(name, schema)| Ok((folder.join(format!("{name}.json")), pretty(schema)?))).collect()
}

/// Schemas that no event has any more.
fn stale_schemas(project: &Project, wanted: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<PathBuf> {
    let there = fs::read_dir(project.path("events/schemas")).into_iter().flatten().flatten();
    there
        .map(|entry| entry.path())
        .filter(|file| file.extension().is_some_and(|ending| ending == "json") && !wanted.contains_key(file))
        .collect()
}

/// Only where the packages are fetched: a clone without npm keeps the committed copies.
fn vendor_copies(project: &Project) -> Result<BTreeMap<PathBuf, Vec<u8>>, Error> {
    let modules = project.path("frontend/node_modules");
    let Ok(list) = fs::read_to_string(project.path(COPIES)) else { return Ok(BTreeMap::new()) };
    if !modules.is_dir() {
        println!(
            "gen: the vendor copies are not compared; fetch the packages with: npm ci --prefix frontend"
        );
        return Ok(BTreeMap::new());
    }
    let mut copies = BTreeMap::new();
    for (source, file) in copy_list(&list) {
        let source = modules.join(source);
        let content = fs::read(&source).map_err(Error::system(format!("reading {}", source.display())))?;
        copies.insert(project.path("frontend/vendor").join(file), content);
    }
    Ok(copies)
}

fn copy_list(list: &str) -> impl Iterator<Item = (&str, &str)> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(source, file)| (source.trim(), file.trim()))
        // A first line may name the columns.
        .filter(|(source, _)| *source != "source")
}

fn json_of(project: &Project, command: &str) -> Result<serde_json::Value, Error> {
    let mut register = Command::new(project.built("register", false));
    register.arg(command).current_dir(&project.root);
    let text = program::output(register)?;
    serde_json::from_str(&text)
        .map_err(|error| Error::said(format!("`register {command}` printed no JSON: {error}")))
}

fn pretty(value: &serde_json::Value) -> Result<Vec<u8>, Error> {
    let mut text = serde_json::to_string_pretty(value).map_err(|error| Error::said(error.to_string()))?;
    text.push('\n');
    Ok(text.into_bytes())
}

fn differs(file: &Path, content: &[u8]) -> bool {
    fs::read(file).map_or(true, |there| there != content)
}

fn write(file: &Path, content: &[u8]) -> Result<(), Error> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(Error::system(format!("making {}", folder.display())))?;
    }
    fs::write(file, content).map_err(Error::system(format!("writing {}", file.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_copies_is_read_without_remarks() {
        let list = "# remark\nsource\tfile\na/b.css\tb.css\n\n";
        assert_eq!(copy_list(list).collect::<Vec<_>>(), [("a/b.css", "b.css")]);
    }

    #[test]
    fn a_changed_or_missing_file_differs() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("openapi.json");
        assert!(differs(&file, b"{}"));
        write(&file, b"{}").expect("written");
        assert!(!differs(&file, b"{}"));
        assert!(differs(&file, b"[]"));
    }
}
