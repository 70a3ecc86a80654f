//! What the daemon says about itself: log lines, metrics, and whether it is alive and ready.

use crate::config::{Log, LogFormat, Span};
use crate::store::Store;
use anyhow::Context;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde::Serialize;
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tekport_api::Clock;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt, reload};

/// The store has this long to answer before the daemon counts as not ready.
const STORE_TIME_LIMIT: Duration = Duration::from_secs(5);
/// A tick may take this long beyond three intervals, since it makes files, before the daemon counts as not ready.
const TICK_ALLOWANCE_SECONDS: i64 = 600;

/// Changes what is logged while the daemon runs.
#[derive(Clone)]
pub struct LogLevel(reload::Handle<EnvFilter, Registry>);

impl LogLevel {
    /// Logs by these directives from now on.
    ///
    /// # Errors
    /// When they aren't directives.
    pub fn set(&self, level: &str) -> anyhow::Result<()> {
        let filter = EnvFilter::try_new(level).with_context(|| format!("log.level: {level:?} is no level"))?;
        self.0.reload(filter).context("the log level can't be changed")
    }
}

/// Sends log lines to standard error from now on.
///
/// # Errors
/// When the level isn't one, or logging was set up before.
pub fn start_logging(log: &Log) -> anyhow::Result<LogLevel> {
    let filter = EnvFilter::try_new(&log.level).with_context(|| format!("log.level: {:?} is no level", log.level))?;
    let (filter, handle) = reload::Layer::new(filter);
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match log.format {
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
        LogFormat::Human => lines.with_ansi(std::io::stderr().is_terminal()).boxed(),
    };
    tracing_subscriber::registry().with(filter).with(lines).try_init().context("logging was set up before")?;
    Ok(LogLevel(handle))
}

/// Collects the daemon's metrics from now on.
///
/// # Errors
/// When something else collects them already.
pub fn start_metrics() -> anyhow::Result<PrometheusHandle> {
    let handle = PrometheusBuilder::new().install_recorder().context("metrics can't be collected")?;
    metrics::describe_counter!("tekport_ticks_total", "Runs of the scheduler, by result.");
    metrics::describe_gauge!("tekport_tick_age_seconds", "Seconds since the scheduler last ran through.");
    metrics::describe_counter!("tekport_batches_total", "Batches worked on, by result.");
    metrics::describe_gauge!(
        "tekport_batches_awaiting_signature",
        "Batches whose files await the signatures of consoles, or earlier batches that do."
    );
    metrics::describe_counter!("tekport_exported_keys_total", "Keys in published files, generated ones included.");
    metrics::describe_counter!("tekport_published_files_total", "Files published.");
    metrics::describe_gauge!(
        "tekport_token_available",
        "Whether the PKCS#11 token could be used when it was last tried, 1 or 0; absent where none is configured."
    );
    metrics::describe_counter!("tekport_http_requests_total", "Requests answered, by listener and status.");
    Ok(handle)
}

/// Counts a listener's answers by status.
pub fn count_requests<S: Clone + Send + Sync + 'static>(router: Router<S>, listener: &'static str) -> Router<S> {
    router.layer(axum::middleware::map_response(move |response: Response| async move {
        let status = response.status().as_str().to_owned();
        metrics::counter!("tekport_http_requests_total", "listener" => listener, "status" => status).increment(1);
        response
    }))
}

/// Whether the daemon is alive and ready.
#[derive(Clone)]
pub struct Health(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Clock,
    tick: Span,
    last_tick: AtomicI64,
    metrics: PrometheusHandle,
}

/// One thing that readiness depends on.
#[derive(Debug, Serialize)]
struct Check {
    name: &'static str,
    passed: bool,
    detail: String,
}

impl Health {
    /// Watches `store`, and a scheduler that runs every `tick` and counts as having run just now.
    #[must_use]
    pub fn new(store: Store, clock: Clock, tick: Span, metrics: PrometheusHandle) -> Self {
        let last_tick = AtomicI64::new(clock.now().unix_seconds());
        Self(Arc::new(Inner { store, clock, tick, last_tick, metrics }))
    }

    /// Notes that the scheduler ran through.
    pub fn ticked(&self) {
        self.0.last_tick.store(self.0.clock.now().unix_seconds(), Ordering::Relaxed);
        self.0.metrics.run_upkeep();
    }

    /// Seconds since the scheduler last ran through.
    fn tick_age(&self) -> i64 {
        self.0.clock.now().unix_seconds() - self.0.last_tick.load(Ordering::Relaxed)
    }

    /// Whether the scheduler runs as often as it should; systemd's watchdog is fed while it does.
    #[must_use]
    pub fn ticks(&self) -> bool {
        self.tick_age() <= 3 * i64::from(self.0.tick.seconds()) + TICK_ALLOWANCE_SECONDS
    }

    async fn checks(&self) -> Vec<Check> {
        let store = match tokio::time::timeout(STORE_TIME_LIMIT, self.0.store.answers()).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err(format!("no answer in {} seconds", STORE_TIME_LIMIT.as_secs())),
        };
        let age = self.tick_age();
        vec![
            Check { name: "store", passed: store.is_ok(), detail: store.err().unwrap_or_default() },
            Check { name: "scheduler", passed: self.ticks(), detail: format!("last ran {age} s ago") },
        ]
    }

    /// The routes of the health listener: `/healthz`, `/readyz`, `/metrics`.
    pub fn router(self) -> Router {
        Router::new()
            .route("/healthz", get(|| async { "alive\n" }))
            .route("/readyz", get(ready))
            .route("/metrics", get(metrics_text))
            .with_state(self)
    }
}

async fn ready(State(health): State<Health>) -> Response {
    let checks = health.checks().await;
    let ready = checks.iter().all(|check| check.passed);
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(serde_json::json!({ "ready": ready, "checks": checks }))).into_response()
}

async fn metrics_text(State(health): State<Health>) -> Response {
    // In f64, as Prometheus has it; an age of more than 2^53 seconds can't come up.
    metrics::gauge!("tekport_tick_age_seconds").set(health.tick_age() as f64);
    let headers = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (headers, health.0.metrics.render()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::Request;
    use tekport_api::UtcTime;
    use tower::ServiceExt;

    async fn get_status(health: &Health, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = health.clone().router().oneshot(request).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 100_000).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn the_daemon_is_ready_while_its_scheduler_runs_and_its_store_answers() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("tekport.db")).await.unwrap();
        let clock = Clock::manual(UtcTime::saturating(1_800_000_000));
        let handle = PrometheusBuilder::new().build_recorder().handle();
        let health = Health::new(store, clock.clone(), Span::from_seconds(60), handle);
        assert_eq!(get_status(&health, "/readyz").await.0, StatusCode::OK);

        clock.advance(180 + TICK_ALLOWANCE_SECONDS + 1);
        let (status, body) = get_status(&health, "/readyz").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(body.contains(r#""name":"scheduler","passed":false"#), "{body}");
        assert_eq!(get_status(&health, "/healthz").await.0, StatusCode::OK);

        health.ticked();
        assert_eq!(get_status(&health, "/readyz").await.0, StatusCode::OK);
    }
}
