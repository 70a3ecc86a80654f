import { afterEach, describe, expect, it, vi } from 'vitest';
import type { KeyFileSummary } from '$lib/api';
import { commands } from '$lib/commands';
import { KeyFile } from './key-file.svelte';

const summary = (over: Partial<KeyFileSummary> = {}): KeyFileSummary => ({
  format: 'PKCS#8',
  encrypted: true,
  public_key_pem: null,
  fingerprint: null,
  registered: null,
  in_keychain: 'unknown',
  ...over,
});

describe('a key file', () => {
  afterEach(() => vi.restoreAllMocks());

  it('is opened once its passphrase fits', async () => {
    vi.spyOn(commands, 'chooseKeyFile').mockResolvedValue('a.pem');
    const inspect = vi.spyOn(commands, 'inspectKeyFile').mockResolvedValueOnce(summary());
    const file = new KeyFile();
    await file.choose.run();
    expect([file.path, file.opened]).toEqual(['a.pem', false]);
    file.passphrase = 'otters';
    inspect.mockResolvedValueOnce(summary({ fingerprint: 'ab' }));
    await file.open.run();
    expect(inspect).toHaveBeenLastCalledWith('a.pem', 'otters');
    expect(file.opened).toBe(true);
  });

  it('stays forgotten when an answer about it comes late', async () => {
    vi.spyOn(commands, 'chooseKeyFile').mockResolvedValue('a.pem');
    let answer: (late: KeyFileSummary) => void = () => undefined;
    vi.spyOn(commands, 'inspectKeyFile').mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const file = new KeyFile();
    const chosen = file.choose.run();
    await vi.waitFor(() => expect(file.path).toBe('a.pem'));
    file.forget();
    answer(summary({ fingerprint: 'ab' }));
    await chosen;
    expect([file.path, file.summary, file.opened]).toEqual([undefined, undefined, false]);
  });
});
