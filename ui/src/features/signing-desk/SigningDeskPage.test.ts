// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { forgetQueries } from '$lib/query.svelte';
import { session } from '$lib/session.svelte';
import { viewer } from '../../../tests/fake/data';
import { signingTasks } from '../../../tests/fake/signing-desk';
import { reviewPath } from './paths';
import SigningDeskPage from './SigningDeskPage.svelte';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  forgetQueries();
  session.me = undefined;
});

const [task] = signingTasks;
const rows = () => screen.findAllByTestId('desk-task');

describe('the signing desk', () => {
  it('leads to the review of a batch that this console can sign, and says who is missing', async () => {
    vi.spyOn(commands, 'signingTasks').mockResolvedValue([task!]);
    render(SigningDeskPage);
    const [row] = await rows();
    expect(row?.querySelector('[data-testid=desk-review]')?.getAttribute('href')).toBe(
      `#${reviewPath(task!.batch.id)}`,
    );
    const missing = task!.batch.awaiting!.signers.find(({ signed }) => signed.length === 0);
    expect(row?.textContent).toContain(`${missing!.key_id} ${missing!.key_version}`);
  });

  it('sends nobody to a review where the key is in another keychain', async () => {
    vi.spyOn(commands, 'signingTasks').mockResolvedValue([{ ...task!, can_sign: [] }]);
    render(SigningDeskPage);
    await rows();
    expect(screen.queryByTestId('desk-review')).toBeNull();
  });

  it('lets somebody who is no security officer look on, and says so', async () => {
    session.me = viewer;
    const unattended = vi.spyOn(commands, 'unattendedSigning');
    vi.spyOn(commands, 'signingTasks').mockResolvedValue([task!]);
    render(SigningDeskPage);
    await rows();
    expect(screen.queryByTestId('desk-review')).toBeNull();
    expect(unattended).not.toHaveBeenCalled();
  });

  it('says that nothing waits', async () => {
    vi.spyOn(commands, 'signingTasks').mockResolvedValue([]);
    render(SigningDeskPage);
    await screen.findByTestId('state-empty');
  });
});
