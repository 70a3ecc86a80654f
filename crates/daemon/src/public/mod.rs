//! The public listener: what phones, or a CDN before them, download. It has no admin route.

mod downloads;

pub use downloads::downloads;

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use std::path::PathBuf;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// Every route of the public listener: the files of the folder targets, by name.
pub fn router(folders: Vec<(String, PathBuf)>) -> Router {
    Router::new()
        .merge(downloads(folders))
        .fallback(|| async { nothing_here() })
        .layer(SetResponseHeaderLayer::overriding(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .layer(CatchPanicLayer::new())
}

/// The answer for every path that isn't ours; not to be kept by a cache, since a file may come.
fn nothing_here() -> axum::response::Response {
    (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")], "There is nothing here.\n").into_response()
}
