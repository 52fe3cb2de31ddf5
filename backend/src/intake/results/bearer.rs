//! Who we are to the result service. Where tokens come from is somebody else's business.

use super::error::Unavailable;
use reqwest::header::HeaderValue;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// A source of bearer tokens.
#[derive(Clone)]
pub enum Bearer {
    /// One that stays the same.
    Fixed(Zeroizing<String>),
    /// A file in which somebody keeps a fresh one; it is read for each request.
    File(PathBuf),
}

impl Bearer {
    /// The header of a request, marked so that nothing prints it.
    pub(super) async fn header(&self) -> Result<HeaderValue, Unavailable> {
        let token = match self {
            Bearer::Fixed(token) => token.clone(),
            Bearer::File(path) => {
                Zeroizing::new(tokio::fs::read_to_string(path).await.map_err(|_| Unavailable::Token)?)
            }
        };
        let header = Zeroizing::new(format!("Bearer {}", token.trim()));
        secret(&header).ok_or(Unavailable::Token)
    }
}

/// A header that nothing prints; `None` when the text cannot stand in one.
pub(super) fn secret(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}
