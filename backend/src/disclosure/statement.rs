//! What a traveller is told about who has looked: what one person was shown in one go is one line.

use super::Disclosures;
use api::disclosures::{Disclosure, DisclosureKind, StatementLine};
use jiff::SignedDuration;
use std::collections::HashMap;
use uuid::Uuid;

/// Disclosures of one entry that are looked at, at most.
const ROWS_MAX: u32 = 20_000;
/// Looks that follow one another within this time are one.
const ONE_LOOK: SignedDuration = SignedDuration::from_mins(10);

impl Disclosures {
    /// The lines of an entry's statement, oldest first.
    pub async fn statement(&self, entry: Uuid) -> Result<Vec<StatementLine>, sqlx::Error> {
        Ok(lines(self.of_entry(entry, ROWS_MAX).await?))
    }
}

fn lines(disclosures: Vec<Disclosure>) -> Vec<StatementLine> {
    // The index of each viewer's latest line.
    let mut latest: HashMap<(String, DisclosureKind, String), usize> = HashMap::new();
    let mut lines: Vec<StatementLine> = Vec::new();
    for disclosure in disclosures {
        let key = (disclosure.who.clone(), disclosure.kind, disclosure.receiver.clone());
        let open = latest.get(&key).and_then(|place| lines.get_mut(*place));
        if let Some(line) = open.filter(|line| disclosure.at.duration_since(line.to) <= ONE_LOOK) {
            line.to = disclosure.at;
            if !line.shown.contains(&disclosure.shown) {
                line.shown.push(disclosure.shown);
            }
            continue;
        }
        latest.insert(key, lines.len());
        lines.push(StatementLine {
            from: disclosure.at,
            to: disclosure.at,
            who_name: disclosure.who_name,
            role: disclosure.role,
            receiver: disclosure.receiver,
            purpose: disclosure.purpose,
            legal_basis: disclosure.legal_basis,
            kind: disclosure.kind,
            shown: vec![disclosure.shown],
        });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::disclosures::{Purpose, Shown};
    use jiff::Timestamp;

    fn disclosure(minute: i64, who: &str, shown: Shown) -> Disclosure {
        Disclosure {
            id: Uuid::nil(),
            part: 0,
            at: Timestamp::from_second(1_615_809_600 + minute * 60).unwrap(),
            who: who.to_owned(),
            who_name: who.to_owned(),
            role: "caller".to_owned(),
            purpose: Purpose::QuarantineFollowUp,
            legal_basis: String::new(),
            receiver: "control-centre".to_owned(),
            kind: DisclosureKind::Opened,
            shown,
            entries: Vec::new(),
            count: 1,
            ground: None,
            words: None,
        }
    }

    #[test]
    fn looks_that_follow_one_another_are_one_line_and_others_are_not() {
        let told = lines(vec![
            disclosure(0, "a", Shown::Record),
            disclosure(0, "a", Shown::Timeline),
            disclosure(1, "b", Shown::Record),
            disclosure(9, "a", Shown::Record),
            disclosure(30, "a", Shown::Record),
        ]);
        let who: Vec<&str> = told.iter().map(|line| line.who_name.as_str()).collect();
        assert_eq!(who, ["a", "b", "a"]);
        assert_eq!(told[0].shown, [Shown::Record, Shown::Timeline]);
        assert_eq!(told[0].to.duration_since(told[0].from), SignedDuration::from_mins(9));
    }
}
