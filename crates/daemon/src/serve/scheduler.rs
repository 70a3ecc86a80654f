//! The scheduler's loop: one tick on a timer, on a nudge, and at once where a tick left work over.

use crate::config::Span;
use crate::exporter::{Exporter, TickReport};
use crate::store::{Store, StoreError, files};
use crate::telemetry::Health;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

/// systemd's watchdog is fed twice in its interval; without one this is only how often nothing is done.
const UNWATCHED: Duration = Duration::from_secs(3_600);

/// Ticks until `stop`; a tick that is under way then finishes first.
pub(super) async fn run(
    exporter: Exporter,
    store: Store,
    health: Health,
    tick: Span,
    nudge: Arc<Notify>,
    stop: CancellationToken,
) {
    let watchdog = tokio::spawn(feed_watchdog(health.clone(), stop.clone()));
    let mut timer = tokio::time::interval(tick.duration());
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => break,
            () = nudge.notified() => {}
            () = exporter.nudged() => {}
            _ = timer.tick() => {}
        }
        match exporter.tick().await {
            Ok(report) => {
                health.ticked();
                note(&report);
                if let Err(error) = count_published(&store, &report).await {
                    tracing::warn!(
                        error = format!("{:#}", anyhow::Error::from(error)),
                        "published keys are not counted"
                    );
                }
                if report.more_due {
                    nudge.notify_one();
                }
            }
            Err(error) => {
                metrics::counter!("tekport_ticks_total", "result" => "failed").increment(1);
                tracing::error!(error = format!("{:#}", anyhow::Error::from(error)), "the scheduler could do nothing");
            }
        }
    }
    watchdog.abort();
}

fn note(report: &TickReport) {
    metrics::counter!("tekport_ticks_total", "result" => "ok").increment(1);
    let batches = |result: &'static str, count: usize| {
        metrics::counter!("tekport_batches_total", "result" => result).increment(count as u64);
    };
    batches("complete", report.completed.len());
    batches("failed", report.failed.len());
    // Counted in tens at most: f64 holds them exactly.
    metrics::gauge!("tekport_batches_awaiting_signature").set(report.awaiting.len() as f64);
    for fault in &report.problems {
        tracing::error!(
            storage = fault.target,
            problem = fault.problem,
            "storage could not be brought up to date; it is tried again"
        );
    }
    if report.withdrawn + report.files_deleted + report.teks_deleted > 0 {
        let (withdrawn, files_deleted, teks_deleted) = (report.withdrawn, report.files_deleted, report.teks_deleted);
        tracing::info!(withdrawn, files_deleted, teks_deleted, "what passed its retention is gone");
    }
}

/// Counts the files of the batches that a tick completed, and the keys in them.
async fn count_published(store: &Store, report: &TickReport) -> Result<(), StoreError> {
    for id in &report.completed {
        let published = files::of_batch(store.pool(), *id).await?;
        let keys: u64 = published.iter().map(|file| u64::from(file.keys) + u64::from(file.revised_keys)).sum();
        metrics::counter!("tekport_published_files_total").increment(published.len() as u64);
        metrics::counter!("tekport_exported_keys_total").increment(keys);
    }
    Ok(())
}

/// Feeds systemd's watchdog while the scheduler runs as often as it should.
async fn feed_watchdog(health: Health, stop: CancellationToken) {
    let asked = sd_notify::watchdog_enabled();
    let mut timer =
        tokio::time::interval(asked.map_or(UNWATCHED, |interval| interval / 2).max(Duration::from_millis(1)));
    while asked.is_some() {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = timer.tick() => {}
        }
        if health.ticks() {
            super::tell_systemd(&[sd_notify::NotifyState::Watchdog]);
        }
    }
}
