//! The texts of the desktop in each language. Those of the pages are in `ui/src/lib/i18n`.

use super::health::Overall;
use crate::Connection;
use crate::console::{DeskState, Health, Sight};
use crate::settings::Language;
use tekport_api::enrolment::Environment;

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
    pub(crate) find_a_key: &'static str,
    pub(crate) keys: &'static str,
    pub(crate) desk: &'static str,
    pub(crate) people: &'static str,
    pub(crate) audit: &'static str,
    pub(crate) storage: &'static str,
    pub(crate) settings: &'static str,
    pub(crate) shortcuts: &'static str,
    pub(crate) open: &'static str,
    pub(crate) sign: &'static str,
    pub(crate) goes_on_title: &'static str,
    pub(crate) goes_on: &'static str,
    pub(crate) lost: &'static str,
    pub(crate) lost_text: &'static str,
    pub(crate) back: &'static str,
    pub(crate) back_text: &'static str,
    production: &'static str,
    staging: &'static str,
    test: &'static str,
    well: &'static str,
    one_needs: &'static str,
    many_need: &'static str,
    out_of_reach: &'static str,
    not_known: &'static str,
    no_daemon: &'static str,
    all_well: &'static str,
    some_need: &'static str,
    some_lost: &'static str,
    some_unknown: &'static str,
    signing_unknown: &'static str,
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
    diagnostics: "Diagnostics",
    quit: "Quit",
    close: "Close window",
    viewer: "Export viewer",
    join: "Join another daemon",
    overview: "Overview",
    configs: "Export configs",
    batches: "Batches",
    find_a_key: "Find a key",
    keys: "Signing keys",
    desk: "Signing desk",
    people: "People",
    audit: "Audit log",
    storage: "Storage",
    settings: "Settings",
    shortcuts: "Keyboard shortcuts",
    open: "Open Tekport",
    sign: "Sign…",
    goes_on_title: "Tekport goes on signing",
    goes_on: "Unattended signing is on, so closing the window ends nothing. Turn it off on the signing desk, or quit.",
    lost: "out of reach",
    lost_text: "The daemon has not answered for some minutes. Its exports go on by themselves if it still runs. Check the network and its machine.",
    back: "back again",
    back_text: "The daemon answers again.",
    production: "Production",
    staging: "Staging",
    test: "Test",
    well: "all is well",
    one_needs: "1 thing needs a person",
    many_need: "things need a person",
    out_of_reach: "out of reach",
    not_known: "not known",
    no_daemon: "No daemon joined yet",
    all_well: "All is well",
    some_need: "Something needs a person",
    some_lost: "A daemon is out of reach",
    some_unknown: "Not known how things are",
    signing_unknown: "Not known what waits for a signature",
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
    diagnostics: "Diagnose",
    quit: "Beenden",
    close: "Fenster schließen",
    viewer: "Datei-Betrachter",
    join: "Mit einem weiteren Daemon verbinden",
    overview: "Übersicht",
    configs: "Exportkonfigurationen",
    batches: "Stapel",
    find_a_key: "Schlüssel finden",
    keys: "Signaturschlüssel",
    desk: "Signierplatz",
    people: "Personen",
    audit: "Audit-Protokoll",
    storage: "Speicher",
    settings: "Einstellungen",
    shortcuts: "Tastenkürzel",
    open: "Tekport öffnen",
    sign: "Signieren …",
    goes_on_title: "Tekport signiert weiter",
    goes_on: "Unbeaufsichtigtes Signieren ist an, also beendet das Schließen des Fensters nichts. Ausschalten lässt es sich am Signierplatz, oder beenden Sie Tekport.",
    lost: "nicht erreichbar",
    lost_text: "Der Daemon antwortet seit einigen Minuten nicht. Läuft er noch, gehen seine Exporte von selbst weiter. Bitte das Netzwerk und seinen Rechner prüfen.",
    back: "wieder erreichbar",
    back_text: "Der Daemon antwortet wieder.",
    production: "Produktion",
    staging: "Vorproduktion",
    test: "Test",
    well: "alles in Ordnung",
    one_needs: "1 Sache braucht jemanden",
    many_need: "Sachen brauchen jemanden",
    out_of_reach: "nicht erreichbar",
    not_known: "nicht bekannt",
    no_daemon: "Noch mit keinem Daemon verbunden",
    all_well: "Alles in Ordnung",
    some_need: "Jemand wird gebraucht",
    some_lost: "Ein Daemon ist nicht erreichbar",
    some_unknown: "Nicht bekannt, wie es steht",
    signing_unknown: "Nicht bekannt, was auf eine Signatur wartet",
    nothing_to_sign: "Nichts zu signieren",
    one_waits: "1 Stapel wartet auf eine Signatur",
    many_wait: "Stapel warten auf eine Signatur",
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
    pub(crate) fn signing(&self, state: DeskState) -> String {
        let waiting = match state.waiting {
            None => Some(self.signing_unknown.to_owned()),
            Some(0) => None,
            Some(1) => Some(self.one_waits.to_owned()),
            Some(count) => Some(format!("{count} {}", self.many_wait)),
        };
        match (state.unattended, waiting) {
            (false, None) => self.nothing_to_sign.to_owned(),
            (false, Some(waiting)) => waiting,
            (true, None) => self.unattended.to_owned(),
            (true, Some(waiting)) => format!("{}; {waiting}", self.unattended),
        }
    }

    /// An environment, as the pages call it.
    pub(crate) fn environment(&self, environment: Environment) -> &'static str {
        match environment {
            Environment::Production => self.production,
            Environment::Staging => self.staging,
            Environment::Test => self.test,
        }
    }

    /// A daemon so that it can't be taken for another: its mark, its name and its environment.
    pub(crate) fn daemon(&self, sight: &Sight) -> String {
        format!("{} · {} ({})", sight.mark, sight.name, self.environment(sight.environment))
    }

    /// A daemon and how it is, in a line.
    pub(crate) fn sight(&self, sight: &Sight) -> String {
        let health = match &sight.health {
            Health::Answers(attention) => match attention.len() {
                0 => self.well.to_owned(),
                1 => self.one_needs.to_owned(),
                count => format!("{count} {}", self.many_need),
            },
            Health::OutOfReach { .. } => self.out_of_reach.to_owned(),
            Health::NotKnown => self.not_known.to_owned(),
        };
        format!("{}: {health}", self.daemon(sight))
    }

    /// How things are altogether.
    pub(crate) fn overall(&self, overall: Overall) -> &'static str {
        match overall {
            Overall::NoDaemon => self.no_daemon,
            Overall::Well => self.all_well,
            Overall::NeedsPerson => self.some_need,
            Overall::OutOfReach => self.some_lost,
            Overall::NotKnown => self.some_unknown,
        }
    }

    /// The window's title: which daemon it shows.
    pub(crate) fn title(&self, shown: &Connection) -> String {
        match (&shown.daemon, &shown.mark) {
            (Some(daemon), Some(mark)) => {
                format!("{mark} · {} · {} – Tekport", daemon.name, self.environment(daemon.environment))
            }
            _ => "Tekport".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ConnectionState;
    use tekport_api::enrolment::DaemonIdentity;

    #[test]
    fn the_desk_is_told_in_words() {
        let told = |waiting, unattended| Words::of(Language::En).signing(DeskState { waiting, unattended });
        assert_eq!(told(Some(0), false), "Nothing to sign");
        assert_eq!(told(Some(1), false), "1 batch waits for a signature");
        assert_eq!(told(Some(3), false), "3 batches wait for a signature");
        assert_eq!(told(Some(0), true), "Unattended signing is on");
        assert_eq!(told(Some(2), true), "Unattended signing is on; 2 batches wait for a signature");
        assert_eq!(told(None, false), "Not known what waits for a signature");
        let german = Words::of(Language::De).signing(DeskState { waiting: Some(2), unattended: true });
        assert_eq!(german, "Unbeaufsichtigtes Signieren ist an; 2 Stapel warten auf eine Signatur");
    }

    #[test]
    fn the_title_names_the_daemon_and_its_environment() {
        let mut shown = Connection {
            state: ConnectionState::Enrolled,
            ca_sha256: Some("ab".to_owned()),
            mark: Some("EN".to_owned()),
            address: None,
            daemon: Some(DaemonIdentity {
                name: "Exports north".to_owned(),
                environment: Environment::Production,
                sealing_public_key: String::new(),
                sealing_fingerprint: String::new(),
            }),
            person: None,
            certificate_not_after: None,
        };
        let title = |shown: &Connection, language| Words::of(language).title(shown);
        assert_eq!(title(&shown, Language::En), "EN · Exports north · Production – Tekport");
        assert_eq!(title(&shown, Language::De), "EN · Exports north · Produktion – Tekport");
        shown.daemon = None;
        assert_eq!(title(&shown, Language::En), "Tekport");
    }

    /// Menus, tray and notifications call things as the pages do.
    #[test]
    fn one_thing_has_one_name_in_menus_and_pages() {
        let pages = [
            (Language::En, include_str!("../../../ui/src/lib/i18n/en/shell.ts")),
            (Language::De, include_str!("../../../ui/src/lib/i18n/de/shell.ts")),
        ];
        for (language, pages) in pages {
            let words = Words::of(language);
            let named = [
                words.viewer,
                words.join,
                words.overview,
                words.configs,
                words.batches,
                words.find_a_key,
                words.keys,
                words.desk,
                words.people,
                words.audit,
                words.storage,
                words.settings,
                words.shortcuts,
                words.production,
                words.staging,
                words.test,
            ];
            for name in named {
                assert!(pages.contains(&format!("'{name}'")), "{language:?}: the pages don't say {name:?}");
            }
        }
        assert!(include_str!("../../../ui/src/lib/i18n/de/batches.ts").contains("Stapel"));
    }
}
