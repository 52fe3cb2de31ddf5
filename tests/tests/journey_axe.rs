//! Journey: every page in both colour schemes, wide and narrow: accessible, no wider than the screen, silent console.

use std::fmt::Write;
use tests::browser::{Browser, Journey, demo_records, traveller};

const ROWS: &str = "[data-testid=entry-row]";

/// A page: its name in pictures, who looks at it, its address, and the text that says it is there.
struct Page {
    name: &'static str,
    role: Option<&'static str>,
    path: String,
    there: &'static str,
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_axe() {
    let journey = Journey::start().await;
    journey.send(&demo_records(15, 160)).await;
    let nowhere = [
        ("municipality_number", ""),
        ("a_location_zip_code", ""),
        ("a_location_address", "Fjellheimen hyttegrend ved Bergen, innerst i veien"),
        ("p_first_name", "Anna-Małgorzata Wilhelmina"),
        ("p_last_name", "Brzęczyszczykiewicz-Løvenskiold"),
    ];
    let entry = journey.send(&[traveller("axe-1001", &nowhere)]).await.remove(0);
    let own = journey.send(&[traveller("axe-1002", &[("p_phone", "+44 20 7946 0155")])]).await.remove(0);
    let page = |name, role, path: &str, there| Page { name, role, path: path.to_owned(), there };
    let pages = [
        page("login", None, "/login", "Logg inn som"),
        page("entries", Some("shift-lead"), "/entries", "Viser 50 av"),
        page(
            "entries-filtered",
            Some("shift-lead"),
            "/entries?status=not-set&language=pl&sort=arrival-ascending",
            "Viser",
        ),
        page(
            "entries-filtered-empty",
            Some("shift-lead"),
            "/entries?language=th&arrival_to=2020-01-01",
            "Ingen innreiser passer",
        ),
        page("entry", Some("shift-lead"), &format!("/entries/{entry}"), "Registrert"),
        page("entry-unknown", Some("shift-lead"), "/entries/nobody", "Fant ikke innreisen"),
        page("search-idle", Some("shift-lead"), "/search", "Søk etter en reisende"),
        page("workbench", Some("shift-lead"), "/workbench", "Velg kommune"),
        page("register", Some("shift-lead"), "/register", "Levende perioder"),
        page("results", Some("shift-lead"), "/results", "Testplikter med svar"),
        page("rules", Some("shift-lead"), "/rules", "2021-03-15"),
        page("retention-lead", Some("shift-lead"), "/retention", "Alt er i orden"),
        page("not-found", Some("shift-lead"), "/nowhere", "Siden finnes ikke"),
        page("inspector-empty", Some("inspector"), "/", "Ingen henvisninger venter"),
        page("bundle-gone", Some("inspector"), "/inspectorate/974760983", "Ingen henvisninger"),
        page("denied", Some("inspector"), "/entries", "Du har ikke tilgang"),
        page("retention", Some("dpo"), "/retention", "Alt er i orden"),
        page("retention-missing", Some("dpo"), "/register", "Levende perioder"),
        page("municipality", Some("doctor"), "/municipality", "Viser"),
        page("municipality-empty", Some("doctor"), "/municipality?language=th", "Ingen innreiser passer"),
        page("not-ours", Some("doctor"), &format!("/entries/{own}"), "Ikke vår"),
        page("municipality-plain", Some("delegate"), "/municipality", "Viser"),
        page("plain-entry", Some("delegate"), &format!("/municipality/entries/{own}"), "Ikke vår"),
    ];
    let browser = &journey.browser;
    let mut broken = String::new();
    let mut now: Option<&str> = None;
    for page in &pages {
        if let Some(role) = page.role.filter(|role| now != Some(role)) {
            browser.log_in(role).await;
            now = Some(role);
        }
        browser.goto(&page.path).await;
        browser.until_text("main", page.there).await;
        // The names of the municipalities come a moment later.
        browser.until("!document.querySelector('.skeleton')").await;
        look_at(browser, page.name, &mut broken).await;
        look_closer(browser, page.name, &mut broken).await;
    }
    assert!(broken.is_empty(), "{broken}");
}

/// What a page shows only when it is asked for.
async fn look_closer(browser: &Browser, page: &str, broken: &mut String) {
    if page == "retention" {
        ask_for_an_end(browser).await;
        look_at(browser, "retention-form", broken).await;
        browser.click("[data-testid=request-form] [type=submit]").await;
        browser.click_text("[data-testid=early-end] button", "Trekk tilbake").await;
        browser.wait_for("[data-testid=decision]").await;
        look_at(browser, "retention-decision", broken).await;
    }
    if page == "retention-missing" {
        browser.eval(MISSING).await;
        browser.click_text(".navigation a", "Sletting").await;
        browser.until_text("[role=alert]", "Noe må følges opp").await;
        look_at(browser, "retention-missing", broken).await;
    }
    if page == "search-idle" {
        search(browser).await;
        look_at(browser, "search", broken).await;
        // A click beside the name opens the entry as well.
        browser.eval("document.querySelector('th[data-clickdelegatefor]').click()").await;
        browser.until("location.pathname.startsWith('/entries/')").await;
    }
    if page == "workbench" {
        browser.click("[data-testid=workbench-row] button").await;
        browser.wait_for("[data-testid=route-form]").await;
        browser.click("[data-testid=route-form] [type=submit]").await;
        browser.until_text("[data-testid=route-form]", "Velg en kommune").await;
        look_at(browser, "workbench-form", broken).await;
    }
    if page == "not-ours" {
        browser.click("[data-testid=not-ours]").await;
        browser.click("[data-testid=not-ours-form] [type=submit]").await;
        browser.until_text("[data-testid=not-ours-form]", "Skriv en begrunnelse").await;
        look_at(browser, "not-ours-form", broken).await;
    }
    if page == "entry" {
        browser.click("details.raw > summary").await;
        browser.until_text("details.raw", "Opplysning 1").await;
        look_at(browser, "entry-raw", broken).await;
    }
    if page == "entries" {
        browser.click("details.more > summary").await;
        browser.eval("document.activeElement.blur()").await;
        browser.type_keys("?").await;
        browser.until("document.querySelector('#shortcuts').open").await;
        look_at(browser, "shortcuts", broken).await;
    }
}

/// Puts everything that can be missing into what the server answers: none of it happens while all is well.
const MISSING: &str = r#"void (() => { const ask = window.fetch; window.fetch = async (...question) => {
    const answer = await ask(...question);
    if (!(question[0].url ?? String(question[0])).endsWith('/retention')) return answer;
    const told = await answer.json();
    const [today, yesterday, before] = told.days;
    Object.assign(today, { due: 4, done: 2, entries: 1234, events: 5678 });
    Object.assign(yesterday, { due: 4, done: 3, entries: 321, events: 654, ended_early: 2 });
    Object.assign(before, { due: 4, done: 4, entries: 321, events: 654 });
    const key = { name: 'epoch-0000abcd.key', found_at: told.now };
    const late = { name: 'Statens arkiv for prøver', acknowledged: 7, waiting: 12, waiting_since: told.now, overdue: true };
    const good = { name: 'PasInfo', acknowledged: 9, acknowledged_at: told.now, waiting: 0, overdue: false };
    const failure = 'a holder of keys fails: permission denied (/var/lib/register/keys-on-a-mount-that-is-gone)';
    const missing = { overdue: 2, late: 1, failure, key_findings: [key], consumers: [late, good], fingerprints: 4321, outlived_by_quarantine: 17 };
    return new Response(JSON.stringify({ ...told, ...missing }), { headers: { 'content-type': 'application/json' } });
} })()"#;

async fn ask_for_an_end(browser: &Browser) {
    browser.click("#request-query").await;
    browser.type_keys("axe-1001").await;
    browser.press(tests::browser::Key::Enter).await;
    browser.click("[data-testid=request-form] [type=submit]").await;
    browser.until_text("[data-testid=request-form]", "Velg en grunn").await;
    browser.click("[name=request-ground]").await;
    browser.click("#request-reason").await;
    browser.type_keys("Registrert to ganger, ved to ulike grensestasjoner.").await;
}

async fn search(browser: &Browser) {
    browser.click("[data-testid=search-input]").await;
    browser.type_keys("brzeczyszczykiewicz").await;
    browser.press(tests::browser::Key::Enter).await;
    browser.until_text(ROWS, "Brzęczyszczykiewicz").await;
}

/// Light and dark, wide and narrow. What is broken is gathered, so that one run tells all of it.
async fn look_at(browser: &Browser, name: &str, broken: &mut String) {
    for (width, height) in [(1280, 900), (320, 640)] {
        browser.resize(width, height).await;
        for scheme in ["light", "dark"] {
            browser.prefer(scheme).await;
            browser
                .until(&format!(
                    "innerWidth === {width} && matchMedia('(prefers-color-scheme: {scheme})').matches"
                ))
                .await;
            let case = format!("{name}-{width}-{scheme}");
            browser.screenshot(&case).await;
            for violation in browser.axe().await {
                let _ = writeln!(
                    broken,
                    "{case}: {} at {}: {}",
                    violation.rule, violation.target, violation.summary
                );
            }
            let wide = browser.number("document.documentElement.scrollWidth").await;
            if wide > u64::from(width) {
                let _ = writeln!(broken, "{case}: {wide} pixels wide");
            }
            for line in browser.console_errors().await {
                let _ = writeln!(broken, "{case}: console: {} {}", line.source, line.message);
            }
        }
    }
    browser.resize(1280, 900).await;
}
