//! When a key may stop signing: facts in, [`EndCheck`] out. Pure, so that the end's own route, the editing of configs,
//! the confirmations and the tick all go by the same rules:
//!
//! 1. In every config that makes files and names the key, another key goes on signing.
//! 2. Among those is one that both Google and Apple have confirmed.
//! 3. Every file that an index offers and that the key signed carries the signature of another live key which both
//!    have confirmed. The files of ended configs count: phones still download them.
//!
//! The first two are for people to meet; the third is met by waiting, since files leave the index.

pub mod words;

use std::collections::{BTreeMap, BTreeSet};
use tekport_api::UtcTime;
use tekport_api::signing_key::{AffectedConfig, EndBlocker, EndCheck, Recipient, RevocationImpact};

/// A key as people name it, `310 v1`: unique.
pub type KeyName = String;

/// What the rules ask about a key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// New files of its configs carry its signature, and it is able to make it.
    pub live: bool,
    /// Its own end is set: nothing can rely on it for long.
    pub ends: bool,
    /// Who hasn't confirmed it.
    pub missing: Vec<Recipient>,
}

impl Standing {
    /// Whether phones accept a file for its signature.
    fn is_accepted(&self) -> bool {
        self.live && self.missing.is_empty()
    }

    fn goes_on(&self) -> bool {
        self.live && !self.ends
    }
}

/// Files that an index offers, all signed by the same keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedFiles {
    /// Who signed them.
    pub signers: BTreeSet<KeyName>,
    /// How many they are.
    pub files: u32,
    /// When the last of them has left the index.
    pub until: UtcTime,
}

/// What the rules ask about a config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFacts {
    /// The config.
    pub config_id: String,
    /// Its output region.
    pub output_region: String,
    /// It has ended: it makes no new files.
    pub ended: bool,
    /// The keys that it names, in the order of a file.
    pub keys: Vec<KeyName>,
    /// What its index offers.
    pub offered: Vec<OfferedFiles>,
}

/// Everything that the rules look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Every key.
    pub keys: BTreeMap<KeyName, Standing>,
    /// Every config, ended ones included.
    pub configs: Vec<ConfigFacts>,
}

impl Facts {
    /// Says whether `key` may end, and from when on.
    #[must_use]
    pub fn end_of(&self, key: &str, now: UtcTime) -> EndCheck {
        if !self.standing(key).is_some_and(|standing| standing.live) {
            return EndCheck { earliest: None, blockers: vec![EndBlocker::NotSigning] };
        }
        check(self.configs.iter().flat_map(|config| self.blockers(config, key)).collect(), now)
    }

    /// Says whether the config of that id may drop `key`, and from when on. Its [`keys`](ConfigFacts::keys) are those
    /// that it would have then. A key that isn't live may always be dropped.
    #[must_use]
    pub fn drop_of(&self, key: &str, config_id: &str, now: UtcTime) -> EndCheck {
        let config = self.configs.iter().find(|config| config.config_id == config_id);
        let live = self.standing(key).is_some_and(|standing| standing.live);
        let Some(config) = config.filter(|_| live) else { return check(Vec::new(), now) };
        let named = ConfigFacts { keys: [vec![key.to_owned()], config.keys.clone()].concat(), ..config.clone() };
        check(self.blockers(&named, key), now)
    }

    /// Says what revoking `key` now would do.
    #[must_use]
    pub fn revocation_of(&self, key: &str) -> RevocationImpact {
        let mut impact = RevocationImpact {
            stopped: Vec::new(),
            unconfirmed: Vec::new(),
            unaffected: Vec::new(),
            files_offered: 0,
            files_signed_alone: 0,
        };
        let signs = self.standing(key).is_some_and(|standing| standing.live);
        for config in &self.configs {
            let affected =
                || AffectedConfig { config_id: config.config_id.clone(), output_region: config.output_region.clone() };
            if signs && !config.ended && config.keys.iter().any(|name| name == key) {
                let others = config.keys.iter().filter(|name| *name != key).filter_map(|name| self.standing(name));
                let live: Vec<&Standing> = others.filter(|standing| standing.live).collect();
                if live.is_empty() {
                    impact.stopped.push(affected());
                } else if live.iter().any(|standing| standing.is_accepted()) {
                    impact.unaffected.push(affected());
                } else {
                    impact.unconfirmed.push(affected());
                }
            }
            for files in config.offered.iter().filter(|files| files.signers.contains(key)) {
                impact.files_offered = impact.files_offered.saturating_add(files.files);
                let others = files.signers.iter().filter(|name| *name != key);
                if !others.filter_map(|name| self.standing(name)).any(|standing| standing.live) {
                    impact.files_signed_alone = impact.files_signed_alone.saturating_add(files.files);
                }
            }
        }
        impact
    }

    /// The same facts, had `recipient` not confirmed `key`.
    #[must_use]
    pub fn without_confirmation(&self, key: &str, recipient: Recipient) -> Self {
        let mut facts = self.clone();
        if let Some(standing) = facts.keys.get_mut(key)
            && !standing.missing.contains(&recipient)
        {
            standing.missing.push(recipient);
        }
        facts
    }

    fn standing(&self, key: &str) -> Option<&Standing> {
        self.keys.get(key)
    }

    /// What stands in the way of `key`'s end in one config, in the order of the rules.
    fn blockers(&self, config: &ConfigFacts, key: &str) -> Vec<EndBlocker> {
        let mut blockers = Vec::new();
        let (config_id, output_region) = (config.config_id.clone(), config.output_region.clone());
        // Whose confirmation is waited for already: the files that it signed wait for nothing else.
        let mut awaited = None;
        if !config.ended && config.keys.iter().any(|name| name == key) {
            let others = config.keys.iter().filter(|name| *name != key);
            let others: Vec<(&KeyName, &Standing)> = others
                .filter_map(|name| Some((name, self.standing(name)?)))
                .filter(|(_, standing)| standing.goes_on())
                .collect();
            match others.first() {
                None => blockers.push(EndBlocker::OnlyLiveSigner {
                    config_id: config_id.clone(),
                    output_region: output_region.clone(),
                }),
                Some((successor, standing)) if !others.iter().any(|(_, other)| other.is_accepted()) => {
                    awaited = Some(*successor);
                    blockers.push(EndBlocker::SuccessorNotConfirmed {
                        config_id: config_id.clone(),
                        output_region: output_region.clone(),
                        successor: (*successor).clone(),
                        missing: standing.missing.clone(),
                    });
                }
                Some(_) => {}
            }
        }
        let accepted = |name: &KeyName| {
            name != key && (awaited == Some(name) || self.standing(name).is_some_and(Standing::is_accepted))
        };
        let alone: Vec<&OfferedFiles> = config
            .offered
            .iter()
            .filter(|files| files.files > 0 && files.signers.contains(key) && !files.signers.iter().any(accepted))
            .collect();
        if let Some(until) = alone.iter().map(|files| files.until).max() {
            let files = alone.iter().fold(0, |sum: u32, files| sum.saturating_add(files.files));
            blockers.push(EndBlocker::FilesSignedAlone { config_id, output_region, files, until });
        }
        blockers
    }
}

/// The earliest time is known once nothing but time stands in the way.
fn check(blockers: Vec<EndBlocker>, now: UtcTime) -> EndCheck {
    let earliest = blockers.iter().try_fold(now, |earliest, blocker| match blocker {
        EndBlocker::FilesSignedAlone { until, .. } => Some(earliest.max(*until)),
        EndBlocker::NotSigning | EndBlocker::OnlyLiveSigner { .. } | EndBlocker::SuccessorNotConfirmed { .. } => None,
    });
    EndCheck { earliest, blockers }
}

#[cfg(test)]
mod tests;
