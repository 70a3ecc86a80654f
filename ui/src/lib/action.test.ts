import { describe, expect, it, vi } from 'vitest';
import { Action } from './action.svelte';
import { CommandFailure } from './failure';
import { underWay } from './under-way.svelte';

const refused = new CommandFailure({
  code: 'invalid',
  title: 'T',
  detail: 'd',
  next_step: '',
  problem: {
    type: 'urn:tekport:problem:invalid',
    title: 'T',
    status: 422,
    detail: 'd',
    errors: [
      {
        field: 'roles[0]',
        reason: 'no such role',
        allowed: 'viewer',
        code: 'field.of-a-newer-daemon',
        params: {},
      },
      {
        field: 'name',
        reason: 'the English of it',
        allowed: 'the English of it',
        code: 'field.no-person-name',
        params: {},
        allowed_message: { code: 'allowed.person-name', params: {} },
      },
    ],
  },
});

describe('Action', () => {
  it('keeps the error of the last try only', async () => {
    const run = vi.fn<() => Promise<string>>().mockRejectedValueOnce(refused).mockResolvedValueOnce('done');
    const action = new Action(run);
    expect(await action.run()).toBeUndefined();
    expect(action.fieldError('roles')).toEqual({ english: 'No such role. Allowed: viewer.' });
    expect(action.fieldError('name')).toBe(
      'The name is empty, too long or has control characters. Allowed: 1 to 80 characters.',
    );
    expect(action.fieldError('custody')).toBeUndefined();
    expect(await action.run()).toBe('done');
    expect(action.error).toBeUndefined();
  });

  it('keeps the daemon in place until it is done', async () => {
    let done = () => {};
    const work = new Action(() => new Promise<void>((resolve) => (done = resolve)));
    const went = vi.fn(() => Promise.resolve());
    const leave = new Action(went, { goesElsewhere: true });
    const running = work.run();
    expect(underWay.any).toBe(true);
    await leave.run();
    expect(leave.error?.code).toBe('work-under-way');
    expect(went).not.toHaveBeenCalled();
    done();
    await running;
    await leave.run();
    expect(leave.error).toBeUndefined();
    expect(went).toHaveBeenCalledOnce();
    expect(underWay.any).toBe(false);
  });

  it('runs once when it is pressed twice', async () => {
    const run = vi.fn(() => Promise.resolve('done'));
    const action = new Action(run);
    await Promise.all([action.run(), action.run()]);
    expect(run).toHaveBeenCalledTimes(1);
  });
});
