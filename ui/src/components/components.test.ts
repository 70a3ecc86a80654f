// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet, tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { session } from '$lib/session.svelte';
import { toasts } from '$lib/toasts.svelte';
import { connection, notEnrolled, stagingConnection } from '../../tests/fake/data';
import { addChips } from './chips';
import { labelsThatFit, stack } from './chart-options';
import ChangeTable from './ChangeTable.svelte';
import ChipsInput from './ChipsInput.svelte';
import Choices from './Choices.svelte';
import ConfirmDialog from './ConfirmDialog.svelte';
import SortHeading from './SortHeading.svelte';
import Stepper from './Stepper.svelte';
import CopyButton from './CopyButton.svelte';
import Countdown from './Countdown.svelte';
import State from './State.svelte';

afterEach(() => {
  cleanup();
  session.joined(notEnrolled);
});

const words = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));

describe('ChipsInput', () => {
  const capitals = (text: string) => text.toUpperCase();

  it('splits what is pasted, in capitals and without repeats', () => {
    expect(addChips(['MAG'], ' us-wa, us-or;mag\nEU ', capitals)).toEqual(['MAG', 'US-WA', 'US-OR', 'EU']);
    expect(addChips(['MAG'], ' ,; ', capitals)).toEqual(['MAG']);
  });

  it('adds with Enter and comma, and removes with Backspace and by button', async () => {
    const user = userEvent.setup();
    render(ChipsInput, { values: ['EU'], 'data-testid': 'regions' });
    const input = screen.getByTestId('regions');
    await user.type(input, 'mag{Enter}us-wa,');
    expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual([
      'Remove EU',
      'Remove MAG',
      'Remove US-WA',
    ]);
    await user.type(input, '{Backspace}');
    await user.click(screen.getByRole('button', { name: 'Remove EU' }));
    expect(screen.getAllByRole('button')).toHaveLength(1);
    expect(document.activeElement).toBe(input);
  });
});

describe('Countdown', () => {
  afterEach(() => vi.useRealTimers());

  it('counts down, and says when the time has come', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-23T19:58:59Z') });
    const { container } = render(Countdown, { to: '2026-11-23T20:00:00Z' });
    expect(container.textContent).toBe('1 min');
    await vi.advanceTimersByTimeAsync(2_000);
    await tick();
    expect(container.textContent).toBe('59 s');
    await vi.advanceTimersByTimeAsync(60_000);
    await tick();
    expect(container.textContent).toBe('due now');
  });
});

describe('CopyButton', () => {
  it('copies exactly the text, and says what it was', async () => {
    const copy = vi.spyOn(commands, 'copyText').mockResolvedValue(null);
    render(CopyButton, { text: 'PEM\n', what: 'the public key of 310 v2' });
    await userEvent.click(screen.getByRole('button', { name: 'Copy the public key of 310 v2' }));
    expect(copy).toHaveBeenCalledWith('PEM\n');
    expect(toasts.list.at(-1)?.text).toBe('Copied: the public key of 310 v2');
  });
});

describe('ConfirmDialog', () => {
  const revoke = (onconfirm: () => void) => ({
    open: true,
    title: 'Revoke 310 v2?',
    description: 'For ever.',
    word: '310 v2',
    confirm: 'Revoke',
    busy: false,
    onconfirm,
  });

  it('goes on only once the word is typed', async () => {
    const onconfirm = vi.fn();
    render(ConfirmDialog, revoke(onconfirm));
    const button = await screen.findByTestId('confirm');
    expect(button).toHaveProperty('disabled', true);
    await userEvent.type(screen.getByTestId('confirm-word'), '310 v1');
    expect(button).toHaveProperty('disabled', true);
    await userEvent.type(screen.getByTestId('confirm-word'), '{Backspace}2{Enter}');
    expect(onconfirm).toHaveBeenCalledTimes(1);
  });

  it('wants the environment typed too on a production daemon, which it names', async () => {
    session.joined(connection);
    const onconfirm = vi.fn();
    render(ConfirmDialog, revoke(onconfirm));
    expect((await screen.findByTestId('which-daemon')).textContent).toMatch(/Production\s*Magrathea/);
    const button = screen.getByTestId('confirm');
    await userEvent.type(screen.getByTestId('confirm-word'), '310 v2');
    expect(button).toHaveProperty('disabled', true);
    await userEvent.type(screen.getByTestId('confirm-environment'), 'test');
    expect(button).toHaveProperty('disabled', true);
    await userEvent.clear(screen.getByTestId('confirm-environment'));
    await userEvent.type(screen.getByTestId('confirm-environment'), 'production');
    await userEvent.click(button);
    expect(onconfirm).toHaveBeenCalledTimes(1);
  });

  it('asks for no environment elsewhere, nor for what can be taken back', async () => {
    session.joined(stagingConnection);
    render(ConfirmDialog, revoke(vi.fn()));
    expect((await screen.findByTestId('which-daemon')).textContent).toContain('Staging');
    expect(screen.queryByTestId('confirm-environment')).toBeNull();
    cleanup();
    session.joined(connection);
    render(ConfirmDialog, { ...revoke(vi.fn()), word: undefined, danger: false });
    expect(await screen.findByTestId('confirm')).toHaveProperty('disabled', false);
  });
});

describe('State', () => {
  it('always has a word beside its colour', () => {
    render(State, { tone: 'bad', children: words('Failed') });
    expect(screen.getByText('Failed')).toBeTruthy();
  });
});

describe('stack', () => {
  it('adds up from below and puts the tallest first', () => {
    const series = [
      { label: 'a', token: '--accent', values: [1, 2] },
      { label: 'b', token: '--wait', values: [10, 0] },
    ];
    expect(stack(series)).toEqual([
      [11, 2],
      [1, 2],
    ]);
  });
});

describe('Choices', () => {
  const choices = [
    { value: 'one', name: 'One', help: 'the first' },
    { value: 'two', name: 'Two', disabled: true },
  ];

  it('says what is chosen, what each means and what is wrong', async () => {
    const onchoose = vi.fn();
    render(Choices, {
      legend: 'How many?',
      choices,
      chosen: ['two'],
      onchoose,
      error: 'none will do',
      testid: 'n',
    });
    expect(screen.getByRole('checkbox', { name: 'One the first' })).toBe(screen.getByTestId('n-one'));
    expect(screen.getByTestId<HTMLInputElement>('n-two').checked).toBe(true);
    expect(screen.getByTestId<HTMLInputElement>('n-two').disabled).toBe(true);
    await userEvent.click(screen.getByTestId('n-one'));
    expect(onchoose).toHaveBeenCalledExactlyOnceWith('one');
    const described = screen.getByRole('group').getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toBe('none will do');
  });

  it('lets one be chosen where only one may be', () => {
    render(Choices, {
      legend: 'Which?',
      choices,
      chosen: ['one'],
      single: true,
      onchoose: vi.fn(),
      testid: 'n',
    });
    expect(screen.getAllByRole<HTMLInputElement>('radio').map((radio) => radio.checked)).toEqual([
      true,
      false,
    ]);
  });
});

describe('ChangeTable', () => {
  it('leaves a side empty where there was nothing', () => {
    render(ChangeTable, {
      label: 'Changes',
      rows: [
        { field: 'name', before: 'A', after: 'B' },
        { field: 'roles', after: 'viewer' },
      ],
      testid: 'change',
    });
    const rows = screen.getAllByTestId('change').map((row) => [...row.children]);
    expect(rows.map((cells) => cells.map((cell) => cell.querySelector('del, ins')?.tagName))).toEqual([
      [undefined, 'DEL', 'INS'],
      [undefined, undefined, 'INS'],
    ]);
  });
});

describe('labelsThatFit', () => {
  const labels = (axes: string[], width: number) =>
    [
      ...labelsThatFit(
        axes.map((axis) => ({ axis, name: '' })),
        width,
      ),
    ].sort((a, b) => a - b);

  it('keeps the last label, and leaves out those that would touch another', () => {
    expect(labels(['9 Nov', '10 Nov', '', '', '', '11 Nov'], 288)).toEqual([0, 1, 5]);
    expect(labels(['9 Nov', '10 Nov', '', '', '', '11 Nov'], 200)).toEqual([1, 5]);
    expect(labels(['a', 'b', 'c', 'd'], 100)).toEqual([1, 3]);
    expect(labels([], 100)).toEqual([]);
  });
});

describe('SortHeading', () => {
  it('says how its column is sorted, and sorts by keyboard', async () => {
    const onsort = vi.fn();
    render(SortHeading, { label: 'Region', sorted: 'descending', onsort });
    const heading = screen.getByRole('columnheader');
    expect(heading.getAttribute('aria-sort')).toBe('descending');
    screen.getByRole('button', { name: 'Region' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(onsort).toHaveBeenCalledOnce();
  });
});

describe('Stepper', () => {
  it('leads to steps that can be gone to, and marks the one that is shown', () => {
    const step = (name: string, outcome: 'done' | 'at' | 'todo', href?: string) => ({
      name,
      note: '',
      outcome,
      href,
    });
    render(Stepper, {
      label: 'Steps',
      steps: [step('One', 'done', '#/one'), step('Two', 'at'), step('Three', 'todo')],
    });
    expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['#/one']);
    const current = screen
      .getAllByRole('listitem')
      .filter((item) => item.getAttribute('aria-current') === 'step');
    expect(current.map((item) => item.textContent)).toEqual([expect.stringContaining('Two')]);
  });
});
