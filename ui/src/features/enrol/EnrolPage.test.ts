// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CodeSummary, Connection } from '$lib/api';
import { commands } from '$lib/commands';
import type { CommandFailure } from '$lib/failure';
import { t } from '$lib/i18n';
import { router } from '$lib/router.svelte';
import { session } from '$lib/session.svelte';
import * as data from '../../../tests/fake/data';
import { leaveNothing, refusal } from '../../../tests/pages/setup';
import EnrolPage from './EnrolPage.svelte';
import { offered } from './offered.svelte';

const FIRST = 'tekport-enrol-1.first';
const SECOND = 'tekport-enrol-1.second';
const says = (address: string): CodeSummary => ({
  address,
  ca_sha256: (address === 'first.example.org' ? 'a1' : 'b2').repeat(32),
  expires_at: new Date(Date.now() + 3_600_000).toISOString(),
});

beforeEach(() => {
  vi.spyOn(commands, 'inspectCode').mockImplementation((code) =>
    Promise.resolve(says(code === FIRST ? 'first.example.org' : 'second.example.org')),
  );
  vi.spyOn(session, 'joined').mockImplementation(() => {});
});
leaveNothing(() => offered.take());

async function check(code: string) {
  await userEvent.type(screen.getByTestId('enrol-code'), code);
  await userEvent.click(screen.getByTestId('enrol-check'));
}
const address = async () => (await screen.findByTestId('enrol-address')).textContent;

describe('joining', () => {
  it('shows where a code leads before it is used, and uses exactly that code', async () => {
    const enrol = vi.spyOn(commands, 'enrol');
    router.go('/join');
    render(EnrolPage);
    await check(FIRST);
    expect(await address()).toBe('first.example.org');
    expect(screen.getByTestId('enrol-ca-fingerprint').textContent.toLowerCase()).toContain('a1');
    expect(enrol).not.toHaveBeenCalled();
    await userEvent.click(screen.getByTestId('enrol-join'));
    await waitFor(() => expect(session.joined).toHaveBeenCalledOnce());
    expect(enrol).toHaveBeenCalledExactlyOnceWith(FIRST);
    expect(router.path).toBe('/');
  });

  it('takes the fingerprint of one code off the screen when a link brings another', async () => {
    const enrol = vi.spyOn(commands, 'enrol');
    render(EnrolPage);
    await check(FIRST);
    expect(await address()).toBe('first.example.org');
    offered.put(SECOND);
    const text = await screen.findByTestId<HTMLTextAreaElement>('enrol-code');
    expect(text.value).toBe(SECOND);
    expect(screen.queryByTestId('enrol-join')).toBeNull();
    await userEvent.click(screen.getByTestId('enrol-check'));
    expect(await address()).toBe('second.example.org');
    await userEvent.click(screen.getByTestId('enrol-join'));
    await waitFor(() => expect(enrol).toHaveBeenCalledExactlyOnceWith(SECOND));
  });

  it('drops what an earlier code says when its answer comes after another code', async () => {
    let answer: (summary: CodeSummary) => void = () => {};
    vi.mocked(commands.inspectCode).mockImplementationOnce(() => new Promise((done) => (answer = done)));
    render(EnrolPage);
    await check(FIRST);
    offered.put(SECOND);
    await waitFor(() => expect(screen.getByTestId<HTMLTextAreaElement>('enrol-code').value).toBe(SECOND));
    answer(says('first.example.org'));
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('enrol-check').disabled).toBe(false));
    expect(screen.queryByTestId('enrol-address')).toBeNull();
  });

  it('keeps a code that comes while one is being used until that is over', async () => {
    let fail: (why: CommandFailure) => void = () => {};
    const enrol = vi.spyOn(commands, 'enrol');
    enrol.mockImplementationOnce(() => new Promise((_, refuse) => (fail = refuse)));
    render(EnrolPage);
    await check(FIRST);
    await userEvent.click(await screen.findByTestId('enrol-join'));
    offered.put(SECOND);
    expect(await address()).toBe('first.example.org');
    fail(refusal('offline'));
    const text = await screen.findByTestId<HTMLTextAreaElement>('enrol-code');
    expect(text.value).toBe(SECOND);
    expect(screen.queryByTestId('enrol-error')).toBeNull();
  });

  it('says at which step a refused join stopped, and lets it be tried again', async () => {
    const enrol = vi.spyOn(commands, 'enrol').mockRejectedValueOnce(refusal('offline'));
    render(EnrolPage);
    await check(FIRST);
    await userEvent.click(await screen.findByTestId('enrol-join'));
    await screen.findByTestId('enrol-error');
    expect(screen.getByText(t.enrol.steps.reach.name).closest('li')?.textContent).toContain(
      t.shell.outcome.failed,
    );
    await userEvent.click(screen.getByTestId('enrol-join'));
    await waitFor(() => expect(enrol).toHaveBeenCalledTimes(2));
  });
});

describe('beside daemons that were joined before', () => {
  const { connection, stagingConnection, notEnrolled } = data;
  const list = (joined: Connection[]) => vi.spyOn(commands, 'listDaemons').mockResolvedValue(joined);
  const go = () => screen.findAllByTestId('enrol-go');

  it('says after one was left that the others are still there, and goes to one of them', async () => {
    list([stagingConnection]);
    const switched = vi.spyOn(commands, 'switchDaemon');
    session.connection = notEnrolled;
    const { container } = render(EnrolPage);
    const there = await go();
    expect(there.map((button) => button.textContent.trim())).toEqual([
      t.shell.daemons.goTo('Magrathea rehearsal'),
    ]);
    expect(container.textContent).toContain(t.enrol.belongs.lead(1));
    expect(container.textContent).not.toContain(t.enrol.alone);
    expect(screen.getByTestId('enrol-joined').dataset.environment).toBe('staging');
    await userEvent.click(there[0]!);
    expect(switched).toHaveBeenCalledExactlyOnceWith(stagingConnection.ca_sha256);
    expect(session.joined).toHaveBeenCalledExactlyOnceWith(stagingConnection);
  });

  it('leads back to the daemon that is shown without asking anything anew', async () => {
    list([connection, stagingConnection]);
    const switched = vi.spyOn(commands, 'switchDaemon');
    session.connection = connection;
    router.go('/join');
    const { container } = render(EnrolPage);
    const [back, other] = await go();
    expect(back?.textContent).toContain(t.enrol.belongs.back('Magrathea'));
    expect(other?.textContent).toContain(t.shell.daemons.goTo('Magrathea rehearsal'));
    expect(container.textContent).toContain(t.enrol.belongs.lead(2));
    await userEvent.click(back!);
    expect(router.path).toBe('/');
    expect(switched).not.toHaveBeenCalled();
  });

  it('claims to belong to none only where none is joined, and nothing while that isn’t known', async () => {
    vi.spyOn(commands, 'listDaemons').mockRejectedValueOnce(new Error('locked')).mockResolvedValue([]);
    session.connection = notEnrolled;
    render(EnrolPage);
    await Promise.resolve();
    expect(screen.queryByText(t.enrol.alone, { exact: false })).toBeNull();
    cleanup();
    render(EnrolPage);
    await screen.findByText(t.enrol.alone, { exact: false });
    expect(screen.queryByTestId('enrol-joined')).toBeNull();
  });
});

describe('a text that is no code', () => {
  it('says what is wrong and offers nothing to join', async () => {
    vi.mocked(commands.inspectCode).mockRestore();
    render(EnrolPage);
    await check('hello');
    expect((await screen.findByTestId('enrol-error')).textContent).toContain('tekport-enrol-1.');
    expect(screen.queryByTestId('enrol-join')).toBeNull();
  });
});
