// @vitest-environment happy-dom
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { session } from '$lib/session.svelte';
import { connection } from '../../../tests/fake/data';
import { awaitingBatch, changedReview, clearReview } from '../../../tests/fake/signing-desk';
import { leaveNothing } from '../../../tests/pages/setup';
import ReviewPage from './ReviewPage.svelte';

leaveNothing();

async function opened(review: typeof clearReview) {
  session.connection = connection;
  vi.spyOn(commands, 'reviewBatch').mockResolvedValue(review);
  const sign = vi.spyOn(commands, 'signBatch').mockResolvedValue(awaitingBatch);
  render(ReviewPage, { id: awaitingBatch.id });
  await userEvent.click(await screen.findByTestId('desk-sign'));
  return sign;
}
const digests = clearReview.files.map((file) => file.digest);

describe('signing a reviewed batch', () => {
  it('takes one press where all is as it was approved, and signs exactly what was shown', async () => {
    const sign = await opened(clearReview);
    await waitFor(() => expect(sign).toHaveBeenCalledExactlyOnceWith(awaitingBatch.id, digests));
  });

  it('asks for the region and the environment to be typed where something differs', async () => {
    const sign = await opened(changedReview);
    const confirm = await screen.findByTestId<HTMLButtonElement>('confirm');
    expect(confirm.disabled).toBe(true);
    await userEvent.type(screen.getByTestId('confirm-word'), awaitingBatch.output_region);
    expect(confirm.disabled, 'it is a production daemon').toBe(true);
    await userEvent.type(screen.getByTestId('confirm-environment'), 'production');
    expect(sign).not.toHaveBeenCalled();
    await userEvent.click(confirm);
    await waitFor(() => expect(sign).toHaveBeenCalledOnce());
  });
});
