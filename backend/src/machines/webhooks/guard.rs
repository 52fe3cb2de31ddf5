//! Where webhooks may be sent: to addresses of the public internet only. A name is looked up for each connection, and
//! one that leads anywhere else is not connected to, whatever else it leads to.

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Whether addresses of one's own network may be reached too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Internal {
    /// No.
    Refused,
    /// Yes: development and tests only.
    Allowed,
}

/// Why a URL is none to send to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadUrl {
    /// It cannot be read, or has no host.
    #[error("it is no URL with a host")]
    Unreadable,
    /// It is not `https`.
    #[error("it does not begin with https://")]
    NotHttps,
    /// It holds a name or password.
    #[error("it holds a user name or a password")]
    Credentials,
    /// Its host is an address that is not public.
    #[error("its host is not on the public internet")]
    NotPublic,
    /// It is too long.
    #[error("it is longer than 500 characters")]
    TooLong,
}

/// Characters of a URL at most.
const URL_CHARS_MAX: usize = 500;

/// Reads a URL that somebody wants news sent to.
pub fn check(text: &str, internal: Internal) -> Result<Url, BadUrl> {
    if text.len() > URL_CHARS_MAX {
        return Err(BadUrl::TooLong);
    }
    let url: Url = text.parse().map_err(|_| BadUrl::Unreadable)?;
    let host = url.host_str().ok_or(BadUrl::Unreadable)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BadUrl::Credentials);
    }
    if internal == Internal::Allowed && url.scheme() == "http" {
        return Ok(url);
    }
    if url.scheme() != "https" {
        return Err(BadUrl::NotHttps);
    }
    // Addresses are not looked up, so nobody else looks at them.
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let local_name = host == "localhost" || host.ends_with(".localhost") || !host.contains(['.', ':']);
    let refused = address.map_or(local_name, |address| !is_public(address));
    if refused && internal == Internal::Refused { Err(BadUrl::NotPublic) } else { Ok(url) }
}

/// Whether an address is one of the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_unspecified()
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast();
    // This network; shared between carriers; assigned to protocols; measuring; kept for later.
    let reserved = a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b))
        || a >= 240;
    !special && !reserved
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let [first, second, ..] = address.segments();
    // Only 2000::/3 is handed out; in it: protocols and Teredo, documentation, 6to4.
    (first & 0xe000) == 0x2000
        && !(first == 0x2001 && second < 0x0200)
        && !(first == 0x2001 && second == 0x0db8)
        && first != 0x2002
        && !(first == 0x3fff && second < 0x1000)
}

/// Looks names up and refuses those that lead to an address which is not public.
pub struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if found.is_empty() || !found.iter().all(|address| is_public(address.ip())) {
                return Err("the name does not lead to the public internet".into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_ones_own_network_are_not_public() {
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::",
            "100::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2a00:1450::1", "2606:4700::1"] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn urls_are_https_and_lead_outside() {
        assert!(check("https://example.org/news?of=us", Internal::Refused).is_ok());
        assert!(check("https://93.184.216.34:8443/", Internal::Refused).is_ok());
        for (url, why) in [
            ("http://example.org/", BadUrl::NotHttps),
            ("ftp://example.org/", BadUrl::NotHttps),
            ("file:///etc/passwd", BadUrl::Unreadable),
            ("example.org", BadUrl::Unreadable),
            ("https://a:b@example.org/", BadUrl::Credentials),
            ("https://localhost/", BadUrl::NotPublic),
            ("https://register/", BadUrl::NotPublic),
            ("https://127.0.0.1/", BadUrl::NotPublic),
            ("https://2130706433/", BadUrl::NotPublic),
            ("https://0x7f.1/", BadUrl::NotPublic),
            ("https://[::1]/", BadUrl::NotPublic),
            ("https://[::ffff:169.254.169.254]/", BadUrl::NotPublic),
        ] {
            assert_eq!(check(url, Internal::Refused), Err(why), "{url}");
        }
        assert_eq!(
            check(&format!("https://example.org/{}", "a".repeat(500)), Internal::Refused),
            Err(BadUrl::TooLong)
        );
        assert!(check("http://127.0.0.1:1/", Internal::Allowed).is_ok());
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_connected_to() {
        let refused = PublicOnly.resolve("localhost".parse().unwrap()).await;
        assert!(refused.is_err());
    }
}
