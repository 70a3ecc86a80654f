//! What a person sets for this console on this computer: nothing secret, nothing of a daemon's.

use crate::console::data_file::swap;
use crate::error::ConsoleFault;
use crate::{CommandError, ErrorCode};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use tokio::sync::watch;

/// A language of the pages, the menus and the notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
}

impl Language {
    /// The language of a locale as the system names it: `de_AT.UTF-8`. English where there are no texts for it.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        match locale.split(['_', '-', '.', '@']).next() {
            Some("de") => Self::De,
            _ => Self::En,
        }
    }
}

/// When the desktop shows a notification.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Notifications {
    /// Never.
    Off,
    /// When phones miss warnings, or soon will.
    #[default]
    Urgent,
    /// Whenever something needs a person.
    All,
}

/// How large the pages are, in per cent of their normal size: 50 to 300.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(from = "u16", into = "u16")]
pub struct Zoom(u16);

impl Default for Zoom {
    fn default() -> Self {
        Self(100)
    }
}

impl From<u16> for Zoom {
    /// Takes the nearest size that can still be worked with.
    fn from(percent: u16) -> Self {
        Self(percent.clamp(50, 300))
    }
}

impl From<Zoom> for u16 {
    fn from(zoom: Zoom) -> Self {
        zoom.0
    }
}

impl Zoom {
    /// How many times their normal size the pages are.
    #[must_use]
    pub fn factor(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// The settings that Rust goes by; those of the pages alone stay with the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct ConsoleSettings {
    /// The language; the system's where absent.
    pub language: Option<Language>,
    /// When the desktop shows a notification.
    pub notifications: Notifications,
    /// How large the pages are.
    pub zoom: Zoom,
}

/// The system's language as far as its environment tells; the pages know better.
fn environments() -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        (!value.is_empty()).then_some(value)
    });
    Language::of_locale(locale.as_deref().unwrap_or_default())
}

/// The settings and the file that keeps them.
#[derive(Debug)]
pub struct SettingsFile {
    path: PathBuf,
    settings: Mutex<ConsoleSettings>,
    /// The language that the pages speak; absent until they are there.
    pages: Mutex<Option<Language>>,
    /// What the environment says of the system's language, for as long.
    environment: Language,
    spoken: watch::Sender<Language>,
}

impl SettingsFile {
    /// Reads the settings. A file that can't be read or understood gives the defaults: settings are no reason for
    /// a console not to start.
    #[must_use]
    pub fn open(path: PathBuf) -> Self {
        let settings = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::warn!(%error, "the settings are damaged; the defaults are used");
                ConsoleSettings::default()
            }),
            Err(error) => {
                if error.kind() != ErrorKind::NotFound {
                    tracing::warn!(%error, "the settings can't be read; the defaults are used");
                }
                ConsoleSettings::default()
            }
        };
        Self::new(path, settings, environments())
    }

    fn new(path: PathBuf, settings: ConsoleSettings, environment: Language) -> Self {
        let spoken = watch::Sender::new(settings.language.unwrap_or(environment));
        Self { path, settings: Mutex::new(settings), pages: Mutex::default(), environment, spoken }
    }

    /// The settings now.
    #[must_use]
    pub fn get(&self) -> ConsoleSettings {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces them, on the disk first.
    ///
    /// # Errors
    /// When the file can't be written; the old settings stay.
    pub fn set(&self, settings: &ConsoleSettings) -> Result<(), CommandError> {
        let written =
            serde_json::to_vec_pretty(settings).map_err(std::io::Error::from).and_then(|json| swap(&self.path, &json));
        written.map_err(|error| {
            let (path, cause) = (self.path.display().to_string(), error.to_string());
            let fault = ConsoleFault::NotWritten { path, cause };
            CommandError::said(ErrorCode::DataFolder, "The settings were not saved", &fault)
        })?;
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner) = settings.clone();
        self.speak();
        Ok(())
    }

    /// The language that menus, tray and notifications speak: that of the pages. Until those are there, the chosen
    /// one or the system's.
    #[must_use]
    pub fn spoken(&self) -> Language {
        *self.spoken.borrow()
    }

    /// The language to speak, and when it becomes another one.
    #[must_use]
    pub fn speech(&self) -> watch::Receiver<Language> {
        self.spoken.subscribe()
    }

    /// Takes the language that the pages speak. They ask the webview for the system's, which knows it everywhere; a
    /// variable of the environment tells it on some systems.
    pub fn hear(&self, pages: Language) {
        *self.pages.lock().unwrap_or_else(PoisonError::into_inner) = Some(pages);
        self.speak();
    }

    fn speak(&self) {
        let pages = *self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let now = pages.or(self.get().language).unwrap_or(self.environment);
        self.spoken.send_if_modified(|spoken| std::mem::replace(spoken, now) != now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_a_restart_and_damage_gives_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        let settings =
            ConsoleSettings { language: Some(Language::De), notifications: Notifications::All, zoom: 150.into() };
        SettingsFile::open(path.clone()).set(&settings).unwrap();
        assert_eq!(SettingsFile::open(path.clone()).get(), settings);
        fs::write(&path, "{").unwrap();
        assert_eq!(SettingsFile::open(path).get(), ConsoleSettings::default());
    }

    #[test]
    fn settings_that_can_not_be_kept_are_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::open(folder.path().join("no-such-folder/settings.json"));
        let off = ConsoleSettings { notifications: Notifications::Off, ..ConsoleSettings::default() };
        assert_eq!(file.set(&off).unwrap_err().code, "data-folder");
        assert_eq!(file.get(), ConsoleSettings::default());
    }

    #[test]
    fn pages_never_get_too_small_or_large_to_set_them_back() {
        let read = |json: &str| serde_json::from_str::<ConsoleSettings>(json).unwrap().zoom.factor();
        assert_eq!([read("{}"), read(r#"{"zoom":200}"#), read(r#"{"zoom":0}"#)], [1.0, 2.0, 0.5]);
        assert_eq!(read(r#"{"zoom":9000}"#), 3.0);
    }

    #[test]
    fn everything_speaks_as_the_pages_do_and_changes_with_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::new(folder.path().join("settings.json"), ConsoleSettings::default(), Language::En);
        let mut speech = file.speech();
        assert_eq!(file.spoken(), Language::En);
        file.set(&ConsoleSettings { language: Some(Language::De), ..ConsoleSettings::default() }).unwrap();
        assert!(speech.has_changed().unwrap());
        assert_eq!(*speech.borrow_and_update(), Language::De, "the choice wins over the environment");
        file.hear(Language::De);
        assert!(!speech.has_changed().unwrap(), "nothing is built anew without need");
        file.hear(Language::En);
        assert_eq!((*speech.borrow_and_update(), file.spoken()), (Language::En, Language::En));
    }

    #[test]
    fn a_locale_names_its_language() {
        let languages = ["de_AT.UTF-8", "de", "en_GB", "C.UTF-8", "", "deu"].map(Language::of_locale);
        assert_eq!(languages, [Language::De, Language::De, Language::En, Language::En, Language::En, Language::En]);
    }
}
