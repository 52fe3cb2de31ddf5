//! Who is logged in. The demo's login page exists only in a demo build, which listens on loopback only.

use super::access::delegated;
use super::problem::Refused;
use crate::clock::Clock;
use crate::delegations::Delegations;
use crate::entropy::Entropy;
use api::problem::ProblemCode;
use api::session::Session;
use axum::Json;
use axum::extract::{FromRef, FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// The session's cookie. It is not readable by scripts and is sent to no other site.
const COOKIE: &str = "register-session";
/// A session ends after a shift.
const SESSION_HOURS: i64 = 10;
/// Sessions a node keeps at most.
const SESSIONS_MAX: usize = 10_000;

/// The sessions of a node. Cloned handles share them.
#[derive(Clone)]
pub struct Sessions {
    open: Arc<RwLock<HashMap<String, (Session, Timestamp)>>>,
    clock: Clock,
    entropy: Entropy,
    demo: bool,
    delegations: Delegations,
}

impl Sessions {
    /// No sessions yet. `demo` lets people log in by choosing a role.
    pub fn new(clock: Clock, entropy: Entropy, demo: bool, delegations: Delegations) -> Sessions {
        Sessions { open: Arc::default(), clock, entropy, demo, delegations }
    }

    /// Who is logged in. Those who work in a doctor's place are while the doctor lets them: what was taken back, or not
    /// confirmed in time, ends the session.
    async fn viewer(&self, headers: &HeaderMap) -> Result<Session, Refused> {
        let session = self.find(headers).ok_or(ProblemCode::NotLoggedIn)?;
        if self.admits(&session).await? {
            return Ok(session);
        }
        self.end(headers);
        Err(ProblemCode::NotLoggedIn.into())
    }

    /// Whether somebody may work now: those who need a delegation have a living one.
    async fn admits(&self, session: &Session) -> Result<bool, Refused> {
        match delegated(session) {
            None => Ok(true),
            Some((municipality, health)) => {
                Ok(self.delegations.admit(municipality, &session.user, health).await?)
            }
        }
    }

    fn find(&self, headers: &HeaderMap) -> Option<Session> {
        let token = cookie(headers)?;
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let (session, until) = open.get(token)?;
        (self.clock.now() < *until).then(|| session.clone())
    }

    #[cfg_attr(not(feature = "demo"), expect(dead_code, reason = "only the demo opens sessions so far"))]
    fn start(&self, session: Session) -> String {
        let token = hex::encode(self.entropy.bytes::<32>());
        let now = self.clock.now();
        let until = now.saturating_add(SignedDuration::from_hours(SESSION_HOURS)).unwrap_or(now);
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= SESSIONS_MAX {
            open.retain(|_, (_, until)| now < *until);
        }
        open.insert(token.clone(), (session, until));
        token
    }

    fn end(&self, headers: &HeaderMap) {
        if let Some(token) = cookie(headers) {
            self.open.write().unwrap_or_else(PoisonError::into_inner).remove(token);
        }
    }
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    cookies.split(';').find_map(|cookie| cookie.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// The bearer token that a machine shows.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn set_cookie(token: &str, seconds: i64) -> Option<HeaderValue> {
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}");
    HeaderValue::from_str(&cookie).ok()
}

/// Extractor: whoever has it is logged in.
pub struct Viewer(pub Session);

impl<S> FromRequestParts<S> for Viewer
where
    Sessions: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Viewer, Refused> {
        Sessions::from_ref(state).viewer(&parts.headers).await.map(Viewer)
    }
}

/// Who is logged in, and what the role may do.
#[utoipa::path(get, path = "/api/v1/me", tag = "session", responses((status = 200, body = Session), (status = 401)))]
pub async fn me(Viewer(session): Viewer) -> Json<Session> {
    Json(session)
}

/// Ends the session.
#[utoipa::path(post, path = "/api/v1/logout", tag = "session", responses((status = 204)))]
pub async fn logout(State(sessions): State<Sessions>, headers: HeaderMap) -> impl IntoResponse {
    sessions.end(&headers);
    let mut answer = HeaderMap::new();
    answer.extend(set_cookie("", 0).map(|cookie| (header::SET_COOKIE, cookie)));
    (StatusCode::NO_CONTENT, answer)
}

#[cfg(feature = "demo")]
pub use demo::*;

/// The demo's roles.
#[cfg(feature = "demo")]
mod demo {
    use super::*;
    use crate::demo::hotels::{NORDNES, VAGEN};
    use crate::http::access::permissions;
    use crate::intake::reference::Reference;
    use crate::rules::moments::norwegian_day_of;
    use api::session::{DemoLogin, DemoRole, Role};

    /// Key, name, role, municipality.
    const ROLES: [(&str, &str, Role, Option<&str>); 10] = [
        ("caller", "Aylin", Role::Caller, None),
        ("shift-lead", "Kari", Role::ShiftLead, None),
        ("doctor", "Ingrid", Role::MunicipalDoctor, Some("4601")),
        ("doctor-oslo", "Amina", Role::MunicipalDoctor, Some("0301")),
        ("delegate-health", "Jonas", Role::DelegateWithHealth, Some("4601")),
        ("delegate", "Siri", Role::DelegateWithoutHealth, Some("4601")),
        ("inspector", "Nora", Role::LabourInspector, None),
        ("dpo", "Per", Role::DataProtectionOfficer, None),
        ("hotel", "Tone", Role::HotelStaff, Some("4601")),
        ("hotel-nordnes", "Mats", Role::HotelStaff, Some("4601")),
    ];

    /// At which hotel somebody works.
    fn hotel_of(key: &str) -> Option<String> {
        let hotel = match key {
            "hotel" => VAGEN,
            "hotel-nordnes" => NORDNES,
            _ => return None,
        };
        Some(hotel.to_owned())
    }

    /// Those who can log in at the demo.
    #[utoipa::path(get, path = "/api/v1/demo/roles", tag = "session", responses((status = 200, body = Vec<DemoRole>), (status = 404)))]
    pub async fn demo_roles(
        State(sessions): State<Sessions>,
        State(reference): State<Reference>,
    ) -> Result<Json<Vec<DemoRole>>, Refused> {
        if !sessions.demo {
            return Err(ProblemCode::NotFound.into());
        }
        let facts = reference.facts();
        let today = norwegian_day_of(sessions.clock.now());
        let roles = ROLES.iter().map(|(key, name, role, municipality)| DemoRole {
            key: (*key).to_owned(),
            name: (*name).to_owned(),
            role: *role,
            municipality: municipality.map(str::to_owned),
            municipality_name: municipality
                .and_then(|number| facts.postcodes.name(number, today))
                .map(str::to_owned),
        });
        Ok(Json(roles.collect()))
    }

    /// Who logs in with a key. Besides those in the list there are callers `caller-1` to `caller-500`: a shift.
    fn chosen(key: &str) -> Option<(String, Role, Option<&'static str>)> {
        let number = key.strip_prefix("caller-").and_then(|number| number.parse::<u16>().ok());
        if let Some(number) = number.filter(|number| (1..=500).contains(number)) {
            return Some((format!("Ringer {number}"), Role::Caller, None));
        }
        let (_, name, role, municipality) = ROLES.iter().find(|(known, ..)| *known == key)?;
        Some(((*name).to_owned(), *role, *municipality))
    }

    /// Logs in with one of the demo's roles, without a password.
    #[utoipa::path(post, path = "/api/v1/demo/login", tag = "session", request_body = DemoLogin, responses((status = 200, body = Session), (status = 403), (status = 404)))]
    pub async fn demo_login(
        State(sessions): State<Sessions>,
        Json(login): Json<DemoLogin>,
    ) -> Result<(HeaderMap, Json<Session>), Refused> {
        let chosen = chosen(&login.key).filter(|_| sessions.demo);
        let Some((name, role, municipality)) = chosen else { return Err(ProblemCode::NotFound.into()) };
        let municipality = municipality.map(str::to_owned);
        let permissions = permissions(role);
        let hotel = hotel_of(&login.key);
        let session = Session { user: login.key, name, role, municipality, hotel, permissions, demo: true };
        if !sessions.admits(&session).await? {
            return Err(ProblemCode::NotDelegated.into());
        }
        let token = sessions.start(session.clone());
        let mut headers = HeaderMap::new();
        headers.extend(set_cookie(&token, SESSION_HOURS * 3600).map(|cookie| (header::SET_COOKIE, cookie)));
        Ok((headers, Json(session)))
    }
}
