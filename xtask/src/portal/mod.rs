//! The portal: compiled to WebAssembly, named by content, compressed, in `frontend/dist`.

mod assets;
mod compress;
mod inputs;
mod order;
mod page;
mod split;
mod styles;
mod wasm;

pub(crate) use wasm::{TARGET, compiler};

use crate::{error::Error, project::Project};
use assets::Assets;
use std::{fs, path::Path};

/// How the portal is built.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(crate) struct Options {
    /// Small, as it is served: some minutes the first time, seconds after a change (this is the default).
    #[arg(long, conflicts_with = "quick")]
    pub(crate) release: bool,
    /// Large and unoptimised, built in seconds: for work on the portal.
    #[arg(long)]
    pub(crate) quick: bool,
}

/// Builds the portal, unless what it is made of has not changed.
pub(crate) fn build(project: &Project, options: &Options) -> Result<(), Error> {
    let dist = project.path("frontend/dist");
    let inputs = inputs::digest(project, options.quick)?;
    if inputs::are_built(&dist, &inputs) {
        println!("portal: unchanged ({})", project.short(&dist));
        return Ok(());
    }
    let generated = wasm::build(project, options.quick)?;
    // A whole folder or none: the server's build embeds what it finds.
    let making = project.path("frontend/dist.making");
    clear(&making)?;
    fs::create_dir_all(&making).map_err(Error::system(format!("making {}", making.display())))?;
    let mut assets = Assets::new(making.clone(), options.quick);
    collect(project, &generated, &mut assets)?;
    assets.write_manifest(&inputs)?;
    clear(&dist)?;
    fs::rename(&making, &dist).map_err(Error::system(format!("moving {} into place", making.display())))?;
    assets.report();
    Ok(())
}

/// Everything in the order of who names whom: fonts, styles, scripts, and last the page that names them all.
fn collect(project: &Project, generated: &Path, assets: &mut Assets) -> Result<(), Error> {
    let vendor = project.path("frontend/vendor");
    let own = project.path("frontend/assets");
    let fonts = assets.add_folder(&vendor, |name| name.ends_with(".woff2") || name.ends_with(".svg"))?;
    let pictures = assets.add_folder(&own, |name| !name.ends_with(".css") && !name.ends_with(".js"))?;
    let named: Vec<_> = fonts.into_iter().chain(pictures).collect();

    let sheets = [vendor.join("theme.css"), own.join("components.css"), own.join("portal.css")];
    let styles = styles::join(&sheets, &vendor)?;
    let styles = styles::rewrite_urls(&styles, &named)?;
    let mut names = named;
    names.push(("css".into(), assets.add("portal.css", styles.as_bytes())?));
    let wasm = generated.join("portal_bg.wasm");
    names.push(("wasm".into(), assets.add("portal.wasm", &read(&wasm)?)?));
    let scripts = split::scripts(generated, assets)?;
    names.extend(assets.add_folder(&project.path("locales"), |name| name.ends_with(".ftl"))?);
    names.extend(["js", "loader"].into_iter().map(String::from).zip(scripts));
    assets.copy_as_is(&generated.join("snippets"), "snippets")?;
    let boot = page::fill(&text(&own.join("boot.js"))?, &names)?;
    names.push(("boot".into(), assets.add("boot.js", boot.as_bytes())?));

    let page = page::fill(&text(&project.path("frontend/index.html"))?, &names)?;
    assets.add_under_own_name("index.html", page.as_bytes())
}

fn read(file: &Path) -> Result<Vec<u8>, Error> {
    fs::read(file).map_err(Error::system(format!("reading {}", file.display())))
}

fn text(file: &Path) -> Result<String, Error> {
    fs::read_to_string(file).map_err(Error::system(format!("reading {}", file.display())))
}

fn clear(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(error) if folder.exists() => Err(Error::system(format!("removing {}", folder.display()))(error)),
        _ => Ok(()),
    }
}
