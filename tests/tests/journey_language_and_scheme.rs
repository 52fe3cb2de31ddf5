//! Journey: the languages and the colours of the portal, and that the browser remembers them.

use tests::browser::{Browser, Journey};

#[tokio::test(flavor = "multi_thread")]
async fn journey_language_and_scheme() {
    let journey = Journey::start().await;
    let browser = &journey.browser;
    browser.goto("/login").await;
    browser.until_text("h1", "Logg inn").await;
    languages(browser).await;
    schemes(browser).await;
    // What was chosen holds on the pages behind the login, too.
    browser.choose("[data-testid=language-switch]", "nn").await;
    browser.click("[data-testid=login-role-caller]").await;
    browser.until_text("h1", "Innreiser").await;
    assert_eq!(browser.string("document.documentElement.lang").await, "nn");
    let kept = browser.eval("Object.keys(localStorage).sort()").await;
    assert_eq!(kept, serde_json::json!(["language", "scheme"]), "nothing else is kept in the browser");
    journey.nothing_failed().await;
}

async fn languages(browser: &Browser) {
    for (language, heading) in [("nb", "Logg inn"), ("nn", "Logg inn"), ("en", "Log in")] {
        browser.choose("[data-testid=language-switch]", language).await;
        browser.until(&format!("document.documentElement.lang === '{language}'")).await;
        browser.until_text("h1", heading).await;
        browser.until(&format!("document.title.startsWith('{heading}')")).await;
        browser.reload().await;
        browser.until_text("h1", heading).await;
        assert_eq!(browser.string("document.documentElement.lang").await, language, "remembered");
        let shown = browser.text("body").await;
        let (nynorsk, bokmål) = (shown.contains("ti dagar"), shown.contains("ti dager"));
        assert_eq!((nynorsk, bokmål), (language == "nn", language == "nb"), "{language}: {shown}");
    }
    browser.choose("[data-testid=language-switch]", "nb").await;
    browser.until_text("h1", "Logg inn").await;
}

async fn schemes(browser: &Browser) {
    let mut backgrounds = Vec::new();
    // The device prefers the other one, so that the choice alone decides.
    for (scheme, device) in [("light", "dark"), ("dark", "light")] {
        browser.prefer(device).await;
        browser.choose("[data-testid=scheme-switch]", scheme).await;
        browser.until(&format!("document.documentElement.dataset.colorScheme === '{scheme}'")).await;
        let chosen = background(browser).await;
        browser.reload().await;
        browser.until_text("h1", "Logg inn").await;
        assert_eq!(
            browser.string("document.documentElement.dataset.colorScheme").await,
            scheme,
            "remembered"
        );
        assert_eq!(background(browser).await, chosen);
        backgrounds.push(chosen);
    }
    assert!(backgrounds[0] > 200 && backgrounds[1] < 60, "light and dark: {backgrounds:?}");
    // As the device has it.
    browser.choose("[data-testid=scheme-switch]", "auto").await;
    for (device, expected) in [("dark", backgrounds[1]), ("light", backgrounds[0])] {
        browser.prefer(device).await;
        browser.until("document.documentElement.dataset.colorScheme === 'auto'").await;
        assert_eq!(background(browser).await, expected, "as the device: {device}");
    }
}

/// Brightness of the page, 0–255.
async fn background(browser: &Browser) -> u64 {
    let colour = "getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).slice(0, 3).map(Number)";
    browser.number(&format!("Math.round({colour}.reduce((sum, part) => sum + part) / 3)")).await
}
