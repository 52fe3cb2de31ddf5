//! Journey: somebody is searched for, opened by keyboard and looked at; what was typed stays off every record.

use events::record::RawRecord;
use tests::browser::{Browser, Journey, Key, changed, demo_records, traveller};

const ROWS: &str = "[data-testid=entry-row]";
const NAME: &str = "Torbjørn Kristoffersen";

#[tokio::test(flavor = "multi_thread")]
async fn journey_search_and_entry() {
    let journey = Journey::start().await;
    journey.send(&demo_records(12, 40)).await;
    let record = traveller(
        "sought-1",
        &[("p_first_name", "Torbjørn"), ("p_last_name", "Kristoffersen"), ("p_phone", "+44 20 7946 0987")],
    );
    let entry = journey.send(std::slice::from_ref(&record)).await.remove(0);
    let browser = &journey.browser;
    browser.log_in("caller").await;
    browser.until_text(ROWS, NAME).await;
    it_is_found(browser, "02079460987", "Telefon").await;
    it_is_found(browser, "torbjorn christofersen", "Navn som ligner").await;
    it_is_opened_by_keyboard(browser, &entry).await;
    it_changes_while_it_is_read(&journey, &record).await;
    its_raw_records_are_opened(browser).await;
    what_was_typed_is_nowhere(browser, &["christofersen", "02079460987", "79460987", "Kristoffersen"]).await;
    unknown_ones_are_said_to_be_unknown(browser).await;
    journey.nothing_failed().await;
}

async fn it_is_found(browser: &Browser, typed: &str, by: &str) {
    browser.eval("document.activeElement.blur()").await;
    browser.type_keys("/").await;
    assert!(browser.focus_is("[data-testid=search-input]").await, "the shortcut goes to the search field");
    browser.eval("document.activeElement.select()").await;
    browser.type_keys(typed).await;
    browser.press(Key::Enter).await;
    browser.until_text("main", "treff").await;
    browser.until_text(ROWS, by).await;
    browser.until_text(ROWS, NAME).await;
    assert_eq!(browser.address().await, "/search");
    what_was_typed_is_nowhere(browser, &[typed, "Kristoffersen"]).await;
}

/// Not in the address, the title, what the browser keeps, or the addresses that were fetched.
async fn what_was_typed_is_nowhere(browser: &Browser, words: &[&str]) {
    let kept = "JSON.stringify([location.href, document.title, {...localStorage}, {...sessionStorage}, history.state, \
                document.cookie, performance.getEntries().map(one => one.name)])";
    let kept = browser.string(kept).await.to_lowercase();
    for word in words {
        assert!(!kept.contains(&word.to_lowercase()), "{word} in {kept}");
    }
    let stores = browser.run(
        "indexedDB.databases().then(async found => done([found.length, (await caches.keys()).length]));",
    );
    assert_eq!(
        stores.await,
        serde_json::json!([0, 0]),
        "neither a database nor a cache is kept in the browser"
    );
}

async fn it_is_opened_by_keyboard(browser: &Browser, entry: &str) {
    browser.tab_to(&format!("{ROWS} a")).await;
    browser.press(Key::Enter).await;
    browser.until_text("h1", NAME).await;
    assert_eq!(browser.address().await, format!("/entries/{entry}"));
    browser.until("document.activeElement === document.querySelector('main h1')").await;
    assert_eq!(browser.title().await, "Innreise – Kontrollsenteret");
    for shown in ["Karantene", "Slettes senest", "engelsk", "Prøvegata 1"] {
        browser.until_text("main", shown).await;
    }
    browser.until_text(".timeline", "Registrert").await;
}

async fn it_changes_while_it_is_read(journey: &Journey, record: &RawRecord) {
    let browser = &journey.browser;
    browser.eval("window.neverReloaded = true").await;
    journey.send(&[changed(record, &[("p_phone", "+44 20 7946 0555"), ("p_follow_up", "OK")])]).await;
    browser.until_text(".timeline", "Oppdatert fra kilden").await;
    let phone = "[...document.querySelectorAll('.timeline .changes tbody tr')].map(row => row.innerText.replaceAll('\\u00a0', ' ')).find(row => row.includes('Telefon'))";
    let phone = browser.string(phone).await;
    let (before, after) = (phone.find("0987"), phone.find("0555"));
    assert!(before.is_some() && before < after, "from → to: {phone}");
    browser.until_text(".deadline", "OK").await;
    browser.until_text(".facts", "946 0555").await;
    assert_eq!(browser.eval("window.neverReloaded").await, true);
}

async fn its_raw_records_are_opened(browser: &Browser) {
    assert_eq!(
        browser.count("details.raw td").await,
        0,
        "not fetched before somebody asks: each look is logged"
    );
    browser.tab_to("details.raw > summary").await;
    browser.press(Key::Enter).await;
    browser.until_text("details.raw", "Opplysning 2").await;
    browser.until_text("details.raw tr", "sought-1").await;
    browser.until_text("details.raw tr", "+44 20 7946 0987").await;
}

async fn unknown_ones_are_said_to_be_unknown(browser: &Browser) {
    for unknown in ["00000000-0000-8000-8000-000000000000", "nobody"] {
        browser.goto(&format!("/entries/{unknown}")).await;
        browser.until_text("main", "Fant ikke innreisen").await;
        assert_eq!(browser.count("[role=alert]").await, 0, "no fault of ours");
        assert_eq!(browser.title().await, "Innreise – Kontrollsenteret");
    }
    browser.goto("/nowhere").await;
    browser.until_text("h1", "Siden finnes ikke").await;
}
