//! At the end of each chapter: no private key that was made in it lies anywhere in the clear, and the daemon has none
//! that is to stay in a console.

use super::workstation::Workstation;
use super::{database, keyring};
use crate::checks::Checks;
use crate::secrets::Needles;
use anyhow::{Result, ensure};
use std::path::Path;
use std::sync::Arc;

/// Looks for every key of the keyrings that the daemon was told of, and for `known` ones, in the files of `places` and
/// in what the pages held.
///
/// # Errors
/// When the daemon's database can't be read.
pub(super) async fn check(
    state: &Path,
    stations: &[Arc<Workstation>],
    known: &[Needles],
    places: &[&Path],
    pages: &str,
    checks: &mut Checks,
) -> Result<()> {
    let stored = database::signing_keys(state).await?;
    if stored.iter().any(|key| key.custody == "console") {
        let sealed = stored.iter().any(|key| key.custody == "console" && key.has_sealed);
        checks.note("the database has no copy of a key that stays in a console", Ok(!sealed));
    }
    let mut needles = known.to_vec();
    for key in &stored {
        for station in stations {
            if let Some(key) = keyring::find(station, &key.fingerprint)? {
                needles.push(Needles::of_key(&key)?);
            }
        }
    }
    if !needles.is_empty() {
        let keys = if needles.len() == 1 {
            "the private key".to_owned()
        } else {
            format!("any of {} private keys", needles.len())
        };
        let needles = Needles::together(needles);
        checks.note(&format!("nowhere in the clear lies: {keys}"), nowhere(&needles, places, pages));
    }
    Ok(())
}

fn nowhere(needles: &Needles, places: &[&Path], pages: &str) -> Result<bool> {
    ensure!(!pages.is_empty(), "no page could be read");
    ensure!(!needles.found_in(pages.as_bytes()), "a page holds a private key");
    for place in places {
        let (files, holding) = needles.search(place)?;
        ensure!(files > 0, "{} holds no file", place.display());
        ensure!(holding.is_empty(), "a private key lies in {holding:?}");
    }
    Ok(true)
}
