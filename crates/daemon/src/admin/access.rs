//! Who may do what: one table of every endpoint, and the gate that holds each request against it. An endpoint
//! that isn't in the table answers nobody.

use super::AdminState;
use super::caller::{Caller, Peer};
use crate::problem::Refusal;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::Method;
use http::header::{ALLOW, HeaderValue};
use tekport_api::message::Refused;
use tekport_api::people::Role;
use tekport_api::problem::ProblemKind;

/// Who an endpoint answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, with no certificate.
    Anybody,
    /// People who have one of these roles.
    Roles(&'static [Role]),
}

/// Everybody who was let in, key servers included: what concerns only themselves.
const MEMBERS: Access = Access::Roles(&Role::ALL);
const READERS: Access = Access::Roles(&[Role::Viewer, Role::Operator, Role::Admin, Role::SecurityOfficer]);
const OPERATORS: Access = Access::Roles(&[Role::Operator]);
const ADMINS: Access = Access::Roles(&[Role::Admin]);
const OFFICERS: Access = Access::Roles(&[Role::SecurityOfficer]);
/// Who makes files anew in an emergency: officers end what a compromised key signed, operators run the daemon.
const REMAKERS: Access = Access::Roles(&[Role::SecurityOfficer, Role::Operator]);
/// Who answers why a key is not in a file: they run the daemon or say what it publishes.
const FINDERS: Access = Access::Roles(&[Role::Operator, Role::Admin]);
const IMPORTERS: Access = Access::Roles(&[Role::Ingest, Role::Admin]);

/// Every endpoint: method, path and whom it answers (DESIGN, "Access").
pub const ENDPOINTS: &[(&str, &str, Access)] = &[
    ("POST", "/admin/v1/enrolments", Access::Anybody),
    ("GET", "/admin/v1/me", MEMBERS),
    ("POST", "/admin/v1/me/certificate", MEMBERS),
    ("GET", "/admin/v1/openapi.json", READERS),
    ("GET", "/admin/v1/audit", READERS),
    ("GET", "/admin/v1/audit/choices", READERS),
    ("GET", "/admin/v1/audit/verification", READERS),
    ("GET", "/admin/v1/people", READERS),
    ("POST", "/admin/v1/people", OFFICERS),
    ("PUT", "/admin/v1/people/{id}", OFFICERS),
    ("POST", "/admin/v1/people/{id}/revoke", OFFICERS),
    ("POST", "/admin/v1/people/{id}/enrolment-codes", OFFICERS),
    ("GET", "/admin/v1/signing-keys", READERS),
    ("POST", "/admin/v1/signing-keys", OFFICERS),
    ("POST", "/admin/v1/signing-keys/in-token", OFFICERS),
    ("GET", "/admin/v1/signing-keys/{id}", READERS),
    ("PUT", "/admin/v1/signing-keys/{id}/sealed", OFFICERS),
    ("DELETE", "/admin/v1/signing-keys/{id}/sealed", OFFICERS),
    ("POST", "/admin/v1/signing-keys/{id}/sealed/search", OFFICERS),
    ("GET", "/admin/v1/sealing-key", READERS),
    ("GET", "/admin/v1/token", READERS),
    ("POST", "/admin/v1/signing-keys/{id}/attach", OFFICERS),
    ("GET", "/admin/v1/signing-keys/{id}/rotation", READERS),
    ("PUT", "/admin/v1/signing-keys/{id}/shares/{recipient}", OFFICERS),
    ("GET", "/admin/v1/signing-keys/{id}/end", READERS),
    ("PUT", "/admin/v1/signing-keys/{id}/end", OFFICERS),
    ("PUT", "/admin/v1/signing-keys/{id}/plan", OFFICERS),
    ("PUT", "/admin/v1/signing-keys/{id}/authority", OFFICERS),
    ("POST", "/admin/v1/signing-keys/{id}/backups", OFFICERS),
    ("GET", "/admin/v1/signing-keys/{id}/history", READERS),
    ("POST", "/admin/v1/signing-keys/{id}/package", OFFICERS),
    ("GET", "/admin/v1/signing-keys/{id}/revocation", READERS),
    ("POST", "/admin/v1/signing-keys/{id}/revoke", OFFICERS),
    ("POST", "/admin/v1/signing-keys/{id}/regenerate-files", REMAKERS),
    ("GET", "/admin/v1/export-configs", READERS),
    ("POST", "/admin/v1/export-configs", ADMINS),
    ("POST", "/admin/v1/export-configs/preview", READERS),
    ("GET", "/admin/v1/export-configs/{id}", READERS),
    ("PUT", "/admin/v1/export-configs/{id}", ADMINS),
    ("POST", "/admin/v1/export-configs/{id}/pause", OPERATORS),
    ("POST", "/admin/v1/export-configs/{id}/resume", OPERATORS),
    ("POST", "/admin/v1/export-configs/{id}/run", OPERATORS),
    ("GET", "/admin/v1/export-configs/{id}/keys-per-batch", READERS),
    ("GET", "/admin/v1/storage-targets", READERS),
    ("POST", "/admin/v1/storage-targets/{name}/test", OPERATORS),
    ("GET", "/admin/v1/batches", READERS),
    ("GET", "/admin/v1/batches/days", READERS),
    ("GET", "/admin/v1/batches/{id}", READERS),
    ("POST", "/admin/v1/batches/{id}/retry", OPERATORS),
    ("POST", "/admin/v1/batches/{id}/regenerate", OPERATORS),
    ("GET", "/admin/v1/batches/{id}/files/{file_id}/content", READERS),
    ("GET", "/admin/v1/batches/{id}/unsigned/{number}/content", OFFICERS),
    ("PUT", "/admin/v1/batches/{id}/unsigned/{number}/signatures/{signing_key_id}", OFFICERS),
    ("GET", "/admin/v1/status", READERS),
    ("POST", "/admin/v1/teks", IMPORTERS),
    ("POST", "/admin/v1/tek-lookup", FINDERS),
];

/// Returns whom an endpoint answers, or `None` where there is no such endpoint. `HEAD` is `GET` without a body.
#[must_use]
pub fn access(method: &Method, path: &str) -> Option<Access> {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    ENDPOINTS.iter().find(|(m, p, _)| *m == method.as_str() && *p == path).map(|(_, _, access)| *access)
}

/// Lets a request through to its handler where the table allows it, with the [`Caller`] beside it.
pub(super) async fn gate(State(state): State<AdminState>, mut request: Request, next: Next) -> Response {
    let Some(path) = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()) else {
        return next.run(request).await;
    };
    let roles = match access(request.method(), &path) {
        None => return method_not_allowed(request.method(), &path).into_response(),
        Some(Access::Anybody) => return next.run(request).await,
        Some(Access::Roles(roles)) => roles,
    };
    let peer = request.extensions().get::<Peer>().cloned();
    let caller = match Caller::identify(&state, peer.as_ref()).await {
        Ok(caller) => caller,
        Err(refusal) => return refusal.into_response(),
    };
    if !caller.person.roles.iter().any(|role| roles.contains(role)) {
        return forbidden(&caller, roles).into_response();
    }
    tracing::debug!(method = %request.method(), path, person = %caller.person.id, "request");
    request.extensions_mut().insert(caller);
    next.run(request).await
}

fn method_not_allowed(method: &Method, path: &str) -> Refusal {
    let methods: Vec<_> = ENDPOINTS.iter().filter(|(_, p, _)| *p == path).map(|(m, _, _)| *m).collect();
    let methods = methods.join(", ");
    let refusal =
        Refusal::of_machine(ProblemKind::MethodNotAllowed, format!("{method} isn't possible here; allowed: {methods}"));
    match HeaderValue::from_str(&methods) {
        Ok(value) => refusal.with_header(ALLOW, value),
        Err(_) => refusal,
    }
}

fn forbidden(caller: &Caller, roles: &[Role]) -> Refusal {
    let said = Refused::RoleMissing {
        roles: roles.iter().map(|role| role.as_str()).collect(),
        person: caller.person.name.clone(),
        has: caller.person.roles.iter().map(|role| role.as_str()).collect(),
    };
    Refusal::new(ProblemKind::Forbidden, &said)
}
