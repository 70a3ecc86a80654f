//! The texts of the desktop in each language. Those of the pages are in `ui/src/lib/i18n`.

use crate::settings::Language;

/// The texts of one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) file: &'static str,
    pub(crate) edit: &'static str,
    pub(crate) go: &'static str,
    pub(crate) help: &'static str,
    pub(crate) quit: &'static str,
    pub(crate) close: &'static str,
    pub(crate) viewer: &'static str,
    pub(crate) join: &'static str,
    pub(crate) overview: &'static str,
    pub(crate) configs: &'static str,
    pub(crate) batches: &'static str,
    pub(crate) keys: &'static str,
    pub(crate) people: &'static str,
    pub(crate) storage: &'static str,
    pub(crate) settings: &'static str,
    pub(crate) shortcuts: &'static str,
}

const ENGLISH: Words = Words {
    file: "File",
    edit: "Edit",
    go: "Go",
    help: "Help",
    quit: "Quit",
    close: "Close window",
    viewer: "Look at an export file",
    join: "Join a daemon",
    overview: "Overview",
    configs: "Export configs",
    batches: "Batches",
    keys: "Signing keys",
    people: "People",
    storage: "Storage",
    settings: "Settings",
    shortcuts: "Keyboard shortcuts",
};

const GERMAN: Words = Words {
    file: "Datei",
    edit: "Bearbeiten",
    go: "Gehe zu",
    help: "Hilfe",
    quit: "Beenden",
    close: "Fenster schließen",
    viewer: "Exportdatei ansehen",
    join: "Einem Daemon beitreten",
    overview: "Übersicht",
    configs: "Exportkonfigurationen",
    batches: "Batches",
    keys: "Signaturschlüssel",
    people: "Personen",
    storage: "Speicher",
    settings: "Einstellungen",
    shortcuts: "Tastenkürzel",
};

impl Words {
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::De => &GERMAN,
        }
    }
}
