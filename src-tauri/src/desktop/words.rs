//! The texts of the desktop in each language. Those of the pages are in `ui/src/lib/i18n`.

use crate::console::DeskState;
use crate::settings::Language;

/// The texts of one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) file: &'static str,
    pub(crate) edit: &'static str,
    pub(crate) go: &'static str,
    pub(crate) view: &'static str,
    pub(crate) larger: &'static str,
    pub(crate) smaller: &'static str,
    pub(crate) normal_size: &'static str,
    pub(crate) help: &'static str,
    pub(crate) diagnostics: &'static str,
    pub(crate) quit: &'static str,
    pub(crate) close: &'static str,
    pub(crate) viewer: &'static str,
    pub(crate) join: &'static str,
    pub(crate) overview: &'static str,
    pub(crate) configs: &'static str,
    pub(crate) batches: &'static str,
    pub(crate) keys: &'static str,
    pub(crate) people: &'static str,
    pub(crate) audit: &'static str,
    pub(crate) storage: &'static str,
    pub(crate) settings: &'static str,
    pub(crate) shortcuts: &'static str,
    pub(crate) open: &'static str,
    pub(crate) sign: &'static str,
    pub(crate) goes_on_title: &'static str,
    pub(crate) goes_on: &'static str,
    nothing_to_sign: &'static str,
    one_waits: &'static str,
    many_wait: &'static str,
    unattended: &'static str,
}

const ENGLISH: Words = Words {
    file: "File",
    edit: "Edit",
    go: "Go",
    view: "View",
    larger: "Larger",
    smaller: "Smaller",
    normal_size: "Normal size",
    help: "Help",
    diagnostics: "Diagnostics…",
    quit: "Quit",
    close: "Close window",
    viewer: "Look at an export file",
    join: "Join a daemon",
    overview: "Overview",
    configs: "Export configs",
    batches: "Batches",
    keys: "Signing keys",
    people: "People",
    audit: "Audit Log",
    storage: "Storage",
    settings: "Settings",
    shortcuts: "Keyboard shortcuts",
    open: "Open Tekport",
    sign: "Sign…",
    goes_on_title: "Tekport goes on signing",
    goes_on: "Unattended signing is on, so closing the window ends nothing. Turn it off on the signing desk, or quit.",
    nothing_to_sign: "Nothing to sign",
    one_waits: "1 batch waits for a signature",
    many_wait: "batches wait for a signature",
    unattended: "Unattended signing is on",
};

const GERMAN: Words = Words {
    file: "Datei",
    edit: "Bearbeiten",
    go: "Gehe zu",
    view: "Ansicht",
    larger: "Größer",
    smaller: "Kleiner",
    normal_size: "Normale Größe",
    help: "Hilfe",
    diagnostics: "Diagnose …",
    quit: "Beenden",
    close: "Fenster schließen",
    viewer: "Exportdatei ansehen",
    join: "Einem Daemon beitreten",
    overview: "Übersicht",
    configs: "Exportkonfigurationen",
    batches: "Batches",
    keys: "Signaturschlüssel",
    people: "Personen",
    audit: "Audit-Protokoll",
    storage: "Speicher",
    settings: "Einstellungen",
    shortcuts: "Tastenkürzel",
    open: "Tekport öffnen",
    sign: "Signieren …",
    goes_on_title: "Tekport signiert weiter",
    goes_on: "Unbeaufsichtigtes Signieren ist an, also beendet das Schließen des Fensters nichts. Ausschalten lässt es sich am Signierplatz, oder beenden Sie Tekport.",
    nothing_to_sign: "Nichts zu signieren",
    one_waits: "1 Batch wartet auf eine Signatur",
    many_wait: "Batches warten auf eine Signatur",
    unattended: "Unbeaufsichtigtes Signieren ist an",
};

impl Words {
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::De => &GERMAN,
        }
    }

    /// How the signing desk stands.
    pub(crate) fn desk(&self, state: DeskState) -> String {
        let waiting = match state.waiting {
            0 => None,
            1 => Some(self.one_waits.to_owned()),
            count => Some(format!("{count} {}", self.many_wait)),
        };
        match (state.unattended, waiting) {
            (false, None) => self.nothing_to_sign.to_owned(),
            (false, Some(waiting)) => waiting,
            (true, None) => self.unattended.to_owned(),
            (true, Some(waiting)) => format!("{}; {waiting}", self.unattended),
        }
    }
}
