//! How all daemons and the signing desk are, boiled down to what an icon can say.

use crate::console::{DeskState, Health, Sight};

/// How things are altogether: the worst of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Overall {
    /// Every daemon answers and needs nobody.
    Well,
    /// There is no daemon to know anything of.
    NoDaemon,
    /// Of some daemon, or of the desk, nothing is known.
    NotKnown,
    /// Some daemon is out of reach.
    OutOfReach,
    /// Something waits for a person.
    NeedsPerson,
}

impl Overall {
    pub(crate) fn of(sights: &[Sight], desk: DeskState) -> Self {
        if sights.is_empty() {
            return Self::NoDaemon;
        }
        let signing = match desk.waiting {
            Some(0) => Self::Well,
            Some(_) if desk.unattended => Self::Well,
            Some(_) => Self::NeedsPerson,
            None => Self::NotKnown,
        };
        let daemons = sights.iter().map(|sight| match &sight.health {
            Health::Answers(attention) if attention.is_empty() => Self::Well,
            Health::Answers(_) => Self::NeedsPerson,
            Health::OutOfReach { .. } => Self::OutOfReach,
            Health::NotKnown => Self::NotKnown,
        });
        daemons.fold(signing, Self::max)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use tekport_api::enrolment::Environment;
    use tekport_api::status::{Attention, AttentionFacts, Severity};

    pub(in crate::desktop) fn attention(severity: Severity, kind: &str) -> Attention {
        Attention {
            severity,
            kind: kind.to_owned(),
            title: String::new(),
            detail: String::new(),
            resource_id: Some("1".to_owned()),
            facts: AttentionFacts::default(),
        }
    }

    pub(in crate::desktop) fn sight(ca: &str, health: Health) -> Sight {
        Sight {
            ca_sha256: ca.to_owned(),
            mark: ca.to_uppercase(),
            name: format!("daemon {ca}"),
            environment: Environment::Production,
            shown: false,
            health,
        }
    }

    #[test]
    fn the_worst_is_what_counts() {
        let well = || sight("a", Health::Answers(vec![]));
        let needs = || sight("b", Health::Answers(vec![attention(Severity::Warn, "config-paused")]));
        let lost = || sight("c", Health::OutOfReach { seconds: 0 });
        let unknown = || sight("d", Health::NotKnown);
        let idle = DeskState { waiting: Some(0), unattended: false };
        let overall = |sights: &[Sight]| Overall::of(sights, idle);
        assert_eq!(overall(&[]), Overall::NoDaemon);
        assert_eq!(overall(&[well(), well()]), Overall::Well);
        assert_eq!(overall(&[well(), unknown()]), Overall::NotKnown);
        assert_eq!(overall(&[lost(), unknown()]), Overall::OutOfReach);
        assert_eq!(overall(&[lost(), needs(), unknown()]), Overall::NeedsPerson);
    }

    #[test]
    fn a_desk_that_says_nothing_is_not_a_desk_without_work() {
        let with = |waiting, unattended| {
            Overall::of(&[sight("a", Health::Answers(vec![]))], DeskState { waiting, unattended })
        };
        assert_eq!(with(None, false), Overall::NotKnown);
        assert_eq!(with(Some(1), false), Overall::NeedsPerson);
        assert_eq!(with(Some(1), true), Overall::Well);
    }
}
