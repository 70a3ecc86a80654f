import { describe, expect, it } from 'vitest';
import { EVERYTHING, parseChosen, toFilter, toQuery } from './filter';
import { auditPath } from './paths';

const NOW = Date.parse('2026-11-23T18:48:00.500Z');

describe('the address of a part of the log', () => {
  it('says what it is narrowed to, and nothing else', () => {
    expect(auditPath({})).toBe('/audit');
    expect(auditPath({ kind: 'export-config', object: 'a b&c' })).toBe(
      '/audit?kind=export-config&object=a+b%26c',
    );
    expect(auditPath({ time: 'week', from: '2026-11-23T00:00:00Z' })).toBe('/audit?time=week');
  });

  it('is read as it was written', () => {
    const chosen = {
      ...EVERYTHING,
      actor: 'local',
      action: 'person.invite',
      object: 'a b&c=d',
      result: 'failed' as const,
      time: 'between' as const,
      from: '2026-11-20T00:00:00Z',
      until: '2026-11-23T18:00:00Z',
    };
    expect(parseChosen(toQuery(chosen))).toEqual(chosen);
    expect(parseChosen(toQuery({ ...EVERYTHING, time: 'month' }))).toEqual({ ...EVERYTHING, time: 'month' });
  });

  it('leaves nothing out for what it can’t read', () => {
    expect(parseChosen('result=lost&time=year&from=soon&page=3')).toEqual(EVERYTHING);
  });

  it('takes an instant for a stretch, whatever else it says', () => {
    expect(parseChosen('time=day&until=2026-11-23T18:00:00Z').time).toBe('between');
  });
});

describe('the filter for the daemon', () => {
  it('leaves out nothing that was not chosen', () => {
    expect(Object.values(toFilter(EVERYTHING, NOW))).toEqual([null, null, null, null, null, null, null]);
  });

  it('counts a stretch back from now, in whole seconds', () => {
    const { from, until } = toFilter({ ...EVERYTHING, time: 'week' }, NOW);
    expect([from, until]).toEqual(['2026-11-16T18:48:00Z', null]);
  });

  it('keeps instants only where they count', () => {
    const instants = { from: '2026-11-20T00:00:00Z', until: '2026-11-21T00:00:00Z' };
    const between = toFilter({ ...EVERYTHING, ...instants, time: 'between' }, NOW);
    expect([between.from, between.until]).toEqual([instants.from, instants.until]);
    expect(toFilter({ ...EVERYTHING, ...instants }, NOW).from).toBeNull();
  });
});
