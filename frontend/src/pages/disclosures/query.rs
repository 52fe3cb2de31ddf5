//! What is searched for, as the address says it.

use crate::moment::from_local;
use crate::query;
use jiff::ToSpan;
use jiff::civil::Date;

const PATH: &str = "/disclosures";

/// The search, read from the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// The entry's id, as typed.
    pub entry: Option<String>,
    /// The user's id.
    pub who: Option<String>,
    /// The municipality's number.
    pub municipality: Option<String>,
    /// Another receiver.
    pub receiver: Option<String>,
    /// The kind, as on the wire.
    pub kind: Option<String>,
    /// First day, on Norwegian clocks.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

impl SearchQuery {
    /// Reads the address.
    pub fn read(value_of: impl Fn(&str) -> Option<String>) -> SearchQuery {
        let text =
            |name: &str| value_of(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let day = |name: &str| text(name).and_then(|text| text.parse().ok());
        SearchQuery {
            entry: text("entry"),
            who: text("who"),
            municipality: text("municipality"),
            receiver: text("receiver"),
            kind: text("kind"),
            from: day("from"),
            until: day("until"),
            cursor: text("cursor"),
        }
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let texts = [
            ("entry", &self.entry),
            ("who", &self.who),
            ("municipality", &self.municipality),
            ("receiver", &self.receiver),
            ("kind", &self.kind),
            ("cursor", &self.cursor),
        ];
        texts.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))).collect()
    }

    /// The address in the portal.
    pub fn path(&self) -> String {
        let mut pairs = self.pairs();
        pairs.extend(self.from.map(|day| ("from", day.to_string())));
        pairs.extend(self.until.map(|day| ("until", day.to_string())));
        query::path(PATH, &pairs)
    }

    /// The request: days become moments, the last day is within.
    pub fn request(&self) -> String {
        let mut pairs = self.pairs();
        let start_of = |day: Date| from_local(day.at(0, 0, 0, 0)).map(|moment| moment.to_string());
        let from = self.from.and_then(start_of);
        let until = self.until.and_then(|day| start_of(day.saturating_add(1.day())));
        pairs.extend(from.map(|moment| ("from", moment)));
        pairs.extend(until.map(|moment| ("until", moment)));
        query::path(PATH, &pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_as_it_is_read() {
        let address = "/disclosures?who=ingrid&kind=opened&from=2021-03-15&until=2021-03-16";
        let told = [("who", "ingrid"), ("kind", "opened"), ("from", "2021-03-15"), ("until", "2021-03-16")];
        let query = SearchQuery::read(|name| {
            told.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        });
        assert_eq!(query.path(), address);
        assert_eq!(SearchQuery::read(|_| Some(" ".to_owned())), SearchQuery::default());
    }
}
