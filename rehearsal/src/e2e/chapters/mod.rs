//! The chapters of the end-to-end test: what people do in the console, each from a daemon that was just made.

mod audit;
mod batches;
mod compromise;
mod configs;
mod daemons;
mod find_a_key;
mod key_files;
mod keyboard;
mod main_job;
mod offline;
mod own_keys;
mod people;
mod rotation;
mod settings;
mod signing_desk;
mod speed;
mod viewer;

use super::scene::Scene;
use super::window::Window;
use crate::checks::Checks;
use anyhow::Result;
use clap::ValueEnum;
use std::time::Duration;
use tekport_api::UtcTime;

/// How long a page, the daemon and the keychain may take for one step.
const LIMIT: Duration = Duration::from_secs(60);

/// A part of the test that runs alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Chapter {
    /// From an enrolment code to a file that foreign tools verify
    MainJob,
    /// A rotation, begun by one officer and taken up by another
    Rotation,
    /// The way out when a key is compromised
    Compromise,
    /// A private half in a backup, in the package, lost, restored, imported, taken back
    KeyFiles,
    /// Signing with a key that never leaves the keychain: by hand, then unattended
    SigningDesk,
    /// Export configs: edit, conflict, clone, pause, end, and through a file
    Configs,
    /// Batches: one that failed, and one that is made anew
    Batches,
    /// Who is let in, as what, and who is shut out
    People,
    /// The audit log, whole and tampered with
    Audit,
    /// Several daemons in one console
    Daemons,
    /// Export files, with and without a daemon
    Viewer,
    /// Where a key is
    FindAKey,
    /// The console's settings, its tests and its diagnostics
    Settings,
    /// The palette, the shortcuts, and the window as it was left
    Keyboard,
    /// The daemon goes away under the window, and comes back
    Offline,
    /// The daemon's own keys are replaced
    OwnKeys,
    /// How long the window takes
    Speed,
}

impl Chapter {
    /// Its name, as `--only` takes it.
    pub(super) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// Plays it.
    ///
    /// # Errors
    /// When a step failed that the next ones need; it was counted and said already.
    pub(super) async fn tell(self, scene: &mut Scene, checks: &mut Checks) -> Result<()> {
        match self {
            Self::MainJob => main_job::tell(scene, checks).await,
            Self::Rotation => rotation::tell(scene, checks).await,
            Self::Compromise => compromise::tell(scene, checks).await,
            Self::KeyFiles => key_files::tell(scene, checks).await,
            Self::SigningDesk => signing_desk::tell(scene, checks).await,
            Self::Configs => configs::tell(scene, checks).await,
            Self::Batches => batches::tell(scene, checks).await,
            Self::People => people::tell(scene, checks).await,
            Self::Audit => audit::tell(scene, checks).await,
            Self::Daemons => daemons::tell(scene, checks).await,
            Self::Viewer => viewer::tell(scene, checks).await,
            Self::FindAKey => find_a_key::tell(scene, checks).await,
            Self::Settings => settings::tell(scene, checks).await,
            Self::Keyboard => keyboard::tell(scene, checks).await,
            Self::Offline => offline::tell(scene, checks).await,
            Self::OwnKeys => own_keys::tell(scene, checks).await,
            Self::Speed => speed::tell(scene, checks).await,
        }
    }
}

/// Generates a signing key in the window, for the daemon to sign with.
async fn generate_key(window: &Window, key_id: &str, version: &str) -> Result<String> {
    window.click("nav-signing-keys").await?;
    window.click("key-generate").await?;
    window.fill("key-id", key_id).await?;
    window.fill("key-version", version).await?;
    window.click("key-generate-confirm").await?;
    window.read_until("key-pem", "BEGIN PUBLIC KEY", LIMIT).await
}

/// A time as a person types it into a field: `2026-11-23 20:00`.
fn as_typed(time: UtcTime) -> String {
    time.to_string().replace('T', " ").chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_chapter_has_a_name_of_its_own() {
        let names: BTreeSet<String> = Chapter::value_variants().iter().map(|chapter| chapter.name()).collect();
        assert_eq!(names.len(), Chapter::value_variants().len());
        assert!(!names.contains(""));
    }

    #[test]
    fn a_time_is_typed_to_the_minute() {
        assert_eq!(as_typed(UtcTime::saturating(1_790_000_000)), "2026-09-21 14:13");
    }
}
