//! Lets the crash tests kill the process after a step, the hard way. Only in demo builds.

/// Dies by SIGKILL when `REGISTER_KILL_AFTER` names the step.
pub(super) async fn after(step: &'static str) {
    if std::env::var("REGISTER_KILL_AFTER").is_ok_and(|wanted| wanted == step) {
        let me = std::process::id().to_string();
        let _ = std::process::Command::new("kill").args(["-KILL", &me]).status();
        std::future::pending::<()>().await;
    }
}
