//! Journeys of bad days: the server goes and comes back, and the portal itself falls over.

use tests::browser::{Journey, demo_records, traveller};

const ROWS: &str = "[data-testid=entry-row]";

#[tokio::test(flavor = "multi_thread")]
async fn journey_server_gone() {
    let mut journey = Journey::start().await;
    journey.send(&demo_records(14, 20)).await;
    let page = "/entries?sort=registered-ascending";
    journey.browser.log_in("caller").await;
    journey.browser.goto(page).await;
    live_is(&journey, "live").await;
    journey.browser.wait_for(ROWS).await;
    let rows = journey.browser.count(ROWS).await;

    journey.register.kill();
    live_is(&journey, "retrying").await;
    journey.browser.until_text("[data-testid=live-state]", "kobler til igjen").await;
    assert_eq!(journey.browser.count(ROWS).await, rows, "what was read stays on the screen");
    // What is asked for now fails in words, with a way to try again.
    journey.browser.click_text("thead button", "Ankomst").await;
    journey.browser.until_text("[role=alert]", "Ingen kontakt med registeret").await;

    journey.register.start_again();
    journey.register.ready().await;
    // Sessions live in the server's memory: nobody is logged in any more, and nothing about anybody stays.
    journey.browser.until_text("h1", "Økten er over").await;
    assert_eq!(journey.browser.count(ROWS).await, 0);
    journey.browser.click_text("main a", "Logg inn igjen").await;
    journey.browser.click("[data-testid=login-role-caller]").await;
    journey.browser.until(&format!("document.querySelectorAll('{ROWS}').length === {rows}")).await;
    let address = journey.browser.address().await;
    assert!(address.starts_with("/entries?") || address == "/entries", "the same page again: {address}");
    live_is(&journey, "live").await;
    journey.send(&[traveller("after", &[("p_first_name", "Etterpå")])]).await;
    journey.browser.until_text(ROWS, "Etterpå").await;
}

async fn live_is(journey: &Journey, state: &str) {
    let asked = format!("document.querySelector('[data-testid=live-state]')?.dataset.state === '{state}'");
    journey.browser.until(&asked).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_the_code_of_a_page_does_not_come() {
    let journey = Journey::start().await;
    journey.send(&[traveller("one", &[("p_first_name", "Hemmelig")])]).await;
    let browser = &journey.browser;
    browser.goto("/login").await;
    browser.wait_for("[data-testid=login-role-caller]").await;
    // From before the login on, so that nothing has been fetched ahead.
    let lose = "window.whole = window.fetch; window.fetch = (what, ...rest) => String(what).includes('/split_') ? Promise.reject(new TypeError('lost')) : window.whole(what, ...rest); done('lost')";
    assert_eq!(browser.run(lose).await, "lost");
    browser.click("[data-testid=login-role-caller]").await;
    browser.until_text(ROWS, "Hemmelig").await;
    browser.click_text("[data-testid=entry-row] a", "Hemmelig").await;
    browser.until_text("main [role=alert]", "Ingen kontakt med registeret").await;
    browser.screenshot("page-not-loaded").await;
    assert_eq!(browser.run("window.fetch = window.whole; done('found')").await, "found");
    browser.click_text("main [role=alert] button", "Prøv igjen").await;
    browser.until_text("h1", "Hemmelig").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_a_panic_is_not_a_blank_page() {
    let journey = Journey::start().await;
    journey.send(&[traveller("one", &[("p_first_name", "Hemmelig")])]).await;
    let browser = &journey.browser;
    browser.log_in("caller").await;
    browser.until_text(ROWS, "Hemmelig").await;
    let trip = "import(document.getElementById('portal-js').href).then(portal => portal.tripOver()).then(() => done('went on'), () => done('stopped'));";
    assert_eq!(browser.run(trip).await, "stopped");
    browser.until_text("#panic", "Siden har stoppet").await;
    assert_eq!(browser.eval("document.getElementById('portal').hidden").await, true);
    assert!(browser.focus_is("#panic").await);
    let said = browser.console_errors().await;
    assert!(!format!("{said:?}").contains("Hemmelig"), "{said:?}");
    browser.screenshot("panic").await;
    browser.click("#panic [data-reload]").await;
    browser.until_text(ROWS, "Hemmelig").await;
}
