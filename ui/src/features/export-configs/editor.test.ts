import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConfigPreview, FieldProblem, Problem } from '$lib/api';
import { CommandFailure } from '$lib/failure';
import { ConfigEditor, PREVIEW_DELAY, type EditorCommands } from './editor.svelte';
import { configWith, draftWith } from './fixtures';

const NOW = Date.parse('2026-11-23T17:41:12Z');
const FINE: ConfigPreview = {
  problems: [],
  warnings: [],
  windows: [],
  files_a_day: 6,
  ios_limit: 15,
  android_limit: 20,
  load: null,
};
const explain = (why: string) => ({ reason: `not a ${why}`, allowed: 'something else' });

function refusal(type: Problem['type'], errors: FieldProblem[] = []): CommandFailure {
  const problem = { type, title: 'Refused', status: 422, detail: 'It was refused', errors };
  return new CommandFailure({
    code: 'invalid',
    title: 'Refused',
    detail: 'It was refused',
    next_step: '',
    problem,
  });
}

function fakeCommands() {
  return {
    previewExportConfig: vi.fn<EditorCommands['previewExportConfig']>().mockResolvedValue(FINE),
    createExportConfig: vi.fn<EditorCommands['createExportConfig']>().mockResolvedValue(configWith()),
    updateExportConfig: vi.fn<EditorCommands['updateExportConfig']>().mockResolvedValue(configWith()),
    getExportConfig: vi.fn<EditorCommands['getExportConfig']>().mockResolvedValue(configWith()),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('asking the daemon while typing', () => {
  it('waits until the form is left alone, and asks once', async () => {
    const commands = fakeCommands();
    const editor = new ConfigEditor(commands, explain, () => NOW, null);
    editor.set('outputRegion', 'M');
    await vi.advanceTimersByTimeAsync(PREVIEW_DELAY - 1);
    editor.set('outputRegion', 'MA');
    await vi.advanceTimersByTimeAsync(PREVIEW_DELAY - 1);
    expect(commands.previewExportConfig).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(commands.previewExportConfig).toHaveBeenCalledOnce();
    expect(commands.previewExportConfig.mock.calls[0]?.[0].output_region).toBe('MA');
    expect(editor.preview).toEqual(FINE);
    expect(editor.checking).toBe(false);
  });

  it('drops an answer that a later question overtook', async () => {
    const commands = fakeCommands();
    const editor = new ConfigEditor(commands, explain, () => NOW, null);
    let answerFirst: (preview: ConfigPreview) => void = () => undefined;
    commands.previewExportConfig.mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve)));
    const first = editor.check();
    await editor.check();
    answerFirst({ ...FINE, files_a_day: 288 });
    await first;
    expect(editor.preview?.files_a_day).toBe(6);
  });

  it('asks nothing while a text can’t be read, and says so at the field', async () => {
    const commands = fakeCommands();
    const editor = new ConfigEditor(commands, explain, () => NOW, null);
    editor.set('minimum', 'many');
    editor.touch('minimum');
    await vi.advanceTimersByTimeAsync(PREVIEW_DELAY);
    expect(commands.previewExportConfig).not.toHaveBeenCalled();
    expect(editor.placed.at.minimum?.[0]?.reason).toBe('not a number');
    expect(editor.draft).toBeNull();
  });

  it('keeps what is typed when the daemon can’t be reached', async () => {
    const commands = fakeCommands();
    commands.previewExportConfig.mockRejectedValue(new Error('no route'));
    const editor = new ConfigEditor(commands, explain, () => NOW, null);
    editor.set('outputRegion', 'MAG');
    expect(await editor.review()).toBeNull();
    expect(editor.previewFailure?.detail).toBe('no route');
    expect(editor.step).toBe('edit');
    expect(editor.form.outputRegion).toBe('MAG');
  });
});

describe('problems', () => {
  const refused = { ...FINE, problems: [{ field: 'path_prefix', reason: 'is taken', allowed: 'another' }] };

  it('stay hidden at fields that nobody worked on, until a review is asked for', async () => {
    const commands = fakeCommands();
    commands.previewExportConfig.mockResolvedValue(refused);
    const editor = new ConfigEditor(commands, explain, () => NOW, null);
    await editor.check();
    expect(editor.placed.at.pathPrefix).toBeUndefined();
    expect(await editor.review()).toBe('pathPrefix');
    expect(editor.placed.at.pathPrefix).toHaveLength(1);
    expect(editor.step).toBe('edit');
  });

  it('of a value that was typed over go, even while another text can’t be read', async () => {
    const commands = fakeCommands();
    commands.previewExportConfig.mockResolvedValue(refused);
    const editor = new ConfigEditor(commands, explain, () => NOW, null);
    await editor.review();
    editor.set('pathPrefix', 'another');
    editor.set('minimum', 'many');
    await editor.check();
    expect(Object.keys(editor.placed.at)).toEqual(['minimum']);
  });

  it('that saving brings up land at their fields', async () => {
    const commands = fakeCommands();
    commands.createExportConfig.mockRejectedValue(
      refusal('urn:tekport:problem:invalid', [
        { field: 'output_region', reason: 'is empty', allowed: 'a code' },
      ]),
    );
    const editor = new ConfigEditor(commands, explain, () => NOW, null);
    await editor.review();
    expect(editor.step).toBe('review');
    expect(await editor.save()).toBeNull();
    expect(editor.step).toBe('edit');
    expect(editor.placed.at.outputRegion?.[0]?.reason).toBe('is empty');
  });
});

describe('what follows from what is typed', () => {
  it('suggests the prefix until one is typed', () => {
    const editor = new ConfigEditor(fakeCommands(), explain, () => NOW, null);
    editor.set('outputRegion', 'US-WA');
    expect(editor.form.pathPrefix).toBe('us-wa');
    editor.set('pathPrefix', 'v1/wa');
    editor.set('outputRegion', 'US-OR');
    expect(editor.form.pathPrefix).toBe('v1/wa');
  });

  it('moves the start to the running window until one is typed', () => {
    const editor = new ConfigEditor(fakeCommands(), explain, () => NOW, null);
    editor.set('periodMinutes', 1_440);
    expect(editor.form.validFrom).toBe('2026-11-23 00:00');
    editor.set('validFrom', '2026-12-01 00:00');
    editor.set('periodMinutes', 60);
    expect(editor.form.validFrom).toBe('2026-12-01 00:00');
  });

  it('never moves the start of a config that exists', () => {
    const editor = new ConfigEditor(fakeCommands(), explain, () => NOW, configWith());
    editor.set('periodMinutes', 60);
    expect(editor.form.validFrom).toBe('2026-11-20 00:00');
    expect(editor.changed).toBe(true);
  });
});

describe('saving', () => {
  it('creates a new config and updates one that exists with its revision', async () => {
    const commands = fakeCommands();
    await new ConfigEditor(commands, explain, () => NOW, null).save();
    expect(commands.createExportConfig).toHaveBeenCalledOnce();
    const editor = new ConfigEditor(commands, explain, () => NOW, configWith());
    editor.set('periodMinutes', 120);
    await editor.save();
    expect(commands.updateExportConfig).toHaveBeenCalledExactlyOnceWith(
      'config-1',
      3,
      draftWith({ period_minutes: 120 }),
    );
  });

  it('saves once when pressed twice', async () => {
    const commands = fakeCommands();
    const editor = new ConfigEditor(commands, explain, () => NOW, null);
    await Promise.all([editor.save(), editor.save()]);
    expect(commands.createExportConfig).toHaveBeenCalledOnce();
  });

  it('stays on the review with the reason when the daemon fails', async () => {
    const commands = fakeCommands();
    commands.createExportConfig.mockRejectedValue(new Error('no route'));
    const editor = new ConfigEditor(commands, explain, () => NOW, null);
    await editor.review();
    await editor.save();
    expect(editor.step).toBe('review');
    expect(editor.saveFailure?.detail).toBe('no route');
    expect(editor.saving).toBe(false);
  });
});

describe('when somebody saved first', () => {
  async function conflicted() {
    const commands = fakeCommands();
    const theirs = configWith({ storage_target: 'cdn-second', path_prefix: 'theirs' }, { revision: 4 });
    commands.updateExportConfig.mockRejectedValueOnce(refusal('urn:tekport:problem:changed-meanwhile'));
    commands.getExportConfig.mockResolvedValue(theirs);
    const editor = new ConfigEditor(commands, explain, () => NOW, configWith());
    editor.set('pathPrefix', 'mine');
    editor.set('periodMinutes', 120);
    await editor.save();
    return { editor, commands };
  }

  it('shows their version beside mine', async () => {
    const { editor } = await conflicted();
    expect(editor.conflict?.merge.both).toEqual(['path_prefix']);
    expect(editor.conflict?.merge.mine).toEqual(['period_minutes']);
    expect(editor.conflict?.merge.theirs).toEqual(['storage_target']);
  });

  it('can put mine on top of theirs, and then saves over their revision', async () => {
    const { editor, commands } = await conflicted();
    editor.carryOver();
    expect(editor.conflict).toBeNull();
    expect(editor.form).toMatchObject({
      storageTarget: 'cdn-second',
      pathPrefix: 'mine',
      periodMinutes: 120,
    });
    expect(editor.changed).toBe(true);
    await editor.save();
    expect(commands.updateExportConfig.mock.lastCall?.[1]).toBe(4);
  });

  it('can take theirs, and then nothing is left to save', async () => {
    const { editor } = await conflicted();
    editor.takeTheirs();
    expect(editor.form).toMatchObject({
      storageTarget: 'cdn-second',
      pathPrefix: 'theirs',
      periodMinutes: 240,
    });
    expect(editor.changed).toBe(false);
  });
});
