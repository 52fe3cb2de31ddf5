//! Whom a result is about: the entries that have the number it was taken under, and those joined with them.

use super::{Results, ResultsError};
use crate::intake::entries::{self, ChangeError};
use crate::intake::results::LabMessage;
use crate::log::{KeyError, ReadError, Rejected};
use crate::projections::entries::{ListRow, of_entries, tokens, with_tokens};
use crate::rules::entry::{self, EntryState};
use crate::rules::results::{self, Command};
use events::identity::IdentityKind;
use events::result::ResultReceived;
use events::{EntryEvent, EntryId, Personal};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Who stands in the log for what came by itself.
pub(super) const ACTOR: &str = "results";
/// Entries of one name and birth date that are looked at.
const SAME_NAME_MAX: i64 = 20;

/// Whom a message is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// One person, with these entries.
    Person(Vec<EntryId>),
    /// More than one person, or one that is only like somebody here.
    Several,
    /// Nobody here.
    Nobody,
}

/// What attaching came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attached {
    /// It is news.
    New,
    /// It was known.
    Known,
    /// The entries ended meanwhile.
    Gone,
}

impl Results {
    /// The entries, by the number each message was taken under.
    pub(super) async fn by_number(
        &self,
        messages: &[LabMessage],
    ) -> Result<HashMap<Personal<String>, Vec<ListRow>>, ResultsError> {
        let numbers: BTreeSet<&Personal<String>> =
            messages.iter().filter_map(|message| message.national_number.as_ref()).collect();
        let keys = self.log.keyring().live_epochs()?;
        let mut of_token: HashMap<i64, &Personal<String>> = HashMap::new();
        for number in numbers {
            let term = tokens::of_number(&number.0);
            of_token.extend(keys.iter().map(|(_, key)| (term.token(key), number)));
        }
        let wanted: Vec<i64> = of_token.keys().copied().collect();
        let found = with_tokens(&self.readers, &wanted).await?;
        let rows = self.rows(found.iter().map(|(_, entry)| *entry).collect()).await?;
        let mut by_number: HashMap<Personal<String>, BTreeMap<EntryId, ListRow>> = HashMap::new();
        for (token, entry) in found {
            let (Some(number), Some(row)) = (of_token.get(&token), rows.get(&entry)) else { continue };
            // The token is 64 bits: the number itself decides.
            if !has_number(row, number) {
                continue;
            }
            let known = by_number.entry((*number).clone()).or_default();
            let joined = row.document.identities.joined.iter().filter_map(|other| rows.get(other));
            known.extend(joined.chain([row]).map(|row| (row.entry, row.clone())));
        }
        Ok(by_number.into_iter().map(|(number, rows)| (number, rows.into_values().collect())).collect())
    }

    /// Rows of entries, and of those joined with them.
    pub(super) async fn rows(
        &self,
        entries: HashSet<EntryId>,
    ) -> Result<HashMap<EntryId, ListRow>, ResultsError> {
        let asked: Vec<EntryId> = entries.into_iter().collect();
        let mut rows: HashMap<EntryId, ListRow> = of_entries(&self.readers, self.log.keyring(), &asked)
            .await?
            .into_iter()
            .map(|row| (row.entry, row))
            .collect();
        let joined = rows.values().flat_map(|row| row.document.identities.joined.iter().copied());
        let missing: Vec<EntryId> = joined.filter(|other| !rows.contains_key(other)).collect();
        if !missing.is_empty() {
            let more = of_entries(&self.readers, self.log.keyring(), &missing).await?;
            rows.extend(more.into_iter().map(|row| (row.entry, row)));
        }
        Ok(rows)
    }

    /// Whom a message without a number of somebody here may be about: the same name and day of birth is not enough to
    /// join it, and too much to say that it is nobody's.
    pub(super) async fn by_name(&self, message: &LabMessage) -> Result<About, ResultsError> {
        let (Some(first), Some(last), Some(born)) =
            (&message.first_name, &message.last_name, &message.birth_date)
        else {
            return Ok(About::Nobody);
        };
        let query = format!("{} {}", first.0, last.0);
        let named =
            crate::projections::entries::named(&self.readers, self.log.keyring(), &query, SAME_NAME_MAX);
        let same = named.await?.into_iter().any(|row| row.person.0.birth_date == Some(born.0));
        Ok(if same { About::Several } else { About::Nobody })
    }

    /// Writes messages down on an entry, as its row shows it; anew from its stream, when somebody was there first.
    pub(super) async fn attach(
        &self,
        row: &ListRow,
        received: Vec<ResultReceived>,
    ) -> Result<Attached, ResultsError> {
        let now = self.log.clock().now();
        let document = &row.document;
        let command = Command::Receive { received: received.clone(), now };
        // Nothing here refuses a message.
        let events = results::decide(&document.results, &document.calls, command).unwrap_or_default();
        if events.is_empty() {
            return Ok(Attached::Known);
        }
        match self.append(row.entry, row.version, &events).await {
            Err(Rejected::Conflict { .. }) => {}
            Err(Rejected::Ended(_) | Rejected::Key(KeyError::Ended(_))) => return Ok(Attached::Gone),
            Err(error) => return Err(ChangeError::Append(error).into()),
            Ok(()) => return Ok(Attached::New),
        }
        let receive = |_: &EntryState| {
            Some(entry::Command::Result(Command::Receive { received: received.clone(), now }))
        };
        match entries::change(&self.log, row.entry, ACTOR, None, receive).await {
            Ok(done) if done.position == 0 => Ok(Attached::Known),
            Ok(_) => Ok(Attached::New),
            Err(ChangeError::Read(ReadError::Key(KeyError::Ended(_))) | ChangeError::NotFound) => {
                Ok(Attached::Gone)
            }
            Err(ChangeError::Append(Rejected::Ended(_)) | ChangeError::Refused(entry::Refusal::Ending)) => {
                Ok(Attached::Gone)
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn append(&self, entry: EntryId, version: u32, events: &[EntryEvent]) -> Result<(), Rejected> {
        entries::append(&self.log, entry, version, events, ACTOR, Vec::new(), None).await.map(|_| ())
    }
}

fn has_number(row: &ListRow, number: &Personal<String>) -> bool {
    let number = crate::rules::identity::normalise(&number.0);
    row.document.record.person.identities.iter().any(|own| {
        own.number.0 == number
            && matches!(
                own.kind,
                IdentityKind::NationalIdentityNumber
                    | IdentityKind::DNumber
                    | IdentityKind::CommonAuxiliaryNumber
            )
    })
}

/// Whether entries that have one number are of one person: those whom the source gives two days of birth are not.
pub(super) fn about(rows: &[ListRow]) -> About {
    if rows.is_empty() {
        return About::Nobody;
    }
    let born: HashSet<_> = rows
        .iter()
        .filter_map(|row| row.document.record.person.birth_date.as_ref())
        .map(|born| born.0)
        .collect();
    let apart = rows
        .iter()
        .any(|row| rows.iter().any(|other| row.document.identities.separated.contains(&other.entry)));
    if born.len() > 1 || apart {
        return About::Several;
    }
    About::Person(rows.iter().map(|row| row.entry).collect())
}
