//! Lets the tests kill the process after a step, or skip one, to see that it is noticed. Only in demo builds.

fn told(variable: &str, step: &str) -> bool {
    std::env::var(variable).is_ok_and(|wanted| wanted == step)
}

/// Whether `REGISTER_SKIP_STEP` names the step.
pub(super) fn skips(step: &'static str) -> bool {
    told("REGISTER_SKIP_STEP", step)
}

/// Dies by SIGKILL when `REGISTER_KILL_AFTER` names the step.
pub(super) async fn die_after(step: &'static str) {
    if told("REGISTER_KILL_AFTER", step) {
        let me = std::process::id().to_string();
        let _ = std::process::Command::new("kill").args(["-KILL", &me]).status();
        std::future::pending::<()>().await;
    }
}
