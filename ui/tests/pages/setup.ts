/** What tests of pages have in common: nothing of one test is left for the next, and refusals are made in one line. */
import { cleanup } from '@testing-library/svelte';
import { afterEach, vi } from 'vitest';
import type { ErrorCode } from '../../src/lib/api';
import { daemons } from '../../src/lib/daemons.svelte';
import { CommandFailure } from '../../src/lib/failure';
import { forgetQueries } from '../../src/lib/query.svelte';
import { session } from '../../src/lib/session.svelte';
import { toasts } from '../../src/lib/toasts.svelte';

/** Puts back after each test what pages share; `also` is what the pages under test keep besides. */
export function leaveNothing(also: () => void = () => {}): void {
  afterEach(() => {
    cleanup();
    also();
    vi.restoreAllMocks();
    forgetQueries();
    session.connection = undefined;
    session.me = undefined;
    [daemons.list, daemons.known] = [[], false];
    for (const toast of toasts.list) toasts.dismiss(toast.id);
    localStorage.clear();
    location.hash = '';
  });
}

/** A command that failed, with its words. */
export function refusal(
  code: ErrorCode,
  detail = 'x',
  over: Partial<CommandFailure['error']> = {},
): CommandFailure {
  return new CommandFailure({ code, title: 'Refused', detail, next_step: '', problem: null, ...over });
}
