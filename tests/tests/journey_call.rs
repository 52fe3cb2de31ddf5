//! Journey: a caller's shift, by keyboard alone, keys counted: nobody answers, a traveller keeps the rules, one seems
//! not to, and what was typed survives a reload and a killed server. The lead sees it on the board.

use serde_json::Value;
use std::cell::Cell;
use std::time::Duration;
use tests::browser::{Browser, Journey, Key, traveller};

/// A caller who counts the keys.
struct Keys<'a> {
    browser: &'a Browser,
    pressed: Cell<u32>,
}

impl Keys<'_> {
    async fn press(&self, key: char) {
        self.pressed.set(self.pressed.get() + 1);
        self.browser.type_keys(&key.to_string()).await;
    }

    /// Saves and takes the next: one chord.
    async fn save(&self) {
        self.pressed.set(self.pressed.get() + 1);
        self.browser.press_with_control(Key::Enter).await;
    }

    /// Dials, and waits until the question how it went has the focus.
    async fn dial(&self) {
        self.pressed.set(0);
        self.browser.until("!!document.querySelector('[data-testid=dial]')").await;
        self.press('r').await;
        self.browser.until("document.activeElement?.matches('[data-testid=panel] [type=radio]')").await;
    }

    /// Answers the question that has the focus, and waits until another has it or the script is at its end.
    async fn answer(&self, key: char) {
        let before = self.browser.string("document.activeElement.name").await;
        self.press(key).await;
        self.browser.until(&format!("document.activeElement?.name !== '{before}'")).await;
    }
}

async fn on_card(caller: &Browser) -> String {
    caller.wait_for("[data-testid=card] h2").await;
    caller.text("[data-testid=card] h2").await
}

async fn until_another_card(caller: &Browser, name: &str) {
    caller
        .until(&format!(
            "document.querySelector('[data-testid=dial]') && document.querySelector('[data-testid=card] h2').innerText !== '{name}'"
        ))
        .await;
}

/// What the calls on all entries came to.
async fn outcomes(caller: &Browser, entries: &[String]) -> Vec<(String, Value)> {
    let mut outcomes = Vec::new();
    for entry in entries {
        let (_, timeline) = caller.api(&format!("/entries/{entry}/timeline")).await;
        for item in timeline["items"].as_array().unwrap() {
            if !item["what"]["outcome"].is_null() {
                outcomes.push((entry.clone(), item["what"]["outcome"].clone()));
            }
        }
    }
    outcomes
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_call() {
    let mut journey = Journey::start().await;
    let sent: Vec<_> = (0..6)
        .map(|n| {
            let (code, phone) = (format!("call-{n}"), format!("+44 20 7946 01{n}0"));
            let name = format!("Reisende{n}");
            traveller(&code, &[("p_phone", phone.as_str()), ("p_last_name", name.as_str())])
        })
        .collect();
    let entries = journey.send(&sent).await;
    let caller = &journey.browser;
    caller.log_in("caller").await;
    caller.goto("/call").await;
    caller.until_text("h1", "Ring").await;
    caller.click_text("label", "engelsk").await;
    caller.until("document.querySelector('[type=checkbox]:checked')?.disabled === false").await;
    caller.press_with_control(Key::Enter).await;
    let keys = Keys { browser: caller, pressed: Cell::new(0) };

    nobody_answers_and_somebody_complies(&keys, &entries).await;
    somebody_seems_to_break_the_rules(&keys, &entries).await;
    let name = what_was_typed_survives_a_reload(&keys).await;
    let errors = caller.console_errors().await;
    assert!(errors.is_empty(), "{errors:#?}");
    journey.register.kill();
    journey.register.start_again();
    journey.register.ready().await;
    what_was_typed_survives_the_server(&journey.browser, &name, &entries).await;
}

async fn nobody_answers_and_somebody_complies(keys: &Keys<'_>, entries: &[String]) {
    let caller = keys.browser;
    let first = on_card(caller).await;
    caller.screenshot("call-card").await;
    keys.dial().await;
    caller.screenshot("call-dialled").await;
    keys.press('2').await;
    keys.save().await;
    until_another_card(caller, &first).await;
    assert!(keys.pressed.get() <= 3, "no answer takes {} keys", keys.pressed.get());

    let second = on_card(caller).await;
    keys.dial().await;
    for answer in ['1', '1', '1', '1', '1', '1'] {
        keys.answer(answer).await;
    }
    keys.press('1').await;
    caller.screenshot("call-complies").await;
    keys.save().await;
    until_another_card(caller, &second).await;
    assert!(keys.pressed.get() <= 10, "compliance takes {} keys", keys.pressed.get());

    let said = outcomes(caller, entries).await;
    let contacts: Vec<_> = said.iter().map(|(_, outcome)| outcome["contact"].as_str().unwrap()).collect();
    assert_eq!(contacts.len(), 2, "{said:?}");
    assert!(contacts.contains(&"no-answer") && contacts.contains(&"answered"));
    let complied = said.iter().find(|(_, outcome)| outcome["contact"] == "answered").unwrap();
    assert_eq!(complied.1["assessment"], "understands-and-complies");
    assert_eq!(complied.1["answers"].as_array().unwrap().len(), 6, "{}", complied.1);
}

async fn somebody_seems_to_break_the_rules(keys: &Keys<'_>, entries: &[String]) {
    let caller = keys.browser;
    let third = on_card(caller).await;
    keys.dial().await;
    for answer in ['1', '1', '2', '1', '1', '2'] {
        keys.answer(answer).await;
    }
    keys.press('2').await;
    caller.until_text("main", "Utkast lagret").await;
    caller.screenshot("call-breach").await;
    keys.save().await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    if on_card(caller).await == third {
        // What leaves the register is shown before it does.
        caller.screenshot("call-leaving").await;
        keys.save().await;
    }
    until_another_card(caller, &third).await;
    assert!(keys.pressed.get() <= 18, "a suspected breach takes {} keys", keys.pressed.get());
    let said = outcomes(caller, entries).await;
    let breach = said.iter().find(|(_, outcome)| outcome["assessment"] == "suspected-breach");
    assert!(breach.is_some_and(|(_, outcome)| outcome["breach_grounds"][0] == "not-at-place"), "{said:?}");
}

/// Whose card it is.
async fn what_was_typed_survives_a_reload(keys: &Keys<'_>) -> String {
    let caller = keys.browser;
    let fourth = on_card(caller).await;
    keys.dial().await;
    keys.press('3').await;
    caller.until_text("main", "Utkast lagret").await;
    caller.reload().await;
    assert_eq!(on_card(caller).await, fourth, "the card is the caller's own after a reload");
    caller
        .until("document.querySelector('[data-testid=panel] [type=radio]:checked')?.value?.length > 0")
        .await;
    caller.screenshot("call-restored").await;
    fourth
}

async fn what_was_typed_survives_the_server(caller: &Browser, name: &str, entries: &[String]) {
    caller.press_with_control(Key::Enter).await;
    // The session ended with the server: it asks to log in again, in the same place.
    caller.until("!!document.querySelector('dialog[open]')").await;
    caller.screenshot("call-logged-out").await;
    caller.click_text("dialog[open] button", "Aylin").await;
    caller.until("!document.querySelector('dialog[open]')").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    if on_card(caller).await == name {
        // The dialog may have come before the keys: then they were not heard.
        caller.press_with_control(Key::Enter).await;
    }
    until_another_card(caller, name).await;
    let said = outcomes(caller, entries).await;
    assert_eq!(said.iter().filter(|(_, outcome)| outcome["contact"] == "busy").count(), 1, "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_call_board() {
    let journey = Journey::start().await;
    let polish = [
        ("p_last_name", "Kowalska"),
        ("p_birth_date", "1991-05-06"),
        ("p_phone", "+44 20 7946 0177"),
        ("p_lang_follow_up", "Polsk"),
    ];
    journey.send(&[traveller("lead-1", &[]), traveller("lead-2", &polish)]).await;
    let lead = &journey.browser;
    lead.log_in("shift-lead").await;
    lead.goto("/calls/board").await;
    lead.until_text("h1", "Tavle").await;
    lead.until_text("main", "polsk").await;
    lead.screenshot("board").await;
    lead.goto("/calls/queue?part=ready").await;
    lead.until("document.querySelectorAll('[data-testid=queue-row]').length === 2").await;
    lead.screenshot("queue").await;
    lead.resize(320, 800).await;
    lead.until("document.documentElement.scrollWidth <= 320").await;
    lead.screenshot("queue-narrow").await;
    assert!(lead.axe().await.is_empty());
    lead.goto("/call").await;
    lead.until_text("h1", "Ring").await;
    lead.until("document.documentElement.scrollWidth <= 320").await;
    assert!(lead.axe().await.is_empty());
    journey.nothing_failed().await;
}
