//! Where a machine has its news sent to.

use super::machine::Machine;
use super::problem::Refused;
use crate::machines::Machines;
use crate::machines::webhooks::WebhookError;
use api::machines::{SetUpWebhook, WebhookSecret, WebhookStatus};
use api::problem::ProblemCode;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use events::subscription::MachineScope;

impl From<WebhookError> for Refused {
    fn from(error: WebhookError) -> Self {
        match error {
            WebhookError::Url(why) => Refused::field("/url", &why.to_string()),
            WebhookError::NotThere => ProblemCode::NotFound.into(),
            WebhookError::Key(error) => error.into(),
            WebhookError::Registry(error) => error.into(),
            WebhookError::Feed(error) => error.into(),
            WebhookError::Database(error) => error.into(),
            WebhookError::Secrets(_) | WebhookError::Client => {
                Refused::failed(ProblemCode::Internal, error.to_string())
            }
        }
    }
}

/// Has your news sent to a URL from now on, signed by Standard Webhooks. The secret is told this once. What was set up
/// before is replaced, also one to which nothing was sent any more.
#[utoipa::path(put, path = "/api/v1/webhook", tag = "feeds", request_body = SetUpWebhook,
    responses((status = 200, body = WebhookSecret), (status = 401), (status = 403), (status = 422)))]
pub async fn set_up(
    machine: Machine,
    State(machines): State<Machines>,
    Json(request): Json<SetUpWebhook>,
) -> Result<Json<WebhookSecret>, Refused> {
    machine.reach(MachineScope::Feed)?;
    let secret = machines.webhooks.set_up(machine.name(), &request.url).await?;
    Ok(Json(WebhookSecret { secret: secret.text }))
}

/// How your webhook fares.
#[utoipa::path(get, path = "/api/v1/webhook", tag = "feeds",
    responses((status = 200, body = WebhookStatus), (status = 401), (status = 403), (status = 404)))]
pub async fn status(
    machine: Machine,
    State(machines): State<Machines>,
) -> Result<Json<WebhookStatus>, Refused> {
    machine.reach(MachineScope::Feed)?;
    let webhook = machines.webhooks.of(machine.name()).await?;
    Ok(Json(WebhookStatus {
        url: webhook.url,
        taken_at: webhook.taken_at,
        failing_since: webhook.failing_since,
        failure: webhook.failure,
        tries: webhook.attempts,
        next_try_at: webhook.failing_since.filter(|_| webhook.disabled_at.is_none()).map(|_| webhook.next_at),
        disabled_at: webhook.disabled_at,
    }))
}

/// A new secret; messages carry a signature of the former one too for a day.
#[utoipa::path(post, path = "/api/v1/webhook/secret", tag = "feeds",
    responses((status = 200, body = WebhookSecret), (status = 401), (status = 403), (status = 404)))]
pub async fn renew_secret(
    machine: Machine,
    State(machines): State<Machines>,
) -> Result<Json<WebhookSecret>, Refused> {
    machine.reach(MachineScope::Feed)?;
    let secret = machines.webhooks.renew_secret(machine.name()).await?;
    Ok(Json(WebhookSecret { secret: secret.text }))
}

/// Has nothing sent any more.
#[utoipa::path(delete, path = "/api/v1/webhook", tag = "feeds",
    responses((status = 204), (status = 401), (status = 404)))]
pub async fn remove(machine: Machine, State(machines): State<Machines>) -> Result<StatusCode, Refused> {
    machines.webhooks.remove(machine.name()).await?;
    Ok(StatusCode::NO_CONTENT)
}
