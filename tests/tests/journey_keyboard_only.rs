//! Journey: from the login page to an entry and back without a mouse, the focus in sight at every step.

use tests::browser::{Browser, Journey, Key, traveller};

const ROW: &str = "[data-testid=entry-row] a[data-row]";

#[tokio::test(flavor = "multi_thread")]
async fn journey_keyboard_only() {
    let journey = Journey::start().await;
    let people = ["One", "Two", "Three"];
    journey.send(&people.map(|name| traveller(name, &[("p_first_name", name), ("p_last_name", name)]))).await;
    let browser = &journey.browser;
    browser.goto("/login").await;
    browser.wait_for("[data-testid=login-role-caller]").await;
    browser.tab_to("[data-testid=login-role-caller]").await;
    focus_is_seen(browser).await;
    browser.press(Key::Enter).await;
    browser.until(&format!("document.querySelectorAll('{ROW}').length === 3")).await;
    browser.until("document.activeElement === document.querySelector('main h1')").await;
    every_stop_is_seen(browser).await;
    the_skip_link_skips(browser).await;
    to_an_entry_and_back(browser).await;
    shortcuts_are_shown(browser).await;
    shortcuts_are_switched_off(browser).await;
    journey.nothing_failed().await;
}

/// What has the focus has a ring around it.
async fn focus_is_seen(browser: &Browser) {
    // The skip link is on the screen only while it has the focus. A field for a date is several stops; on its last one, the button of the calendar, the ring is around that.
    let ring = "(element => { const style = getComputedStyle(element); \
                const within = element.matches('.ds-skip-link') && element.getBoundingClientRect().bottom > 20 || element.type === 'date' && !element.matches(':focus-visible'); \
                const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; \
                return element === document.body || within || outline || style.boxShadow !== 'none' ? '' : element.outerHTML.slice(0, 200); \
                })(document.activeElement)";
    let unseen = browser.string(ring).await;
    assert_eq!(unseen, "", "has the focus, and nobody sees it");
}

/// Once around with the tabulator: each stop is seen, and none holds the focus.
async fn every_stop_is_seen(browser: &Browser) {
    browser.eval("document.activeElement.blur()").await;
    let mut stops = 0;
    loop {
        browser.press(Key::Tab).await;
        if stops > 3 && browser.focus_is(".ds-skip-link").await {
            break;
        }
        focus_is_seen(browser).await;
        stops += 1;
        assert!(stops < 100, "the tabulator comes around");
    }
    assert!(stops > 20, "header, filter, rows and pages: {stops}");
}

async fn the_skip_link_skips(browser: &Browser) {
    browser.tab_to(".ds-skip-link").await;
    focus_is_seen(browser).await;
    browser.press(Key::Enter).await;
    browser.press(Key::Tab).await;
    let within = "document.querySelector('main').contains(document.activeElement)";
    assert_eq!(browser.eval(within).await, true, "after the skip link the next stop is within the page");
}

async fn to_an_entry_and_back(browser: &Browser) {
    browser.tab_to(ROW).await;
    let first = browser.string("document.activeElement.innerText").await;
    browser.press(Key::Down).await;
    focus_is_seen(browser).await;
    let second = browser.string("document.activeElement.innerText").await;
    assert_ne!(first, second);
    browser.press(Key::Up).await;
    assert_eq!(browser.string("document.activeElement.innerText").await, first);
    browser.type_keys("jk").await;
    browser.press(Key::Enter).await;
    browser.until_text("h1", &first).await;
    browser.until("document.activeElement === document.querySelector('main h1')").await;
    browser.tab_to("details.raw > summary").await;
    focus_is_seen(browser).await;
    browser.tab_to("a.back").await;
    focus_is_seen(browser).await;
    browser.press(Key::Enter).await;
    browser.until_text("h1", "Innreiser").await;
    browser.until("document.activeElement === document.querySelector('main h1')").await;
    browser.type_keys("/").await;
    assert!(browser.focus_is("[data-testid=search-input]").await);
    browser.type_keys("two").await;
    browser.press(Key::Enter).await;
    browser.until_text("h1", "Søk").await;
    browser.until(&format!("document.querySelectorAll('{ROW}').length === 1")).await;
}

async fn shortcuts_are_shown(browser: &Browser) {
    browser.tab_to(ROW).await;
    browser.type_keys("?").await;
    browser.until("document.querySelector('#shortcuts').open").await;
    focus_is_seen(browser).await;
    let within = "document.querySelector('#shortcuts').contains(document.activeElement)";
    assert_eq!(browser.eval(within).await, true);
    browser.until_text("#shortcuts", "Gå til søkefeltet").await;
    browser.press(Key::Escape).await;
    browser.until("!document.querySelector('#shortcuts').open").await;
    assert!(browser.focus_is(ROW).await, "the focus goes back to where it was");
}

async fn shortcuts_are_switched_off(browser: &Browser) {
    let keys = [Key::Enter, Key::Escape];
    browser.type_keys("?").await;
    browser.tab_to("#shortcuts [role=switch]").await;
    focus_is_seen(browser).await;
    browser.type_keys(" ").await;
    browser.press(keys[1]).await;
    browser.until("!document.querySelector('#shortcuts').open").await;
    browser.type_keys("?j/").await;
    assert_eq!(browser.eval("document.querySelector('#shortcuts').open").await, false);
    assert!(browser.focus_is(ROW).await, "no key moves the focus any more");
    // It stays so, and the button still leads to the switch.
    browser.goto("/entries").await;
    browser.until(&format!("document.querySelectorAll('{ROW}').length === 3")).await;
    browser.type_keys("?").await;
    assert_eq!(browser.eval("document.querySelector('#shortcuts').open").await, false);
    browser.tab_to(".header-choices button").await;
    browser.press(keys[0]).await;
    browser.until("document.querySelector('#shortcuts').open").await;
    browser.tab_to("#shortcuts [role=switch]").await;
    browser.type_keys(" ").await;
    browser.press(keys[1]).await;
    browser.until("!document.querySelector('#shortcuts').open").await;
    browser.type_keys("?").await;
    browser.until("document.querySelector('#shortcuts').open").await;
}
