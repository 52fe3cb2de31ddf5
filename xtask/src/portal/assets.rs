//! The files of the portal: named by what is in them, compressed beside themselves, listed in a manifest.

use super::{compress, read};
use crate::error::Error;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The name a page or stylesheet uses, and the name the file got.
pub(crate) type Name = (String, String);

/// What was written so far.
pub(crate) struct Assets {
    folder: PathBuf,
    quick: bool,
    written: Vec<Written>,
}

struct Written {
    name: String,
    bytes: usize,
    gzip: Option<usize>,
    brotli: Option<usize>,
    later: bool,
}

impl Assets {
    /// Files go into `folder`; `quick` compresses lightly.
    pub(crate) fn new(folder: PathBuf, quick: bool) -> Self {
        Self { folder, quick, written: Vec::new() }
    }

    /// Writes a file under a name with its content's hash, and returns that name.
    pub(crate) fn add(&mut self, name: &str, content: &[u8]) -> Result<String, Error> {
        let hashed = hashed_name(name, content);
        self.write(&hashed, content)?;
        Ok(hashed)
    }

    /// Writes scripts that import each other from `./name`: the hash in their names is that of all together.
    pub(crate) fn add_scripts(&mut self, files: &[(&str, String)]) -> Result<Vec<String>, Error> {
        let whole: String = files.iter().map(|(_, content)| content.as_str()).collect();
        let hashed: Vec<_> = files.iter().map(|(name, _)| hashed_name(name, whole.as_bytes())).collect();
        for (name, (_, content)) in hashed.iter().zip(files) {
            let linked = files.iter().zip(&hashed).fold(content.clone(), |content, ((plain, _), hashed)| {
                content.replace(&format!("from \"./{plain}\""), &format!("from \"./{hashed}\""))
            });
            self.write(name, linked.as_bytes())?;
        }
        Ok(hashed)
    }

    /// Adds the wanted files of a folder that no first visit needs.
    pub(crate) fn add_later(&mut self, folder: &Path, wanted: fn(&str) -> bool) -> Result<Vec<Name>, Error> {
        let first = self.written.len();
        let names = self.add_folder(folder, wanted)?;
        for file in &mut self.written[first..] {
            file.later = true;
        }
        Ok(names)
    }

    /// Writes a file under its own name: for the page, which is found by it.
    pub(crate) fn add_under_own_name(&mut self, name: &str, content: &[u8]) -> Result<(), Error> {
        self.write(name, content)
    }

    /// Adds the files of a folder that are wanted, in the order of their names.
    pub(crate) fn add_folder(&mut self, folder: &Path, wanted: fn(&str) -> bool) -> Result<Vec<Name>, Error> {
        let mut names = Vec::new();
        for file in files(folder)? {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if file.is_file() && wanted(&name) {
                let hashed = self.add(&name, &read(&file)?)?;
                names.push((name, hashed));
            }
        }
        Ok(names)
    }

    /// Copies a folder with the names it has: its own name already holds a hash.
    pub(crate) fn copy_as_is(&mut self, folder: &Path, below: &str) -> Result<(), Error> {
        for file in files(folder)? {
            let name = format!("{below}/{}", file.file_name().unwrap_or_default().to_string_lossy());
            if file.is_dir() {
                self.copy_as_is(&file, &name)?;
            } else {
                self.write(&name, &read(&file)?)?;
            }
        }
        Ok(())
    }

    /// Writes `manifest.json`: the files, their sizes, and what they were made of.
    pub(crate) fn write_manifest(&self, inputs: &str) -> Result<(), Error> {
        let files: Vec<_> = self
            .written
            .iter()
            .map(|file| json!({ "name": file.name, "bytes": file.bytes, "gzip": file.gzip, "brotli": file.brotli }))
            .collect();
        let manifest = json!({ "inputs": inputs, "quick": self.quick, "files": files });
        let file = self.folder.join("manifest.json");
        fs::write(&file, format!("{manifest:#}\n"))
            .map_err(Error::system(format!("writing {}", file.display())))
    }

    /// Prints what a first visit transfers, and what comes after it.
    pub(crate) fn report(&self) {
        println!("portal: bytes as they are, with gzip, with brotli");
        let (mut first, mut total) = (0, 0);
        for file in &self.written {
            let (gzip, brotli) = (file.gzip.unwrap_or(file.bytes), file.brotli.unwrap_or(file.bytes));
            println!("  {:>9} {gzip:>9} {brotli:>9}  {}", file.bytes, file.name);
            if [".wasm", ".js", ".css"].iter().any(|ending| file.name.ends_with(ending)) {
                total += brotli;
                first += if file.later { 0 } else { brotli };
            }
        }
        println!("portal: {first} bytes of wasm, js and css are transferred with brotli on a first visit");
        println!("portal: {total} bytes when every page has been opened");
    }

    fn write(&mut self, name: &str, content: &[u8]) -> Result<(), Error> {
        let path = self.folder.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Error::system(format!("making {}", folder.display())))?;
        }
        put(&path, content)?;
        let mut sizes = [None, None];
        if !name.ends_with(".woff2") {
            let smaller = [
                ("gz", compress::gzip(content, self.quick)?),
                ("br", compress::brotli(content, self.quick)?),
            ];
            for (size, (ending, bytes)) in sizes.iter_mut().zip(smaller) {
                put(&self.folder.join(format!("{name}.{ending}")), &bytes)?;
                *size = Some(bytes.len());
            }
        }
        let [gzip, brotli] = sizes;
        self.written.push(Written {
            name: name.to_owned(),
            bytes: content.len(),
            gzip,
            brotli,
            later: false,
        });
        Ok(())
    }
}

fn put(path: &Path, content: &[u8]) -> Result<(), Error> {
    fs::write(path, content).map_err(Error::system(format!("writing {}", path.display())))
}

/// `portal.css` → `portal.1a2b3c4d.css`.
fn hashed_name(name: &str, content: &[u8]) -> String {
    let digest = hex::encode(Sha256::digest(content));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    format!("{stem}.{}.{ending}", &digest[..8])
}

/// What is in a folder, sorted; nothing where there is none.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(Error::system(format!("reading {}", folder.display())))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_the_content() {
        assert_eq!(hashed_name("a.b.css", b"x"), "a.b.2d711642.css");
        assert_ne!(hashed_name("a.css", b"x"), hashed_name("a.css", b"y"));
    }

    #[test]
    fn scripts_that_import_each_other_change_their_names_together() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut assets = Assets::new(folder.path().to_owned(), true);
        let mut add = |other: &str| {
            let first = "import * as a from \"./b.js\"; use({ \"./b.js\": a });".to_owned();
            assets.add_scripts(&[("a.js", first), ("b.js", other.to_owned())]).expect("written")
        };
        let (before, after) = (add("import \"./a.js\";"), add("import { x } from \"./a.js\";"));
        assert_ne!(before[0], after[0], "the other file has changed");
        let content = |name: &String| fs::read_to_string(folder.path().join(name)).expect("a script");
        assert_eq!(
            content(&after[0]),
            format!("import * as a from \"./{}\"; use({{ \"./b.js\": a }});", after[1])
        );
        assert_eq!(content(&after[1]), format!("import {{ x }} from \"./{}\";", after[0]));
    }

    #[test]
    fn a_file_lies_beside_its_compressed_twins() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut assets = Assets::new(folder.path().to_owned(), true);
        let name = assets.add("a.css", &b"p { color: red }\n".repeat(50)).expect("written");
        for ending in ["", ".gz", ".br"] {
            assert!(folder.path().join(format!("{name}{ending}")).is_file(), "{ending}");
        }
        assets.add("font.woff2", b"packed already").expect("written");
        assert!(!folder.path().join(format!("{}.br", hashed_name("font.woff2", b"packed already"))).exists());
    }
}
