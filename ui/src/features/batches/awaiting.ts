/** Who still has to sign a batch, and whether that has taken too long. */
import type { AwaitedSigner, AwaitingSignature, Batch } from '$lib/api';
import { groupVersions } from '$lib/key-names';

/** A window this long past its due time counts as late, as in the daemon's status. */
const LATE_AFTER_MS = 30 * 60_000;

/** Whether a signer has signed every file. */
export function hasSigned(signer: AwaitedSigner, awaiting: AwaitingSignature): boolean {
  return awaiting.files.every((file) => signer.signed.includes(file.number));
}

/** Names who has not signed all of it, `310 v3`; empty where nobody is missing. */
export function missingSigners(batch: Batch): string {
  const { awaiting } = batch;
  if (awaiting === null) return '';
  return groupVersions(awaiting.signers.filter((signer) => !hasSigned(signer, awaiting)));
}

/**
 * How late a batch is, in milliseconds past its due time; negative while it isn't due. `minWindowAge` in seconds,
 * `now` in UTC milliseconds.
 */
export function lateness(batch: Batch, minWindowAge: number, now: number): number {
  return now - (Date.parse(batch.window_end) + minWindowAge * 1_000);
}

/** Whether phones miss it by now. Of a window that is made anew they have the old files. */
export function isLate(batch: Batch, minWindowAge: number, now: number): boolean {
  return batch.generation === 0 && lateness(batch, minWindowAge, now) > LATE_AFTER_MS;
}
