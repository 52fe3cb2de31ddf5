//! What the list shows, as the address says it: tab, news, filter, order, page. From when something is news does not
//! stand there: that is the user's, not the address's.

use crate::query;
use api::entries::{EntrySort, PAGE_LIMIT_DEFAULT};
use api::municipality::{MunicipalFilter, Tab};
use serde_json::{Map, Value};

const PATH: &str = "/municipality";
/// Cursors of the pages before this one, the first page's empty one included.
const BACK: &str = "back";
/// No cursor holds one.
const BACK_SEPARATOR: char = ',';
const FIELDS: [&str; 10] = [
    "tab",
    "news",
    "status",
    "arrival_from",
    "arrival_to",
    "language",
    "obligation",
    "place",
    "sort",
    "cursor",
];

/// The list's address, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Tab, news, filter, order and cursor.
    pub filter: MunicipalFilter,
    back: Vec<String>,
}

impl ListQuery {
    /// Reads the address. A value that makes no sense is left out, so an old link still shows a list.
    pub fn read(value_of: impl Fn(&str) -> Option<String>) -> ListQuery {
        let mut fields = Map::new();
        for name in FIELDS {
            let Some(text) = value_of(name).filter(|text| !text.is_empty()) else { continue };
            let value = Value::String(text);
            let alone = Value::Object(Map::from_iter([(name.to_owned(), value.clone())]));
            if serde_json::from_value::<MunicipalFilter>(alone).is_ok() {
                fields.insert(name.to_owned(), value);
            }
        }
        let filter: MunicipalFilter = serde_json::from_value(Value::Object(fields)).unwrap_or_default();
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

    /// The request for the page, with what is new since a position.
    pub fn page_request(&self, base: &str, since: Option<u64>) -> String {
        let filter = MunicipalFilter { limit: Some(PAGE_LIMIT_DEFAULT), since, ..self.filter.clone() };
        query::path(&format!("{base}/entries"), &pairs(&filter))
    }

    /// The request for the counts: of all news, whichever are chosen.
    pub fn counts_request(&self, base: &str, since: Option<u64>) -> String {
        let all = ListQuery::default().filter;
        let filter =
            MunicipalFilter { news: None, sort: all.sort, cursor: None, since, ..self.filter.clone() };
        query::path(&format!("{base}/counts"), &pairs(&filter))
    }

    /// The address of a file of all that is filtered.
    pub fn file_request(&self, language: &str, format: &str) -> String {
        let filter = MunicipalFilter { cursor: None, limit: None, since: None, ..self.filter.clone() };
        query::path(&format!("/api/v1/municipality/export/{language}/{format}"), &pairs(&filter))
    }

    /// The same list with something else, from its first page.
    pub fn with(&self, change: impl FnOnce(&mut MunicipalFilter)) -> ListQuery {
        let mut filter = MunicipalFilter { cursor: None, ..self.filter.clone() };
        change(&mut filter);
        ListQuery { filter, back: Vec::new() }
    }

    /// Another list, with the same filter.
    pub fn of_tab(&self, tab: Tab) -> ListQuery {
        self.with(|filter| {
            filter.tab = tab;
            filter.news = None;
        })
    }

    /// The page after this one.
    pub fn next(&self, cursor: String) -> ListQuery {
        let mut back = self.back.clone();
        back.push(self.filter.cursor.clone().unwrap_or_default());
        ListQuery { filter: MunicipalFilter { cursor: Some(cursor), ..self.filter.clone() }, back }
    }

    /// The page before this one; none when this is the first.
    pub fn previous(&self) -> Option<ListQuery> {
        self.filter.cursor.as_ref()?;
        let mut back = self.back.clone();
        let cursor = back.pop().filter(|cursor| !cursor.is_empty());
        Some(ListQuery { filter: MunicipalFilter { cursor, ..self.filter.clone() }, back })
    }

    /// Number of this page, as far as the address tells.
    pub fn page_number(&self) -> u64 {
        self.back.len() as u64 + 1
    }

    /// Whether this is the first page.
    pub fn is_first(&self) -> bool {
        self.filter.cursor.is_none()
    }

    /// The same tab and order, without any filter.
    pub fn unfiltered(&self) -> ListQuery {
        let MunicipalFilter { tab, sort, .. } = self.filter;
        ListQuery { filter: MunicipalFilter { tab, sort, ..MunicipalFilter::default() }, back: Vec::new() }
    }

    /// Whether anything is filtered away.
    pub fn is_filtered(&self) -> bool {
        self.unfiltered() != self.with(|_| {})
    }
}

fn pairs(filter: &MunicipalFilter) -> Vec<(&'static str, String)> {
    let Ok(Value::Object(fields)) = serde_json::to_value(filter) else { return Vec::new() };
    let usual = [("tab", filter.tab == Tab::default()), ("sort", filter.sort == EntrySort::default())];
    let names = FIELDS.into_iter().chain(["since", "limit"]);
    names
        .filter(|name| !usual.contains(&(*name, true)))
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
    use api::municipality::News;

    fn read(query: &[(&str, &str)]) -> ListQuery {
        ListQuery::read(|name| {
            query.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn an_address_is_written_as_it_is_read() {
        let query = read(&[
            ("tab", "hotel"),
            ("news", "changed"),
            ("status", "no-answer"),
            ("arrival_from", "2021-03-23"),
            ("sort", "registered-ascending"),
        ]);
        assert_eq!((query.filter.tab, query.filter.news), (Tab::Hotel, Some(News::Changed)));
        assert_eq!(
            query.path(),
            "/municipality?tab=hotel&news=changed&status=no-answer&arrival_from=2021-03-23&sort=registered-ascending"
        );
        assert_eq!(read(&[("tab", "responsible")]).path(), "/municipality");
        assert_eq!(
            read(&[("tab", "all"), ("since", "7"), ("language", "pl")]).path(),
            "/municipality?language=pl"
        );
    }

    #[test]
    fn requests_say_since_when_and_counts_leave_the_news_out() {
        let query = read(&[("news", "new"), ("language", "pl"), ("cursor", "c"), ("tab", "formerly")]);
        assert_eq!(
            query.page_request("/municipality", Some(7)),
            "/municipality/entries?tab=formerly&news=new&language=pl&cursor=c&since=7&limit=50"
        );
        assert_eq!(
            query.counts_request("/municipality/plain", Some(7)),
            "/municipality/plain/counts?tab=formerly&language=pl&since=7"
        );
        assert_eq!(query.of_tab(Tab::Responsible).path(), "/municipality?language=pl");
    }

    #[test]
    fn pages_are_turned_forth_and_back() {
        let first = read(&[("tab", "hotel")]);
        let third = first.next("b".to_owned()).next("c".to_owned());
        assert_eq!(third.path(), "/municipality?tab=hotel&cursor=c&back=%2Cb");
        assert_eq!(read(&[("tab", "hotel"), ("cursor", "c"), ("back", ",b")]), third);
        assert_eq!(third.previous().and_then(|second| second.previous()), Some(first.clone()));
        assert!(first.previous().is_none() && !first.is_filtered() && third.page_number() == 3);
        assert!(first.with(|filter| filter.news = Some(News::New)).is_filtered());
    }
}
