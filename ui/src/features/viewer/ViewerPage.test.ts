// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ErrorCode, ExportView } from '$lib/api';
import { commands } from '$lib/commands';
import { CommandFailure } from '$lib/failure';
import { t } from '$lib/i18n';
import { damagedView, keylessView, view } from '../../../tests/fake/verification';
import { NO_KEY, opened } from './opened.svelte';
import ViewerPage from './ViewerPage.svelte';

const PEM = '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----';
const named = (path: string, of: ExportView = view): ExportView => ({ ...of, name: path });
const refusal = (code: ErrorCode, title: string) =>
  new CommandFailure({ code, title, detail: 'x', next_step: '', problem: null });

const look = vi.spyOn(commands, 'viewExport');

beforeEach(() => {
  look.mockImplementation((path) => Promise.resolve(named(path)));
});
afterEach(() => {
  cleanup();
  look.mockReset();
  for (const file of opened.files) opened.close(file);
});

const verdict = async () => (await screen.findByTestId('verify-result')).dataset.verdict;
const shownName = (name: string) => screen.findByRole('heading', { name: new RegExp(`^${name}`) });

describe('a file that is dropped', () => {
  it('is shown with what is in it, and each signature’s algorithm', async () => {
    opened.open('a.zip');
    render(ViewerPage);
    expect(await verdict()).toBe('accepted');
    expect(screen.getByTestId('viewer-region').textContent).toBe('MAG');
    expect(screen.getAllByTestId('verify-signature')[0]?.textContent).toContain(
      'ECDSA P-256, SHA-256 (1.2.840.10045.4.3.2)',
    );
  });

  it('is shown under its own name, though another is still being read', async () => {
    const answers = new Map<string, (view: ExportView) => void>();
    look.mockImplementation((path) => new Promise((done) => answers.set(path, done)));
    render(ViewerPage);
    opened.open('a.zip');
    await waitFor(() => expect(answers.has('a.zip')).toBe(true));
    opened.open('b.zip');
    await waitFor(() => expect(answers.has('b.zip')).toBe(true));
    answers.get('b.zip')?.(named('b.zip', damagedView));
    expect(await verdict()).toBe('refused');
    await shownName('b.zip');
    answers.get('a.zip')?.(named('a.zip'));
    await waitFor(() => expect(screen.getAllByTestId('viewer-file')[0]?.textContent).toContain('Accepted'));
    expect(await verdict()).toBe('refused');
  });

  it('is read anew when it is dropped again: it may have been replaced', async () => {
    opened.open('a.zip');
    render(ViewerPage);
    expect(await verdict()).toBe('accepted');
    look.mockResolvedValue(named('a.zip', damagedView));
    opened.open('a.zip');
    await waitFor(async () => expect(await verdict()).toBe('refused'));
    expect(opened.files).toHaveLength(1);
  });

  it('takes the old verdict away when it can’t be read any more', async () => {
    opened.open('a.zip');
    render(ViewerPage);
    expect(await verdict()).toBe('accepted');
    look.mockRejectedValue(refusal('file-unreadable', 'The file can’t be read'));
    opened.open('a.zip');
    await screen.findByTestId('viewer-error');
    expect(screen.queryByTestId('verify-result')).toBeNull();
  });
});

describe('several files', () => {
  it('are all kept from one drop, each a click away', async () => {
    look.mockImplementation((path) => Promise.resolve(named(path, path === 'a.zip' ? damagedView : view)));
    render(ViewerPage);
    opened.open('a.zip');
    opened.open('b.zip');
    await shownName('b.zip');
    const [first] = await screen.findAllByTestId('viewer-file');
    await waitFor(() => expect(first?.textContent).toContain('Refused'));
    await userEvent.click(first!);
    expect(await verdict()).toBe('refused');
    await userEvent.click(screen.getByTestId('viewer-close'));
    await shownName('b.zip');
    expect(screen.queryByTestId('viewer-file')).toBeNull();
  });
});

describe('a good file of a stranger', () => {
  it('is not called bad where no key is at hand', async () => {
    look.mockResolvedValue(named('a.zip', keylessView));
    opened.open('a.zip');
    render(ViewerPage);
    expect(await verdict()).toBe('unverified');
    const result = screen.getByTestId('verify-result');
    expect(result.textContent).toContain(t.batches.verify.fileVerdicts.unverified);
    expect(result.querySelector('.bad')).toBeNull();
    expect(screen.getAllByTestId('verify-signature').map((one) => one.dataset.outcome)).toEqual([
      'unknown-key',
      'unknown-key',
    ]);
  });

  it('is checked with a key that is put in, and so are the files after it', async () => {
    look.mockImplementation((path, pem) => Promise.resolve(named(path, pem === null ? keylessView : view)));
    opened.open('a.zip');
    render(ViewerPage);
    const field = await screen.findByTestId<HTMLTextAreaElement>('viewer-pem');
    await userEvent.type(field, PEM);
    await userEvent.click(screen.getByTestId('viewer-again'));
    await waitFor(async () => expect(await verdict()).toBe('accepted'));
    opened.open('b.zip');
    await waitFor(() => expect(look).toHaveBeenLastCalledWith('b.zip', PEM));
    expect((await screen.findByTestId<HTMLTextAreaElement>('viewer-pem')).value).toBe(PEM);
    await userEvent.clear(screen.getByTestId('viewer-pem'));
    await userEvent.click(screen.getByTestId('viewer-again'));
    await waitFor(async () => expect(await verdict()).toBe('unverified'));
  });

  it('keeps its verdict where what was put in is no key', async () => {
    look.mockImplementation((path, pem) =>
      pem === null
        ? Promise.resolve(named(path, keylessView))
        : Promise.reject(refusal(NO_KEY, 'This is not a public key')),
    );
    opened.open('a.zip');
    render(ViewerPage);
    await userEvent.type(await screen.findByTestId('viewer-pem'), 'hello');
    await userEvent.click(screen.getByTestId('viewer-again'));
    await screen.findByTestId('viewer-pem-error');
    expect(await verdict()).toBe('unverified');
    opened.open('b.zip');
    await waitFor(() => expect(look).toHaveBeenLastCalledWith('b.zip', null));
  });
});

describe('choosing a file', () => {
  it('shows it, and nothing happens where none was chosen', async () => {
    const choose = vi.spyOn(commands, 'chooseExportFile').mockResolvedValueOnce(null);
    render(ViewerPage);
    await userEvent.click(screen.getByTestId('viewer-choose'));
    await waitFor(() => expect(choose).toHaveBeenCalledOnce());
    expect(look).not.toHaveBeenCalled();
    await userEvent.click(screen.getByTestId('viewer-choose'));
    await screen.findByTestId('viewer-region');
    expect(choose).toHaveBeenCalledTimes(2);
  });
});
