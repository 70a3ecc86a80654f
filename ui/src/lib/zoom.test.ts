// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';
import { commands } from './commands';
import { nextZoom, zoom, ZOOMS } from './zoom';

afterEach(() => vi.restoreAllMocks());

it('goes from size to size, and stays at the ends', () => {
  expect([nextZoom(100, 'in'), nextZoom(100, 'out'), nextZoom(175, 'reset')]).toEqual([110, 90, 100]);
  expect([nextZoom(200, 'in'), nextZoom(80, 'out')]).toEqual([200, 80]);
  expect(nextZoom(130, 'in')).toBe(150);
  expect(ZOOMS).toContain(200);
});

it('keeps the other settings, and saves nothing where nothing changes', async () => {
  const kept = { language: 'de' as const, notifications: 'all' as const, zoom: 175 };
  vi.spyOn(commands, 'settings').mockImplementation(() => Promise.resolve(kept));
  const save = vi.spyOn(commands, 'saveSettings').mockResolvedValue(null);
  await zoom('in');
  expect(save).toHaveBeenCalledExactlyOnceWith({ ...kept, zoom: 200 });
  kept.zoom = 200;
  await zoom('in');
  expect(save).toHaveBeenCalledTimes(1);
});
