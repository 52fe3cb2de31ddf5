//! Journeys of the roles: each sees what concerns it, on the screen and from the API, and nothing else.

use events::record::RawRecord;
use serde_json::Value;
use tests::browser::{Browser, Journey, demo_records, traveller};

const ROWS: &str = "[data-testid=entry-row]";
const BERGEN: &str = "4601";
const OSLO: &str = "0301";

fn of(municipality: &str, code: &str, name: &str) -> RawRecord {
    let postcode = if municipality == OSLO { "0150" } else { "5003" };
    let place = [("municipality_number", municipality), ("a_location_zip_code", postcode)];
    traveller(code, &[place.as_slice(), &[("p_first_name", name), ("p_last_name", name)]].concat())
}

/// Says where it is in words that no table knows.
fn unroutable(code: &str, name: &str) -> RawRecord {
    let nowhere =
        [("municipality_number", ""), ("a_location_zip_code", ""), ("a_location_address", "Hytta, Bergen")];
    traveller(code, &[nowhere.as_slice(), &[("p_first_name", name), ("p_last_name", name)]].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_doctor() {
    let journey = Journey::start().await;
    journey.send(&demo_records(13, 60)).await;
    let own = journey.send(&[of(BERGEN, "own", "Egen")]).await.remove(0);
    let other = journey.send(&[of(OSLO, "other", "Annen")]).await.remove(0);
    let nobodys = journey.send(&[unroutable("nobodys", "Ingens")]).await.remove(0);
    let browser = &journey.browser;
    browser.log_in("doctor").await;
    assert_eq!(browser.address().await, "/municipality");
    browser.goto("/entries").await;
    browser.until_text(ROWS, "Egen").await;
    let elsewhere = "[...document.querySelectorAll('[data-testid=entry-row]')].filter(row => !/bergen/i.test(row.children[4].innerText)).length";
    assert_eq!(browser.number(elsewhere).await, 0, "only the own municipality is in the list");
    let (status, page) = browser.api("/entries?limit=200").await;
    assert_eq!(status, 200);
    let municipalities: Vec<&Value> =
        page["items"].as_array().expect("items").iter().map(|row| &row["municipality"]).collect();
    assert!(
        !municipalities.is_empty() && municipalities.iter().all(|one| **one == BERGEN),
        "{municipalities:?}"
    );
    for refused in
        ["/entries?municipality=0301", "/entries?unroutable=true", "/workbench/unroutable", "/register"]
    {
        assert_eq!(browser.api(refused).await.0, 403, "{refused}");
    }
    for hidden in [&other, &nobodys] {
        for part in ["", "/timeline", "/raw"] {
            assert_eq!(browser.api(&format!("/entries/{hidden}{part}")).await.0, 404, "{part}");
        }
        browser.goto(&format!("/entries/{hidden}")).await;
        browser.until_text("main", "Fant ikke innreisen").await;
        let shown = browser.text("body").await;
        assert!(!shown.contains("Annen") && !shown.contains("Ingens"), "{shown}");
    }
    browser.goto(&format!("/entries/{own}")).await;
    browser.until_text("h1", "Egen Egen").await;
    browser.goto("/workbench").await;
    browser.until_text("h1", "Du har ikke tilgang").await;
    assert_eq!(
        browser.count(".navigation a").await,
        5,
        "the menu offers lists, entries, delegation, look-up and rules, and nothing else"
    );
    journey.nothing_failed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_labour_inspector() {
    let journey = Journey::start().await;
    let entry = journey.send(&[of(BERGEN, "one", "Hemmelig")]).await.remove(0);
    let browser = &journey.browser;
    browser.log_in("inspector").await;
    browser.until_text("h1", "Henvisninger").await;
    browser.until_text("main", "Ingen henvisninger venter").await;
    assert_eq!(browser.count("[data-testid=search-input]").await, 0);
    assert_eq!(browser.count(".navigation a").await, 2, "the inbox, and the rules, which are no secret");
    for path in
        ["/entries", "/entries/counts", "/workbench/unroutable", "/register", &format!("/entries/{entry}")]
    {
        assert_eq!(browser.api(path).await.0, 403, "{path}");
    }
    browser.goto("/entries").await;
    browser.until_text("h1", "Du har ikke tilgang").await;
    assert!(!browser.text("body").await.contains("Hemmelig"));
    journey.nothing_failed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_data_protection_officer() {
    let journey = Journey::start().await;
    let entry = journey.send(&[of(BERGEN, "one", "Hemmelig")]).await.remove(0);
    let browser = &journey.browser;
    browser.log_in("dpo").await;
    browser.until_text("h1", "Registerets tilstand").await;
    assert_eq!(browser.address().await, "/register");
    for shown in ["Eldste levende opplysning", "Levende perioder", "Lesemodeller"] {
        browser.until_text("main", shown).await;
    }
    // It follows: one more entry, one more in its period.
    browser.until_text(".chart + .scroll-region tbody tr", "1").await;
    journey.send(&[of(BERGEN, "two", "Hemmelig")]).await;
    browser.until("[...document.querySelectorAll('.chart + .scroll-region tbody tr:last-child td')].some(cell => cell.innerText === '2')").await;
    for path in ["/entries", "/entries/counts", "/workbench/unroutable", &format!("/entries/{entry}")] {
        assert_eq!(browser.api(path).await.0, 403, "{path}");
    }
    let html = browser.string("document.documentElement.outerHTML").await;
    assert!(!html.contains("Hemmelig") && !html.contains("7946"), "no name and no number anywhere");
    let (_, status) = browser.api("/register").await;
    assert!(!status.to_string().contains("Hemmelig"));
    browser.goto(&format!("/entries/{entry}")).await;
    browser.until_text("h1", "Du har ikke tilgang").await;
    journey.nothing_failed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_shift_leads() {
    let journey = Journey::start().await;
    let entries = journey.send(&[unroutable("first", "Astrid"), unroutable("second", "Birger")]).await;
    let kari = &journey.browser;
    kari.log_in("shift-lead").await;
    kari.click_text(".navigation a", "Nasjonalt arbeidsbord").await;
    kari.until("document.querySelectorAll('[data-testid=workbench-row]').length === 2").await;
    kari.until_text("main", "2 innreiser venter").await;
    open_form(kari, "Astrid").await;
    // Nothing is sent before both are there, and the form says what is missing.
    kari.click_text("[data-testid=route-form] button", "Send til kommunen").await;
    kari.until_text("[data-testid=route-form]", "Velg en kommune fra listen.").await;
    kari.until_text("[data-testid=route-form]", "Skriv en begrunnelse").await;
    route(kari, "Bergen", "Adressen er i Bergen.").await;
    kari.until_text("[data-testid=workbench-row]", "Sendt til").await;
    kari.until_text("main", "1 innreise venter").await;
    // The row leaves when the page is opened again.
    kari.goto("/workbench").await;
    kari.until("document.querySelectorAll('[data-testid=workbench-row]').length === 1").await;
    assert!(kari.text("[data-testid=workbench-row]").await.contains("Birger"));
    kari.goto(&format!("/entries/{}", entries[0])).await;
    kari.until_text(".timeline", "Kommune valgt").await;
    kari.until_text(".timeline", "Adressen er i Bergen.").await;
    kari.until_text(".facts", "avgjørelse ved arbeidsbordet").await;
    two_leads_race(&journey, kari).await;
}

async fn two_leads_race(journey: &Journey, kari: &Browser) {
    let other = Browser::start(&journey.register.url).await;
    other.log_in("shift-lead").await;
    for lead in [kari, &other] {
        lead.goto("/workbench").await;
        open_form(lead, "Birger").await;
    }
    route(&other, "0301", "Ringte; bor i Oslo.").await;
    other.until_text("main", "Sendt til").await;
    route(kari, "4601", "Hytta er i Bergen.").await;
    kari.until_text("[role=alert]", "Innreisen er endret av noen andre").await;
    kari.until_text("[role=alert]", "Valget ditt er ikke lagret").await;
    kari.click_text("[role=alert] button", "Hent ny versjon").await;
    kari.until_text("main", "Alle innreiser har en kommune").await;
    kari.goto("/entries?municipality=0301").await;
    kari.until_text(ROWS, "Birger").await;
    assert!(other.console_errors().await.is_empty());
    journey.nothing_failed().await;
}

async fn open_form(lead: &Browser, name: &str) {
    lead.click(&format!("[data-testid=workbench-row] button[aria-label*='{name}']")).await;
    lead.until_text("[data-testid=route-form]", name).await;
}

async fn route(lead: &Browser, municipality: &str, reason: &str) {
    lead.click("#route-municipality").await;
    lead.type_keys(municipality).await;
    lead.click("#route-reason").await;
    lead.type_keys(reason).await;
    lead.click_text("[data-testid=route-form] button", "Send til kommunen").await;
}
