/** One of each thing that can need a person, as a daemon says it. */
import type { Attention, Severity } from '../../src/lib/api';
import { noFacts } from './data';
import { at, id } from './time';

const one = (
  severity: Severity,
  kind: string,
  resource_id: string | null,
  facts: Partial<Attention['facts']> = {},
): Attention => ({
  severity,
  kind,
  title: `The daemon’s title of ${kind}`,
  detail: 'The daemon’s own words',
  resource_id,
  facts: { ...noFacts, ...facts },
});

const window = { window_start: '2026-11-23T12:00:00Z', window_end: '2026-11-23T16:00:00Z' };

export const everyAttention: Attention[] = [
  one('bad', 'batch-failed', id(202), {
    region: 'US-WA',
    ...window,
    reason: 'storage target cdn-primary refused the file: no space left on the device',
  }),
  one('bad', 'batch-late', id(202), { region: 'US-OR', ...window, at: at(-1.2) }),
  one('bad', 'window-not-begun', id(101), { region: 'MAG', ...window, at: at(-1.2) }),
  one('bad', 'batch-awaiting-signature', id(290), { region: 'MAG', ...window, others: ['204 v2', '901 v1'] }),
  one('bad', 'no-live-signing-key', id(101), { region: 'MAG' }),
  one('bad', 'key-rotation-due', id(11), { name: '310 v1', at: at(-24) }),
  one('bad', 'key-end-held', id(15), {
    name: '310 v0',
    at: at(-30),
    reason:
      'MAG: no other key goes on signing there; attach a successor first. It is allowed from 2026-12-01T00:00:00Z on',
  }),
  one('bad', 'token-unavailable', null, { name: 'tekport', others: ['901 v1'], reason: 'the PIN is locked' }),
  one('bad', 'storage-failing', 'cdn-primary', {
    name: 'cdn-primary',
    at: at(-2),
    reason:
      'storage.cdn-primary: reading mag/index.txt failed: access denied; check that the place exists, has room and that the daemon may write there',
  }),
  one('bad', 'storage-test-failed', 'cdn-primary', {
    name: 'cdn-primary',
    reason: 'write: no space left on the device',
  }),
  one('bad', 'server-certificate-ending', null, { at: at(9 * 24) }),
  one('warn', 'batch-awaiting-signature', id(290), { region: 'MAG', ...window, others: ['204 v2'] }),
  one('warn', 'regeneration-awaiting-signature', id(290), { region: 'MAG', ...window, others: ['204 v2'] }),
  one('warn', 'regeneration-failed', id(202), { region: 'US-WA', ...window, reason: 'the token is away' }),
  one('warn', 'regeneration-late', id(202), { region: 'US-OR', ...window, at: at(-1.2) }),
  one('warn', 'key-rotation-due', id(11), { name: '310 v1', at: at(20 * 24) }),
  one('warn', 'key-rotation-stalled', id(11), {
    name: '310 v1',
    others: ['310 v2'],
    step: 'send-public-key',
    at: at(-9 * 24),
  }),
  one('warn', 'key-ending', id(15), { name: '310 v0', at: at(10 * 24) }),
  one('warn', 'key-unconfirmed', id(12), { name: '310 v2', others: ['Google', 'Apple'] }),
  one('warn', 'key-not-backed-up', id(12), { name: '310 v2' }),
  one('warn', 'config-paused', id(103), { region: 'EU' }),
  one('warn', 'ca-certificate-ending', null, { at: at(120 * 24) }),
  one('warn', 'client-certificate-ending', id(2), { name: 'Operations desk', at: at(9 * 24) }),
  one('warn', 'storage-failing', 'mirror', {
    name: 'mirror',
    at: at(-30),
    reason: 'storage.mirror: deleting eu/1763942400-1763956800-1.zip failed: access denied',
  }),
  one('warn', 'storage-test-failed', 'mirror', { name: 'mirror', reason: 'delete: access denied' }),
  one('warn', 'no-keys-coming', id(103), { region: 'EU', at: at(-4 * 24) }),
  one('warn', 'of-a-newer-daemon', null),
];
