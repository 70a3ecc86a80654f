import { describe, expect, it, vi } from 'vitest';
import type { ConfigImport, ImportEntry } from '$lib/api';
import { CommandFailure } from '$lib/failure';
import { underWay } from '$lib/under-way.svelte';
import { configWith, draftWith } from './fixtures';
import { ConfigImporter, type ImportCommands } from './importer.svelte';

function entry(position: number, outcome: ImportEntry['outcome'], existing = false): ImportEntry {
  return {
    position,
    region: 'MAG',
    outcome,
    fields: outcome === 'refused' ? null : draftWith({ period_minutes: 360 }),
    existing: existing ? configWith({}, { id: `config-${position}`, revision: 7 }) : null,
    file_revision: null,
    problems: [],
    warnings: [],
  };
}

function file(...entries: ImportEntry[]): ConfigImport {
  return {
    name: 'configs.json',
    written_at: null,
    daemon: null,
    environment: null,
    same_daemon: true,
    entries,
  };
}

function importer(found: ConfigImport) {
  const commands = {
    chooseConfigFile: vi.fn<ImportCommands['chooseConfigFile']>().mockResolvedValue('~/configs.json'),
    inspectConfigFile: vi.fn<ImportCommands['inspectConfigFile']>().mockResolvedValue(found),
    createExportConfig: vi.fn<ImportCommands['createExportConfig']>().mockResolvedValue(configWith()),
    updateExportConfig: vi.fn<ImportCommands['updateExportConfig']>().mockResolvedValue(configWith()),
  };
  return { commands, work: new ConfigImporter(commands) };
}

const changedMeanwhile = new CommandFailure({
  code: 'changed-meanwhile',
  title: '',
  detail: '',
  next_step: '',
  problem: { type: 'urn:tekport:problem:changed-meanwhile', title: '', status: 412, detail: '', errors: [] },
});

describe('a file of configs', () => {
  it('changes nothing until it is told to', async () => {
    const { commands, work } = importer(file(entry(1, 'create'), entry(2, 'change', true)));
    await work.choose();
    expect(work.found?.entries).toHaveLength(2);
    expect(commands.createExportConfig).not.toHaveBeenCalled();
    expect(commands.updateExportConfig).not.toHaveBeenCalled();
  });

  it('keeps what is shown when no other file is chosen', async () => {
    const { commands, work } = importer(file(entry(1, 'create')));
    await work.choose();
    commands.chooseConfigFile.mockResolvedValue(null);
    await work.choose();
    expect(commands.inspectConfigFile).toHaveBeenCalledOnce();
    expect(work.found).not.toBeNull();
  });

  it('is applied over the revisions that were compared, leaving out what is unchanged, refused or newer', async () => {
    const { commands, work } = importer(
      file(
        entry(1, 'create'),
        entry(2, 'change', true),
        entry(3, 'unchanged', true),
        entry(4, 'refused'),
        entry(5, 'outdated', true),
      ),
    );
    await work.choose();
    await work.applyAll();
    expect(commands.createExportConfig).toHaveBeenCalledOnce();
    expect(commands.updateExportConfig).toHaveBeenCalledExactlyOnceWith('config-2', 7, expect.anything());
    expect(work.applied[1]).toEqual({ kind: 'done' });
    expect(work.ready).toEqual([]);
  });

  it('makes a conflict of a change that came between, and goes on with the others', async () => {
    const { commands, work } = importer(file(entry(1, 'change', true), entry(2, 'create')));
    commands.updateExportConfig.mockRejectedValue(changedMeanwhile);
    await work.choose();
    await work.applyAll();
    expect(work.applied[1]).toEqual({ kind: 'conflict' });
    expect(work.applied[2]).toEqual({ kind: 'done' });
    await work.compare();
    expect(work.applied).toEqual({});
  });

  it('keeps the daemon in place until all of it is applied', async () => {
    const { commands, work } = importer(file(entry(1, 'create'), entry(2, 'change', true)));
    const locked: boolean[] = [];
    commands.createExportConfig.mockImplementation(() => {
      locked.push(underWay.any);
      return Promise.resolve(configWith());
    });
    commands.updateExportConfig.mockImplementation(() => {
      locked.push(underWay.any);
      return Promise.reject(new Error('no route'));
    });
    await work.choose();
    expect(underWay.any).toBe(false);
    await work.applyAll();
    expect(locked).toEqual([true, true]);
    expect(underWay.any).toBe(false);
  });

  it('applies over a newer version only when that one is asked for', async () => {
    const newer = entry(1, 'outdated', true);
    const { commands, work } = importer(file(newer));
    await work.choose();
    await work.apply(newer);
    expect(commands.updateExportConfig).toHaveBeenCalledOnce();
  });

  it('says why a config was not applied, and why a file can’t be read', async () => {
    const { commands, work } = importer(file(entry(1, 'create')));
    commands.createExportConfig.mockRejectedValue(new Error('no route'));
    await work.choose();
    await work.applyAll();
    expect(work.applied[1]).toMatchObject({ kind: 'failed', error: { detail: 'no route' } });
    commands.inspectConfigFile.mockRejectedValue(new Error('no JSON'));
    await work.compare();
    expect(work.found).toBeNull();
    expect(work.error?.detail).toBe('no JSON');
  });
});
