//! The settings of a private PostgreSQL. `fsync`, `full_page_writes` and `synchronous_commit` stay as they are: on.

use crate::PORT;
use std::path::Path;

/// The file of our settings inside the data directory, and the mark that the directory is ours.
pub(crate) const FILE: &str = "register.conf";

/// No network; and no value of any row in the log, whatever fails.
const FIXED: &[(&str, &str)] = &[
    ("listen_addresses", ""),
    ("unix_socket_permissions", "0700"),
    // Above ERROR: the text of an error may quote a value ("invalid input syntax for type integer: …").
    ("log_min_messages", "log"),
    ("log_error_verbosity", "terse"),
    ("log_statement", "none"),
    ("log_min_error_statement", "panic"),
    ("log_min_duration_statement", "-1"),
    ("log_duration", "off"),
    ("log_lock_waits", "off"),
    ("log_parameter_max_length", "0"),
    ("log_parameter_max_length_on_error", "0"),
    ("track_activity_query_size", "100"),
    ("logging_collector", "off"),
];

/// For a machine that does other things as well; a caller may say otherwise.
const USUAL: &[(&str, &str)] = &[
    ("max_connections", "200"),
    ("shared_buffers", "256MB"),
    ("effective_cache_size", "1GB"),
    ("work_mem", "16MB"),
    ("maintenance_work_mem", "128MB"),
    ("wal_buffers", "16MB"),
    ("max_wal_size", "2GB"),
    ("min_wal_size", "160MB"),
    ("checkpoint_timeout", "15min"),
    ("random_page_cost", "1.1"),
    // The program's statements are short; compiling them costs more than it saves.
    ("jit", "off"),
];

/// The whole settings file. A later line wins over an earlier one, so the caller's stand before the fixed ones.
pub(crate) fn file(socket_dir: &Path, extra: &[(String, String)]) -> String {
    let mut text = String::from("# Written anew at every start.\n");
    let mut line = |name: &str, value: &str| text.push_str(&format!("{name} = {}\n", quoted(value)));
    USUAL.iter().for_each(|(name, value)| line(name, value));
    extra.iter().for_each(|(name, value)| line(name, value));
    FIXED.iter().for_each(|(name, value)| line(name, value));
    line("port", &PORT.to_string());
    line("unix_socket_directories", &list_item(&socket_dir.to_string_lossy()));
    text
}

fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "''"))
}

/// The setting is a list: a path with a comma or a blank in it stands in double quotes.
fn list_item(path: &str) -> String {
    format!("\"{}\"", path.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_cannot_open_the_log_or_the_network() {
        let extra = [("log_statement".to_owned(), "all".to_owned()), ("jit".to_owned(), "on".to_owned())];
        let text = file(Path::new("/a b/o'c"), &extra);
        let last = |name: &str| text.lines().rfind(|line| line.starts_with(name)).map(str::to_owned);
        assert_eq!(last("log_statement").as_deref(), Some("log_statement = 'none'"));
        assert_eq!(last("jit").as_deref(), Some("jit = 'on'"));
        assert_eq!(
            last("unix_socket_directories").as_deref(),
            Some("unix_socket_directories = '\"/a b/o''c\"'")
        );
    }

    #[test]
    fn durability_is_not_touched() {
        let text = file(Path::new("/tmp"), &[]);
        for name in ["fsync", "full_page_writes", "synchronous_commit"] {
            assert!(!text.contains(name), "{name}");
        }
    }
}
