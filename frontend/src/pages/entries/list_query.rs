//! What the list shows, as the address says it: filter, order, page.

use crate::query;
use api::entries::{EntryFilter, EntrySort, PAGE_LIMIT_DEFAULT};
use serde_json::{Map, Value};

const PATH: &str = "/entries";
/// Cursors of the pages before this one, the first page's empty one included.
const BACK: &str = "back";
/// No cursor holds one: cursors are made of letters, digits and `.:~-`.
const BACK_SEPARATOR: char = ',';
const FIELDS: [&str; 11] = [
    "municipality",
    "status",
    "arrival_from",
    "arrival_to",
    "language",
    "obligation",
    "place",
    "employer",
    "unroutable",
    "sort",
    "cursor",
];

/// The list's address, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Filter, order and cursor.
    pub filter: EntryFilter,
    /// Cursors of the pages before this one.
    back: Vec<String>,
}

impl ListQuery {
    /// Reads the address. A value that makes no sense is left out, so an old link still shows a list.
    pub fn read(value_of: impl Fn(&str) -> Option<String>) -> ListQuery {
        let mut fields = Map::new();
        for name in FIELDS {
            let Some(text) = value_of(name).filter(|text| !text.is_empty()) else { continue };
            let value = if name == "unroutable" { Value::Bool(text == "true") } else { Value::String(text) };
            let alone = Value::Object(Map::from_iter([(name.to_owned(), value.clone())]));
            if serde_json::from_value::<EntryFilter>(alone).is_ok() {
                fields.insert(name.to_owned(), value);
            }
        }
        let filter: EntryFilter = serde_json::from_value(Value::Object(fields)).unwrap_or_default();
        let back = value_of(BACK).map(|back| back.split(BACK_SEPARATOR).map(str::to_owned).collect());
        ListQuery { back: back.filter(|_| filter.cursor.is_some()).unwrap_or_default(), filter }
    }

    /// The address in the portal.
    pub fn path(&self) -> String {
        let mut pairs = pairs(&self.filter);
        if self.filter.cursor.is_some() && !self.back.is_empty() {
            pairs.push((BACK, self.back.join(&BACK_SEPARATOR.to_string())));
        }
        query::path(PATH, &pairs)
    }

    /// The request for the page.
    pub fn page_request(&self) -> String {
        let filter = EntryFilter { limit: Some(PAGE_LIMIT_DEFAULT), ..self.filter.clone() };
        query::path("/entries", &pairs(&filter))
    }

    /// The request for the counts: by every status, whichever is chosen.
    pub fn counts_request(&self) -> String {
        let filter = EntryFilter {
            status: None,
            sort: EntrySort::default(),
            cursor: None,
            limit: None,
            ..self.filter.clone()
        };
        query::path("/entries/counts", &pairs(&filter))
    }

    /// The same list with another filter or order, from its first page.
    pub fn with(&self, change: impl FnOnce(&mut EntryFilter)) -> ListQuery {
        let mut filter = EntryFilter { cursor: None, ..self.filter.clone() };
        change(&mut filter);
        ListQuery { filter, back: Vec::new() }
    }

    /// The page after this one.
    pub fn next(&self, cursor: String) -> ListQuery {
        let mut back = self.back.clone();
        back.push(self.filter.cursor.clone().unwrap_or_default());
        ListQuery { filter: EntryFilter { cursor: Some(cursor), ..self.filter.clone() }, back }
    }

    /// The page before this one; none when this is the first.
    pub fn previous(&self) -> Option<ListQuery> {
        self.filter.cursor.as_ref()?;
        let mut back = self.back.clone();
        let cursor = back.pop().filter(|cursor| !cursor.is_empty());
        Some(ListQuery { filter: EntryFilter { cursor, ..self.filter.clone() }, back })
    }

    /// The first page.
    pub fn first(&self) -> ListQuery {
        self.with(|_| {})
    }

    /// Number of this page, as far as the address tells.
    pub fn page_number(&self) -> u64 {
        self.back.len() as u64 + 1
    }

    /// Whether this is the first page.
    pub fn is_first(&self) -> bool {
        self.filter.cursor.is_none()
    }

    /// The same order, without any filter.
    pub fn unfiltered(&self) -> ListQuery {
        ListQuery {
            filter: EntryFilter { sort: self.filter.sort, ..EntryFilter::default() },
            back: Vec::new(),
        }
    }

    /// Whether anything is filtered away.
    pub fn is_filtered(&self) -> bool {
        self.unfiltered() != self.first()
    }
}

fn pairs(filter: &EntryFilter) -> Vec<(&'static str, String)> {
    let Ok(Value::Object(fields)) = serde_json::to_value(filter) else { return Vec::new() };
    let default_sort = filter.sort == EntrySort::default();
    let names = FIELDS.into_iter().chain(["limit"]).filter(|name| !(*name == "sort" && default_sort));
    names
        .filter_map(|name| match fields.get(name)? {
            Value::String(text) => Some((name, text.clone())),
            Value::Null => None,
            other => Some((name, other.to_string())),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use events::record::FollowUpStatus;
    use jiff::civil::date;

    fn read(query: &[(&str, &str)]) -> ListQuery {
        ListQuery::read(|name| {
            query.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn an_address_is_written_as_it_is_read() {
        let query = read(&[
            ("municipality", "0301"),
            ("status", "no-answer"),
            ("arrival_from", "2021-03-23"),
            ("unroutable", "true"),
            ("sort", "registered-ascending"),
        ]);
        assert_eq!(query.filter.status, Some(FollowUpStatus::NoAnswer));
        assert_eq!(query.filter.arrival_from, Some(date(2021, 3, 23)));
        assert_eq!(
            query.path(),
            "/entries?municipality=0301&status=no-answer&arrival_from=2021-03-23&unroutable=true\
             &sort=registered-ascending"
        );
        assert_eq!(read(&[]).path(), "/entries");
    }

    #[test]
    fn nonsense_in_the_address_is_left_out() {
        let query = read(&[("status", "sleeping"), ("arrival_from", "23.03.2021"), ("language", "pl")]);
        assert_eq!(query.path(), "/entries?language=pl");
    }

    #[test]
    fn pages_are_turned_forth_and_back() {
        let first = read(&[("language", "pl")]);
        let second = first.next("b".to_owned());
        let third = second.next("c".to_owned());
        assert_eq!(third.path(), "/entries?language=pl&cursor=c&back=%2Cb");
        let reread = read(&[("language", "pl"), ("cursor", "c"), ("back", ",b")]);
        assert_eq!(reread, third);
        assert_eq!((third.page_number(), first.page_number()), (3, 1));
        assert_eq!(third.previous(), Some(second.clone()));
        assert_eq!(second.previous(), Some(first.clone()));
        assert_eq!(first.previous(), None);
        assert_eq!(third.with(|filter| filter.language = None).path(), "/entries");
    }

    #[test]
    fn real_cursors_lead_back_page_by_page() {
        let cursor = |day: u32| format!("2026-11-{day}~0199f3a2-7c1e-7d3b-9a54-3f2b8c6d1e0{}", day % 10);
        let second = read(&[]).next(cursor(21));
        let fourth = second.next(cursor(20)).next(cursor(19));
        let back = format!(",{},{}", cursor(21), cursor(20));
        let reread = read(&[("cursor", &cursor(19)), ("back", &back)]);
        assert_eq!(reread, fourth);
        assert_eq!(reread.page_number(), 4);
        assert_eq!(reread.previous().and_then(|third| third.previous()), Some(second));
    }

    #[test]
    fn counts_are_asked_for_by_every_status() {
        let query =
            read(&[("status", "ok"), ("language", "pl"), ("cursor", "c"), ("sort", "arrival-ascending")]);
        assert_eq!(query.counts_request(), "/entries/counts?language=pl");
        assert_eq!(
            query.page_request(),
            "/entries?status=ok&language=pl&sort=arrival-ascending&cursor=c&limit=50"
        );
        assert!(query.is_filtered());
        assert!(!read(&[("sort", "arrival-ascending"), ("cursor", "c")]).is_filtered());
    }
}
