//! Journey: the desk of a quarantine hotel. A guest is found by the code on the receipt, checked in, and checked out
//! again; nobody is found by name, and keyboard and narrow screens are enough.

use tests::browser::{Browser, Journey, Key, traveller};

/// Synthetic number, month + 80.
const NUMBER: &str = "20914695016";

#[tokio::test(flavor = "multi_thread")]
async fn journey_hotel() {
    let journey = Journey::start().await;
    let guest = [
        ("p_unique_id", NUMBER),
        ("p_first_name", "Anna-Małgorzata"),
        ("p_last_name", "Brzęczyszczykiewicz"),
        ("p_birth_date", "1946-11-20"),
        ("municipality_number", "0301"),
    ];
    let entry = journey.send(&[traveller("hotel-20021", &guest)]).await.remove(0);
    let browser = &journey.browser;
    browser.log_in("hotel").await;
    browser.until_text("h1", "Vågen Karantenehotell").await;
    assert_eq!(browser.address().await, "/hotel");
    browser.until_text("main", "Ingen gjester").await;
    assert_eq!(browser.count(".navigation a").await, 2, "the hotel and the rules, and nothing else");
    look_at(browser, "hotel-empty").await;
    not_by_name(browser).await;
    comes(browser).await;
    leaves(browser).await;
    for path in ["/entries", &format!("/entries/{entry}"), "/municipality/entries", "/queue/board"] {
        assert_eq!(browser.api(path).await.0, 403, "{path}");
    }
    browser.goto("/entries").await;
    browser.until_text("h1", "Du har ikke tilgang").await;
    let errors = browser.console_errors().await;
    assert!(errors.iter().all(|line| line.source == "network"), "{errors:#?}");
}

async fn not_by_name(browser: &Browser) {
    browser.click("#hotel-query").await;
    browser.press(Key::Enter).await;
    browser.until_text("[data-testid=hotel-arrival]", "Skriv koden eller nummeret").await;
    browser.type_keys("Brzęczyszczykiewicz").await;
    browser.press(Key::Enter).await;
    browser.until_text("[data-testid=hotel-arrival]", "Ingen har denne koden").await;
}

async fn comes(browser: &Browser) {
    browser.eval("document.querySelector('#hotel-query').select()").await;
    browser.type_keys("HOTEL 20021").await;
    browser.press(Key::Enter).await;
    browser.until_text("[data-testid=hotel-candidate]", "Brzęczyszczykiewicz").await;
    browser.until_text("[data-testid=hotel-candidate]", "Født 20.11.1946").await;
    look_at(browser, "hotel-found").await;
    browser.click_text("[data-testid=hotel-candidate] button", "Sjekk inn").await;
    browser.until_text("#hotel-done", "er sjekket inn").await;
    browser.until("document.activeElement?.id === 'hotel-done'").await;
    assert_eq!(browser.string("document.querySelector('#hotel-query').value").await, "", "nothing stays");
    browser.until_text("main tbody tr", "Brzęczyszczykiewicz").await;
    browser.until_text("main", "1 gjest").await;
    look_at(browser, "hotel-guests").await;
}

async fn leaves(browser: &Browser) {
    browser.click_text("main tbody button", "Sjekk ut").await;
    browser.wait_for("dialog[open] [data-testid=hotel-leave]").await;
    look_at(browser, "hotel-leaving").await;
    browser.click_text("[data-testid=hotel-leave] button", "Sjekk ut").await;
    browser.until_text("#hotel-done", "er sjekket ut").await;
    browser.until_text("main", "Ingen gjester").await;
}

/// Wide and narrow, light and dark: accessible, and no wider than the screen.
async fn look_at(browser: &Browser, name: &str) {
    for (width, height) in [(1280, 900), (320, 640)] {
        browser.resize(width, height).await;
        for scheme in ["light", "dark"] {
            browser.prefer(scheme).await;
            let there = "innerWidth === WIDTH && matchMedia('(prefers-color-scheme: SCHEME)').matches";
            browser.until(&there.replace("WIDTH", &width.to_string()).replace("SCHEME", scheme)).await;
            browser.screenshot(&format!("{name}-{width}-{scheme}")).await;
            let violations = browser.axe().await;
            assert!(violations.is_empty(), "{name} {width} {scheme}: {violations:#?}");
            let wide = browser.number("document.documentElement.scrollWidth").await;
            assert!(wide <= u64::from(width), "{name} {scheme}: {wide} pixels wide");
        }
    }
    browser.resize(1280, 900).await;
}
