// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import type { Attention } from '$lib/api';
import { LANGUAGES, speak, t } from '$lib/i18n';
import { noFacts } from '../../../tests/fake/data';
import { attentionText, KNOWN_KINDS } from './attention';
import { attentionLink } from './attention-link';
import { skewText } from './skew';

const NOW = Date.parse('2026-11-23T18:48:00Z');

/** Something with every fact there is. */
const about = (kind: string, over: Partial<Attention> = {}): Attention => ({
  severity: 'warn',
  kind,
  title: 'the daemon’s title',
  detail: 'the daemon’s detail of 2026-11-23T12:00:00Z',
  resource_id: 'id/1',
  facts: {
    region: 'MAG',
    window_start: '2026-11-23T12:00:00Z',
    window_end: '2026-11-23T16:00:00Z',
    at: '2026-11-23T18:00:00Z',
    name: '310 v2',
    step: 'end-old-key',
    others: ['310 v3', '310 v4', '901 v1'],
    reason: 'no space left',
  },
  ...over,
});

afterEach(() => speak('en'));

describe('attentionText', () => {
  it.each(KNOWN_KINDS)('says %s in each language, with what it is about', async (kind) => {
    const said = [];
    for (const language of LANGUAGES) {
      await speak(language);
      said.push(attentionText(about(kind), NOW));
    }
    expect(t.attention.matters[kind]).toBeDefined();
    for (const text of said) {
      expect(text.english).toBeUndefined();
      expect(`${text.title} ${text.detail}`).not.toMatch(/undefined|the daemon’s (title|detail)/);
      expect(text.detail).toMatch(/[.]$/);
      expect(text.reason).toEqual({ text: 'no space left.', lang: 'en' });
    }
    expect(said[1]?.title).not.toBe(said[0]?.title);
    expect(said[1]?.detail).not.toBe(said[0]?.detail);
  });

  it('names windows, ages and lists as the pages do', () => {
    expect(attentionText(about('batch-late'), NOW).detail).toContain(
      'The window 23 Nov 12:00 – 16:00 UTC was due 48 min ago.',
    );
    expect(attentionText(about('batch-awaiting-signature'), NOW).detail).toContain(
      'lack the signature of 310 v3, 310 v4 and 901 v1. Until then',
    );
    const late = attentionText(about('batch-awaiting-signature', { severity: 'bad' }), NOW);
    expect(late.detail).toContain('The window is late');
    const kept = attentionText(about('storage-failing'), NOW);
    expect(kept.title).toBe('Storage target 310 v2 deletes nothing');
    const failing = attentionText(about('storage-failing', { severity: 'bad' }), NOW);
    expect(failing.detail).toContain('It has failed since 23 Nov 2026, 18:00 UTC. Phones get nothing new');
    const overdue = attentionText(about('key-rotation-due', { severity: 'bad' }), NOW);
    expect(overdue.title).toBe('The rotation of 310 v2 is overdue');
    const facts = { ...about('').facts, step: 'send-public-key' as const, others: ['310 v3'] };
    expect(attentionText(about('key-rotation-stalled', { facts }), NOW)).toMatchObject({
      title: 'The rotation of 310 v2 goes no further',
      detail:
        '310 v3 signs everywhere and was not sent to both Google and Apple: send its public half. It has been so since 23 Nov 2026, 18:00 UTC.',
    });
  });

  it('leaves a kind that it does not know to the daemon, and says that this is English', async () => {
    await speak('de');
    expect(attentionText(about('comet', { facts: noFacts }), NOW)).toEqual({
      title: 'the daemon’s title',
      detail: 'the daemon’s detail of 23.11.2026, 12:00 UTC.',
      english: true,
    });
    expect(attentionText(about('toString'), NOW).english).toBe(true);
  });
});

describe('attentionLink', () => {
  const href = (kind: string, over: Partial<Attention> = {}) => attentionLink(about(kind, over))?.href;

  it('leads to the place where it is mended', () => {
    expect(href('batch-failed')).toBe('#/batches/id%2F1');
    expect(href('no-live-signing-key')).toBe('#/export-configs/id%2F1?at=signing-keys');
    expect(href('config-paused')).toBe('#/export-configs?at=id%2F1');
    expect(href('storage-test-failed')).toBe('#/storage?at=id%2F1');
    expect(href('storage-failing')).toBe('#/storage?at=id%2F1');
    expect(href('no-keys-coming')).toBe('#/export-configs/id%2F1');
    expect(href('client-certificate-ending')).toBe('#/people?at=id%2F1');
    expect(href('key-unconfirmed')).toBe('#/signing-keys/id%2F1?at=shares');
    expect(href('key-rotation-due')).toBe('#/signing-keys/id%2F1/rotate');
    expect(href('key-rotation-stalled')).toBe('#/signing-keys/id%2F1/rotate');
    expect(href('token-unavailable', { resource_id: null })).toBe('#/signing-keys');
  });

  it('leads nowhere where only the daemon’s machine helps', () => {
    expect(href('ca-certificate-ending', { resource_id: null })).toBeUndefined();
    expect(href('server-certificate-ending')).toBeUndefined();
    expect(href('constructor')).toBeUndefined();
  });

  it('leads an officer to what is to be signed, and others to the batch', () => {
    const waiting = about('batch-awaiting-signature');
    expect(attentionLink(waiting, true)).toEqual({
      href: '#/signing-desk/id%2F1',
      label: 'Review and sign',
    });
    expect(attentionLink(waiting)?.href).toBe('#/batches/id%2F1');
  });

  it('has a word for each of its buttons in each language', async () => {
    for (const language of LANGUAGES) {
      await speak(language);
      const labels = KNOWN_KINDS.map((kind) => attentionLink(about(kind))?.label);
      const words: unknown[] = Object.values(t.overview.openKinds);
      for (const label of labels.filter((one) => one !== undefined)) expect(words).toContain(label);
    }
  });
});

describe('skewText', () => {
  it('says by how much, whichever clock is ahead', () => {
    expect(skewText(0)).toBeUndefined();
    expect(skewText(-720_000)?.title).toContain('differ by 12 min');
    expect(skewText(720_000)).toEqual(skewText(-720_000));
  });
});
