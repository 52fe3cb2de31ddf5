//! Journey: results in the portal. A positive one arrives in the middle of a call; another is revised after somebody was
//! told; a number assigned at the border joins two entries; the lead sees how many could be matched.

use serde_json::{Value, json};
use tests::browser::{Browser, Journey, Key, traveller};
use tests::register::INTAKE_TOKEN;

/// Synthetic numbers, month + 80.
const KARI: &str = "20914695016";
const D_NUMBER: &str = "49860699787";

/// A message of a laboratory about a PCR test taken today.
fn message(id: &str, number: &str, text: &str, status: &str) -> Value {
    let now = backend::clock::Clock::system().now();
    json!({
        "meldingId": id, "mottattdao": now.to_string(), "mottattdatoBruktSomProvedato": false,
        "labHerId": "8092314", "labNavn": "Prøvelaboratoriet", "provenummer": format!("P-{number}"),
        "provedato": now.to_string(), "meldingsstatus": status, "fodselsnummer": number,
        "funn": [{"kodeverdi": "NPU59097", "kodebeskrivelse": "Us-SARS-CoV-2 RNA", "resultat": text, "status": status}],
    })
}

async fn send(journey: &Journey, messages: Value) -> Value {
    let url = format!("{}/api/v1/intake/results", journey.register.url);
    let sent =
        reqwest::Client::new().post(url).bearer_auth(INTAKE_TOKEN).json(&messages).send().await.unwrap();
    assert!(sent.status().is_success(), "{}", sent.text().await.unwrap());
    sent.json().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_results() {
    let journey = Journey::start().await;
    let yesterday = backend::clock::Clock::system().now() - jiff::SignedDuration::from_hours(24);
    let yesterday = backend::rules::moments::norwegian_day_of(yesterday).to_string();
    let sent = [
        traveller(
            "results-1",
            &[("p_unique_id", KARI), ("p_last_name", "Positiv"), ("p_birth_date", "1946-11-20")],
        ),
        traveller("results-2", &[("p_last_name", "Kowalska"), ("p_phone", "+44 20 7946 0211")]),
        traveller(
            "results-3",
            &[("p_last_name", "Kowalska"), ("p_phone", "+44 20 7946 0212"), ("a_date", yesterday.as_str())],
        ),
    ];
    let entries = journey.send(&sent).await;
    let browser = &journey.browser;
    browser.log_in("shift-lead").await;
    a_number_joins_two(browser, &entries[1], &entries[2]).await;
    positive_in_mid_call(&journey, &entries[0]).await;
    revised(&journey, &entries[1]).await;
    board(browser).await;
    let errors = browser.console_errors().await;
    assert!(errors.is_empty(), "{errors:#?}");
}

async fn a_number_joins_two(browser: &Browser, one: &str, other: &str) {
    for entry in [one, other] {
        browser.goto(&format!("/entries/{entry}")).await;
        browser.wait_for("[data-testid=assign]").await;
        browser.click_text("summary", "Registrer et nummer").await;
        browser.click("#assign-number").await;
        browser.type_keys(D_NUMBER).await;
        browser.click("#assign-place").await;
        browser.type_keys("Svinesund").await;
        browser.click_text("[data-testid=assign] button", "Lagre nummeret").await;
        browser.until(&format!("document.body.innerText.includes('D-nummer: {D_NUMBER}')")).await;
    }
    browser.until("document.querySelector('[data-testid=other]')?.innerText.includes('koblet')").await;
    browser.screenshot("entry-person").await;
    let violations = browser.axe().await;
    assert!(violations.is_empty(), "{violations:#?}");
}

async fn positive_in_mid_call(journey: &Journey, entry: &str) {
    let browser = &journey.browser;
    browser.goto("/call").await;
    browser.until_text("h1", "Ring").await;
    browser.click_text("label", "engelsk").await;
    browser.until("document.querySelector('[type=checkbox]:checked')?.disabled === false").await;
    browser.press_with_control(Key::Enter).await;
    // Whoever comes first: the lead puts the one on top that the journey is about.
    for _ in 0..3 {
        browser.wait_for("[data-testid=card] h2").await;
        if browser.text("[data-testid=card] h2").await.contains("Positiv") {
            break;
        }
        browser.type_keys("r").await;
        browser.until("document.activeElement?.matches('[data-testid=panel] [type=radio]')").await;
        let name = browser.text("[data-testid=card] h2").await;
        browser.type_keys("2").await;
        browser.press_with_control(Key::Enter).await;
        browser
            .until(&format!("document.querySelector('[data-testid=card] h2')?.innerText !== '{name}'"))
            .await;
    }
    browser.until_text("[data-testid=card] h2", "Positiv").await;
    browser.type_keys("r").await;
    browser.until("document.activeElement?.matches('[data-testid=panel] [type=radio]')").await;
    let taken = send(journey, json!([message("A", KARI, "Påvist", "Endelig")])).await;
    assert_eq!(taken["matched"], 1);
    browser.until("!!document.querySelector('[data-testid=positive]')").await;
    assert!(
        browser.focus_is("[data-testid=panel] [type=radio]").await,
        "news do not take the caller's focus"
    );
    browser.screenshot("call-positive").await;
    let (_, owed) = browser.api(&format!("/entries/{entry}/results")).await;
    assert_eq!(owed["samples"][0]["class"], "detected");
    browser.type_keys("2").await;
    browser.press_with_control(Key::Enter).await;
    browser.until("!document.querySelector('[data-testid=panel]')").await;
    let (_, standing) = browser.api("/queue/card").await;
    assert_ne!(standing["entry"]["id"].as_str(), Some(entry), "nobody calls any more");
}

/// Somebody is told that the answer is negative, and then it is not.
async fn revised(journey: &Journey, entry: &str) {
    let browser = &journey.browser;
    send(journey, json!([message("B", D_NUMBER, "Ikke påvist", "Endelig")])).await;
    browser.goto(&format!("/entries/{entry}")).await;
    browser.until("document.querySelector('[data-testid=results]')?.innerText.includes('Negativ')").await;
    let script = format!(
        "(async () => {{
            const send = (method, path, body) => fetch('/api/v1/entries/{entry}/calls' + path, {{
                method, body: JSON.stringify(body),
                headers: {{ 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }},
            }}).then(answer => answer.json());
            const rung = await send('POST', '', {{ direction: 'inbound', phone: '+442079460211' }});
            done(await send('PUT', '/' + rung.attempt + '/outcome',
                {{ outcome: {{ contact: 'answered', assessment: 'understands-and-complies' }} }}));
        }})()"
    );
    let told = browser.run(&script).await;
    assert!(told["version"].is_u64(), "{told}");
    send(journey, json!([message("C", D_NUMBER, "Påvist", "Revidert")])).await;
    browser.wait_for("[data-testid=correction]").await;
    browser
        .until("document.querySelector('[data-testid=correction]').innerText.includes('Én hadde fått')")
        .await;
    browser.screenshot("entry-correction").await;
    let violations = browser.axe().await;
    assert!(violations.is_empty(), "{violations:#?}");
    browser.click("#settle-note").await;
    browser.type_keys("Ringte og sa fra.").await;
    browser.click_text("[data-testid=correction] button", "Lagre som gjort").await;
    browser.until("document.querySelector('[data-testid=correction]').innerText.includes('Ordnet av')").await;
}

async fn board(browser: &Browser) {
    browser.goto("/results").await;
    browser
        .until(
            "document.querySelector('#board-table') && document.body.innerText.includes('Prøvelaboratoriet')",
        )
        .await;
    browser.screenshot("results-board").await;
    let violations = browser.axe().await;
    assert!(violations.is_empty(), "{violations:#?}");
    browser.resize(320, 800).await;
    let wider = "Number(document.documentElement.scrollWidth > document.documentElement.clientWidth)";
    assert_eq!(browser.number(wider).await, 0);
    browser.screenshot("results-board-320").await;
    browser.resize(1280, 900).await;
}
