/** How something that needs a person reads in the language in use, by its kind and what the daemon says of it. */
import type { Tone } from '$components/types';
import type { Attention, AttentionKind, RotationStep } from '$lib/api';
import { asSentence, formatDuration, utcFull, utcWindow, withReadableTimes } from '$lib/format';
import { t } from '$lib/i18n';
import { said, type Said } from '$lib/messages';

export interface AttentionText {
  title: string;
  detail: string;
  /** What went wrong. */
  reason?: Said;
  /** Whether title and detail are the daemon's own words, too: of a kind that this console doesn't know. */
  english?: true;
}

interface Facts {
  region: string;
  window: string;
  at: string;
  name: string;
  others: string;
  /** How long ago `at` was. */
  since: string;
  bad: boolean;
  step: RotationStep | null;
}

type Words = (facts: Facts) => { title: string; detail: string };

const KINDS: Record<AttentionKind, Words> = {
  'batch-failed': ({ region, window }) => ({
    title: t.attention.batchFailed.title(region),
    detail: t.attention.batchFailed.detail(window),
  }),
  'batch-late': ({ region, window, since }) => ({
    title: t.attention.batchLate.title(region),
    detail: t.attention.batchLate.detail(window, since),
  }),
  'batch-awaiting-signature': ({ region, window, others, bad }) => ({
    title: t.attention.batchAwaiting.title(region),
    detail: t.attention.batchAwaiting[bad ? 'lateDetail' : 'detail'](window, others),
  }),
  'regeneration-failed': ({ region, window }) => ({
    title: t.attention.regenerationFailed.title(region),
    detail: t.attention.regenerationFailed.detail(window),
  }),
  'regeneration-awaiting-signature': ({ region, window, others }) => ({
    title: t.attention.regenerationAwaiting.title(region),
    detail: t.attention.regenerationAwaiting.detail(window, others),
  }),
  'regeneration-late': ({ region, window, since }) => ({
    title: t.attention.regenerationLate.title(region),
    detail: t.attention.regenerationLate.detail(window, since),
  }),
  'window-not-begun': ({ region, window, at }) => ({
    title: t.attention.windowNotBegun.title(region),
    detail: t.attention.windowNotBegun.detail(window, at),
  }),
  'no-keys-coming': ({ region, at }) => ({
    title: t.attention.noKeysComing.title(region),
    detail: t.attention.noKeysComing.detail(at),
  }),
  'no-live-signing-key': ({ region }) => ({
    title: t.attention.noLiveKey.title(region),
    detail: t.attention.noLiveKey.detail,
  }),
  'config-paused': ({ region }) => ({
    title: t.attention.paused.title(region),
    detail: t.attention.paused.detail,
  }),
  'key-rotation-due': ({ name, at, bad }) => ({
    title: t.attention.rotationDue[bad ? 'overdueTitle' : 'title'](name),
    detail: t.attention.rotationDue.detail(at),
  }),
  'key-rotation-stalled': ({ name, others, at, step, bad }) => ({
    title: t.attention.rotationStalled[bad ? 'overdueTitle' : 'title'](name),
    detail: t.attention.rotationStalled.detail(nextWords(step, name, others), at),
  }),
  'key-ending': ({ name, at }) => ({
    title: t.attention.keyEnding.title(name),
    detail: t.attention.keyEnding.detail(at),
  }),
  'key-end-held': ({ name, at }) => ({
    title: t.attention.keyEndHeld.title(name),
    detail: t.attention.keyEndHeld.detail(at),
  }),
  'key-unconfirmed': ({ name, others }) => ({
    title: t.attention.keyUnconfirmed.title(name, others),
    detail: t.attention.keyUnconfirmed.detail,
  }),
  'key-not-backed-up': ({ name }) => ({
    title: t.attention.notBackedUp.title(name),
    detail: t.attention.notBackedUp.detail,
  }),
  'token-unavailable': ({ others }) => ({
    title: t.attention.token.title,
    detail: t.attention.token.detail(others),
  }),
  'storage-failing': ({ name, at, bad }) => ({
    title: t.attention.storageFailing[bad ? 'title' : 'keepsTitle'](name),
    detail: t.attention.storageFailing[bad ? 'detail' : 'keepsDetail'](at),
  }),
  'storage-test-failed': ({ name, bad }) => ({
    title: t.attention.storage.title(name),
    detail: t.attention.storage[bad ? 'detail' : 'keepsDetail'],
  }),
  'ca-certificate-ending': ({ at }) => ({
    title: t.attention.caEnding.title,
    detail: t.attention.caEnding.detail(at),
  }),
  'server-certificate-ending': ({ at }) => ({
    title: t.attention.serverEnding.title,
    detail: t.attention.serverEnding.detail(at),
  }),
  'client-certificate-ending': ({ name, at }) => ({
    title: t.attention.clientEnding.title(name),
    detail: t.attention.clientEnding.detail(at),
  }),
};

/** The kinds that this console has words for. */
export const KNOWN_KINDS = Object.keys(KINDS) as readonly AttentionKind[];

const isKnown = (kind: string): kind is AttentionKind => Object.hasOwn(KINDS, kind);

/** Names the matter in a few words: the first thing that is read of it. */
export function attentionMatter({ kind, severity }: Attention): string {
  return isKnown(kind) ? t.attention.matters[kind] : t.overview.severity[severity];
}

/** What merely waits for somebody has the colour of waiting; what is late, failed or near its end that of its severity. */
export function attentionTone({ kind, severity }: Attention): Tone {
  return kind === 'batch-awaiting-signature' && severity === 'warn' ? 'wait' : severity;
}

/** Says what it is, what it means for phones and what to do. `now` is the daemon's time, for what grows later. */
export function attentionText(attention: Attention, now: number): AttentionText {
  if (!isKnown(attention.kind)) {
    const detail = asSentence(withReadableTimes(attention.detail));
    return { title: attention.title, detail, english: true };
  }
  const { reason, reason_message, ...facts } = attention.facts;
  const text = KINDS[attention.kind]({
    region: facts.region ?? '',
    window: facts.window_start && facts.window_end ? windowText(facts.window_start, facts.window_end) : '',
    at: facts.at ? utcFull(facts.at) : '',
    name: facts.name ?? '',
    others: inWords(facts.others),
    since: facts.at ? formatDuration(now - Date.parse(facts.at)) : '',
    bad: attention.severity === 'bad',
    step: facts.step,
  });
  return reason === null ? text : { ...text, reason: said(reason_message, reason) };
}

/** What a rotation waits for; one that is through waits for nothing. */
function nextWords(step: RotationStep | null, old: string, successor: string): string {
  const words = t.rotation.next;
  return step !== null && step in words ? words[step as keyof typeof words](old, successor) : '';
}

const windowText = (start: string, end: string) => `${utcWindow(start, end)} ${t.common.utc}`;

/** `a`, `a and b`, `a, b and c`. */
function inWords(list: readonly string[]): string {
  const last = list.at(-1) ?? '';
  return list.length < 2 ? last : t.attention.and(list.slice(0, -1).join(', '), last);
}
