//! Puts a batch's files in storage, makes sure that phones will take what lies there, and completes the batch.

use super::files::{MadeFile, count};
use super::{BatchError, Exporter, Step};
use crate::storage::Kind;
use crate::storage::faults::Deed;
use crate::store::batches::BatchRow;
use crate::store::batches::steps;
use crate::store::files::{self, FileRow};
use crate::store::signing_keys::{self, SigningKeyRow};
use crate::store::unsigned_files;
use bytes::Bytes;
use tekport_api::UtcTime;
use tekport_api::batch::{BatchCounts, BatchStep};
use tekport_export_file::{ExportFile, RuleResult};

impl Exporter {
    /// Records, puts, reads back, verifies, completes. The index names the files afterwards.
    pub(super) async fn publish(
        &self,
        batch: &BatchRow,
        made: Vec<MadeFile>,
        counts: &BatchCounts,
    ) -> Result<(), BatchError> {
        check_files(&made, counts)?;
        let mut transaction = self.0.store.begin().await?;
        let rows: Vec<FileRow> = made.iter().map(|file| file.row.clone()).collect();
        files::record(&mut transaction, batch.id, &rows).await?;
        transaction.commit().await?;
        self.reached(Step::FilesRecorded)?;
        let target = self.0.targets.get(&batch.spec.storage_target)?;
        let files = Some(count(made.len()));
        self.0.progress.at(BatchStep::Storing, files);
        for file in &made {
            target.put(&file.row.path, file.bytes.clone(), Kind::File).await?;
            target.worked(Deed::Written, self.0.clock.now());
            self.0.progress.file_done();
            self.reached(Step::FileStored)?;
        }
        self.0.progress.at(BatchStep::Verifying, files);
        for file in made {
            let read = target.get(&file.row.path).await?;
            let read = read.ok_or_else(|| BatchError::ReadBack(file.row.path.clone()))?;
            let now = self.0.clock.now();
            let verify = move || verify(&file, &read, now);
            tokio::task::spawn_blocking(verify).await.map_err(|_| BatchError::Cancelled)??;
            target.worked(Deed::Read, now);
            self.0.progress.file_done();
        }
        self.reached(Step::FilesVerified)?;
        self.complete(batch, &rows, counts).await?;
        self.reached(Step::Completed)?;
        Ok(())
    }

    /// In one transaction: the batch is complete, its files have their places at the end of the index, and those of
    /// the batch that it replaces leave it. A key may have been revoked, or attached, since they were signed: then they
    /// are made anew, so that from the moment of such a change on no index gains a file without it.
    async fn complete(&self, batch: &BatchRow, files: &[FileRow], counts: &BatchCounts) -> Result<(), BatchError> {
        let now = self.0.clock.now();
        let mut transaction = self.0.store.begin().await?;
        let signers = signing_keys::of_config(&mut *transaction, batch.config_id).await?;
        let signers: Vec<_> =
            signers.iter().filter(|key| key.state().is_live()).map(SigningKeyRow::as_signer).collect();
        if files.iter().any(|file| file.signed_by != signers) {
            return Err(BatchError::KeysChanged);
        }
        if !steps::complete(&mut transaction, batch.id, &self.0.settings.instance, counts, now).await? {
            return Err(BatchError::LeaseLost);
        }
        for replaced in steps::supersede_earlier(&mut transaction, batch).await? {
            files::withdraw_batch(&mut *transaction, replaced, now).await?;
        }
        files::publish(&mut transaction, batch.id, now).await?;
        unsigned_files::delete(&mut *transaction, batch.id).await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// The keys in the files are those of the reconciliation.
fn check_files(made: &[MadeFile], counts: &BatchCounts) -> Result<(), BatchError> {
    let in_files: u64 = made.iter().map(|file| u64::from(file.row.keys) + u64::from(file.row.revised_keys)).sum();
    let counted = u64::from(counts.new_keys) + u64::from(counts.generated) + u64::from(counts.revised_keys);
    if in_files == counted { Ok(()) } else { Err(BatchError::Sums { found: counted, accounted: in_files }) }
}

/// Holds what was read back against what was put, the registered public keys and every device rule.
fn verify(file: &MadeFile, read: &Bytes, now: UtcTime) -> Result<(), BatchError> {
    let path = &file.row.path;
    if *read != file.bytes {
        return Err(BatchError::ReadBack(path.clone()));
    }
    let export = ExportFile::open(read).map_err(|source| BatchError::Unreadable { path: path.clone(), source })?;
    let outcomes = export.verify(&file.signed_with);
    if let Some(wrong) = outcomes.iter().find(|outcome| !outcome.verified()) {
        let signer = format!("{}-{}", wrong.info.key_id, wrong.info.key_version);
        return Err(BatchError::Signature { path: path.clone(), signer });
    }
    let rules = export.device_rules(Some(now.unix_seconds()));
    match rules.into_iter().find(|outcome| outcome.result == RuleResult::Fail) {
        Some(broken) => Err(BatchError::Rule { path: path.clone(), rule: broken.rule.name(), finding: broken.finding }),
        None => Ok(()),
    }
}
