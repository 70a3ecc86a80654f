import { expect, it, vi } from 'vitest';
import type { CommandError } from './api';
import { CommandFailure } from './failure';
import { rejecting } from './rejecting';

const error: CommandError = {
  code: 'offline',
  title: 'Gone',
  detail: 'export.example.org',
  next_step: '',
  problem: null,
};

it('answers what the command answers', async () => {
  const note = vi.fn();
  const ask = rejecting('me', (n: number) => Promise.resolve({ status: 'ok' as const, data: n + 1 }), note);
  expect(await ask(1)).toBe(2);
  expect(note).not.toHaveBeenCalled();
});

it('rejects a refusal, and notes it by its names only', async () => {
  const note = vi.fn();
  const refused = () => Promise.resolve({ status: 'error' as const, error });
  await expect(rejecting('me', refused, note)()).rejects.toBeInstanceOf(CommandFailure);
  expect(note).toHaveBeenCalledExactlyOnceWith('me', 'offline');
});

it('rejects what Tauri refuses by itself', async () => {
  const note = vi.fn();
  const refused = () => Promise.resolve({ status: 'error' as const, error: 'not allowed' as never });
  await expect(rejecting('me', refused, note)()).rejects.toThrow('not allowed');
  expect(note).toHaveBeenCalledExactlyOnceWith('me', 'refused-by-tauri');
});
