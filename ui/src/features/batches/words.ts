import { formatCount, formatDuration, utcClock, utcDate, utcFull, utcWindow } from '$lib/format';
import { t } from '$lib/i18n';
import { DAY } from './calendar';
import { meaning, type Meaning } from './state';
import type { Segment } from './timeline';

/** Says a batch's state in a few plain words, as they stand in a pill; `now` in UTC milliseconds. */
export function shortWords(what: Meaning, now: number): string {
  const words = t.batches.meaning;
  switch (what.kind) {
    case 'published':
      return words.published(utcClock(what.at));
    case 'nothing-to-publish':
      return words.nothing;
    case 'held-over':
      return words.heldOver(formatCount(what.keys));
    case 'waiting':
      return words.waiting;
    case 'in-work':
      return words.inWork;
    case 'unsigned':
      return words.unsigned;
    case 'failed':
      return failedWords(what.retryAt, now);
    case 'withdrawn':
      return words.withdrawn;
    case 'replaced':
      return words.replaced;
  }
}

function failedWords(retryAt: string | null, now: number): string {
  const words = t.batches.meaning;
  if (retryAt === null) return words.failed;
  const wait = Date.parse(retryAt) - now;
  return wait <= 0 ? words.failedRetryNow : words.failedRetry(formatDuration(wait));
}

/** Says what a segment of the timeline stands for: when, how many, and how it stands; `now` in UTC milliseconds. */
export function segmentWords({ start, end, batch, batches, failed }: Segment, now: number): string {
  const words = t.batches.timeline;
  const iso = (at: number) => new Date(at).toISOString();
  const window = `${utcWindow(iso(start), iso(end))} ${t.common.utc}`;
  if (batch !== null) {
    return words.one(window, shortWords(meaning(batch), now), words.files(batch.files.length));
  }
  if (batches === 0) return words.next(window);
  const count = formatCount(batches);
  return words.several(
    end - start === DAY ? utcDate(iso(start)) : window,
    failed === 0 ? words.batches(count, batches) : words.withFailed(count, formatCount(failed)),
  );
}

/**
 * Says what a batch's state means for phones, in a sentence or two. `anew`: it is a regeneration, so that phones have
 * the files that it replaces, and nothing waits for it.
 */
export function longWords(what: Meaning, anew = false): string {
  const words = t.batches.meaningDetail;
  switch (what.kind) {
    case 'published':
      return words.published(utcFull(what.at));
    case 'nothing-to-publish':
      return words.nothing;
    case 'held-over':
      return words.heldOver;
    case 'waiting':
      return anew ? words.waitingAnew : words.waiting;
    case 'in-work':
      return words.inWork;
    case 'unsigned':
      return anew ? words.unsignedAnew : words.unsigned;
    case 'failed':
      return anew ? words.failedAnew : words.failed;
    case 'withdrawn':
      return words.withdrawn;
    case 'replaced':
      return words.replaced;
  }
}

/** The name of a line of the account; a rule that this console doesn't know keeps its own name. */
export function accountWords(name: string): string {
  return t.batches.account.lines[name] ?? t.batches.account.leftOut(name.replace('left-out:', ''));
}
