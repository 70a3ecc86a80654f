//! Batches that wait for the signatures of consoles: their files are kept as they were reviewed, taken up again when
//! everybody has signed, and made anew when other keys have to sign than they name.

use super::files::{Draft, count};
use super::{BatchError, Exporter, ExporterError, Step};
use crate::signer::{Reach, SignError, Signatory};
use crate::store::batches::BatchRow;
use crate::store::batches::steps::{self, PutOff};
use crate::store::unsigned_files::{self, UnsignedRow};
use tekport_api::UtcTime;
use tekport_api::batch::{BatchCounts, BatchStep};
use tekport_api::signing_key::Custody;
use tekport_export_file::{BinError, DerSignature, UnsignedExport};

/// The files of a batch, and who has to sign them.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The files; none where there is nothing to publish.
    pub(super) drafts: Vec<Draft>,
    /// Who has to sign each of them, in the file's order.
    pub(super) signatories: Vec<Signatory>,
    /// The reconciliation of the keys in them.
    pub(super) counts: BatchCounts,
}

/// A file and the signatures that are there, in the order of the signatories.
pub(super) type PartlySigned = (Draft, Vec<Option<DerSignature>>);

impl Exporter {
    /// Whether nothing can be done yet about a batch that awaits signatures: the keys that have to sign are those that
    /// its files name, and a console's signature is missing or it isn't its turn.
    pub(super) async fn still_awaits(&self, batch: &BatchRow, its_turn: bool) -> Result<bool, ExporterError> {
        let kept = unsigned_files::of_batch(self.0.store.pool(), batch.id).await?;
        let signatories = match self.0.signer.signers_of(batch.config_id).await {
            Ok(signatories) => signatories,
            Err(SignError::Store(error)) => return Err(error.into()),
            // The attempt at the batch fails with it.
            Err(_) => return Ok(false),
        };
        if kept.is_empty() || kept.iter().any(|file| !names(file, &signatories)) {
            return Ok(false);
        }
        if its_turn && !self.lacks_a_consoles(&kept, &signatories).await? {
            return Ok(false);
        }
        self.ask_token_again(&kept, &signatories).await?;
        Ok(true)
    }

    async fn lacks_a_consoles(&self, kept: &[UnsignedRow], signatories: &[Signatory]) -> Result<bool, ExporterError> {
        let now = self.0.clock.now();
        for signatory in signatories.iter().filter(|signatory| signatory.reach() == Reach::Console) {
            for file in kept {
                match self.0.signer.sign(signatory, &file.digest, now).await {
                    Ok(None) => return Ok(true),
                    Err(SignError::Store(error)) => return Err(error.into()),
                    // What is wrong with a signature that is there, the attempt at the batch says.
                    Ok(Some(_)) | Err(_) => {}
                }
            }
        }
        Ok(false)
    }

    /// Makes up for the signatures that a token which was away owes to kept files. While it still is, nothing changes:
    /// a console's are missing, too.
    async fn ask_token_again(&self, kept: &[UnsignedRow], signatories: &[Signatory]) -> Result<(), ExporterError> {
        let now = self.0.clock.now();
        for signatory in signatories.iter().filter(|signatory| signatory.key().custody == Custody::Hsm) {
            for file in kept {
                match self.0.signer.sign(signatory, &file.digest, now).await {
                    Ok(_) => {}
                    Err(SignError::Store(error)) => return Err(error.into()),
                    Err(_) => return Ok(()),
                }
            }
        }
        Ok(())
    }

    /// Takes up the files that a batch kept, where those who have to sign now are those that the files name; `None`
    /// where they have to be made.
    pub(super) async fn take_up(&self, batch: &BatchRow) -> Result<Option<Prepared>, BatchError> {
        let kept = unsigned_files::of_batch(self.0.store.pool(), batch.id).await?;
        let Some(counts) = batch.counts.clone().filter(|_| !kept.is_empty()) else { return Ok(None) };
        let signatories = self.0.signer.signers_of(batch.config_id).await?;
        if kept.iter().any(|file| !names(file, &signatories)) {
            tracing::info!(batch = %batch.id, "other keys have to sign than before: its files are made anew");
            return Ok(None);
        }
        let mut drafts = Vec::with_capacity(kept.len());
        for file in kept {
            let bin = unsigned_files::content(self.0.store.pool(), batch.id, file.number).await?.unwrap_or_default();
            let open = move || open(file, &bin);
            match tokio::task::spawn_blocking(open).await.map_err(|_| BatchError::Cancelled)? {
                Ok(draft) => drafts.push(draft),
                Err(error) => {
                    // Nobody signed what can't be read; made anew it is what it was.
                    tracing::error!(batch = %batch.id, %error, "a file that awaits signatures was changed in the database");
                    return Ok(None);
                }
            }
        }
        self.reached(Step::FilesTakenUp)?;
        Ok(Some(Prepared { drafts, signatories, counts }))
    }

    /// Signs files with every key that the daemon reaches, and adds what consoles have signed. A token that is away
    /// keeps no officer from signing: while a console's signature is missing, the token's is, too, and it is asked again.
    pub(super) async fn sign_files(
        &self,
        drafts: Vec<Draft>,
        signatories: &[Signatory],
    ) -> Result<Vec<PartlySigned>, BatchError> {
        let now = self.0.clock.now();
        let mut signed = Vec::with_capacity(drafts.len());
        let (mut away, mut lacks_a_consoles) = (None, false);
        self.0.progress.at(BatchStep::Signing, Some(count(drafts.len())));
        for draft in drafts {
            let digest = draft.export.digest();
            let mut signatures = Vec::with_capacity(signatories.len());
            for signatory in signatories {
                let signature = match self.0.signer.sign(signatory, &digest, now).await {
                    Ok(signature) => signature,
                    Err(error @ SignError::Token { .. }) => {
                        away.get_or_insert(error);
                        None
                    }
                    Err(error) => return Err(error.into()),
                };
                lacks_a_consoles |= signature.is_none() && signatory.reach() == Reach::Console;
                signatures.push(signature);
            }
            signed.push((draft, signatures));
            self.0.progress.file_done();
        }
        match away {
            Some(error) if !lacks_a_consoles => return Err(error.into()),
            Some(error) => tracing::warn!(%error, "a batch awaits a console's signature, and the token's with it"),
            None => {}
        }
        Ok(signed)
    }

    /// Ends the attempt at a batch that can't be published yet: its files are kept, and it awaits signatures. A batch
    /// without files is open until its turn comes. From then on its window counts as made.
    pub(super) async fn put_off(
        &self,
        batch: &BatchRow,
        drafts: Vec<Draft>,
        signatories: &[Signatory],
        counts: &BatchCounts,
    ) -> Result<(), BatchError> {
        let signers: Vec<_> = signatories.iter().map(|signatory| signatory.key().id).collect();
        let batch_id = batch.id;
        let keep = move || {
            let keep = |draft: Draft| {
                let (keys, revised_keys) = draft.export.counts();
                let bin = draft.export.export_bin()?;
                let row = UnsignedRow {
                    batch_id,
                    number: draft.number,
                    digest: draft.export.digest(),
                    signers: signers.clone(),
                    start: draft.start,
                    end: draft.end,
                    keys: count(keys),
                    revised_keys: count(revised_keys),
                    size_bytes: count(bin.len()),
                    created_at: draft.made_at,
                };
                Ok((row, bin))
            };
            drafts.into_iter().map(keep).collect::<Result<Vec<_>, BatchError>>()
        };
        let kept = tokio::task::spawn_blocking(keep).await.map_err(|_| BatchError::Cancelled)??;
        let state = if kept.is_empty() { PutOff::ForItsTurn } else { PutOff::AwaitingSignature };
        let mut transaction = self.0.store.begin().await?;
        unsigned_files::replace(&mut transaction, batch.id, &kept).await?;
        if !steps::put_off(&mut transaction, batch.id, &self.0.settings.instance, state, counts).await? {
            return Err(BatchError::LeaseLost);
        }
        transaction.commit().await?;
        self.reached(Step::PutOff)?;
        Ok(())
    }
}

/// Whether a kept file names just these signatories, in this order.
fn names(file: &UnsignedRow, signatories: &[Signatory]) -> bool {
    signatories.iter().map(|signatory| &signatory.key().id).eq(&file.signers)
}

/// Why kept bytes are not the file that they were.
#[derive(Debug, thiserror::Error)]
enum ChangedFile {
    #[error(transparent)]
    Unreadable(#[from] BinError),
    #[error("file {0} has another digest than it was kept with")]
    Digest(u32),
}

fn open(file: UnsignedRow, bin: &[u8]) -> Result<Draft, ChangedFile> {
    let export = UnsignedExport::from_bin(bin)?;
    if export.digest() != file.digest {
        return Err(ChangedFile::Digest(file.number));
    }
    let made_at: UtcTime = file.created_at;
    Ok(Draft { number: file.number, start: file.start, end: file.end, made_at, export })
}
