//! The folder of the socket: inside the data directory, or in a short one where that path is too long.

use crate::{Error, PORT, account::Account};
use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt},
    path::{Path, PathBuf},
};

/// What every system takes for the path of a socket (Linux 107 bytes, macOS 103).
const LONGEST: usize = 103;

/// The folder for the socket of the server on `data_dir`: the same at every start.
pub(crate) fn folder(data_dir: &Path) -> PathBuf {
    if fits(data_dir) {
        return data_dir.to_owned();
    }
    // DefaultHasher::new() has fixed keys, so that a second start finds the first one's socket.
    let mut hasher = DefaultHasher::new();
    data_dir.hash(&mut hasher);
    let name = format!("register-{:016x}", hasher.finish());
    let temporary = env::temp_dir().join(&name);
    if fits(&temporary) { temporary } else { Path::new("/tmp").join(name) }
}

/// Makes the folder where it is not the data directory itself. Nobody else may enter it.
pub(crate) fn prepare(folder: &Path, data_dir: &Path, account: &Account) -> Result<(), Error> {
    if folder == data_dir {
        return Ok(());
    }
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => account.give(folder),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => trusted(folder, data_dir),
        Err(error) => Err(Error::system(format!("making the socket folder {}", folder.display()))(error)),
    }
}

/// In a folder of everybody's, somebody may have made ours first: the owner of the data must own it too.
fn trusted(folder: &Path, data_dir: &Path) -> Result<(), Error> {
    let about = |path: &Path| {
        fs::symlink_metadata(path).map_err(Error::system(format!("looking at {}", path.display())))
    };
    let (there, data) = (about(folder)?, about(data_dir)?);
    if there.is_dir() && there.uid() == data.uid() && there.mode() & 0o077 == 0 {
        return Ok(());
    }
    Err(Error::NotWritable {
        dir: folder.to_owned(),
        reason: "the socket folder belongs to somebody else".into(),
        mend: format!("Remove it with: rm -r {}", folder.display()),
    })
}

fn fits(folder: &Path) -> bool {
    folder.as_os_str().len() + format!("/.s.PGSQL.{PORT}.lock").len() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_gets_a_short_folder_and_always_the_same() {
        let short = Path::new("/srv/register/postgres");
        assert_eq!(folder(short), short);
        let long = PathBuf::from("/").join("very-long-name".repeat(12));
        assert_ne!(folder(&long), long);
        assert_eq!(folder(&long), folder(&long));
        assert!(fits(&folder(&long)));
    }
}
