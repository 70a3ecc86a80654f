//! The admin API: REST over TLS 1.3 with client certificates, one file or folder a resource. A handler reads the
//! request, calls one function of the domain and answers; `access` says who may call it.

pub mod access;
mod admission;
mod answer;
mod attempts;
mod audit_log;
mod batches;
mod body;
mod caller;
mod creation;
mod cursor;
mod enrolments;
mod export_configs;
mod ids;
mod me;
pub mod openapi;
mod people;
mod query;
mod sealing_key;
mod serve;
mod signing_keys;
mod state;
mod status;
mod storage_targets;
mod tek_lookup;
mod teks;
mod token;

pub use serve::serve;
pub use state::{AdminParts, AdminState};

use crate::ingest;
use crate::problem::Refusal;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, HeaderValue};
use http::{Method, Uri};
use openapi::Routes;
use std::any::Any;
use std::time::Duration;
use tekport_api::message::Refused;
use tekport_api::problem::ProblemKind;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa_axum::router::UtoipaMethodRouterExt;
use utoipa_axum::routes;

/// A request is answered within this time, or refused.
const REQUEST_LIMIT: Duration = Duration::from_secs(120);

/// The admin API with everything that stands around it. Served by [`serve`] alone: it tells the router who the
/// peer of a connection is.
pub fn router(state: AdminState) -> Router {
    let (router, _) = routes().split_for_parts();
    router
        .fallback(nothing_there)
        .layer(middleware::from_fn_with_state(state.clone(), access::gate))
        .layer(DefaultBodyLimit::max(body::MAX_JSON_BYTES))
        .layer(middleware::from_fn(within_the_limit))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::map_response(not_cached))
        .with_state(state)
}

fn routes() -> Routes {
    let api = Routes::new()
        .routes(routes!(enrolments::create))
        .routes(routes!(me::get))
        .routes(routes!(me::renew_certificate))
        .routes(routes!(openapi::get))
        .routes(routes!(audit_log::list))
        .routes(routes!(audit_log::choices))
        .routes(routes!(audit_log::verify))
        .routes(routes!(people::list, people::create))
        .routes(routes!(people::update))
        .routes(routes!(people::revoke))
        .routes(routes!(people::create_code))
        .routes(routes!(signing_keys::list, signing_keys::create))
        .routes(routes!(signing_keys::get))
        .routes(routes!(signing_keys::package::make))
        .routes(routes!(signing_keys::provision, signing_keys::unprovision::delete))
        .routes(routes!(signing_keys::unprovision::search_again))
        .routes(routes!(signing_keys::in_token::create))
        .routes(routes!(token::get))
        .routes(routes!(sealing_key::get))
        .routes(routes!(signing_keys::attach::attach))
        .routes(routes!(signing_keys::rotation::get))
        .routes(routes!(signing_keys::shares::record))
        .routes(routes!(signing_keys::end::get, signing_keys::end::put))
        .routes(routes!(signing_keys::details::plan))
        .routes(routes!(signing_keys::details::authority))
        .routes(routes!(signing_keys::details::backup))
        .routes(routes!(signing_keys::details::history))
        .routes(routes!(signing_keys::revocation::impact))
        .routes(routes!(signing_keys::revocation::revoke))
        .routes(routes!(signing_keys::revocation::regenerate_files))
        .routes(routes!(export_configs::list, export_configs::create))
        .routes(routes!(export_configs::preview))
        .routes(routes!(export_configs::get, export_configs::update))
        .routes(routes!(export_configs::pause))
        .routes(routes!(export_configs::resume))
        .routes(routes!(export_configs::run))
        .routes(routes!(storage_targets::list))
        .routes(routes!(storage_targets::test))
        .routes(routes!(batches::list))
        .routes(routes!(batches::days::get))
        .routes(routes!(batches::get))
        .routes(routes!(batches::retry))
        .routes(routes!(batches::regenerate))
        .routes(routes!(batches::content))
        .routes(routes!(batches::unsigned::content))
        .routes(routes!(batches::unsigned::sign))
        .routes(routes!(status::get))
        .routes(routes!(status::keys_per_batch::get))
        .routes(routes!(teks::create).layer(DefaultBodyLimit::max(ingest::MAX_INPUT_BYTES)))
        .routes(routes!(tek_lookup::find));
    Routes::with_openapi(openapi::base()).nest("/admin/v1", api)
}

async fn nothing_there(method: Method, uri: Uri) -> Refusal {
    Refusal::of_machine(
        ProblemKind::NotFound,
        format!("{method} {} leads nowhere; /admin/v1/openapi.json describes every route", uri.path()),
    )
}

async fn within_the_limit(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST_LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(elapsed) => Refusal::unavailable(&Refused::TookTooLong, elapsed).into_response(),
    }
}

fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
    Refusal::internal(format!("a handler panicked: {text}")).into_response()
}

/// What the API answers is for the caller alone, and for now.
async fn not_cached(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_panic_is_a_problem_that_tells_nothing_of_it() {
        async fn faulty() {
            panic!("the secret")
        }
        let app: Router = Router::new().route("/", axum::routing::get(faulty)).layer(CatchPanicLayer::custom(panicked));
        let request = Request::get("/").body(axum::body::Body::empty()).unwrap();
        let response = app.oneshot(request).await.unwrap();
        assert_eq!(response.status(), 500);
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let problem: tekport_api::Problem = serde_json::from_slice(&body).unwrap();
        assert_eq!(problem.kind, ProblemKind::Internal);
        assert!(!problem.to_string().contains("secret"), "{problem}");
    }
}
