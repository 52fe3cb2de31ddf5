//! Allocating auxiliary numbers: one an entry, whatever happens to the answers.

use backend::outlets::altinn::Token;
use backend::outlets::help_numbers::{ANSWER_WITHIN, AllocationError, HelpNumbers};
use events::identity::{Identity, IdentityCheck, IdentityKind};
use events::record::Person;
use events::{EntryId, Epoch};
use jiff::civil::date;
use serde_json::json;
use tests::help_numbers::{Mood, NUMBERS, Service};

fn entry(n: u8) -> EntryId {
    EntryId::new(Epoch(74_813), [n; 12])
}

fn person() -> Person {
    let passport =
        Identity { kind: IdentityKind::Passport, number: "N1234567".into(), check: IdentityCheck::Unchecked };
    Person {
        identities: vec![passport],
        first_name: Some(" Kari ".into()),
        last_name: Some("Nordmann".into()),
        birth_date: Some(date(1990, 3, 4).into()),
        email: Some("kari@example.org".into()),
        ..Person::default()
    }
}

fn number(allocated: Result<Identity, AllocationError>) -> String {
    let identity = allocated.unwrap();
    assert_eq!((identity.kind, identity.check), (IdentityKind::CommonAuxiliaryNumber, IdentityCheck::Valid));
    identity.number.0
}

#[tokio::test]
async fn each_entry_gets_a_number_and_asked_again_the_same() {
    let service = Service::start().await;
    let client = service.client();
    assert_eq!(number(client.allocate(entry(1), &person()).await), NUMBERS[0]);
    assert_eq!(number(client.allocate(entry(2), &person()).await), NUMBERS[1]);
    assert_eq!(number(client.allocate(entry(1), &person()).await), NUMBERS[0]);
    let given = service.given();
    assert_eq!(given.len(), 2);
    assert_eq!(given[0].key, entry(1).to_string());
    let told = json!({
        "firstName": "Kari", "lastName": "Nordmann", "birthDate": "1990-03-04", "passports": ["N1234567"],
    });
    assert_eq!(given[0].person, told, "and nothing else of the person");
}

#[tokio::test]
async fn a_number_whose_answer_was_lost_is_told_the_next_time() {
    let service = Service::start().await;
    let client = service.client();
    service.is(Mood::AllocatesAndHangs);
    let (person, first) = (person(), entry(1));
    let (answer, ()) = tokio::join!(client.allocate(first, &person), service.until_hung());
    assert_eq!(answer, Err(AllocationError::TooSlow));
    // Whoever asked may also be gone before it gives up.
    let asked = tokio::time::timeout(std::time::Duration::from_millis(50), client.allocate(first, &person));
    assert!(asked.await.is_err());
    service.is(Mood::Well);
    assert_eq!(number(client.allocate(first, &person).await), NUMBERS[0]);
    assert_eq!(service.given().len(), 1);
}

#[tokio::test]
async fn every_fault_has_a_name_and_allocates_nothing() {
    let service = Service::start().await;
    let client = service.client();
    for (mood, expected, is_lasting) in [
        (Mood::Answers(500), AllocationError::Refused(500), false),
        (Mood::Answers(503), AllocationError::Refused(503), false),
        (Mood::Answers(429), AllocationError::Refused(429), false),
        (Mood::Answers(403), AllocationError::Refused(403), false),
        (Mood::Answers(204), AllocationError::Refused(204), false),
        (Mood::Answers(400), AllocationError::PersonRefused(400), true),
        (Mood::Answers(409), AllocationError::PersonRefused(409), true),
        (Mood::Answers(422), AllocationError::PersonRefused(422), true),
        (Mood::Answers(201), AllocationError::Unreadable, false),
        (Mood::Page, AllocationError::Unreadable, false),
        (Mood::WrongNumber, AllocationError::NotANumber, false),
        (Mood::Redirects, AllocationError::Refused(307), false),
    ] {
        service.is(mood);
        let error = client.allocate(entry(1), &person()).await.unwrap_err();
        assert_eq!((error, error.is_lasting()), (expected, is_lasting), "{mood:?}");
        let told = format!("{error} {error:?}");
        assert!(!told.contains("Kari") && !told.contains("Nordmann"), "{told}");
    }
    assert!(service.given().is_empty());
}

#[tokio::test]
async fn whoever_is_not_let_in_or_finds_nobody_tries_again_later() {
    let service = Service::start().await;
    let wrong = service.client_with(Token::Fixed("another".to_owned()));
    assert_eq!(wrong.allocate(entry(1), &person()).await, Err(AllocationError::Refused(401)));
    let no_file = service.client_with(Token::File("there/is/none".into()));
    assert_eq!(no_file.allocate(entry(1), &person()).await, Err(AllocationError::Token));
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let nobody = format!("http://127.0.0.1:{port}");
    let nobody = HelpNumbers::new(&nobody, Token::Fixed("x".to_owned()), ANSWER_WITHIN).unwrap();
    assert_eq!(nobody.allocate(entry(1), &person()).await, Err(AllocationError::Unreachable));
}

#[tokio::test]
async fn nobody_is_asked_about_a_person_of_whom_too_little_is_known() {
    let service = Service::start().await;
    let client = service.client();
    for unknown in [
        Person { first_name: None, ..person() },
        Person { last_name: Some("  ".into()), ..person() },
        Person { birth_date: None, ..person() },
    ] {
        let error = client.allocate(entry(1), &unknown).await.unwrap_err();
        assert_eq!(error, AllocationError::TooLittleKnown);
        assert!(error.is_lasting());
    }
    assert_eq!(service.asked(), 0);
}
