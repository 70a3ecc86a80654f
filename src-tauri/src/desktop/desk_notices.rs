//! Tells a person outside the window that unattended signing stopped or gets nothing done: while it doesn't sign,
//! windows go late, and nobody looks at its page who relies on it.

use crate::console::{Console, Trouble};
use crate::settings::{Language, Notifications, SettingsFile};
use std::sync::Arc;
use tauri::{AppHandle, Runtime};
use tauri_plugin_notification::NotificationExt;

/// What was told last: each trouble is told once, and again when it has passed and comes back, or gets worse.
#[derive(Debug, Default)]
struct Told(Option<bool>);

impl Told {
    /// Returns the trouble where it has to be told now.
    fn fresh<'a>(&mut self, now: Option<&'a Trouble>) -> Option<&'a Trouble> {
        let stopped = now.map(|trouble| trouble.stopped);
        let before = std::mem::replace(&mut self.0, stopped);
        now.filter(|_| before != stopped)
    }
}

/// Runs as long as the console does.
pub(crate) async fn tell_trouble<R: Runtime>(app: AppHandle<R>, console: Arc<Console>, settings: Arc<SettingsFile>) {
    let mut trouble = console.desk_trouble();
    let mut told = Told::default();
    loop {
        let now = trouble.borrow_and_update().clone();
        let wanted = settings.get().notifications != Notifications::Off;
        if let Some(trouble) = told.fresh(now.as_ref()).filter(|_| wanted) {
            let (title, text) = notice(trouble, settings.spoken());
            if let Err(error) = app.notification().builder().title(title).body(text).show() {
                tracing::warn!(%error, "the desktop shows no notification");
            }
        }
        if trouble.changed().await.is_err() {
            return;
        }
    }
}

/// The title and the text, in the language that the console speaks. The errors' own texts are English.
fn notice(trouble: &Trouble, language: Language) -> (&'static str, String) {
    let why = &trouble.error.title;
    match (language, trouble.stopped) {
        (Language::En, true) => (
            "Unattended signing stopped",
            format!("{why}. Windows go late until it is turned on again: the signing desk says why it stopped."),
        ),
        (Language::En, false) => (
            "Unattended signing gets nothing done",
            format!("{why}. It goes on trying; if this lasts, windows go late. The signing desk says more."),
        ),
        (Language::De, true) => (
            "Das unbeaufsichtigte Signieren wurde gestoppt",
            "Zeitfenster verspäten sich, bis es wieder eingeschaltet wird. Den Grund nennt der Signierplatz."
                .to_owned(),
        ),
        (Language::De, false) => (
            "Das unbeaufsichtigte Signieren kommt nicht voran",
            "Es versucht es weiter; dauert das an, verspäten sich Zeitfenster. Näheres steht am Signierplatz."
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::KeyTrouble;
    use crate::{CommandError, ErrorCode};

    fn trouble(stopped: bool) -> Trouble {
        let (code, title) = (ErrorCode::KeyNotHere, "This key is not in this computer's keychain");
        let error = CommandError::said(code, title, &KeyTrouble::NotHere { item: "it".to_owned() });
        Trouble { error, stopped }
    }

    #[test]
    fn each_trouble_is_told_once_and_again_when_it_gets_worse_or_comes_back() {
        let mut told = Told::default();
        let (failing, stopped) = (trouble(false), trouble(true));
        assert!(told.fresh(None).is_none());
        assert!(told.fresh(Some(&failing)).is_some());
        assert!(told.fresh(Some(&failing)).is_none());
        assert!(told.fresh(Some(&stopped)).is_some());
        assert!(told.fresh(Some(&stopped)).is_none());
        assert!(told.fresh(None).is_none());
        assert!(told.fresh(Some(&stopped)).is_some());
    }

    #[test]
    fn it_says_what_it_means_in_the_consoles_language() {
        let (title, text) = notice(&trouble(true), Language::En);
        assert_eq!(title, "Unattended signing stopped");
        assert!(text.starts_with("This key is not in this computer's keychain. Windows go late"), "{text}");
        let (title, text) = notice(&trouble(false), Language::De);
        assert_eq!(title, "Das unbeaufsichtigte Signieren kommt nicht voran");
        assert!(!text.contains("keychain"), "{text}");
    }
}
