//! What stops a command. The words say what mends it.

use std::io;

/// Why a command gave up.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// In words, with the mending command.
    #[error("{0}")]
    Said(String),
    /// The private PostgreSQL could not be had.
    #[error(transparent)]
    Postgres(#[from] private_postgres::Error),
    /// The system refused something.
    #[error("{doing}: {source}")]
    System {
        /// What was being done.
        doing: String,
        /// What the system said.
        source: io::Error,
    },
}

impl Error {
    /// An error in words.
    pub(crate) fn said(words: impl Into<String>) -> Self {
        Self::Said(words.into())
    }

    /// For `map_err`: names what was being done when the system refused.
    pub(crate) fn system(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::System { doing: doing.into(), source }
    }
}
