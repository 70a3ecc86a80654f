//! Tells a person outside the window that something needs them. Asks the daemon as the overview does; each thing is
//! told once, and again when it has gone and comes back.

use super::notices::notice;
use crate::console::Console;
use crate::settings::{Notifications, SettingsFile};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_notification::NotificationExt;
use tekport_api::status::{Attention, Severity};

const PAUSE: Duration = Duration::from_secs(60);

/// What was told and has not gone since: by kind and thing, since texts change with every minute of a delay.
#[derive(Debug, Default)]
struct Told(BTreeSet<(String, Option<String>)>);

impl Told {
    /// Returns what has to be told now.
    fn new_among<'a>(&mut self, attention: &'a [Attention], wanted: Notifications) -> Vec<&'a Attention> {
        let identity = |one: &Attention| (one.kind.clone(), one.resource_id.clone());
        let present: BTreeSet<_> = attention.iter().map(identity).collect();
        self.0.retain(|told| present.contains(told));
        let wants = |one: &&Attention| match wanted {
            Notifications::Off => false,
            Notifications::Urgent => one.severity == Severity::Bad,
            Notifications::All => true,
        };
        attention.iter().filter(wants).filter(|one| self.0.insert(identity(one))).collect()
    }
}

/// Runs as long as the console does.
pub(crate) async fn watch<R: Runtime>(app: AppHandle<R>, console: Arc<Console>, settings: Arc<SettingsFile>) {
    let mut told = Told::default();
    loop {
        tokio::time::sleep(PAUSE).await;
        let wanted = settings.get().notifications;
        if wanted == Notifications::Off {
            continue;
        }
        // Without an answer nothing is told: the pages say that the daemon is out of reach.
        let Ok(client) = console.quiet_client().await else { continue };
        let Ok(status) = client.status().await else { continue };
        // Who looks at the window sees it there; it counts as told.
        let looking = app.get_webview_window("main").is_some_and(|window| window.is_focused().unwrap_or(false));
        for one in told.new_among(&status.attention, wanted) {
            if looking {
                continue;
            }
            let (title, text) = notice(one, settings.get().spoken());
            let title = format!("{}: {title}", status.daemon.name);
            if let Err(error) = app.notification().builder().title(title).body(text).show() {
                tracing::warn!(%error, "the desktop shows no notification");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tekport_api::status::AttentionFacts;

    fn attention(severity: Severity, kind: &str) -> Attention {
        Attention {
            severity,
            kind: kind.to_owned(),
            title: String::new(),
            detail: String::new(),
            resource_id: Some("1".to_owned()),
            facts: AttentionFacts::default(),
        }
    }

    fn kinds(list: Vec<&Attention>) -> Vec<&str> {
        list.into_iter().map(|one| one.kind.as_str()).collect()
    }

    #[test]
    fn each_thing_is_told_once_and_again_when_it_comes_back() {
        let mut told = Told::default();
        let late = [attention(Severity::Bad, "batch-late"), attention(Severity::Warn, "config-paused")];
        assert_eq!(kinds(told.new_among(&late, Notifications::Urgent)), ["batch-late"]);
        assert!(told.new_among(&late, Notifications::Urgent).is_empty());
        assert_eq!(kinds(told.new_among(&late, Notifications::All)), ["config-paused"]);
        assert!(told.new_among(&[], Notifications::All).is_empty());
        assert_eq!(kinds(told.new_among(&late, Notifications::All)), ["batch-late", "config-paused"]);
        assert!(Told::default().new_among(&late, Notifications::Off).is_empty());
    }
}
