//! The OpenAPI 3.1 document, generated from the handlers and the contract's types.

use super::AdminState;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, HeaderValue};
use utoipa::openapi::security::{SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, Info, OpenApi, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;

const MUTUAL_TLS: &str = "client certificate";

/// The empty document that the routes add themselves to.
pub(super) fn base() -> OpenApi {
    let mut info = Info::new("Tekport admin API", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "Runs a Tekport export daemon. TLS 1.3; every route but the enrolment needs a client certificate. \
         Refusals are RFC 9457 problems."
            .to_owned(),
    );
    let scheme = SecurityScheme::MutualTls {
        description: Some("Issued by the daemon at enrolment".to_owned()),
        deprecated: None,
        extensions: None,
    };
    OpenApiBuilder::new()
        .info(info)
        .components(Some(ComponentsBuilder::new().security_scheme(MUTUAL_TLS, scheme).build()))
        .security(Some([SecurityRequirement::new(MUTUAL_TLS, Vec::<String>::new())]))
        .build()
}

/// The document as text: pretty, with a newline at its end.
///
/// # Errors
/// When it can't be written as JSON, which it always can.
pub fn document() -> Result<String, serde_json::Error> {
    let (_, document): (axum::Router<AdminState>, OpenApi) = super::routes().split_for_parts();
    // Through a value whose keys are in order, so that the text is the same whatever order the build made.
    let value = serde_json::to_value(document)?;
    Ok(serde_json::to_string_pretty(&value)? + "\n")
}

/// This API's description.
#[utoipa::path(get, path = "/openapi.json", tag = "description", responses(
    (status = 200, description = "The OpenAPI 3.1 document", content_type = "application/json"),
    (status = "4XX", description = "Refused", body = tekport_api::Problem, content_type = "application/problem+json"),
))]
pub(super) async fn get() -> Result<Response, crate::problem::Refusal> {
    let text = document().map_err(crate::problem::Refusal::internal)?;
    let mut response = text.into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// A router that collects its description.
pub(super) type Routes = OpenApiRouter<AdminState>;
