//! The audit log outside the daemon: a copy of its entries in a file, and the head that this console remembers,
//! so that a log which was cut or written anew is noticed.

mod heads;
mod reading;
mod sheet;

use super::Console;
use super::downloads::{begin, finish, saved};
use crate::CommandError;
use crate::view::{AuditCheck, AuditFormat, ReadLog, RememberedHead, SavedRecords};
use heads::HeadsFile;
use reading::{AuditPages, Reading, SavedCheck};
use std::io::{self, Write};
use tekport_api::audit::{AuditEntry, AuditFilter};

impl Console {
    /// Has the daemon check its whole audit log, reads every entry and computes its hash here as well, and compares the
    /// log with the head that this console saw last. What was found whole by both is remembered from then on; so is
    /// one that doesn't agree with the memory, where `accept` says that the difference is explained: the daemon was
    /// restored from a backup.
    ///
    /// # Errors
    /// When the daemon can't be asked, or the memory can't be read or written.
    pub async fn verify_audit(&self, accept: bool) -> Result<AuditCheck, CommandError> {
        let session = self.session().await?;
        let heads = HeadsFile::in_folder(&self.places.data);
        let earlier = heads.of(&session.facts.ca_sha256)?;
        let at = earlier.as_ref().map(|seen| seen.head.sequence);
        let verification = session.client.verify_audit(at).await?;
        // Read afterwards: what was written meanwhile only adds to what the daemon has found.
        let claimed = verification.head.as_ref().filter(|_| verification.broken.is_none());
        let remembered = earlier.as_ref().map(|seen| &seen.head);
        let Reading { entries, head, broken, agrees } = reading::read(&session.client, claimed, remembered).await?;
        if let Some(head) = head
            && verification.broken.is_none()
            && broken.is_none()
            && (accept || agrees != Some(false))
        {
            heads.remember(&session.facts.ca_sha256, RememberedHead { head, seen_at: self.clock.now() })?;
        }
        Ok(AuditCheck { verification, read: ReadLog { entries, broken }, earlier, agrees })
    }

    /// Saves the entries that a filter lets through to the downloads folder, newest first, and says where they don't
    /// hold together: evidence is saved as it is.
    ///
    /// # Errors
    /// When the daemon can't be asked, or the file can't be written; then none is left behind.
    pub async fn export_audit(&self, filter: &AuditFilter, format: AuditFormat) -> Result<SavedRecords, CommandError> {
        let client = self.client().await?;
        let folder = &self.places.downloads;
        let place = folder.clone();
        let mut file = saved(folder, move || begin(&place)).await?;
        let mut written = 0_usize;
        let mut check = SavedCheck::of(filter);
        let mut pages = AuditPages::new(&client, filter);
        while let Some(page) = pages.next().await? {
            check.follow(&page.items);
            let first = written == 0;
            written += page.items.len();
            let add = move || {
                file.write_all(&encode(format, &page.items, first)?)?;
                Ok(file)
            };
            file = saved(folder, add).await?;
        }
        let stem = format!("tekport-audit-{}", self.clock.now().to_string().replace(':', ""));
        let place = folder.clone();
        let close = move || {
            file.write_all(closing(format, written))?;
            finish(file, &place, &stem, format.ending())
        };
        let path = saved(folder, close).await?;
        Ok(SavedRecords {
            path: path.to_string_lossy().into_owned(),
            entries: u32::try_from(written).unwrap_or(u32::MAX),
            broken: check.end(),
        })
    }
}

/// A page of entries as its part of the file.
fn encode(format: AuditFormat, entries: &[AuditEntry], first: bool) -> io::Result<Vec<u8>> {
    match format {
        AuditFormat::Csv => sheet::rows(entries, first).map_err(io::Error::from),
        AuditFormat::Json => json(entries, first).map_err(io::Error::from),
    }
}

/// One entry a line inside one list, so that both a program and a person can read it.
fn json(entries: &[AuditEntry], first: bool) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        out.extend_from_slice(if first && i == 0 { b"[\n" } else { b",\n" });
        serde_json::to_writer(&mut out, entry)?;
    }
    Ok(out)
}

fn closing(format: AuditFormat, entries: usize) -> &'static [u8] {
    match (format, entries) {
        (AuditFormat::Csv, _) => b"",
        (AuditFormat::Json, 0) => b"[]\n",
        (AuditFormat::Json, _) => b"\n]\n",
    }
}
