//! Journey: an employer is referred after a call, as the caller sees it leave; an inspector takes it in hand, asks for
//! more, gets it, and closes it; the lead sees what came of it.

use serde_json::json;
use tests::browser::{Browser, Journey, traveller};
use tests::eformidling::{PASSWORD, Service, USER};
use tests::enhetsregisteret::Units;

const EMPLOYER: &str = "974760983";
const SECTION: &str = "section[aria-labelledby=referral-heading]";

/// A traveller at an employer's lodging, alone.
fn lodged(code: &str, phone: &str, more: &[(&str, &str)]) -> events::record::RawRecord {
    let usual = [
        ("p_last_name", "Hemmelig"),
        ("p_phone", phone),
        ("a_q_opt_l4_code", "4003"),
        ("a_location_address", "Brakkeriggen, Industrivegen 13"),
        ("a_employer_name", "Nordfjord Bygg AS"),
        ("a_employer_org_number", EMPLOYER),
    ];
    traveller(code, &[&usual[..], more].concat())
}

/// A call in which an employer seems to fail, without the call page.
async fn says(browser: &Browser, entry: &str, phone: &str) {
    browser.until(&format!("fetch('/api/v1/entries/{entry}').then(answer => answer.ok)")).await;
    let script = format!(
        "(async () => {{
            const send = (method, path, body) => fetch('/api/v1/entries/{entry}/calls' + path, {{
                method, body: JSON.stringify(body),
                headers: {{ 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }},
            }}).then(answer => answer.json());
            const rung = await send('POST', '', {{ direction: 'inbound', phone: '{phone}' }});
            done(await send('PUT', '/' + rung.attempt + '/outcome', {{ outcome: {{
                contact: 'answered', assessment: 'suspected-breach', employer_failure_suspected: true,
                breach_grounds: ['working', 'shared-room', 'test-not-taken'], note: 'Hoster.',
                answers: [{{ question: 'employer-houses', answer: 'yes' }}, {{ question: 'room-shared-by', answer: '6' }}],
            }} }}));
        }})()"
    );
    let told = browser.run(&script).await;
    assert!(told["version"].is_u64(), "{told}");
}

/// Refers everything that may be told, without the page.
async fn refers(browser: &Browser, entry: &str) {
    let script = format!(
        "(async () => {{
            const told = await fetch('/api/v1/entries/{entry}/referrals').then(answer => answer.json());
            done(await fetch('/api/v1/entries/{entry}/referrals', {{
                method: 'POST', body: JSON.stringify({{ content: told.possible }}),
                headers: {{ 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(),
                            'if-match': '\"' + told.version + '\"' }},
            }}).then(answer => answer.json()));
        }})()"
    );
    let told = browser.run(&script).await;
    assert!(told["referral"].is_string(), "{told}");
}

/// The page as it is seen: wide, narrow, dark, and without a rule broken.
async fn look_at(browser: &Browser, name: &str) {
    for (width, height, scheme) in [(1280, 900, "light"), (320, 640, "light"), (1280, 900, "dark")] {
        browser.resize(width, height).await;
        browser.prefer(scheme).await;
        browser
            .until(&format!(
                "innerWidth === {width} && matchMedia('(prefers-color-scheme: {scheme})').matches"
            ))
            .await;
        browser.screenshot(&format!("{name}-{width}-{scheme}")).await;
        let violations = browser.axe().await;
        assert!(violations.is_empty(), "{name} {width} {scheme}: {violations:#?}");
        assert!(
            browser.number("document.documentElement.scrollWidth").await <= u64::from(width),
            "{name} {width}"
        );
    }
    browser.prefer("light").await;
    browser.resize(1280, 900).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_inspector() {
    let (service, units) = (Service::start().await, Units::start().await);
    units.has(EMPLOYER, json!({
        "organisasjonsnummer": EMPLOYER, "navn": "NORDFJORD BYGG AS", "konkurs": true,
        "organisasjonsform": {"kode": "AS", "beskrivelse": "Aksjeselskap"}, "antallAnsatte": 42,
        "forretningsadresse": {"land": "Norge", "postnummer": "6770", "poststed": "NORDFJORDEID", "adresse": ["Gata 1"]},
    }));
    let settings = [
        ("REGISTER_EFORMIDLING_URL", service.address.as_str()),
        ("REGISTER_EFORMIDLING_USER", USER),
        ("REGISTER_EFORMIDLING_PASSWORD", PASSWORD),
        ("REGISTER_ENHETSREGISTERET_URL", units.address.as_str()),
    ];
    let journey = Journey::start_with(&settings).await;
    let phones = ["+442079460131", "+442079460132", "+442079460133"];
    let foreign = [
        ("a_employer_org_number", ""),
        ("a_employer_name", "Kowalski Budowa sp. z o.o."),
        ("a_date", "2021-03-14"),
    ];
    let entries = journey
        .send(&[
            lodged("refer-1", phones[0], &[]),
            lodged("refer-2", phones[1], &[("a_date", "2021-03-15")]),
            lodged("refer-3", phones[2], &foreign),
        ])
        .await;
    let browser = &journey.browser;
    browser.log_in("caller").await;
    for (entry, phone) in entries.iter().zip(phones) {
        says(browser, entry, phone).await;
    }
    the_caller_sees_what_leaves(browser, &entries[0], &service).await;
    for entry in &entries[1..] {
        refers(browser, entry).await;
    }
    the_inspector_acts(browser).await;
    the_caller_tells_more(browser, &entries[0]).await;
    the_inspector_closes(browser).await;
    the_lead_sees_what_came_of_it(browser).await;
    journey.nothing_failed().await;
}

async fn the_caller_sees_what_leaves(browser: &Browser, entry: &str, service: &Service) {
    browser.goto(&format!("/entries/{entry}")).await;
    browser.until_text(SECTION, "kan ha sviktet").await;
    browser.click("[data-testid=refer]").await;
    browser.wait_for("[data-testid=referral-form]").await;
    browser.until_text("[data-testid=unit]", "Konkurs").await;
    // One fact is left out.
    browser.click_text("[data-testid=referral-form] label", "Jobber blant andre").await;
    browser.click_text("[data-testid=referral-form] button", "Se hva som sendes").await;
    browser.wait_for("pre.letter").await;
    look_at(browser, "referral-preview").await;
    let shown = browser.string("document.querySelector('pre.letter').textContent").await;
    assert!(shown.contains("Deler soverom") && !shown.contains("Jobber blant andre"), "{shown}");
    for hidden in ["Hemmelig", "Hoster", "test"] {
        assert!(!shown.contains(hidden), "{hidden}: {shown}");
    }
    browser.click("#referral-send").await;
    browser.until_text("#referral-done", "Henvist til Arbeidstilsynet").await;
    browser.until_text(SECTION, "eFormidling").await;
    let held = service.held();
    assert_eq!(held.len(), 1);
    let letter = &held.values().next().unwrap().files["melding.txt"].1;
    assert_eq!(letter, &shown, "what was shown is what left");
    look_at(browser, "referral-sent").await;
}

async fn the_inspector_acts(browser: &Browser) {
    browser.log_in("inspector").await;
    browser.until("location.pathname === '/inspectorate'").await;
    browser.until("document.querySelectorAll('[data-testid=bundle]').length === 2").await;
    browser.until_text("[data-testid=inbox]", "2 nye").await;
    look_at(browser, "inspector-inbox").await;
    browser.click_text("[data-testid=bundle]", "Nordfjord").await;
    browser.until_text("[data-testid=unit]", "Konkurs").await;
    browser.until_text("[data-testid=place]", "2 innreisende").await;
    look_at(browser, "inspector-bundle").await;
    browser.click("[data-testid=inspect-acknowledge]").await;
    browser.until_text("#inspect-done", "2 henvisninger er tatt til behandling").await;
    browser.until("[...document.querySelectorAll('[data-testid=referral]')].every(card => card.innerText.includes('Til behandling'))").await;
    // The newest is left out: only the oldest is sent back.
    browser.click("[data-testid=referral] label").await;
    browser.until_text("[data-testid=inspect-return]", "Be om mer om 1").await;
    browser.click("[data-testid=inspect-return]").await;
    browser.wait_for("[data-testid=inspect-form]").await;
    browser.click("[data-testid=inspect-form] [type=submit]").await;
    browser.until_text("[data-testid=inspect-form]", "Velg minst").await;
    browser.click_text("[data-testid=inspect-form] label", "nøyaktig adresse").await;
    browser.click("#inspect-note").await;
    browser.type_keys("Hvilken brakke?").await;
    look_at(browser, "inspector-return").await;
    browser.click("[data-testid=inspect-form] [type=submit]").await;
    browser.until_text("#inspect-done", "1 henvisning er sendt tilbake").await;
    let seen = browser.text("body").await;
    for hidden in ["Hemmelig", "Hoster", "7946"] {
        assert!(!seen.contains(hidden), "{hidden}: {seen}");
    }
}

async fn the_caller_tells_more(browser: &Browser, entry: &str) {
    browser.log_in("caller").await;
    browser.goto(&format!("/entries/{entry}")).await;
    browser.until_text(SECTION, "Hvilken brakke?").await;
    browser.click_text(&format!("{SECTION} button"), "Svar med mer").await;
    browser.wait_for("[data-testid=referral-form]").await;
    browser.click("#refer-address").await;
    browser.press(tests::browser::Key::End).await;
    browser.type_keys(", brakke C").await;
    browser.click_text("[data-testid=referral-form] button", "Se hva som sendes").await;
    browser.until("document.querySelector('pre.letter')?.textContent.includes('brakke C')").await;
    browser.click("#referral-send").await;
    browser.until_text("#referral-done", "Lagt til").await;
    browser.until("document.querySelector('section[aria-labelledby=timeline-heading]').innerText.includes('Henvisningen ble utfylt')").await;
}

async fn the_inspector_closes(browser: &Browser) {
    browser.log_in("inspector").await;
    browser.goto(&format!("/inspectorate/{EMPLOYER}")).await;
    browser.until("document.querySelectorAll('[data-testid=place]').length === 2").await;
    browser.until("document.body.innerText.includes('brakke C')").await;
    for left in [1, 0] {
        browser.click("[data-testid=inspect-close]").await;
        browser.wait_for("[data-testid=inspect-form]").await;
        browser.click_text("[data-testid=inspect-form] label", "Pålegg").await;
        browser.click("[data-testid=inspect-form] [type=submit]").await;
        browser
            .until(&format!("document.querySelectorAll('[data-testid=inspect-close]').length === {left}"))
            .await;
    }
    browser.goto("/inspectorate").await;
    browser.until("document.querySelectorAll('[data-testid=inbox] [data-testid=bundle]').length === 1").await;
    browser.until_text("main", "1 arbeidsgiver der alt er lukket").await;
}

async fn the_lead_sees_what_came_of_it(browser: &Browser) {
    browser.log_in("shift-lead").await;
    browser.goto("/calls/board").await;
    browser.until_text("[data-testid=board-referrals]", "Pålegg").await;
    let seen = browser.text("[data-testid=board-referrals]").await;
    assert!(!seen.contains("Nordfjord") && !seen.contains("Brakkeriggen"), "{seen}");
    look_at(browser, "board-referrals").await;
}
