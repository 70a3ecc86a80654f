//! What a notification says of something that needs a person, in the language that the console speaks. The pages say
//! more (`ui/src/lib/i18n`).

use crate::settings::Language;
use tekport_api::status::{Attention, AttentionKind as Kind, Severity};

/// Returns the title and the text. A kind that has no words here has the daemon's, which are English.
pub(super) fn notice(about: &Attention, language: Language) -> (String, String) {
    let translated = match language {
        Language::En => None,
        Language::De => german(about),
    };
    translated.unwrap_or_else(|| (about.title.clone(), about.detail.clone()))
}

fn german(about: &Attention) -> Option<(String, String)> {
    let region = about.facts.region.as_deref().unwrap_or_default();
    let name = about.facts.name.as_deref().unwrap_or_default();
    let urgent = about.severity == Severity::Bad;
    let title = match Kind::named(&about.kind)? {
        Kind::BatchFailed => format!("{region}: ein Stapel ist fehlgeschlagen"),
        Kind::BatchLate => format!("{region}: ein Stapel ist verspätet"),
        Kind::BatchAwaitingSignature => format!("{region}: ein Stapel wartet auf Signaturen"),
        Kind::RegenerationFailed => format!("{region}: eine Neuerzeugung ist fehlgeschlagen"),
        Kind::RegenerationLate => format!("{region}: ein Zeitfenster ist noch nicht neu erzeugt"),
        Kind::RegenerationAwaitingSignature => format!("{region}: eine Neuerzeugung wartet auf Signaturen"),
        Kind::WindowNotBegun => format!("{region}: ein Zeitfenster wurde nie begonnen"),
        Kind::NoKeysComing => format!("{region}: keine Schlüssel gehen ein"),
        Kind::NoLiveSigningKey => format!("{region}: kein Schlüssel zum Signieren"),
        Kind::ConfigPaused => format!("{region} ist angehalten"),
        Kind::KeyRotationDue if urgent => format!("Der Wechsel von {name} ist überfällig"),
        Kind::KeyRotationDue => format!("{name} sollte bald gewechselt werden"),
        Kind::KeyRotationStalled if urgent => format!("Der Wechsel von {name} ist überfällig"),
        Kind::KeyRotationStalled => format!("Der Wechsel von {name} kommt nicht voran"),
        Kind::KeyEnding => format!("{name} endet bald"),
        Kind::KeyEndHeld => format!("{name} hätte enden sollen"),
        Kind::KeyUnconfirmed => format!("{name} ist von {} nicht bestätigt", about.facts.others.join(" und ")),
        Kind::KeyNotBackedUp => format!("{name} hat keine Sicherung"),
        Kind::TokenUnavailable => "Das Token ist nicht benutzbar".to_owned(),
        Kind::StorageFailing if urgent => format!("Speicherziel {name} versagt"),
        Kind::StorageFailing => format!("Speicherziel {name} löscht nichts"),
        Kind::StorageTestFailed => format!("Speicherziel {name} funktioniert nicht"),
        Kind::CaCertificateEnding => "Das CA-Zertifikat läuft ab".to_owned(),
        Kind::ServerCertificateEnding => "Das Serverzertifikat läuft ab".to_owned(),
        Kind::ClientCertificateEnding => format!("Das Zertifikat von {name} läuft ab"),
    };
    let text = if urgent {
        "Smartphones erhalten Warnungen nicht oder bald nicht mehr. Was zu tun ist, steht in der Übersicht."
    } else {
        "Bitte rechtzeitig prüfen. Was zu tun ist, steht in der Übersicht."
    };
    Some((title, text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tekport_api::status::AttentionFacts;

    fn about(kind: &str, severity: Severity) -> Attention {
        Attention {
            severity,
            kind: kind.to_owned(),
            title: "310 v1 should be rotated soon".to_owned(),
            detail: "Begin the rotation".to_owned(),
            resource_id: None,
            facts: AttentionFacts {
                region: Some("MAG".to_owned()),
                name: Some("310 v1".to_owned()),
                others: vec!["Google".to_owned(), "Apple".to_owned()],
                ..AttentionFacts::default()
            },
        }
    }

    #[test]
    fn a_notification_speaks_the_consoles_language() {
        let told = |kind, severity, language| notice(&about(kind, severity), language);
        let (title, text) = told("key-rotation-due", Severity::Warn, Language::De);
        assert_eq!(title, "310 v1 sollte bald gewechselt werden");
        assert!(text.starts_with("Bitte rechtzeitig prüfen"), "{text}");
        let (title, text) = told("key-rotation-due", Severity::Bad, Language::De);
        assert_eq!(title, "Der Wechsel von 310 v1 ist überfällig");
        assert!(text.starts_with("Smartphones erhalten"), "{text}");
        let (title, _) = told("key-rotation-stalled", Severity::Warn, Language::De);
        assert_eq!(title, "Der Wechsel von 310 v1 kommt nicht voran");
        let (title, _) = told("key-unconfirmed", Severity::Warn, Language::De);
        assert_eq!(title, "310 v1 ist von Google und Apple nicht bestätigt");
    }

    /// The compiler knows that no kind is missing; this, that each says what it is about.
    #[test]
    fn every_kind_of_the_daemons_has_german_words() {
        for kind in Kind::ALL {
            let (title, text) = notice(&about(kind.as_str(), Severity::Warn), Language::De);
            assert!(title != "310 v1 should be rotated soon" && text != "Begin the rotation", "{kind:?}");
            assert!(!title.contains("  ") && !title.starts_with(':'), "{kind:?}: {title}");
        }
    }

    #[test]
    fn what_has_no_words_here_keeps_the_daemons() {
        for (kind, language) in [("key-rotation-due", Language::En), ("of-a-newer-daemon", Language::De)] {
            let (title, text) = notice(&about(kind, Severity::Warn), language);
            assert_eq!((title.as_str(), text.as_str()), ("310 v1 should be rotated soon", "Begin the rotation"));
        }
    }
}
