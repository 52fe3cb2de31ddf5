//! Who may name whom inside the server. Between crates, see `rooms`.

use super::{File, Finding, code::names};

/// The pure part: nothing of it may touch the world.
const WORLD: &[&str] =
    &["sqlx", "axum", "tokio", "rand", "SystemTime", "Instant", "Timestamp::now", "Zoned::now"];
/// The log carries every stream alike.
const STREAMS: &[&str] = &["EntryEvent", "EntryRecord"];
/// Who starts the server may name its doors; all else is called by them.
const MAY_NAME_HTTP: &[&str] =
    &["backend/src/http/", "backend/src/http.rs", "backend/src/main.rs", "backend/src/cli"];

/// Checks every file of the server.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && file.path.starts_with("backend/src/")) {
        let below = |folder: &str| file.path.starts_with(&format!("backend/src/{folder}/"));
        for (line, code) in file.code_lines() {
            if below("rules") {
                let named = WORLD.iter().filter(|word| names(code, word));
                findings.extend(named.map(|word| {
                    Finding::new(&file.path, line, format!("rules are pure and do not name {word}"))
                }));
            }
            if below("log") {
                let named = STREAMS.iter().filter(|word| names(code, word));
                findings.extend(named.map(|word| {
                    Finding::new(
                        &file.path,
                        line,
                        format!("the log knows no stream and does not name {word}"),
                    )
                }));
            }
            let free = MAY_NAME_HTTP.iter().any(|place| file.path.starts_with(place));
            if !free && ["crate::http", "backend::http"].iter().any(|path| names(code, path)) {
                findings.push(Finding::new(
                    &file.path,
                    line,
                    "nothing imports http but main and the command line",
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&[File::new(path, text)]).len()
    }

    #[test]
    fn rules_that_touch_the_world_are_found() {
        for code in ["use sqlx::PgPool;", "let n = Timestamp::now();", "std::time::SystemTime::UNIX_EPOCH"] {
            assert_eq!(found("backend/src/rules/entry.rs", code), 1, "{code}");
            assert_eq!(found("backend/src/intake/csv.rs", code), 0, "{code}");
        }
        assert_eq!(found("backend/src/rules/entry.rs", "// no sqlx here\nlet x = \"tokio\";"), 0);
    }

    #[test]
    fn a_log_that_knows_a_stream_is_found() {
        assert_eq!(found("backend/src/log/append.rs", "use events::EntryEvent;"), 1);
        assert_eq!(found("backend/src/rules/entry.rs", "use events::EntryEvent;"), 0);
    }

    #[test]
    fn an_import_of_http_is_found() {
        assert_eq!(found("backend/src/log/append.rs", "use crate::http::Problem;"), 1);
        assert_eq!(found("backend/src/http/entries.rs", "use crate::http::Problem;"), 0);
        assert_eq!(found("backend/src/main.rs", "use backend::http;"), 0);
    }
}
