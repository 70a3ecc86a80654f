import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { t } from '$lib/i18n';
import { actionText, actorText, kindText, pathText, valueText } from './words';

/** In the daemon's sources, written like an action and none: a name of its configuration, one made up in a test. */
const NO_ACTIONS = ['daemon.name', 'person.create'];

const daemon = '../crates/daemon/src';
const sources = readdirSync(daemon, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.rs'))
  .map((path) => readFileSync(`${daemon}/${path}`, 'utf8'));
const written = (pattern: RegExp) => [
  ...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''))),
];

describe('the words of the log', () => {
  const kinds = written(/resource_kind: "([a-z-]+)"/g);
  const all = written(new RegExp(`"((?:root-key|sealing-key|${kinds.join('|')})\\.[a-z-]+)"`, 'g'));
  const actions = all.filter((action) => !NO_ACTIONS.includes(action)).sort();

  it('name every kind of thing that the daemon writes about', () => {
    expect(kinds.length).toBeGreaterThan(5);
    expect(kinds.sort()).toEqual(Object.keys(t.audit.kinds).sort());
  });

  it('name every act that the daemon writes down, and no other', () => {
    expect(actions.length).toBeGreaterThan(25);
    expect(Object.keys(t.audit.actions).sort()).toEqual(actions);
  });

  it('leave what they don’t know as it is', () => {
    expect([actionText('comet.seen'), kindText('comet'), actorText('42', 'Kim')]).toEqual([
      'comet.seen',
      'comet',
      'Kim',
    ]);
    expect(actionText('constructor')).toBe('constructor');
  });

  it('say who acts without a person', () => {
    expect([actorText('local', 'command line'), actorText('daemon', 'tekportd')]).toEqual([
      'Command line',
      'The daemon',
    ]);
  });
});

describe('fields and values', () => {
  it('are put in words, below what holds them', () => {
    expect(pathText('google.sent_at')).toBe('Google · sent');
    expect(pathText('brand_new')).toBe('Brand new');
  });

  it('are read as what they are', () => {
    expect(valueText('roles', ['viewer', 'security-officer'])).toBe('viewer, security officer');
    expect(valueText('state', 'introduced')).toBe('Introduced');
    expect(valueText('ends_at', '2026-11-23T20:00:00Z')).toBe('23 Nov 2026, 20:00 UTC');
    expect(valueText('received', 18_204)).toBe('18,204');
    expect([valueText('paused', true), valueText('error', null), valueText('roles', [])]).toEqual([
      'yes',
      'none',
      'none',
    ]);
    expect(valueText('name', 'introduced'), 'a name that is a state’s word').toBe('introduced');
  });
});
