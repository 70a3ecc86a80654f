//! Tells a person outside the window that something needs them, at any daemon. Each thing is told once, again when it
//! has become more or less urgent, and again when it has gone and comes back.

use super::notices::notice;
use super::words::Words;
use crate::console::{Health, Sight};
use crate::settings::{Language, Notifications, SettingsFile};
use std::collections::BTreeSet;
use std::sync::Arc;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_notification::NotificationExt;
use tekport_api::status::{Attention, Severity};
use tokio::sync::watch;

/// A daemon is told to be out of reach after this long: a network that comes and goes is nobody's business.
const LOST_AFTER_SECONDS: i64 = 300;

/// A thing at a daemon: texts change with every minute of a delay, this doesn't.
type Identity = (String, String, Option<String>, Severity);

/// What was told and has not gone since.
#[derive(Debug, Default)]
struct Told {
    things: BTreeSet<Identity>,
    /// The daemons that are out of reach, by their CA pins.
    lost: BTreeSet<String>,
}

/// Something to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News<'a> {
    Needs(&'a Sight, &'a Attention),
    Lost(&'a Sight),
    Back(&'a Sight),
}

impl Told {
    /// Returns what has to be told now.
    fn news<'a>(&mut self, sights: &'a [Sight], wanted: Notifications) -> Vec<News<'a>> {
        self.forget_what_has_gone(sights);
        let mut news = Vec::new();
        for sight in sights {
            match &sight.health {
                Health::Answers(attention) => {
                    if self.lost.remove(&sight.ca_sha256) {
                        news.push(News::Back(sight));
                    }
                    let wants = |one: &&Attention| wanted.wants(one.severity);
                    let fresh = attention.iter().filter(wants).filter(|one| self.things.insert(identity(sight, one)));
                    news.extend(fresh.map(|one| News::Needs(sight, one)));
                }
                Health::OutOfReach { seconds } if *seconds >= LOST_AFTER_SECONDS && wanted != Notifications::Off => {
                    if self.lost.insert(sight.ca_sha256.clone()) {
                        news.push(News::Lost(sight));
                    }
                }
                Health::OutOfReach { .. } | Health::NotKnown => {}
            }
        }
        if wanted == Notifications::Off { Vec::new() } else { news }
    }

    /// What a daemon no longer says has gone; of one that says nothing, nothing has.
    fn forget_what_has_gone(&mut self, sights: &[Sight]) {
        self.things.retain(|told| {
            sights.iter().find(|sight| sight.ca_sha256 == told.0).is_some_and(|sight| match &sight.health {
                Health::Answers(attention) => attention.iter().any(|one| identity(sight, one) == *told),
                Health::OutOfReach { .. } | Health::NotKnown => true,
            })
        });
        self.lost.retain(|lost| sights.iter().any(|sight| sight.ca_sha256 == *lost));
    }
}

impl Notifications {
    fn wants(self, severity: Severity) -> bool {
        match self {
            Self::Off => false,
            Self::Urgent => severity == Severity::Bad,
            Self::All => true,
        }
    }
}

fn identity(sight: &Sight, one: &Attention) -> Identity {
    (sight.ca_sha256.clone(), one.kind.clone(), one.resource_id.clone(), one.severity)
}

impl News<'_> {
    fn sight(&self) -> &Sight {
        match self {
            Self::Needs(sight, _) | Self::Lost(sight) | Self::Back(sight) => sight,
        }
    }

    /// The title, which begins with the daemon, and the text.
    fn text(&self, language: Language) -> (String, String) {
        let words = Words::of(language);
        let (title, text) = match self {
            Self::Needs(_, one) => notice(one, language),
            Self::Lost(_) => (words.lost.to_owned(), words.lost_text.to_owned()),
            Self::Back(_) => (words.back.to_owned(), words.back_text.to_owned()),
        };
        (format!("{}: {title}", words.daemon(self.sight())), text)
    }
}

/// Tells what is new whenever somebody has looked around, as long as the console runs.
pub(crate) async fn tell<R: Runtime>(
    app: AppHandle<R>,
    mut sights: watch::Receiver<Vec<Sight>>,
    settings: Arc<SettingsFile>,
) {
    let mut told = Told::default();
    while sights.changed().await.is_ok() {
        let seen = sights.borrow_and_update().clone();
        // Who looks at the window sees there what is about the daemon that it shows; that counts as told.
        let looking = app.get_webview_window("main").is_some_and(|window| window.is_focused().unwrap_or(false));
        for news in told.news(&seen, settings.get().notifications) {
            if looking && news.sight().shown {
                continue;
            }
            let (title, text) = news.text(settings.spoken());
            if let Err(error) = app.notification().builder().title(title).body(text).show() {
                tracing::warn!(%error, "the desktop shows no notification");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::health::tests::{attention, sight};
    use super::*;

    /// What is told, in short: the daemon and the kind, or what became of it.
    fn told(told: &mut Told, sights: &[Sight], wanted: Notifications) -> Vec<String> {
        let short = |news: News<'_>| match news {
            News::Needs(sight, one) => format!("{} {}", sight.ca_sha256, one.kind),
            News::Lost(sight) => format!("{} lost", sight.ca_sha256),
            News::Back(sight) => format!("{} back", sight.ca_sha256),
        };
        told.news(sights, wanted).into_iter().map(short).collect()
    }

    fn answers(ca: &str, attention: Vec<Attention>) -> Sight {
        sight(ca, Health::Answers(attention))
    }

    #[test]
    fn each_thing_is_told_once_and_again_when_it_comes_back() {
        let mut memory = Told::default();
        let late =
            [answers("a", vec![attention(Severity::Bad, "batch-late"), attention(Severity::Warn, "config-paused")])];
        assert_eq!(told(&mut memory, &late, Notifications::Urgent), ["a batch-late"]);
        assert!(told(&mut memory, &late, Notifications::Urgent).is_empty());
        assert_eq!(told(&mut memory, &late, Notifications::All), ["a config-paused"]);
        assert!(told(&mut memory, &[answers("a", vec![])], Notifications::All).is_empty());
        assert_eq!(told(&mut memory, &late, Notifications::All), ["a batch-late", "a config-paused"]);
        assert!(told(&mut Told::default(), &late, Notifications::Off).is_empty());
    }

    #[test]
    fn the_same_at_another_daemon_is_something_else() {
        let mut memory = Told::default();
        let late = |ca| answers(ca, vec![attention(Severity::Bad, "batch-late")]);
        assert_eq!(told(&mut memory, &[late("a"), answers("b", vec![])], Notifications::Urgent), ["a batch-late"]);
        assert_eq!(told(&mut memory, &[late("a"), late("b")], Notifications::Urgent), ["b batch-late"]);
    }

    #[test]
    fn what_becomes_urgent_is_told_again() {
        let mut memory = Told::default();
        let waits = |severity| [answers("a", vec![attention(severity, "batch-awaiting-signature")])];
        assert_eq!(told(&mut memory, &waits(Severity::Warn), Notifications::All).len(), 1);
        assert_eq!(told(&mut memory, &waits(Severity::Bad), Notifications::All).len(), 1, "it is late by now");
        assert!(told(&mut memory, &waits(Severity::Bad), Notifications::All).is_empty());
    }

    #[test]
    fn a_daemon_out_of_reach_is_told_after_a_while_and_so_is_its_return() {
        let mut memory = Told::default();
        let lost = |seconds| [sight("a", Health::OutOfReach { seconds })];
        let late = [answers("a", vec![attention(Severity::Bad, "batch-late")])];
        assert_eq!(told(&mut memory, &late, Notifications::Urgent), ["a batch-late"]);
        assert!(told(&mut memory, &lost(299), Notifications::Urgent).is_empty());
        assert!(told(&mut memory, &late, Notifications::Urgent).is_empty(), "a blip tells nothing anew");
        assert_eq!(told(&mut memory, &lost(300), Notifications::Urgent), ["a lost"]);
        assert!(told(&mut memory, &lost(360), Notifications::Urgent).is_empty());
        assert!(told(&mut memory, &[sight("a", Health::NotKnown)], Notifications::Urgent).is_empty());
        assert_eq!(told(&mut memory, &late, Notifications::Urgent), ["a back"]);
        assert!(told(&mut memory, &lost(300), Notifications::Off).is_empty());
        assert_eq!(told(&mut memory, &lost(300), Notifications::Urgent), ["a lost"]);
        assert!(told(&mut memory, &[], Notifications::Urgent).is_empty(), "it was left");
    }

    #[test]
    fn a_notification_names_the_daemon_and_its_environment() {
        let sight = sight("a", Health::NotKnown);
        let (title, _) = News::Lost(&sight).text(Language::En);
        assert_eq!(title, "A · daemon a (Production): out of reach");
        let failed = attention(Severity::Bad, "storage-test-failed");
        let (title, _) = News::Needs(&sight, &failed).text(Language::De);
        assert!(title.starts_with("A · daemon a (Produktion): Speicherziel"), "{title}");
    }
}
