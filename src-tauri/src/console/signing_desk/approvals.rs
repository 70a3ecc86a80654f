//! What an officer approved on this computer, for each daemon and config.

use crate::console::data_file::{read_json, write_json};
use crate::{CommandError, SigningTerms};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tekport_api::UtcTime;

/// The terms of one config as they were approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Approval {
    /// SHA-256 of the daemon's CA certificate, lower-case hex.
    pub(super) daemon: String,
    pub(super) terms: SigningTerms,
    pub(super) approved_at: UtcTime,
}

/// The file that keeps them.
#[derive(Debug)]
pub(super) struct Approvals(PathBuf);

impl Approvals {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self(folder.join("approved-configs.json"))
    }

    /// Returns what was approved of a config; `None` where nothing was.
    pub(super) fn find(&self, daemon: &str, config_id: &str) -> Result<Option<Approval>, CommandError> {
        Ok(self.read()?.into_iter().find(|approval| approval.is_for(daemon, config_id)))
    }

    /// Keeps an approval in place of an earlier one of the same config.
    pub(super) fn keep(&self, approval: Approval) -> Result<(), CommandError> {
        let mut approvals = self.read()?;
        approvals.retain(|known| !known.is_for(&approval.daemon, &approval.terms.config_id));
        approvals.push(approval);
        write_json(&self.0, &approvals)
    }

    fn read(&self) -> Result<Vec<Approval>, CommandError> {
        Ok(read_json(&self.0)?.unwrap_or_default())
    }
}

impl Approval {
    fn is_for(&self, daemon: &str, config_id: &str) -> bool {
        self.daemon == daemon && self.terms.config_id == config_id
    }
}

#[cfg(test)]
mod tests {
    use super::super::terms::tests::terms;
    use super::*;

    fn approval(daemon: &str, region: &str) -> Approval {
        let terms = SigningTerms { output_region: region.to_owned(), ..terms() };
        Approval { daemon: daemon.to_owned(), terms, approved_at: UtcTime::saturating(7) }
    }

    #[test]
    fn the_newest_approval_of_a_daemons_config_counts() {
        let folder = tempfile::tempdir().unwrap();
        let approvals = Approvals::in_folder(&folder.path().join("new"));
        assert_eq!(approvals.find("ca", "c1").unwrap(), None);
        approvals.keep(approval("ca", "MAG")).unwrap();
        approvals.keep(approval("other", "MAG")).unwrap();
        approvals.keep(approval("ca", "KRI")).unwrap();
        assert_eq!(approvals.find("ca", "c1").unwrap(), Some(approval("ca", "KRI")));
        assert_eq!(approvals.find("other", "c1").unwrap(), Some(approval("other", "MAG")));
        assert_eq!(approvals.find("ca", "c2").unwrap(), None);
    }

    #[test]
    fn a_damaged_file_is_an_error_and_not_taken_for_no_approval() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("approved-configs.json"), "[{").unwrap();
        assert_eq!(Approvals::in_folder(folder.path()).find("ca", "c1").unwrap_err().code, "data-folder");
    }
}
