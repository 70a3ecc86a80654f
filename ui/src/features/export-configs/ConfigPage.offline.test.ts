// @vitest-environment happy-dom
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { LastKnown } from '$lib/api';
import { commands } from '$lib/commands';
import { configs, signingKeys } from '../../../tests/fake/data';
import { field, MAG, testsOfConfigPage } from '../../../tests/pages/config-page';
import { refusal } from '../../../tests/pages/setup';
import ConfigPage from './ConfigPage.svelte';

testsOfConfigPage();

describe('a config whose daemon is out of reach', () => {
  const known: LastKnown = {
    status: null,
    export_configs: { at: '2026-11-23T16:00:00Z', value: configs },
    batches: null,
    signing_keys: { at: '2026-11-23T16:00:00Z', value: signingKeys },
    storage_targets: null,
    batch_days: null,
    people: null,
    audit: null,
    audit_choices: null,
    batch_pages: [],
    rotations: [],
  };

  it('is shown as it was last known, to be read alone, until the daemon answers', async () => {
    vi.spyOn(commands, 'getExportConfig').mockRejectedValueOnce(refusal('offline'));
    vi.spyOn(commands, 'lastKnown').mockResolvedValue(known);
    const preview = vi.spyOn(commands, 'previewExportConfig');
    const user = userEvent.setup();
    render(ConfigPage, { id: MAG });
    await screen.findByTestId('config-period');
    expect(field('period').closest('fieldset')?.disabled).toBe(true);
    expect((await screen.findByTestId('state-offline')).textContent).toContain('23 Nov 2026, 16:00');
    expect(screen.queryByTestId('config-review')).toBeNull();
    expect(preview).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByTestId('config-review');
    expect(field('period').closest('fieldset')?.disabled).toBe(false);
    expect(screen.queryByTestId('state-offline')).toBeNull();
  });

  it('says so where nothing was known of it', async () => {
    vi.spyOn(commands, 'getExportConfig').mockRejectedValueOnce(refusal('offline'));
    vi.spyOn(commands, 'lastKnown').mockResolvedValue({ ...known, export_configs: null });
    render(ConfigPage, { id: MAG });
    await screen.findByTestId('state-offline');
    expect(screen.queryByTestId('config-period')).toBeNull();
  });
});
