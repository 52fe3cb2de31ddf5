//! Query strings: reading and writing them, without the browser.

/// Writes `key=value&…`; empty when there is nothing to write.
pub fn write(pairs: &[(&str, String)]) -> String {
    let parts: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={}", escape(value))).collect();
    parts.join("&")
}

/// A path with a query.
pub fn path(path: &str, pairs: &[(&str, String)]) -> String {
    match write(pairs) {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

/// Escapes everything but the unreserved characters of RFC 3986.
pub fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// Whether a path stays within the portal: it starts with one slash, and no browser reads a host out of it.
pub fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped() {
        assert_eq!(path("/entries", &[]), "/entries");
        let pairs = [("municipality", "0301".to_owned()), ("cursor", "a+b/c=å".to_owned())];
        assert_eq!(path("/entries", &pairs), "/entries?municipality=0301&cursor=a%2Bb%2Fc%3D%C3%A5");
    }

    #[test]
    fn only_local_paths_are_returned_to() {
        for (path, local) in [
            ("/entries?status=ok", true),
            ("//elsewhere.example", false),
            ("/\\elsewhere.example", false),
            ("https://elsewhere.example", false),
            ("/\t/elsewhere.example", false),
            ("", false),
        ] {
            assert_eq!(is_local(path), local, "{path}");
        }
    }
}
