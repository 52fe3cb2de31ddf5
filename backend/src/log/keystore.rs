//! Where keys lie: outside PostgreSQL, replicated, never backed up.
//!
//! The trait leaves room for a key server; the default is a directory with strict modes.

use events::Epoch;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyName {
    /// Everything about the entries registered in an epoch.
    Epoch(Epoch),
    /// Fingerprints of reference codes first seen on a day (days since 1970-01-01, UTC). It outlives the
    /// epochs of that day, until the source itself has forgotten the trips.
    SourceDay(i32),
    /// Signing certificates of deletion. It opens nothing and does not end.
    Certificates,
    /// Binding the cursors of machines and sealing what they are told apart by. It opens nothing about a person and
    /// does not end.
    Machines,
}

impl KeyName {
    /// The name of the key's file.
    pub fn file_name(self) -> String {
        match self {
            KeyName::Epoch(epoch) => format!("epoch-{epoch}.key"),
            KeyName::SourceDay(day) => format!("source-day-{day}.key"),
            KeyName::Certificates => "certificates.key".to_owned(),
            KeyName::Machines => "machines.key".to_owned(),
        }
    }

    fn parse(file_name: &str) -> Option<KeyName> {
        let name = file_name.strip_suffix(".key")?;
        if name == "certificates" {
            return Some(KeyName::Certificates);
        }
        if name == "machines" {
            return Some(KeyName::Machines);
        }
        if let Some(epoch) = name.strip_prefix("epoch-") {
            return epoch.parse().ok().map(|n| KeyName::Epoch(Epoch(n)));
        }
        name.strip_prefix("source-day-")?.parse().ok().map(KeyName::SourceDay)
    }
}

/// A key as it is kept: 32 secret bytes and the moment after which nothing opens with them.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct StoredKey {
    /// The secret.
    pub secret: [u8; 32],
    /// After this it must not be used and should not exist.
    #[zeroize(skip)]
    pub not_after: Timestamp,
}

impl StoredKey {
    /// What may be known of the key for ever: it tells a key that comes back from one that never was here.
    pub fn fingerprint(&self) -> String {
        hex::encode(Sha256::new().chain_update(b"register key\0").chain_update(self.secret).finalize())
    }
}

/// A failure of a key store.
#[derive(Debug, thiserror::Error)]
pub enum KeyStoreError {
    /// Others could read or write the directory or a key in it.
    #[error("{path} has mode {mode:o}, which lets others at the keys; run: chmod {wanted:o} {path}")]
    Lax {
        /// The path.
        path: String,
        /// Its mode.
        mode: u32,
        /// What it must be.
        wanted: u32,
    },
    /// A key file that is none.
    #[error("{0} is no key of the register; restore it from a replica of the keyring or remove it")]
    Damaged(String),
    /// Two holders have different keys under one name.
    #[error("the key directories hold different keys named {0}; remove the one that has not sealed anything")]
    Different(String),
    /// The file system says no.
    #[error("keyring {path}: {source}")]
    Io {
        /// The path.
        path: String,
        /// Why.
        source: io::Error,
    },
}

/// A holder of keys.
pub trait KeyStore: Send + Sync {
    /// A key, when it is there.
    fn load(&self, name: KeyName) -> Result<Option<StoredKey>, KeyStoreError>;
    /// Keeps a new key, durably. When another node was quicker, its key is the answer.
    fn create(&self, name: KeyName, key: StoredKey) -> Result<StoredKey, KeyStoreError>;
    /// Overwrites and removes a key, durably. A key that is gone is fine.
    fn destroy(&self, name: KeyName) -> Result<(), KeyStoreError>;
    /// All keys there are.
    fn list(&self) -> Result<Vec<KeyName>, KeyStoreError>;
}

/// Keys as files in a directory: mode 0700, files 0600.
#[derive(Debug)]
pub struct Directory {
    path: PathBuf,
}

const MAGIC: &str = "register key 1";

impl Directory {
    /// Opens a key directory, making it when it is not there. Refuses one that others can reach.
    pub fn open(path: &Path) -> Result<Directory, KeyStoreError> {
        if !path.exists() {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|e| io_error(path, e))?;
        }
        check_mode(path, 0o700)?;
        Ok(Directory { path: path.to_owned() })
    }

    fn file(&self, name: KeyName) -> PathBuf {
        self.path.join(name.file_name())
    }

    /// A new file under a name that no other thread, process or machine has.
    fn aside(&self, name: KeyName) -> Result<(PathBuf, File), KeyStoreError> {
        for n in 0_u32.. {
            let aside = self.path.join(format!(".{}-{}-{n}", name.file_name(), std::process::id()));
            match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&aside) {
                Ok(file) => return Ok((aside, file)),
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(io_error(&aside, e)),
            }
        }
        Err(io_error(&self.path, io::ErrorKind::AlreadyExists.into()))
    }

    /// Makes a new or vanished name in the directory durable.
    fn sync(&self) -> Result<(), KeyStoreError> {
        File::open(&self.path).and_then(|dir| dir.sync_all()).map_err(|e| io_error(&self.path, e))
    }
}

impl KeyStore for Directory {
    fn load(&self, name: KeyName) -> Result<Option<StoredKey>, KeyStoreError> {
        let path = self.file(name);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(io_error(&path, e)),
        };
        check_mode(&path, 0o600)?;
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(|e| io_error(&path, e))?;
        if !text.is_empty() && text.bytes().all(|byte| byte == 0) {
            // Whoever destroyed it died between the overwriting and the unlinking.
            fs::remove_file(&path).map_err(|e| io_error(&path, e))?;
            return self.sync().map(|()| None);
        }
        let key = parse(&text).ok_or_else(|| KeyStoreError::Damaged(path.display().to_string()));
        text.zeroize();
        key.map(Some)
    }

    fn create(&self, name: KeyName, key: StoredKey) -> Result<StoredKey, KeyStoreError> {
        // Written aside and linked into place: no other node ever sees half a key, and the first one wins.
        // The name aside is nobody else's, or two that make the key at once would link each other's.
        let path = self.file(name);
        let (aside, mut file) = self.aside(name)?;
        let mut text = format!("{MAGIC}\nnot-after {}\nsecret {}\n", key.not_after, hex::encode(key.secret));
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
        text.zeroize();
        written.map_err(|e| io_error(&aside, e))?;
        let linked = fs::hard_link(&aside, &path);
        fs::remove_file(&aside).map_err(|e| io_error(&aside, e))?;
        match linked {
            Ok(()) => self.sync().map(|()| key),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                self.load(name)?.ok_or_else(|| io_error(&path, io::ErrorKind::NotFound.into()))
            }
            Err(e) => Err(io_error(&path, e)),
        }
    }

    fn destroy(&self, name: KeyName) -> Result<(), KeyStoreError> {
        let path = self.file(name);
        let mut file = match OpenOptions::new().write(true).open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(io_error(&path, e)),
        };
        let length = file.metadata().map_err(|e| io_error(&path, e))?.len();
        let noise = vec![0; usize::try_from(length).unwrap_or(0)];
        file.rewind()
            .and_then(|()| file.write_all(&noise))
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::remove_file(&path))
            .map_err(|e| io_error(&path, e))?;
        self.sync()
    }

    fn list(&self) -> Result<Vec<KeyName>, KeyStoreError> {
        let mut names = Vec::new();
        for file in fs::read_dir(&self.path).map_err(|e| io_error(&self.path, e))? {
            let file = file.map_err(|e| io_error(&self.path, e))?;
            names.extend(file.file_name().to_str().and_then(KeyName::parse));
        }
        names.sort();
        Ok(names)
    }
}

fn parse(text: &str) -> Option<StoredKey> {
    let mut lines = text.lines();
    if lines.next()? != MAGIC {
        return None;
    }
    let not_after = lines.next()?.strip_prefix("not-after ")?.parse().ok()?;
    let mut secret = [0; 32];
    hex::decode_to_slice(lines.next()?.strip_prefix("secret ")?, &mut secret).ok()?;
    Some(StoredKey { secret, not_after })
}

fn check_mode(path: &Path, wanted: u32) -> Result<(), KeyStoreError> {
    let metadata = fs::metadata(path).map_err(|e| io_error(path, e))?;
    let mode = metadata.permissions().mode() & 0o777;
    let owner = fs::metadata("/proc/self").map_or(metadata.uid(), |me| me.uid());
    if mode & !wanted != 0 || metadata.uid() != owner {
        return Err(KeyStoreError::Lax { path: path.display().to_string(), mode, wanted });
    }
    Ok(())
}

fn io_error(path: &Path, source: io::Error) -> KeyStoreError {
    KeyStoreError::Io { path: path.display().to_string(), source }
}

/// Several holders of the same keys, such as two disks: all have every key, any of them is enough to read.
pub struct Replicas(Vec<Directory>);

impl Replicas {
    /// Opens key directories separated by `:`. A key that only some of them have, because a node died while it
    /// was being made, is given to the others; one that is over is not, for it is being destroyed.
    pub fn open(paths: &Path, now: Timestamp) -> Result<Replicas, KeyStoreError> {
        let holders = std::env::split_paths(paths).map(|path| Directory::open(&path));
        let replicas = Replicas(holders.collect::<Result<_, _>>()?);
        if replicas.0.len() > 1 {
            for name in replicas.list()? {
                if let Some(key) = replicas.load(name)?.filter(|key| now < key.not_after) {
                    replicas.create(name, key)?;
                }
            }
        }
        Ok(replicas)
    }
}

impl KeyStore for Replicas {
    fn load(&self, name: KeyName) -> Result<Option<StoredKey>, KeyStoreError> {
        let mut failed = None;
        for holder in &self.0 {
            match holder.load(name) {
                Ok(Some(key)) => return Ok(Some(key)),
                Ok(None) => {}
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(None), Err)
    }

    fn create(&self, name: KeyName, key: StoredKey) -> Result<StoredKey, KeyStoreError> {
        // All nodes have the holders in the same order, so the first one decides whose key it is.
        let mut made = key;
        for (place, holder) in self.0.iter().enumerate() {
            let there = holder.create(name, made.clone())?;
            if place > 0 && there != made {
                return Err(KeyStoreError::Different(name.file_name()));
            }
            made = there;
        }
        Ok(made)
    }

    fn destroy(&self, name: KeyName) -> Result<(), KeyStoreError> {
        // Each is tried, whatever becomes of the others; one that fails leaves the work undone.
        let outcomes: Vec<_> = self.0.iter().map(|holder| holder.destroy(name)).collect();
        outcomes.into_iter().collect()
    }

    fn list(&self) -> Result<Vec<KeyName>, KeyStoreError> {
        let lists: Vec<_> = self.0.iter().map(Directory::list).collect::<Result<_, _>>()?;
        Ok(lists.into_iter().flatten().collect::<BTreeSet<_>>().into_iter().collect())
    }
}

/// Keys in memory, for tests.
#[derive(Default)]
pub struct Memory(Mutex<HashMap<KeyName, StoredKey>>);

impl Memory {
    fn keys(&self) -> std::sync::MutexGuard<'_, HashMap<KeyName, StoredKey>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl KeyStore for Memory {
    fn load(&self, name: KeyName) -> Result<Option<StoredKey>, KeyStoreError> {
        Ok(self.keys().get(&name).cloned())
    }

    fn create(&self, name: KeyName, key: StoredKey) -> Result<StoredKey, KeyStoreError> {
        Ok(self.keys().entry(name).or_insert(key).clone())
    }

    fn destroy(&self, name: KeyName) -> Result<(), KeyStoreError> {
        self.keys().remove(&name);
        Ok(())
    }

    fn list(&self) -> Result<Vec<KeyName>, KeyStoreError> {
        let mut names: Vec<KeyName> = self.keys().keys().copied().collect();
        names.sort();
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> StoredKey {
        StoredKey { secret: [byte; 32], not_after: Timestamp::from_second(1_616_000_000).unwrap() }
    }

    #[test]
    fn a_key_comes_back_as_it_was_kept_and_the_first_one_wins() {
        let scratch = tempfile::tempdir().unwrap();
        let store = Directory::open(&scratch.path().join("keys")).unwrap();
        let name = KeyName::Epoch(Epoch(74_813));
        assert!(store.load(name).unwrap().is_none());
        assert!(store.create(name, key(1)).unwrap() == key(1));
        assert!(store.create(name, key(2)).unwrap() == key(1));
        assert!(store.load(name).unwrap() == Some(key(1)));
        assert_eq!(store.list().unwrap(), [name]);
        store.destroy(name).unwrap();
        store.destroy(name).unwrap();
        assert!(store.load(name).unwrap().is_none());
        assert_eq!(store.list().unwrap(), []);
    }

    #[test]
    fn of_many_that_make_the_same_key_at_once_all_get_the_same_one() {
        let scratch = tempfile::tempdir().unwrap();
        let store = Directory::open(&scratch.path().join("keys")).unwrap();
        let name = KeyName::Epoch(Epoch(74_813));
        let made: Vec<StoredKey> = std::thread::scope(|scope| {
            let store = &store;
            let makers: Vec<_> =
                (0..16).map(|byte| scope.spawn(move || store.create(name, key(byte)).unwrap())).collect();
            makers.into_iter().map(|maker| maker.join().unwrap()).collect()
        });
        assert!(made.iter().all(|key| *key == made[0]));
        assert_eq!(fs::read_dir(scratch.path().join("keys")).unwrap().count(), 1, "nothing is left aside");
    }

    #[test]
    fn a_directory_or_key_that_others_can_reach_is_refused_with_the_command_that_mends_it() {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("keys");
        let store = Directory::open(&path).unwrap();
        let name = KeyName::SourceDay(18_700);
        store.create(name, key(1)).unwrap();
        fs::set_permissions(path.join("source-day-18700.key"), fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(store.load(name), Err(KeyStoreError::Lax { mode: 0o640, .. })));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        let refused = Directory::open(&path).unwrap_err().to_string();
        assert!(refused.contains("chmod 700"), "{refused}");
    }

    #[test]
    fn replicas_hold_the_same_keys_and_all_of_them_lose_one_that_is_destroyed() {
        let scratch = tempfile::tempdir().unwrap();
        let paths = [scratch.path().join("a"), scratch.path().join("b")];
        let joined = std::env::join_paths(&paths).unwrap();
        let open = |now| Replicas::open(Path::new(&joined), now).unwrap();
        let before = key(1).not_after - jiff::SignedDuration::from_secs(1);
        let name = KeyName::Epoch(Epoch(74_813));
        let there = || paths.iter().filter(|path| path.join(name.file_name()).exists()).count();
        let store = open(before);
        store.create(name, key(1)).unwrap();
        assert_eq!(there(), 2);
        fs::remove_file(paths[0].join(name.file_name())).unwrap();
        assert!(store.load(name).unwrap() == Some(key(1)), "one of them is enough");
        open(key(1).not_after);
        assert_eq!(there(), 1, "one that is over is not spread");
        open(before);
        assert_eq!(there(), 2, "it is given to the other again");
        let second = Directory::open(&paths[1]).unwrap();
        second.destroy(name).unwrap();
        second.create(name, key(2)).unwrap();
        assert!(store.create(name, key(3)).is_err(), "two keys under one name are never taken for one");
        store.destroy(name).unwrap();
        assert_eq!(there(), 0);
        assert_eq!(store.list().unwrap(), []);
    }

    #[test]
    fn a_key_whose_destruction_was_cut_off_is_gone() {
        let scratch = tempfile::tempdir().unwrap();
        let store = Directory::open(&scratch.path().join("keys")).unwrap();
        let name = KeyName::Epoch(Epoch(5));
        store.create(name, key(1)).unwrap();
        fs::write(scratch.path().join("keys/epoch-5.key"), [0; 120]).unwrap();
        assert!(store.load(name).unwrap().is_none());
        assert_eq!(store.list().unwrap(), []);
    }

    #[test]
    fn a_damaged_key_is_named() {
        let scratch = tempfile::tempdir().unwrap();
        let store = Directory::open(&scratch.path().join("keys")).unwrap();
        let name = KeyName::Epoch(Epoch(5));
        store.create(name, key(1)).unwrap();
        fs::write(scratch.path().join("keys/epoch-5.key"), "nonsense").unwrap();
        assert!(matches!(store.load(name), Err(KeyStoreError::Damaged(_))));
    }
}
