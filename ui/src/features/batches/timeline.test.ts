import type { ConfigStatus } from '$lib/api';
import { describe, expect, it } from 'vitest';
import { batchWith } from './fixtures';
import { timeline } from './timeline';

const NOW = Date.parse('2026-11-23T18:00:00Z');
const mag: ConfigStatus = {
  config_id: 'config-1',
  output_region: 'MAG',
  period_minutes: 240,
  state: 'active',
  last_window_end: '2026-11-23T16:00:00Z',
  last_completed_at: null,
  next_window_end: '2026-11-23T20:00:00Z',
  next_due_at: '2026-11-23T22:00:00Z',
  files_last_24_hours: 6,
};

describe('the timeline', () => {
  it('puts the present at four fifths and a batch where its window was', () => {
    const picture = timeline([batchWith()], [mag], NOW);
    expect(picture.now).toBeCloseTo(80);
    const [batch, next] = picture.lanes[0]?.segments ?? [];
    expect(batch?.left).toBeCloseTo((42 / 60) * 100);
    expect(batch?.tone).toBe('good');
    expect(next).toMatchObject({ tone: 'next', batch: null });
    expect(next?.left).toBeCloseTo((46 / 60) * 100);
  });

  it('cuts a window that began before, and drops one that ended before', () => {
    const cut = batchWith({
      id: 'cut',
      window_start: '2026-11-21T16:00:00Z',
      window_end: '2026-11-21T20:00:00Z',
    });
    const gone = batchWith({
      id: 'gone',
      window_start: '2026-11-21T12:00:00Z',
      window_end: '2026-11-21T16:00:00Z',
    });
    const segments = timeline([cut, gone], [], NOW).lanes[0]?.segments ?? [];
    expect(segments.map((segment) => segment.batch?.id)).toEqual(['cut']);
    expect(segments[0]?.left).toBe(0);
  });

  it('draws the newest generation of a window', () => {
    const old = batchWith({ id: 'old', state: 'superseded' });
    const fresh = batchWith({ id: 'fresh', generation: 1 });
    for (const batches of [
      [old, fresh],
      [fresh, old],
    ]) {
      const segments = timeline(batches, [], NOW).lanes[0]?.segments ?? [];
      expect(segments.map((segment) => segment.batch?.id)).toEqual(['fresh']);
    }
  });

  it('has a line for a config without batches and for a batch whose config has ended, by region', () => {
    const ended = batchWith({ config_id: 'ended', output_region: 'EU' });
    expect(timeline([ended], [mag], NOW).lanes.map((lane) => lane.region)).toEqual(['EU', 'MAG']);
  });

  it('has no line for a config that has yet to begin', () => {
    expect(timeline([], [{ ...mag, state: 'scheduled' }], NOW).lanes).toEqual([]);
  });

  it('announces no next window for a paused config', () => {
    expect(timeline([], [{ ...mag, state: 'paused' }], NOW).lanes[0]?.segments).toEqual([]);
  });

  it('marks noons and midnights', () => {
    const hours = timeline([], [], NOW).ticks.map((tick) => new Date(tick.at).getUTCHours());
    expect(new Set(hours)).toEqual(new Set([0, 12]));
    expect(hours).toHaveLength(5);
  });
});
