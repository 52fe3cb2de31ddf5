//! Journey: a caller watches the list fill while the source sends, turns pages and filters.

use tests::browser::{Browser, Journey, Key, demo_records, traveller};

/// Rows of a page.
const PAGE: u64 = 50;
const ROWS: &str = "[data-testid=entry-row]";
const COUNTS: &str = "[data-testid=counts]";

#[tokio::test(flavor = "multi_thread")]
async fn journey_list_fills() {
    let journey = Journey::start().await;
    let browser = &journey.browser;
    browser.log_in("caller").await;
    browser.until_text("h1", "Innreiser").await;
    browser.until_text(".empty", "Ingen innreiser nå").await;
    browser.until("document.querySelector('[data-testid=live-state]').dataset.state === 'live'").await;
    it_fills(&journey).await;
    pages_turn(browser).await;
    it_is_filtered_by_its_address(&journey).await;
    it_is_filtered_by_keyboard(browser).await;
    nothing_fits_the_filter(browser).await;
    journey.nothing_failed().await;
}

async fn it_fills(journey: &Journey) {
    let browser = &journey.browser;
    browser.eval("window.neverReloaded = true").await;
    let records = demo_records(11, 160);
    let mut counts = browser.text(COUNTS).await;
    let mut rows = 0;
    for batch in [&records[..15], &records[15..40], &records[40..]] {
        journey.send(batch).await;
        let before = rows;
        browser.until(&format!("document.querySelectorAll('{ROWS}').length > {before}")).await;
        browser.until(&format!("document.querySelector('{COUNTS}').innerText !== {counts:?}")).await;
        rows = browser.count(ROWS).await;
        counts = browser.text(COUNTS).await;
    }
    browser.until(&format!("document.querySelectorAll('{ROWS}').length === {PAGE}")).await;
    browser
        .until(&format!(
            "/Viser {PAGE} av 1[0-9][0-9] innreiser/.test(document.querySelector('{COUNTS}').innerText)"
        ))
        .await;
    browser.until("document.querySelector('.mark:not(:empty)')?.innerText === 'Ny'").await;
    assert_eq!(browser.eval("window.neverReloaded").await, true, "the page was not loaded anew");
}

async fn pages_turn(browser: &Browser) {
    let first = first_row(browser).await;
    browser.click("[data-testid=next-page]").await;
    browser.until_text(".paging", "Side 2").await;
    let second = first_row(browser).await;
    assert_ne!(first, second);
    assert!(browser.address().await.contains("cursor="));
    browser.click("[data-testid=next-page]").await;
    browser.until_text(".paging", "Side 3").await;
    browser.click("[data-testid=prev-page]").await;
    browser.until_text(".paging", "Side 2").await;
    assert_eq!(first_row(browser).await, second);
    // The browser's own way back goes the way that was come.
    browser.back().await;
    browser.until_text(".paging", "Side 3").await;
    browser.back().await;
    browser.until_text(".paging", "Side 2").await;
    browser.back().await;
    browser.until_text(".paging", "Side 1").await;
    assert_eq!(first_row(browser).await, first);
    assert_eq!(browser.address().await, "/entries");
    assert_eq!(browser.eval("document.querySelector('[data-testid=prev-page]').disabled").await, true);
}

/// Where the first row leads, when the rows are there.
async fn first_row(browser: &Browser) -> String {
    browser.wait_for(ROWS).await;
    browser.string(&format!("document.querySelector('{ROWS} a').pathname")).await
}

async fn it_is_filtered_by_its_address(journey: &Journey) {
    let browser = &journey.browser;
    let three =
        [("p_lang_follow_up", "Polsk"), ("p_follow_up", "Ikke svar"), ("municipality_number", "4601")];
    let records = ["filter-1", "filter-2", "filter-3"].map(|code| {
        let own = [("p_last_name", code), ("p_first_name", code), ("p_birth_date", "1970-01-01")];
        traveller(code, &[three.as_slice(), &own].concat())
    });
    journey.send(&records).await;
    let everything = "municipality=4601&status=no-answer&obligation=quarantine&language=pl";
    browser.goto(&format!("/entries?{everything}")).await;
    browser.until(&format!("document.querySelectorAll('{ROWS}').length >= 3")).await;
    for fits in ["Ikke svar", "polsk"] {
        browser
            .until(&format!(
                "[...document.querySelectorAll('{ROWS}')].every(row => row.innerText.includes('{fits}'))"
            ))
            .await;
    }
    browser.until("document.querySelectorAll('.chips .ds-chip').length === 4").await;
    for (filter, cell) in [("municipality=4601", 4), ("status=no-answer", 7), ("language=pl", 5)] {
        browser.goto(&format!("/entries?{filter}")).await;
        let same = format!(
            "(cells => cells.length > 0 && new Set(cells).size === 1)([...document.querySelectorAll('{ROWS}')]\
             .map(row => row.children[{cell}].innerText.toLowerCase()))"
        );
        browser.until(&same).await;
    }
    // What is said to be Norwegian is found as Norwegian.
    journey
        .send(&[traveller("norsk-1", &[("p_lang_follow_up", "Norsk"), ("p_last_name", "Norskspråklig")])])
        .await;
    browser.goto("/entries").await;
    browser.wait_for("#filter-language").await;
    let norwegian = "[...document.querySelectorAll('#filter-language option')].find(one => /^norsk/i.test(one.label)).value";
    let norwegian = browser.string(norwegian).await;
    browser.choose("#filter-language", &norwegian).await;
    browser.until_text(ROWS, "Norskspråklig").await;
}

async fn it_is_filtered_by_keyboard(browser: &Browser) {
    browser.goto("/entries").await;
    browser.wait_for(ROWS).await;
    browser.tab_to("#filter-municipality").await;
    browser.type_keys("Bergen").await;
    browser.press(Key::Tab).await;
    browser.until("location.search.includes('municipality=4601')").await;
    browser.tab_to("#filter-language").await;
    browser.type_keys("pol").await;
    browser.until("location.search.includes('language=pl')").await;
    browser.tab_to("details.more > summary").await;
    browser.press(Key::Enter).await;
    browser.tab_to("#filter-obligation").await;
    browser.type_keys("Kar").await;
    browser.until("location.search.includes('obligation=quarantine')").await;
    browser.until("document.querySelectorAll('.count-toggle').length === 5").await;
    browser.tab_to(".count-toggle:nth-child(3)").await;
    browser.press(Key::Enter).await;
    browser.until("location.search.includes('status=no-answer')").await;
    browser.until(&format!("document.querySelectorAll('{ROWS}').length >= 3")).await;
    // One filter less, by its own chip.
    browser.tab_to(".chips .ds-chip").await;
    browser.press(Key::Enter).await;
    browser.until("!location.search.includes('municipality')").await;
    browser.back().await;
    browser.until("location.search.includes('municipality=4601')").await;
    assert!(browser.string("document.querySelector('#filter-municipality').value").await.contains("4601"));
}

async fn nothing_fits_the_filter(browser: &Browser) {
    let nobody =
        "/entries?municipality=0301&language=th&status=not-ok&arrival_from=2020-01-01&arrival_to=2020-01-02";
    browser.goto(nobody).await;
    browser.until_text(".empty", "Ingen innreiser passer filteret").await;
    browser.until_text(".empty", "Fjern et filter for å se flere").await;
    browser.click_text(".empty a", "Fjern alle filtre").await;
    browser.until(&format!("document.querySelectorAll('{ROWS}').length === {PAGE}")).await;
    assert_eq!(browser.address().await, "/entries");
    browser.back().await;
    browser.until_text(".empty", "Ingen innreiser passer filteret").await;
    assert_eq!(browser.address().await, nobody);
}
