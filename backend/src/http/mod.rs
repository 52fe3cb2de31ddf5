//! HTTP: one file an endpoint group, one module for the access policy, one for problems.

pub mod access;
mod assets;
mod calls;
mod delegations;
mod disclosures;
mod entries;
mod exports;
mod feed;
mod fiks;
mod health;
mod hotel;
mod identities;
mod inspectorate;
mod intake;
mod live;
mod look_up;
mod machine;
mod municipality;
mod problem;
mod public_results;
mod public_rules;
mod public_scripts;
mod quarantine;
mod queue;
mod reader;
mod reference;
mod referrals;
mod refusals;
mod results;
mod retention;
mod routing;
mod rule_sets;
mod session;
mod status;
mod tombstones;
mod usage;
mod webhooks;

use crate::delegations::Delegations;
use crate::disclosure::Disclosures;
use crate::identities::Identities;
use crate::intake::reference::Reference;
use crate::intake::take_in::Intake;
use crate::log::Log;
use crate::machines::Machines;
use crate::projections::readers::Readers;
use crate::queue::Queue;
use crate::referrals::ReferralDesk;
use crate::results::Results;
use crate::retention::Retention;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use exports::Exports;
pub use look_up::Throttle;
pub use referrals::Neighbours;
pub use session::Sessions;

/// Bytes a request may carry, but for intake.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// How long a request may take; live streams are not bound by it.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);
/// Scripts, styles and connections only from here; WebAssembly may be compiled.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// What the endpoints work with. Each asks for the part it needs.
#[derive(Clone, FromRef)]
pub struct App {
    /// The log.
    pub log: Log,
    /// The read models.
    pub tables: Tables,
    /// Intake.
    pub intake: IntakeDoor,
    /// Reference data.
    pub reference: Reference,
    /// Who is logged in.
    pub sessions: Sessions,
    /// Whom municipal doctors let work in their place.
    pub delegations: Delegations,
    /// How often somebody looks up people beyond the own municipality.
    pub throttle: Throttle,
    /// What ends when.
    pub retention: Retention,
    /// The queue of calls.
    pub queue: Queue,
    /// Where referrals are made and answered.
    pub referrals: ReferralDesk,
    /// Who is written to and asked about employers.
    pub neighbours: Neighbours,
    /// Test results.
    pub results: Results,
    /// Entries of one person.
    pub identities: Identities,
    /// Who was shown what.
    pub disclosures: Disclosures,
    /// Where files are made.
    pub exports: Exports,
    /// Who comes for data.
    pub machines: Machines,
    /// The recorder behind `/metrics`.
    pub metrics: PrometheusHandle,
}

/// The read models: their database, and the position they have reached.
#[derive(Clone)]
pub struct Tables {
    /// Connections to them.
    pub readers: Readers,
    /// Position reached, as the projector tells it.
    pub reached: watch::Receiver<u64>,
}

/// Intake behind its token.
#[derive(Clone)]
pub struct IntakeDoor {
    /// Intake.
    pub intake: Intake,
    /// The bearer token of the feed; without one nobody may send.
    pub token: Option<Arc<str>>,
}

#[derive(OpenApi)]
#[openapi(
    info(title = "The control centre's register", version = "1",
         description = "Entries, their follow-up, and what ends when. Errors are RFC 9457 problems with a stable `code`."),
    tags((name = "entries"), (name = "calls"), (name = "municipality"), (name = "hotel"), (name = "intake"), (name = "session"), (name = "live"), (name = "status"), (name = "reference"),
         (name = "retention"), (name = "disclosures"), (name = "feeds"), (name = "fiks"), (name = "rules"), (name = "results"), (name = "public"),
         (name = "referrals"), (name = "inspectorate"))
)]
struct Description;

/// The queue of calls, and the calls.
fn calls_api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(queue::profile, queue::set_profile))
        .routes(routes!(queue::next))
        .routes(routes!(queue::card))
        .routes(routes!(queue::heartbeat))
        .routes(routes!(queue::skip))
        .routes(routes!(queue::release))
        .routes(routes!(queue::board))
        .routes(routes!(queue::cards))
        .routes(routes!(queue::decide))
        .routes(routes!(queue::undo_decision))
        .routes(routes!(calls::dial))
        .routes(routes!(calls::conclude))
        .routes(routes!(calls::undo))
        .routes(routes!(calls::correct))
        .routes(routes!(calls::review))
        .routes(routes!(calls::preview))
        .routes(routes!(calls::draft, calls::keep_draft))
        .routes(routes!(calls::inbound))
        .routes(routes!(public_scripts::script))
}

/// Referrals, and the inbox that they come into.
fn referrals_api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(referrals::of_entry, referrals::make))
        .routes(routes!(referrals::preview))
        .routes(routes!(referrals::complete))
        .routes(routes!(referrals::preview_more))
        .routes(routes!(referrals::resend))
        .routes(routes!(referrals::summarise))
        .routes(routes!(referrals::unit))
        .routes(routes!(inspectorate::bundles))
        .routes(routes!(inspectorate::bundle))
        .routes(routes!(inspectorate::acknowledge))
        .routes(routes!(inspectorate::return_for_more))
        .routes(routes!(inspectorate::close))
}

/// Who somebody is, and what tests say.
fn people_api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(identities::of_entry, identities::assign))
        .routes(routes!(identities::withdraw))
        .routes(routes!(identities::decide_person))
        .routes(routes!(identities::protect))
        .routes(routes!(results::take_in))
        .routes(routes!(results::take_in_rapid_tests))
        .routes(routes!(results::of_entry))
        .routes(routes!(results::look_up))
        .routes(routes!(results::settle))
        .routes(routes!(results::board))
        .routes(routes!(results::not_tested))
        .routes(routes!(results::policies, results::adopt_policy))
}

/// What machines take.
fn machine_api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(machine::consumer))
        .routes(routes!(feed::feed))
        .routes(routes!(feed::extract))
        .routes(routes!(feed::entry))
        .routes(routes!(feed::acknowledge))
        .routes(routes!(webhooks::set_up, webhooks::status, webhooks::remove))
        .routes(routes!(webhooks::renew_secret))
        .routes(routes!(usage::usage))
        .routes(routes!(fiks::entries))
        .routes(routes!(fiks::count))
}

/// What a municipality works with.
fn municipality_api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(municipality::entries))
        .routes(routes!(municipality::counts))
        .routes(routes!(municipality::plain_entries))
        .routes(routes!(municipality::plain_counts))
        .routes(routes!(municipality::plain_entry))
        .routes(routes!(municipality::seen_so_far, municipality::mark_seen))
        .routes(routes!(municipality::not_ours))
        .routes(routes!(exports::export))
        .routes(routes!(exports::list))
        .routes(routes!(delegations::list, delegations::give))
        .routes(routes!(delegations::confirm))
        .routes(routes!(delegations::withdraw))
        .routes(routes!(look_up::look_up))
}

/// What a quarantine hotel works with.
fn hotel_api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(hotel::guests))
        .routes(routes!(hotel::find))
        .routes(routes!(hotel::check_in))
        .routes(routes!(hotel::check_out))
}

fn api() -> OpenApiRouter<App> {
    let router = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(session::me))
        .routes(routes!(session::logout))
        .routes(routes!(entries::list))
        .routes(routes!(entries::counts))
        .routes(routes!(entries::search))
        .routes(routes!(entries::get))
        .routes(routes!(entries::party))
        .routes(routes!(entries::timeline))
        .routes(routes!(entries::raw))
        .routes(routes!(routing::route))
        .routes(routes!(routing::unroutable))
        .routes(routes!(intake::entries))
        .routes(routes!(live::live))
        .routes(routes!(status::feed))
        .routes(routes!(status::register))
        .routes(routes!(reference::municipalities))
        .routes(routes!(reference::schemas))
        .routes(routes!(retention::status))
        .routes(routes!(retention::certificate))
        .routes(routes!(retention::statistics))
        .routes(routes!(retention::find))
        .routes(routes!(retention::request_early_end))
        .routes(routes!(retention::confirm_early_end))
        .routes(routes!(retention::withdraw_early_end))
        .merge(calls_api())
        .merge(referrals_api())
        .merge(people_api())
        .merge(municipality_api())
        .merge(machine_api())
        .merge(hotel_api())
        .routes(routes!(disclosures::search))
        .routes(routes!(disclosures::statement))
        .routes(routes!(quarantine::quarantine))
        .routes(routes!(rule_sets::list, rule_sets::adopt))
        .routes(routes!(rule_sets::get))
        .routes(routes!(rule_sets::compare))
        .routes(routes!(rule_sets::trial))
        .routes(routes!(public_rules::rule_sets))
        .routes(routes!(public_rules::rule_set_vectors))
        .routes(routes!(public_rules::code_tables))
        .routes(routes!(public_results::result_tables))
        .routes(routes!(tombstones::tombstones))
        .routes(routes!(tombstones::acknowledge));
    #[cfg(feature = "demo")]
    let router = router.routes(routes!(session::demo_roles)).routes(routes!(session::demo_login));
    router
}

/// The OpenAPI description, as committed in `openapi.json`.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api().split_for_parts().1
}

/// The whole server.
pub fn router(app: App) -> Router {
    let (api, description) = api().split_for_parts();
    let description = axum::Json(description);
    let api = api
        .route("/api/openapi.json", get(move || async move { description.clone() }))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ));
    Router::new()
        .merge(api)
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .fallback(assets::serve)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIMEOUT))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(axum::middleware::from_fn(problem::describe))
        .layer(axum::middleware::from_fn_with_state(app.log.clock().clone(), fiks::describe))
        .layer(axum::middleware::from_fn(health::measure))
        .layer(TraceLayer::new_for_http().make_span_with(health::span).on_failure(()))
        .layer(fixed(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::REFERRER_POLICY, "no-referrer"))
        .layer(fixed(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .with_state(app)
}

fn fixed(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}
