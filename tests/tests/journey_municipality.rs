//! Journey of a municipality: what is new since last time, sending back what is not one's own, and a view without a word
//! that tells of health.

use events::record::RawRecord;
use reqwest::Method;
use serde_json::{Value, json};
use tests::browser::{Browser, Journey, Key, changed, traveller};
use tests::person::{Person, tell};
use tests::register::INTAKE_TOKEN;

const ROWS: &str = "[data-testid=municipal-list] tbody tr";
const NEWS: &str = "[data-testid=news]";
/// Synthetic, month + 80.
const NUMBER: &str = "20914695016";
/// Words that tell of health or of what was said, wherever they stand on a page.
const HEALTH: &str = "/test|prøve|positiv|negativ|smitte|symptom|mistanke|brudd|besøk|fulgt opp|neste steg/i";

fn named(code: &str, name: &str, fields: &[(&str, &str)]) -> RawRecord {
    let usual = [("p_first_name", name), ("p_last_name", "Reisende"), ("a_location_address", "Strandgata 1")];
    traveller(code, &[usual.as_slice(), fields].concat())
}

/// On the way to Oslo, at a hotel in Bergen.
fn at_hotel() -> RawRecord {
    let hotel = [("municipality_number", "0301"), ("hotel_municipality_number", "4601")];
    named("mun-hotel", "Hilde", &[("p_birth_date", "1981-01-01"), hotel[0], hotel[1]])
}

fn own() -> RawRecord {
    let phone = ("p_phone", "+44 20 7946 0211");
    named("mun-own", "Egon", &[("p_birth_date", "1946-11-20"), ("p_unique_id", NUMBER), phone])
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_municipality() {
    let journey = Journey::start().await;
    let oslo =
        [("p_birth_date", "1983-03-03"), ("municipality_number", "0301"), ("a_location_zip_code", "0150")];
    let entries = journey.send(&[at_hotel(), own(), named("mun-oslo", "Nabo", &oslo)]).await;
    called_and_tested(&journey, &entries[1]).await;
    let browser = &journey.browser;
    the_first_time(browser).await;
    news(&journey).await;
    the_other_side(browser).await;
    without_health(browser, &entries).await;
    sent_back(browser, &entries).await;
    journey.nothing_failed().await;
}

/// A caller suspects a breach, and a laboratory finds something.
async fn called_and_tested(journey: &Journey, entry: &str) {
    let caller = Person::log_in(&journey.register.url, "caller").await;
    let rung = json!({"direction": "inbound", "phone": "+442079460211"});
    let (status, rung) = caller.post_once(&format!("entries/{entry}/calls"), rung).await;
    assert!(status.is_success(), "{rung}");
    let path = format!("entries/{entry}/calls/{}/outcome", rung["attempt"].as_str().expect("an attempt"));
    let outcome = json!({"contact": "answered", "assessment": "suspected-breach", "breach_grounds": ["receives-visitors"]});
    let request =
        caller.request(Method::PUT, &path).header("idempotency-key", uuid::Uuid::from_u128(5).to_string());
    let (status, told) = tell(request.json(&json!({ "outcome": outcome }))).await;
    assert!(status.is_success(), "{told}");
    let now = backend::clock::Clock::system().now().to_string();
    let found = json!([{
        "meldingId": "A", "mottattdao": now, "mottattdatoBruktSomProvedato": false, "labHerId": "8092314",
        "labNavn": "Byens laboratorium", "provenummer": "P-1", "provedato": now, "meldingsstatus": "Endelig",
        "fodselsnummer": NUMBER, "funn": [{"kodeverdi": "NPU59097", "kodebeskrivelse": "Us-SARS-CoV-2 RNA",
        "resultat": "Påvist", "status": "Endelig"}],
    }]);
    let url = format!("{}/api/v1/intake/results", journey.register.url);
    let sent = reqwest::Client::new().post(url).bearer_auth(INTAKE_TOKEN).json(&found).send().await.unwrap();
    assert!(sent.status().is_success(), "{}", sent.text().await.unwrap());
}

/// Somebody who has never looked sees no marks, and is told why.
async fn the_first_time(doctor: &Browser) {
    doctor.log_in("doctor").await;
    doctor.until_text("h1", "Innreiser i Bergen").await;
    assert_eq!(doctor.address().await, "/municipality");
    doctor.until(&format!("document.querySelectorAll('{ROWS}').length === 2")).await;
    for shown in [
        "Egon Reisende",
        "Mistanke om brudd",
        "Får besøk",
        "Ringte selv",
        "Positiv",
        "Kommunen følger opp",
        "Strandgata 1",
    ] {
        doctor.until_text(ROWS, shown).await;
    }
    doctor.until_text(NEWS, "Første gang du er her, er ingenting merket").await;
    assert_eq!((doctor.count("[data-news]").await, doctor.count(&format!("{NEWS} button")).await), (0, 0));
    doctor.until_text("[data-testid=tab-responsible]", "Vårt ansvar 2").await;
    doctor.click("[data-testid=tab-hotel]").await;
    doctor.until(&format!("document.querySelectorAll('{ROWS}').length === 1")).await;
    doctor.until_text(ROWS, "Hilde").await;
    doctor.back().await;
    doctor.until_text(ROWS, "Egon").await;
    mark_seen(doctor).await;
}

async fn mark_seen(who: &Browser) {
    who.click("[data-testid=mark-seen]").await;
    who.until_text(NEWS, "Ingenting nytt siden du sist så").await;
    who.until("!document.querySelector('[data-news]')").await;
}

/// One comes, one changes, one goes: counted, marked, and shown alone when asked for.
async fn news(journey: &Journey) {
    let doctor = &journey.browser;
    // Somebody is reading: the rows under his eyes stay, and so does his focus.
    doctor.eval(&format!("document.querySelector('{ROWS} a').focus()")).await;
    let left = [("a_quarantine_reg_arrival", "2021-03-15"), ("a_quarantine_reg_departure", "2021-03-16")];
    let polish = [("p_lang_follow_up", "Polsk")];
    let comes =
        named("mun-new", "Nykommer", &[("p_birth_date", "1990-05-05"), ("p_phone", "+44 20 7946 0299")]);
    journey.send(&[comes, changed(&own(), &polish), changed(&at_hotel(), &left)]).await;
    for counted in ["Nytt siden du sist så", "1 ny", "1 endret", "1 flyttet"] {
        doctor.until_text(NEWS, counted).await;
    }
    doctor.until_text(".waiting-news", "Listen er endret").await;
    assert!(doctor.focus_is(&format!("{ROWS} a")).await, "news take nobody's focus");
    doctor.click(".waiting-news button").await;
    assert!(doctor.focus_is("#list-top").await);
    doctor.until(&format!("document.querySelectorAll('{ROWS}').length === 2")).await;
    doctor.until_text(&format!("{ROWS}:has([data-news=new])"), "Nykommer").await;
    doctor.until_text(&format!("{ROWS}:has([data-news=changed])"), "polsk").await;
    looks_right(doctor, "municipality").await;
    doctor.click("[data-testid=news-moved]").await;
    doctor.until_text("[data-testid=moved]", "Gikk til Oslo").await;
    doctor.until_text("[data-testid=moved]", "oppholdet på karantenehotell er over").await;
    assert_eq!(doctor.address().await, "/municipality?tab=formerly&news=new");
    looks_right(doctor, "municipality-moved").await;
    doctor.back().await;
    doctor.click("[data-testid=news-new]").await;
    doctor.until(&format!("document.querySelectorAll('{ROWS}').length === 1")).await;
    doctor.reload().await;
    doctor.until_text(ROWS, "Nykommer").await;
    assert_eq!(doctor.count(ROWS).await, 1, "the address keeps what was asked for");
    doctor.until("document.querySelector('[data-testid=news-new]')?.ariaPressed === 'true'").await;
    mark_seen(doctor).await;
    assert_eq!(doctor.address().await, "/municipality");
    doctor.choose("#filter-language", "lt").await;
    doctor.until_text("main", "Ingen innreiser passer filteret").await;
    assert_eq!(doctor.address().await, "/municipality?language=lt");
    doctor.click("[data-testid=remove-filters]").await;
    doctor.until_text(ROWS, "Egon").await;
}

/// Oslo sees where it comes from.
async fn the_other_side(browser: &Browser) {
    browser.log_in("doctor-oslo").await;
    browser.until_text("[data-testid=moved]", "Kom hit fra Bergen").await;
}

async fn without_health(delegate: &Browser, entries: &[String]) {
    delegate.log_in("delegate").await;
    delegate.until_text(ROWS, "Egon").await;
    delegate.until_text(ROWS, "ble nådd").await;
    assert_eq!(delegate.address().await, "/municipality");
    assert_eq!(delegate.count("[data-testid=municipal-list] thead th").await, 6);
    assert_silent(delegate).await;
    looks_right(delegate, "municipality-plain").await;
    delegate.click_text(&format!("{ROWS} a"), "Egon").await;
    delegate.until_text("h1", "Egon Reisende").await;
    delegate.until_text("main", "Strandgata 1").await;
    assert_eq!(delegate.address().await, format!("/municipality/entries/{}", entries[1]));
    delegate.wait_for("[data-testid=not-ours]").await;
    assert_silent(delegate).await;
    looks_right(delegate, "municipality-plain-entry").await;
    // Neither another municipality's, nor the pages of those who may see more.
    delegate.goto(&format!("/municipality/entries/{}", entries[2])).await;
    delegate.until_text("main", "Fant ikke innreisen").await;
    assert!(!delegate.text("body").await.contains("Nabo"));
    for page in ["/entries".to_owned(), format!("/entries/{}", entries[1])] {
        delegate.goto(&page).await;
        delegate.until_text("h1", "Du har ikke tilgang").await;
    }
}

/// No word of health on the page, neither shown nor hidden. What one can filter by is no fact about anybody.
async fn assert_silent(delegate: &Browser) {
    let found = format!(
        "(() => {{
            const page = document.querySelector('main').cloneNode(true);
            page.querySelectorAll('select').forEach(one => one.remove());
            return page.textContent.match({HEALTH})?.[0] ?? null;
        }})()"
    );
    assert_eq!(delegate.eval(&found).await, Value::Null);
}

async fn sent_back(browser: &Browser, entries: &[String]) {
    browser.log_in("doctor").await;
    browser.goto(&format!("/entries/{}", entries[2])).await;
    browser.until_text("main", "Fant ikke innreisen").await;
    browser.goto("/municipality").await;
    browser.click_text(&format!("{ROWS} a"), "Nykommer").await;
    browser.until_text("h1", "Nykommer Reisende").await;
    browser.click("[data-testid=not-ours]").await;
    browser.click("[data-testid=not-ours-form] [type=submit]").await;
    browser.until_text("[data-testid=not-ours-form]", "Skriv en begrunnelse").await;
    browser.click("#not-ours-reason").await;
    browser.type_keys("Bor hos søsteren i Askøy.").await;
    looks_right(browser, "not-ours").await;
    // Somebody else was faster, once.
    browser.eval(FASTER).await;
    browser.click("[data-testid=not-ours-form] [type=submit]").await;
    browser.until_text("[role=alert]", "Innreisen er endret av noen andre").await;
    browser.until_text("[role=alert]", "Det du skrev, står").await;
    browser.click_text("[role=alert] button", "Hent ny versjon").await;
    browser.until("!document.querySelector('[data-testid=not-ours-form] [role=alert]')").await;
    browser.click("#not-ours-reason").await;
    browser.press(Key::End).await;
    browser.click("[data-testid=not-ours-form] [type=submit]").await;
    browser.until("location.pathname === '/municipality'").await;
    browser.until_text("[data-testid=notice]", "Innreisen er sendt til nasjonalt arbeidsbord").await;
    browser
        .until("!document.querySelector('[data-testid=municipal-list]').innerText.includes('Nykommer')")
        .await;
    let (_, me) = browser.api("/me").await;
    let doctor = me["name"].as_str().expect("a name").to_owned();
    browser.log_in("shift-lead").await;
    browser.goto("/workbench").await;
    for shown in ["Nykommer", "Sendt tilbake av Bergen", "Bor hos søsteren i Askøy.", doctor.as_str()] {
        browser.until_text("[data-testid=workbench-row]", shown).await;
    }
    looks_right(browser, "workbench-declined").await;
}

/// The next attempt to send the entry back goes out on a version that is no longer.
const FASTER: &str = r#"void (() => { const ask = window.fetch; window.fetch = (request, ...rest) => {
    if (!(request.url ?? String(request)).endsWith('/not-ours')) return ask(request, ...rest);
    window.fetch = ask;
    const headers = new Headers(request.headers);
    headers.set('if-match', '"77"');
    return ask(new Request(request, { headers }), ...rest);
} })()"#;

/// Pictures in both schemes, wide and narrow: accessible, and no wider than the screen.
async fn looks_right(browser: &Browser, name: &str) {
    for (width, height) in [(1280, 900), (320, 640)] {
        browser.resize(width, height).await;
        for scheme in ["light", "dark"] {
            browser.prefer(scheme).await;
            browser
                .until(&format!(
                    "innerWidth === {width} && matchMedia('(prefers-color-scheme: {scheme})').matches"
                ))
                .await;
            browser.screenshot(&format!("{name}-{width}-{scheme}")).await;
            let violations = browser.axe().await;
            assert!(violations.is_empty(), "{name} {width} {scheme}: {violations:#?}");
            let wide = browser.number("document.documentElement.scrollWidth").await;
            assert!(wide <= u64::from(width), "{name} {scheme}: {wide} pixels wide");
        }
    }
    browser.resize(1280, 900).await;
    browser.prefer("light").await;
}
