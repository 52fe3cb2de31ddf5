//! Pairs of travellers, and what must hold of any pair.

use super::*;
use events::Identity;
use events::record::Phone;
use proptest::prelude::*;

const POLICY: MatchPolicy = MatchPolicy::shipped();
const FNR: &str = "fnr 20914695016";
const OTHER_FNR: &str = "fnr 15857510108";

/// A traveller in words: `fnr N`, `dnr N`, `fhn N`, `bad N` (a number that fails its check), `pass N`, `born D`,
/// `name FIRST|LAST`, `tel N`, `mail A`, `party T`; apart by `;`.
fn traveller(told: &str) -> (Person, Vec<String>) {
    let mut person = Person::default();
    let mut party = Vec::new();
    let facts = told.split(';').map(str::trim).filter(|fact| !fact.is_empty());
    let facts = facts.map(|fact| fact.split_once(' ').unwrap_or((fact, "")));
    for (kind, value) in facts {
        let mut identity = |kind, check| {
            person.identities.push(Identity { kind, number: value.into(), check });
        };
        match kind {
            "fnr" => identity(IdentityKind::NationalIdentityNumber, IdentityCheck::Synthetic),
            "dnr" => identity(IdentityKind::DNumber, IdentityCheck::Valid),
            "fhn" => identity(IdentityKind::CommonAuxiliaryNumber, IdentityCheck::Valid),
            "bad" => identity(IdentityKind::NationalIdentityNumber, IdentityCheck::Failed),
            "pass" => identity(IdentityKind::Passport, IdentityCheck::Unchecked),
            "text" => identity(IdentityKind::Unknown, IdentityCheck::Unchecked),
            "born" => person.birth_date = Some(value.parse::<Date>().unwrap().into()),
            "name" => {
                let (first, last) = value.split_once('|').unwrap();
                (person.first_name, person.last_name) = (Some(first.into()), Some(last.into()));
            }
            "tel" => person.phones.push(Phone { given: value.into(), e164: Some(value.into()) }),
            "mail" => person.email = Some(value.into()),
            "party" => party.push(value.to_owned()),
            other => panic!("{other}"),
        }
    }
    (person, party)
}

fn between(a: &str, b: &str) -> Match {
    let ((a, party_a), (b, party_b)) = (traveller(a), traveller(b));
    let one = Traveller { person: &a, party: &party_a };
    let other = Traveller { person: &b, party: &party_b };
    let found = compare(&one, &other);
    assert_eq!(compare(&other, &one), found, "it does not matter which is which");
    assert!(found.score <= SCORE_MAX);
    found
}

/// Pairs of travellers and what they come to; `~` stands between the two.
const PAIRS: &str = "
# a national number identifies
join     fnr 20914695016 ~ fnr 20914695016
join     dnr 41810000099 ~ dnr 41810000099
join     fhn 88888888831 ~ fhn 88888888831
join     fnr 20914695016; dnr 41810000099 ~ dnr 41810000099
join     fnr 20914695016; pass N123456 ~ fnr 20914695016; pass N654321
join     fnr 20914695016; name Kari|Nordmann ~ fnr 20914695016; name Kari|Nordmann
join     fnr 20914695016; name Kari|Nordmann ~ fnr 20914695016; name Nordmann|Kari
join     fnr 20914695016; name Kari|Nordmann; born 1946-11-20 ~ fnr 20914695016; name Kari|Hansen; born 1946-11-20
join     fnr 20914695016; born 1946-11-20 ~ fnr 20914695016; born 1946-11-20
# a child under its parent's number, or a slip that made another right number
suggest  fnr 20914695016; born 1946-11-20; name Kari|Nordmann ~ fnr 20914695016; born 2015-01-02; name Ola|Nordmann
suggest  fnr 20914695016; born 1946-11-20 ~ fnr 20914695016; born 2015-01-02
suggest  fnr 20914695016; name Kari|Nordmann ~ fnr 20914695016; name Per|Hansen
# a number that fails its check, and free text, are nobody's
nothing  bad 00000000000 ~ bad 00000000000
nothing  text none ~ text none
# different numbers of one kind are two persons, whatever else agrees
nothing  fnr 20914695016 ~ fnr 15857510108
nothing  fnr 20914695016; pass N1; name Kari|Nordmann; born 1990-03-04 ~ fnr 15857510108; pass N1; name Kari|Nordmann; born 1990-03-04
nothing  fnr 20914695016; dnr 41810000099 ~ fnr 15857510108; dnr 41810000099
nothing  fnr 20914695016 ~ dnr 41810000099
# a passport does together with the day of birth and the names
join     pass N1; born 1990-03-04; name Kari|Nordmann ~ pass N1; born 1990-03-04; name Kari|Nordmann
join     pass N1; born 1990-03-04; name Kari|Nordmann ~ pass N1; born 1990-03-04; name Nordmann|Kari
join     pass N1; born 1990-03-04; name Юлия|Соколова ~ pass N1; born 1990-03-04; name Iuliia|Sokolova
join     pass N1; born 1990-03-04; name Åse|Sørbø ~ pass N1; born 1990-03-04; name Aase|Soerboe
suggest  pass N1; born 1990-03-04; name Kari|Nordmann ~ pass N1; born 1990-03-04; name Kair|Nordmann
suggest  pass N1; born 1990-03-04; name محمد|علي ~ pass N1; born 1990-03-04; name Mohammed|Ali
suggest  pass N1; born 1990-03-04; name Kari|Nordmann ~ pass N1; born 1990-04-03; name Kari|Nordmann
suggest  pass N1; born 1990-03-04; name Kari|Nordmann ~ pass N1; born 1991-03-04; name Kari|Nordmann
suggest  pass N1; born 1990-03-04; name Kari|Nordmann ~ pass N1; born 1990-03-04; name Kari|Hansen
nothing  pass N1; born 1990-03-04; name Kari|Nordmann ~ pass N1; born 1991-03-04; name Ola|Hansen
suggest  pass N1; born 1990-03-04 ~ pass N1; born 1990-03-04
suggest  pass N1; name Kari|Nordmann ~ pass N1; name Kari|Nordmann
suggest  pass N1 ~ pass N1
suggest  pass N1; born 1990-03-04; tel +1; mail a@x; party p ~ pass N1; born 1990-03-04; tel +1; mail a@x; party p
nothing  pass N1 ~ pass N2
# names, days and ways to reach somebody are never enough alone
suggest  born 1990-03-04; name Kari|Nordmann ~ born 1990-03-04; name Kari|Nordmann
suggest  born 1990-03-04; name Kari|Nordmann; tel +1; mail a@x; party p ~ born 1990-03-04; name Kari|Nordmann; tel +1; mail A@X; party p
suggest  born 1990-03-04; name Kari|Nordmann; tel +1; party p ~ born 1990-04-03; name Kari|Nordmann; tel +1; party p
suggest  born 1990-03-04; name Kari|Nordmann; tel +1; mail a@x ~ born 1990-03-04; name Kair|Nordmann; tel +1; mail a@x
nothing  born 1990-03-04; name Kari|Nordmann; tel +1 ~ born 1990-03-04; name Kair|Nordmann; tel +1; party p
nothing  born 1990-03-04; name Kari|Nordmann ~ name Kari|Nordmann
nothing  born 1990-03-04; name Kari|Nordmann ~ born 1990-04-03; name Kari|Nordmann
nothing  born 1990-03-04; name Kari|Nordmann; tel +1 ~ born 1961-03-04; name Kari|Nordmann; tel +1
nothing  born 1990-03-04; name Kari|Nordmann ~ born 1990-03-04; name Kair|Nordmann
nothing  born 1990-03-04 ~ born 1990-03-04
nothing  born 1990-03-04; name Kari|Nordmann ~
nothing  mail  ~ mail 
nothing  ~
# twins, a couple, a parent and a child: one telephone, one party
nothing  party p; tel +1; mail a@x; born 2010-03-04; name Kari|Nordmann ~ party p; tel +1; mail a@x; born 2010-03-04; name Ola|Nordmann
nothing  party p; tel +1; mail a@x; born 2010-03-04; name Mia|Nordmann ~ party p; tel +1; mail a@x; born 2010-03-04; name Pia|Nordmann
suggest  party p; tel +1; mail a@x; born 2010-03-04; name Karin|Nordmann ~ party p; tel +1; mail a@x; born 2010-03-04; name Karen|Nordmann
nothing  party p; tel +1; born 1990-03-04; name Kari|Nordmann ~ party p; tel +1; born 2015-03-04; name Ola|Nordmann
nothing  party p; tel +1; name Kari|Nordmann ~ party p; tel +1; name Per|Hansen
nothing  party p; tel +1; mail a@x ~ party p; tel +1; mail a@x
";

#[test]
fn pairs_come_to_what_they_should() {
    let pairs = PAIRS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut seen = 0;
    for line in pairs {
        let (expected, pair) = line.split_once(' ').unwrap();
        let (a, b) = pair.split_once('~').unwrap();
        let found = between(a, b);
        let verdict = match POLICY.verdict(found.score) {
            Verdict::Join => "join",
            Verdict::Suggest => "suggest",
            Verdict::Nothing => "nothing",
        };
        assert_eq!(verdict, expected, "{line}: {} {:?}", found.score, found.reasons);
        seen += 1;
    }
    assert!(seen >= 40, "{seen}");
}

#[test]
fn the_reasons_are_told() {
    let found = between(
        "pass N123456; born 1990-03-04; name Åse|Sørbø; tel +4741234567; mail a@example.org; party p",
        "pass N123456; born 1990-04-03; name Aase|Sorbo; tel +4741234567; mail A@example.org; party p; party q",
    );
    let expected = [
        MatchReason::SamePassport,
        MatchReason::BirthDateTransposed,
        MatchReason::NameTransliterated,
        MatchReason::SamePhone,
        MatchReason::SameEmail,
        MatchReason::SameParty,
    ];
    assert_eq!(found.reasons, expected);
    let contradicting = between(FNR, OTHER_FNR);
    assert_eq!((contradicting.score, contradicting.reasons), (0, vec![MatchReason::DifferentNationalNumber]));
}

#[test]
fn a_policy_is_refused_that_would_join_twins_or_suggest_less_than_it_joins() {
    let sound = |join_from, suggest_from| MatchPolicy { join_from, suggest_from }.is_sound();
    assert!(POLICY.is_sound() && sound(1_000, 1) && sound(1_001, 700));
    for (join_from, suggest_from) in [(780, 450), (900, 0), (900, 901), (1_002, 450)] {
        assert!(!sound(join_from, suggest_from), "{join_from} {suggest_from}");
    }
}

#[test]
fn no_score_leads_to_anything_when_it_is_none() {
    let open = MatchPolicy { join_from: 0, suggest_from: 0 };
    assert_eq!(open.verdict(0), Verdict::Nothing);
    assert_eq!(open.verdict(1), Verdict::Join);
}

/// How a fact stands between two travellers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Differs,
    ByOne,
    Agrees,
}

/// The facts of a pair, in the order number, passport, birth date, name, phone, e-mail, party.
type Facts = [Told; 7];

fn any_facts() -> impl Strategy<Value = Facts> {
    prop::array::uniform7(prop::sample::select(vec![Told::Differs, Told::ByOne, Told::Agrees]))
}

fn pair(facts: &Facts) -> (String, String) {
    const VALUES: [(&str, &str); 7] = [
        ("fnr 20914695016", "fnr 15857510108"),
        ("pass N123456", "pass N654321"),
        ("born 1990-03-04", "born 1961-12-24"),
        ("name Kari|Nordmann", "name Per|Hansen"),
        ("tel +4741234567", "tel +4791234567"),
        ("mail a@example.org", "mail b@example.org"),
        ("party p", "party q"),
    ];
    let one = VALUES.map(|(one, _)| one).join(";");
    let others = VALUES.iter().zip(facts).filter_map(|((one, other), told)| match told {
        Told::Differs => Some(*other),
        Told::ByOne => None,
        Told::Agrees => Some(*one),
    });
    (one, others.collect::<Vec<_>>().join(";"))
}

fn score_of(facts: &Facts) -> u16 {
    let (one, other) = pair(facts);
    between(&one, &other).score
}

fn any_person() -> impl Strategy<Value = String> {
    let fact = prop::sample::select(vec![
        "fnr 20914695016",
        "fnr 15857510108",
        "dnr 41810000099",
        "dnr 41810021827",
        "fhn 88888888831",
        "bad 20914695017",
        "pass N123456",
        "pass N654321",
        "born 1990-03-04",
        "born 1990-04-03",
        "born 1961-12-24",
        "name Kari|Nordmann",
        "name Nordmann|Kari",
        "name Kair|Nordmann",
        "name Кари|Нордманн",
        "name محمد|علي",
        "name Ola|Nordmann",
        "name Kari|",
        "tel +4741234567",
        "tel +4791234567",
        "mail a@example.org",
        "mail b@example.org",
        "party p",
        "party q",
    ]);
    prop::collection::vec(fact, 0..9).prop_map(|facts| facts.join(";"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// `between` compares both ways round.
    #[test]
    fn it_does_not_matter_which_is_which(a in any_person(), b in any_person()) {
        between(&a, &b);
        let same = between(&a, &a);
        prop_assert!(!same.reasons.contains(&MatchReason::DifferentName));
    }

    #[test]
    fn what_agrees_besides_never_lowers_the_score(facts in any_facts(), which in 0..7_usize) {
        let mut more = facts;
        more[which] = Told::Agrees;
        prop_assert!(score_of(&more) >= score_of(&facts), "{facts:?} {which}");
        // To be told nothing is no worse than to be told otherwise.
        let mut less = facts;
        less[which] = Told::Differs;
        prop_assert!(score_of(&less) <= score_of(&facts), "{facts:?} {which}");
    }

    #[test]
    fn different_numbers_of_a_kind_are_never_joined(
        a in any_person(), b in any_person(), kind in prop::sample::select(vec!["fnr", "dnr", "fhn"]),
    ) {
        let (a, b) = (a.replace(kind, "bad"), b.replace(kind, "bad"));
        let found = between(&format!("{a};{kind} 1"), &format!("{b};{kind} 2"));
        prop_assert_eq!(found.score, 0);
        prop_assert_eq!(MatchPolicy { join_from: 0, suggest_from: 0 }.verdict(found.score), Verdict::Nothing);
    }

    #[test]
    fn by_the_shipped_policy_nobody_is_joined_without_number_or_passport(a in any_person(), b in any_person()) {
        let found = between(&a, &b);
        let has = |reason| found.reasons.contains(&reason);
        if POLICY.verdict(found.score) == Verdict::Join {
            let named = has(MatchReason::SameName) || has(MatchReason::NameTransposed) || has(MatchReason::NameTransliterated);
            let by_passport = has(MatchReason::SamePassport) && has(MatchReason::SameBirthDate) && named;
            prop_assert!(has(MatchReason::SameNationalNumber) || by_passport, "{:?}", found.reasons);
        }
    }

    #[test]
    fn twins_never_reach_the_bar(
        one in "[A-ZÆØÅ][a-zæøåé]{1,10}", other in "[A-ZÆØÅ][a-zæøåé]{1,10}", last in "[A-ZÆØÅ][a-zæøå]{1,12}",
        day in 1..29_i8, month in 1..13_i8, numbered in any::<bool>(),
    ) {
        prop_assume!(one != other);
        let twin = |first: &str, number: &str| format!(
            "party p;tel +4741234567;mail a@example.org;born 2010-{month:02}-{day:02};name {first}|{last};{number}"
        );
        let number = |number| if numbered { number } else { "" };
        let found = between(&twin(&one, number(FNR)), &twin(&other, number(OTHER_FNR)));
        // Below any bar that may be adopted.
        prop_assert!(found.score < JOIN_FROM_MIN, "{one} and {other}: {}", found.score);
    }
}
