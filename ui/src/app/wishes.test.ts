// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { router } from '$lib/router.svelte';
import { offered } from '../features/enrol/offered.svelte';
import { opened } from '../features/viewer/opened.svelte';
import { overlays } from './overlays.svelte';
import { grant } from './wishes';

describe('what the desktop asks for', () => {
  it('shows a dropped file in the viewer', () => {
    grant({ kind: 'view-export', path: '/tmp/one.zip' });
    expect([router.path, opened.current?.path]).toEqual(['/viewer', '/tmp/one.zip']);
  });

  it('offers a code once', () => {
    grant({ kind: 'join', code: 'tekport-enrol-1.example' });
    expect([router.path, offered.waiting]).toEqual(['/join', true]);
    expect([offered.take(), offered.take()]).toEqual(['tekport-enrol-1.example', '']);
  });

  it('shows the page of a menu entry', () => {
    grant({ kind: 'go', page: '/batches' });
    expect(router.path).toBe('/batches');
  });

  it('makes the pages larger from the menu', async () => {
    const save = vi.spyOn(commands, 'saveSettings');
    grant({ kind: 'zoom', step: 'in' });
    await vi.waitFor(() => expect(save).toHaveBeenCalledWith(expect.objectContaining({ zoom: 110 })));
  });

  it('shows the shortcuts over whatever page is there', () => {
    grant({ kind: 'go', page: '/shortcuts' });
    expect([router.path, overlays.help]).toEqual(['/batches', true]);
  });
});
