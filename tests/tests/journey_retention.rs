//! Journey: the page about deletion. One asks that an entry be deleted, another agrees; ten days later the rest is
//! gone as well, and the page has the proof.

use tests::browser::{Browser, Journey, Key, traveller};

const DAY: i64 = 86_400;
const REASON: &str = "Registrert to ganger.";
const FORM: &str = "[data-testid=request-form]";
const EARLY_END: &str = "[data-testid=early-end]";

#[tokio::test(flavor = "multi_thread")]
async fn journey_retention() {
    let mut journey = Journey::start().await;
    let sent = [traveller("ret-1111", &[("p_first_name", "Feil")]), traveller("ret-2222", &[])];
    let entry = journey.send(&sent).await.remove(0);
    let kari = Browser::start(&journey.register.url).await;
    let per = &journey.browser;
    per.log_in("dpo").await;
    calm_page(per).await;
    nothing_is_missing_unsaid(per).await;
    ask(per).await;
    nobody_approves_his_own(per, &entry).await;
    kari.log_in("shift-lead").await;
    turned_down(&kari, &entry).await;
    per.until("!document.querySelector('[data-testid=early-end]')").await;
    ask(per).await;
    agreed(&kari, &entry).await;
    per.until_text("main", "Ingen innreiser venter på godkjenning.").await;
    assert!(kari.console_errors().await.is_empty());
    drop(kari);
    journey.nothing_failed().await;
    ten_days_later(&mut journey).await;
}

async fn calm_page(per: &Browser) {
    per.click_text(".navigation a", "Sletting").await;
    per.until_text("h1", "Sletting").await;
    per.until("document.activeElement?.matches('h1')").await;
    assert_eq!(per.title().await, "Sletting – Kontrollsenteret");
    for shown in [
        "Alt er i orden",
        "Den eldste opplysningen er",
        "Neste sletting:",
        "Ingenting skal slettes i dag.",
        "Ingen innreiser venter på godkjenning.",
        "Ingen henter opplysninger herfra.",
        "Ingen ødelagte nøkler er kommet tilbake.",
    ] {
        per.until_text("main", shown).await;
    }
    per.until("document.querySelector('#deadlines-caption ~ tbody').rows[0]?.cells[3].innerText === '2'")
        .await;
    assert_eq!(per.count("#days-caption ~ tbody tr").await, 14);
    assert_eq!(
        per.count("#days-caption ~ tbody .ds-tag").await,
        0,
        "a day on which nothing was due lacks nothing"
    );
}

async fn nothing_is_missing_unsaid(per: &Browser) {
    find(per, "ingen").await;
    per.until_text("#request-query-missing", "Skriv et nummer eller en kode.").await;
    find(per, "ret-9999").await;
    per.until_text("main", "Fant ingen innreise.").await;
    find(per, "+44 20 7946 0123").await;
    per.until("document.querySelectorAll('[name=request-entry]').length === 2").await;
    per.click(&format!("{FORM} [type=submit]")).await;
    for missing in ["Velg en innreise.", "Velg en grunn.", "Skriv en begrunnelse"] {
        per.until_text(FORM, missing).await;
    }
    let html = per.string("document.documentElement.outerHTML").await;
    assert!(!html.contains("Feil Reisende"), "the data-protection officer reads no name");
}

async fn find(per: &Browser, query: &str) {
    per.eval("document.querySelector('#request-query').select()").await;
    per.type_keys(query).await;
    per.press(Key::Enter).await;
}

/// By keyboard alone. The only entry that was found is chosen already.
async fn ask(per: &Browser) {
    find(per, "ret-1111").await;
    per.until("document.querySelectorAll('[name=request-entry]:checked').length === 1").await;
    per.tab_to("[name=request-ground]").await;
    per.press(Key::Space).await;
    per.tab_to("#request-reason").await;
    per.type_keys(REASON).await;
    per.tab_to(&format!("{FORM} [type=submit]")).await;
    per.press(Key::Enter).await;
    per.until_text("#request-sent", "En annen må godkjenne").await;
    per.until("document.activeElement?.id === 'request-sent'").await;
    per.until_text(EARLY_END, REASON).await;
}

async fn nobody_approves_his_own(per: &Browser, entry: &str) {
    per.until_text(EARLY_END, "Registrert ved en feil").await;
    per.until_text(EARLY_END, "Bedt om av Per").await;
    per.until_text(EARLY_END, "Du ba om dette selv. En annen må godkjenne.").await;
    assert!(!per.text(EARLY_END).await.contains("Godkjenn"), "no button to approve one's own");
    per.screenshot("journey-retention-own").await;
    let asked = format!("fetch('/api/v1/retention/early-ends/{entry}/confirmation', {{ method: 'POST' }})");
    let answer = per.run(&format!("{asked}.then(async answer => done((await answer.json()).code));")).await;
    assert_eq!(answer, "second-person-needed");
    assert_eq!(per.api(&format!("/entries/{entry}")).await.0, 403);
}

async fn turned_down(kari: &Browser, entry: &str) {
    kari.goto("/retention").await;
    assert_eq!(kari.count("#request-query").await, 0, "the shift lead agrees, and does not ask");
    kari.click_text(&format!("{EARLY_END} a"), "Se innreisen").await;
    kari.until_text(".timeline", "Bedt slettet før fristen").await;
    kari.until_text(".timeline", REASON).await;
    kari.until_text(".deadline", "Slettes senest").await;
    kari.back().await;
    kari.click_text(&format!("{EARLY_END} button"), "Avvis").await;
    kari.until_text("dialog[open]", "senest").await;
    kari.click_text("dialog[open] button", "La den stå").await;
    kari.until_text("#early-done", "Innreisen blir stående til fristen.").await;
    kari.goto(&format!("/entries/{entry}")).await;
    kari.until_text(".timeline", "avvist eller trukket").await;
}

async fn agreed(kari: &Browser, entry: &str) {
    kari.goto("/retention").await;
    kari.click_text(&format!("{EARLY_END} button"), "Godkjenn").await;
    kari.until_text("dialog[open]", "forsvinner med en gang, og det kan ikke gjøres om").await;
    kari.until_text("dialog[open]", "Sikkerhetskopier kan ikke vise den etter").await;
    kari.screenshot("journey-retention-decision").await;
    kari.press(Key::Escape).await;
    kari.until("!document.querySelector('dialog[open]')").await;
    kari.click_text(&format!("{EARLY_END} button"), "Godkjenn").await;
    kari.click_text("dialog[open] button", "Slett nå").await;
    kari.until_text("#early-done", "Innreisen er slettet.").await;
    kari.until("document.activeElement?.id === 'early-done'").await;
    kari.until_text("main", "Ingen innreiser venter på godkjenning.").await;
    kari.goto(&format!("/entries/{entry}")).await;
    kari.until_text("main", "Innreisen er slettet").await;
}

/// Eleven days later everything of that day is gone, and its certificate is there to be kept. Two days on, a
/// recipient that has not confirmed is told in red.
async fn ten_days_later(journey: &mut Journey) {
    let mut add = journey.register.command(&["consumer", "add", "Prøvemottaker", "--by", "Per"]);
    assert!(add.output().expect("add a consumer").status.success());
    journey.register.kill();
    journey.register.start_again_ahead(11 * DAY);
    journey.register.ready().await;
    let per = &journey.browser;
    per.log_in("dpo").await;
    per.goto("/retention").await;
    per.until_text("main", "Ingen opplysninger om noen lever nå.").await;
    // How many periods that day had depends on the hour this runs: windows are opened ahead.
    per.until(
        "[...document.querySelectorAll('#days-caption ~ tbody tr')]\
         .some(row => /\\b([1-4]) av \\1\\b/.test(row.innerText.replaceAll('\u{a0}', ' ')) && row.querySelector('a'))",
    )
    .await;
    per.until_text("#days-caption ~ tbody a", "Last ned").await;
    per.until_text("main", "Alt er i orden").await;
    per.until_text("main", "Prøvemottaker").await;
    let link = "document.querySelector('#days-caption ~ tbody a')";
    let file = per.string(&format!("{link}.download")).await;
    let day = per.string(&format!("{link}.href.split('/').pop()")).await;
    assert_eq!(file, format!("sletteattest-{day}.json"));
    let (status, signed) = per.api(&format!("/retention/certificates/{day}")).await;
    assert_eq!((status, signed["signature"].as_str().map(str::len)), (200, Some(128)), "{signed}");
    per.screenshot("journey-retention-ended").await;
    journey.register.kill();
    journey.register.start_again_ahead(13 * DAY);
    journey.register.ready().await;
    let per = &journey.browser;
    per.log_in("dpo").await;
    per.goto("/retention").await;
    per.until_text("[role=alert]", "Prøvemottaker har ikke bekreftet i tide").await;
    per.until_text("#consumers-caption ~ tbody .ds-tag", "Over fristen").await;
    per.screenshot("journey-retention-overdue").await;
    // The server was away twice, and the browser wrote that down; nothing else.
    let console = per.console_errors().await;
    assert!(console.iter().all(|line| line.source == "network"), "{console:#?}");
}
