//! Files of a municipality's lists: what is filtered is what comes, typed, complete, and written down.

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use jiff::Timestamp;
use reqwest::StatusCode;
use serde_json::json;
use std::io::Cursor;
use std::process::Command;
use tests::browser::{changed, traveller};
use tests::database::Database;
use tests::person::{Person, send_in};
use tests::register::Register;
use uuid::Uuid;

/// Names that a spreadsheet would run.
const NASTY: [&str; 4] = ["=HYPERLINK(\"http://127.0.0.1\")", "+1+1", "-2", "@SUM(A1)"];

async fn register_with(names: &[&str]) -> (Database, Register, Vec<Uuid>) {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let sent: Vec<_> = (0..)
        .zip(names)
        .map(|(n, name)| {
            let born = format!("1980-05-{:02}", n + 1);
            traveller(&format!("exp-{n}"), &[("p_first_name", name), ("p_birth_date", &born)])
        })
        .collect();
    let entries = send_in(&register.url, &sent).await;
    (database, register, entries)
}

async fn until_listed(who: &Person, path: &str, count: usize) {
    who.until(path, |page| page["items"].as_array().is_some_and(|items| items.len() == count)).await;
}

async fn file(who: &Person, path: &str) -> Vec<u8> {
    let answer = who.fetch(path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    answer.bytes().await.expect("the whole file").to_vec()
}

/// The rows of each sheet, headings first.
fn sheets(file: Vec<u8>) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(file)).expect("a workbook");
    let rows = book
        .worksheets()
        .into_iter()
        .map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect::<Vec<_>>()));
    rows.collect()
}

fn column(sheet: &[Vec<Data>], heading: &str) -> usize {
    sheet[0].iter().position(|cell| *cell == *heading).unwrap_or_else(|| panic!("{heading}: {:?}", sheet[0]))
}

fn on_cover(sheets: &[(String, Vec<Vec<Data>>)], name: &str) -> Data {
    let row = sheets[0].1.iter().find(|row| row[0] == *name);
    row.unwrap_or_else(|| panic!("{name}: {:?}", sheets[0].1))[1].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_holds_what_is_filtered_typed_and_without_formulas() {
    let (_database, register, entries) = register_with(&NASTY).await;
    let doctor = Person::log_in(&register.url, "doctor").await;
    until_listed(&doctor, "municipality/entries", 4).await;
    let bytes = file(&doctor, "municipality/export/nb/xlsx").await;
    let book = sheets(bytes.clone());
    let names: Vec<&str> = book.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Forside", "Innreiser", "Endret siden sist"]);
    assert_eq!(on_cover(&book, "Rader"), Data::Float(4.0));
    assert_eq!(on_cover(&book, "Kommune").to_string(), "Bergen (4601)");
    assert!(matches!(on_cover(&book, "Filen slettes senest"), Data::DateTime(_)), "typed");
    let rows = &book[1].1;
    let (name, born, id) = (column(rows, "Navn"), column(rows, "Fødselsdato"), column(rows, "Id"));
    let mut told: Vec<String> = rows[1..].iter().map(|row| row[name].to_string()).collect();
    told.sort();
    let mut expected: Vec<String> = NASTY.iter().map(|name| format!("{name} Reisende")).collect();
    expected.sort();
    assert_eq!(told, expected, "as they are, and no formula");
    assert!(
        rows[1..]
            .iter()
            .all(|row| matches!(row[name], Data::String(_)) && matches!(row[born], Data::DateTime(_)))
    );
    let ids: Vec<String> = rows[1..].iter().map(|row| row[id].to_string()).collect();
    assert!(entries.iter().all(|entry| ids.contains(&entry.to_string())), "stable ids");
    let zipped = String::from_utf8_lossy(&bytes).into_owned();
    assert!(!zipped.contains("<f>"), "not even packed lightly");
    // A filter holds for the file as for the list.
    let none = sheets(file(&doctor, "municipality/export/nb/xlsx?status=ok").await);
    assert_eq!((on_cover(&none, "Rader"), none[1].1.len()), (Data::Float(0.0), 1), "headings only");
    assert_eq!(on_cover(&none, "Utvalg").to_string(), "Oppfølging: OK");
    opened_by_libreoffice(&bytes);
}

/// What another program reads of it.
fn opened_by_libreoffice(file: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("fil.xlsx");
    std::fs::write(&path, file).expect("the file");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let mut office = Command::new("soffice");
    office.args([
        &profile,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,2",
    ]);
    let told = office.arg("--outdir").arg(folder.path()).arg(&path).output().expect("LibreOffice");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let csv = std::fs::read_dir(folder.path()).expect("the folder").filter_map(Result::ok);
    let csv = csv.map(|file| file.path()).find(|path| path.extension().is_some_and(|kind| kind == "csv"));
    let text = std::fs::read_to_string(csv.expect("a file of lines")).expect("lines");
    assert_eq!(text.lines().count(), 5, "{text}");
    for name in NASTY {
        assert!(text.contains(&format!("{name} Reisende").replace('"', "\"\"")), "{name}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_differs_since_the_reader_last_looked_has_a_sheet_of_its_own() {
    let (_database, register, entries) = register_with(&["En", "To"]).await;
    let doctor = Person::log_in(&register.url, "doctor").await;
    until_listed(&doctor, "municipality/entries", 2).await;
    let (_, page) = doctor.get("municipality/entries").await;
    let (status, _) = doctor.post("municipality/seen", json!({"position": page["position"]})).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let nothing = sheets(file(&doctor, "municipality/export/nb/xlsx").await);
    assert_eq!((nothing[1].1.len(), nothing[2].1.len()), (3, 1), "nothing is different");
    let moved = changed(
        &traveller("exp-0", &[("p_first_name", "En"), ("p_birth_date", "1980-05-01")]),
        &[("municipality_number", "0301")],
    );
    send_in(
        &register.url,
        &[moved, traveller("exp-9", &[("p_first_name", "Tre"), ("p_birth_date", "1990-01-01")])],
    )
    .await;
    until_listed(&doctor, "municipality/entries?tab=formerly", 1).await;
    until_listed(&doctor, "municipality/entries", 2).await;
    let book = sheets(file(&doctor, "municipality/export/nb/xlsx").await);
    let differences = &book[2].1;
    let (mark, name) = (column(differences, "Nytt"), column(differences, "Navn"));
    let mut told: Vec<(String, String)> =
        differences[1..].iter().map(|row| (row[name].to_string(), row[mark].to_string())).collect();
    told.sort();
    let expected = [("En Reisende", "flyttet"), ("Tre Reisende", "ny")];
    assert_eq!(told, expected.map(|(name, mark)| (name.to_owned(), mark.to_owned())));
    assert_eq!(on_cover(&book, "Rader"), Data::Float(2.0), "what has gone is no row of the list");
    assert!(!entries.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_is_written_down_and_listed_with_when_it_must_be_gone() {
    let (_database, register, entries) = register_with(&["En", "To"]).await;
    let doctor = Person::log_in(&register.url, "doctor").await;
    until_listed(&doctor, "municipality/entries", 2).await;
    let csv = String::from_utf8(file(&doctor, "municipality/export/nb/csv").await).expect("UTF-8");
    let mut lines = csv.trim_start_matches('\u{feff}').lines();
    assert!(lines.next().is_some_and(|headings| headings.starts_with("Id;Nytt;Navn;")), "{csv}");
    assert_eq!(lines.count(), 2);
    assert!(csv.contains(";'+442079460123;"), "no formula: {csv}");
    let made = doctor
        .until("municipality/exports", |made| made.as_array().is_some_and(|made| made.len() == 1))
        .await;
    let ends: Timestamp = made[0]["gone_by"].as_str().expect("when").parse().expect("a moment");
    let (_, entry) = doctor.get(&format!("entries/{}", entries[0])).await;
    assert_eq!(json!(ends), entry["ends_at"], "{made}");
    assert_eq!(
        (&made[0]["entries"], &made[0]["format"], &made[0]["by"]),
        (&json!(2), &json!("csv"), &json!("Ingrid"))
    );
    let oslo = Person::log_in(&register.url, "doctor-oslo").await;
    assert_eq!(oslo.get("municipality/exports").await.1, json!([]), "those of others are nobody's business");
    let dpo = Person::log_in(&register.url, "dpo").await;
    let (_, shown) = dpo.get(&format!("disclosures?kind=exported&entry={}", entries[0])).await;
    assert_eq!(shown["items"].as_array().map(Vec::len), Some(1), "{shown}");
    assert_eq!(
        (&shown["items"][0]["receiver"], &shown["items"][0]["ground"]),
        (&json!("4601"), &json!("export-csv"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_access_to_health_the_file_has_no_column_of_it() {
    let (_database, register, _) = register_with(&["En"]).await;
    let delegate = Person::log_in(&register.url, "delegate").await;
    until_listed(&delegate, "municipality/plain/entries", 1).await;
    let book = sheets(file(&delegate, "municipality/export/nb/xlsx").await);
    for (_, sheet) in &book {
        for cell in sheet.iter().flatten() {
            for word in ["Utfall", "Prøvesvar", "skjer videre"] {
                assert!(!cell.to_string().contains(word), "{word} in {cell:?}");
            }
        }
    }
    assert_eq!(book[1].1.len(), 2);
    for who in ["caller", "shift-lead", "inspector", "dpo"] {
        let other = Person::log_in(&register.url, who).await;
        assert_eq!(other.get("municipality/export/nb/xlsx").await.0, StatusCode::FORBIDDEN, "{who}");
        assert_eq!(other.get("municipality/exports").await.0, StatusCode::FORBIDDEN, "{who}");
    }
    let doctor = Person::log_in(&register.url, "doctor").await;
    for path in ["municipality/export/nb/pdf", "municipality/export/de/xlsx"] {
        assert_eq!(doctor.get(path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}
