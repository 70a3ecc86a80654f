//! Downloads from folder targets: `/exports/<target>/<prefix>/index.txt` and the zips beside it.
//!
//! Conditional and range requests are tower-http's; here is decided which paths exist at all and how long a
//! cache may keep each.

use super::nothing_here;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use tekport_api::export_config::PathPrefix;
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// An index changes with each batch: a cache may keep it for five minutes.
const INDEX_CACHING: HeaderValue = HeaderValue::from_static("public, max-age=300");
/// A zip's path is never used for other content: a cache may keep it for a year.
const ZIP_CACHING: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const INDEX_TYPE: HeaderValue = HeaderValue::from_static("text/plain; charset=us-ascii");
const ZIP_TYPE: HeaderValue = HeaderValue::from_static("application/zip");

/// The routes that serve each folder under its target's name.
pub fn downloads(folders: Vec<(String, PathBuf)>) -> Router {
    let folders: BTreeMap<String, ServeDir> = folders
        .into_iter()
        .map(|(name, path)| {
            // One range at a time: several would need multipart answers, which no phone or CDN asks for.
            let folder = ServeDir::new(path).append_index_html_on_directories(false).ignore_multi_range_requests(true);
            (name, folder)
        })
        .collect();
    Router::new().route("/exports/{target}/{*path}", get(download)).with_state(Arc::new(folders))
}

/// What a path below a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offered {
    Index,
    Zip,
}

/// Says whether a path is one that the exporter makes. Everything else in the folder, half-written files and
/// whatever a person left there included, is not offered.
fn offered(path: &str) -> Option<Offered> {
    let (prefix, name) = path.rsplit_once('/')?;
    PathPrefix::parse(prefix)?;
    if name == "index.txt" {
        return Some(Offered::Index);
    }
    let stem = name.strip_suffix(".zip")?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (stem.split('-').count() == 3 && stem.split('-').all(digits)).then_some(Offered::Zip)
}

async fn download(
    State(folders): State<Arc<BTreeMap<String, ServeDir>>>,
    Path((target, path)): Path<(String, String)>,
    mut request: Request,
) -> Response {
    let (Some(folder), Some(kind)) = (folders.get(&target), offered(&path)) else {
        return nothing_here();
    };
    // `offered` lets through only characters that stand for themselves in a path, so this can't fail.
    let Ok(uri) = Uri::try_from(format!("/{path}")) else { return nothing_here() };
    *request.uri_mut() = uri;
    // The whole file is always a right answer to If-Range (RFC 9110, 13.1.5), and ServeDir doesn't know it:
    // left alone, it would send a part of a file that has changed meanwhile.
    if request.headers().contains_key(header::IF_RANGE) {
        request.headers_mut().remove(header::RANGE);
    }
    let mut response = match folder.clone().oneshot(request).await {
        Ok(response) if response.status() == StatusCode::NOT_FOUND => return nothing_here(),
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    };
    let (caching, content_type) = match kind {
        Offered::Index => (INDEX_CACHING, INDEX_TYPE),
        Offered::Zip => (ZIP_CACHING, ZIP_TYPE),
    };
    let served = response.status().is_success();
    if served || response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(header::CACHE_CONTROL, caching);
    }
    if served {
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    }
    response.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_what_the_exporter_makes_is_offered() {
        assert_eq!(offered("mag/index.txt"), Some(Offered::Index));
        assert_eq!(offered("v1/us-wa/1790000000-1790014400-00001.zip"), Some(Offered::Zip));
        for path in [
            "index.txt",
            "/index.txt",
            "mag//index.txt",
            "mag/../index.txt",
            "../mag/index.txt",
            "mag/.index.txt",
            ".git/index.txt",
            "mag/index.txt#1",
            "mag/index.txt/",
            "mag/1-2-3.zip#1",
            "mag/1-2-3.zip.part",
            "mag/1-2.zip",
            "mag/1--3.zip",
            "mag/.zip",
            "mag/a-b-c.zip",
            "mag\\index.txt",
            "mag/root.key",
            "",
        ] {
            assert_eq!(offered(path), None, "{path}");
        }
    }

    proptest! {
        #[test]
        fn no_offered_path_climbs_out_or_hides(path in "[a-z0-9./\\\\#%~-]{0,40}") {
            if offered(&path).is_some() {
                prop_assert!(!path.contains("..") && !path.starts_with('/') && !path.contains("/."));
                prop_assert!(!path.contains('%') && !path.contains('\\') && !path.contains('#'));
            }
        }
    }
}
