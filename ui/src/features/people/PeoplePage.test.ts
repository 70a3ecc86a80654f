// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { forgetQueries } from '$lib/query.svelte';
import { session } from '$lib/session.svelte';
import * as data from '../../../tests/fake/data';
import { lastOfficer } from '../../../tests/fake/people';
import PeoplePage from './PeoplePage.svelte';
import PersonPage from './PersonPage.svelte';

const [officer, desk, , , , nightShift] = data.people as [...typeof data.people];

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(data.NOW), toFake: ['Date'] });
  session.me = data.me;
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  forgetQueries();
  session.me = undefined;
});

describe('the people', () => {
  it('get a code that is shown with its end, its link and its picture, and is gone with the dialog', async () => {
    const user = userEvent.setup();
    const copy = vi.spyOn(commands, 'copyText');
    render(PeoplePage);
    await user.click(await screen.findByTestId('person-invite'));
    await user.type(await screen.findByTestId('person-name'), '  Analyst ');
    await user.click(screen.getByTestId('role-ingest'));
    const invite = vi.spyOn(commands, 'invitePerson');
    await user.click(screen.getByTestId('person-invite-confirm'));
    const code = (await screen.findByTestId('invitation-code')).textContent ?? '';
    expect(invite).toHaveBeenCalledExactlyOnceWith('Analyst', ['ingest']);
    expect(screen.getByTestId('invitation-expires').textContent).toContain('Works for another 3 d.');
    await screen.findByTestId('invitation-qr');
    await user.click(screen.getByTestId('invitation-copy-link'));
    expect(copy).toHaveBeenCalledExactlyOnceWith(`tekport://enrol#${code}`);
    await user.click(screen.getByTestId('invitation-done'));
    await waitFor(() => expect(document.body.textContent).not.toContain(code));
  });

  it('get another code where theirs ran out', async () => {
    const another = vi.spyOn(commands, 'newEnrolmentCode');
    render(PeoplePage);
    const rows = await screen.findAllByTestId('person-row');
    expect(rows.filter((row) => row.querySelector('[data-testid=person-new-code]'))).toHaveLength(2);
    const last = rows.find((row) => row.dataset.person === nightShift?.id);
    await userEvent.click(last!.querySelector('[data-testid=person-new-code]')!);
    await userEvent.click(await screen.findByTestId('person-new-code-confirm'));
    await screen.findByTestId('invitation-code');
    expect(another).toHaveBeenCalledExactlyOnceWith(nightShift?.id);
  });

  it('are only looked at by those who may not change them', async () => {
    session.me = data.viewer;
    render(PeoplePage);
    await screen.findAllByTestId('person-row');
    expect(screen.queryByTestId('person-invite')).toBeNull();
    expect(screen.queryAllByTestId('person-new-code')).toEqual([]);
    expect(document.body.textContent).toContain('It takes the role security officer.');
  });
});

describe('one person', () => {
  it('keeps their place with the roles that were ticked', async () => {
    const update = vi.spyOn(commands, 'updatePerson');
    render(PersonPage, { id: desk!.id });
    await userEvent.click(await screen.findByTestId('person-edit'));
    const save = await screen.findByTestId<HTMLButtonElement>('person-save');
    expect(save.disabled, 'nothing is changed yet').toBe(true);
    await userEvent.click(screen.getByTestId('role-admin'));
    await userEvent.click(save);
    await waitFor(() =>
      expect(update).toHaveBeenCalledExactlyOnceWith(desk!.id, desk!.revision, desk!.name, [
        'viewer',
        'operator',
        'admin',
      ]),
    );
  });

  it('is warned before and told after, where nobody would be left to change people', async () => {
    vi.spyOn(commands, 'updatePerson').mockRejectedValue(lastOfficer);
    render(PersonPage, { id: officer!.id });
    await userEvent.click(await screen.findByTestId('person-edit'));
    await userEvent.click(await screen.findByTestId('role-security-officer'));
    expect(screen.getByTestId('person-locks-me-out').textContent).toContain('can’t give the role back');
    const update = vi.mocked(commands.updatePerson);
    await userEvent.click(screen.getByTestId('person-save'));
    await userEvent.type(await screen.findByTestId('confirm-word'), officer!.name);
    expect(update).not.toHaveBeenCalled();
    await userEvent.click(screen.getByTestId('confirm'));
    expect((await screen.findByTestId('person-save-refused')).textContent).toContain(
      'the last security officer who has enrolled',
    );
  });

  it('is shown anew after somebody else changed them meanwhile', async () => {
    const refusal = { ...lastOfficer.error, code: 'changed-meanwhile' };
    vi.spyOn(commands, 'updatePerson').mockRejectedValueOnce(
      new (lastOfficer.constructor as new (error: unknown) => Error)(refusal),
    );
    render(PersonPage, { id: desk!.id });
    await userEvent.click(await screen.findByTestId('person-edit'));
    await userEvent.click(await screen.findByTestId('role-admin'));
    await userEvent.click(screen.getByTestId('person-save'));
    const theirs = { ...desk!, name: 'Night desk', revision: desk!.revision + 1 };
    vi.spyOn(commands, 'listPeople').mockResolvedValue([theirs]);
    await userEvent.click(await screen.findByTestId('person-read-again'));
    await waitFor(() => expect(screen.getByTestId<HTMLInputElement>('person-name').value).toBe('Night desk'));
    expect(screen.getByTestId<HTMLInputElement>('role-admin').checked).toBe(false);
  });

  it('is shut out only once their name is typed, and nobody shuts themselves out', async () => {
    const revoke = vi.spyOn(commands, 'revokePerson');
    const shown = render(PersonPage, { id: desk!.id });
    await userEvent.click(await screen.findByTestId('person-revoke'));
    const confirm = await screen.findByTestId<HTMLButtonElement>('confirm');
    expect(confirm.disabled).toBe(true);
    await userEvent.type(screen.getByTestId('confirm-word'), desk!.name);
    await userEvent.click(confirm);
    await waitFor(() => expect(revoke).toHaveBeenCalledExactlyOnceWith(desk!.id));
    shown.unmount();
    render(PersonPage, { id: officer!.id });
    await screen.findByTestId('person-standing');
    expect(screen.queryByTestId('person-revoke')).toBeNull();
  });

  it('leads to what they did, and to what was done about them', async () => {
    render(PersonPage, { id: desk!.id });
    const href = async (id: string) => (await screen.findByTestId(id)).getAttribute('href');
    expect(await href('person-audit-by')).toBe(`#/audit?actor=${desk!.id}`);
    expect(await href('person-audit-about')).toBe(`#/audit?kind=person&object=${desk!.id}`);
  });
});
