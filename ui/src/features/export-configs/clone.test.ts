import { describe, expect, it } from 'vitest';
import { signingKeys } from '../../../tests/fake/keys';
import { cloneOf } from './clone';
import { configWith } from './fixtures';

const NOW = Date.parse('2026-11-23T17:41:12Z');
const keys = signingKeys.map((view) => view.key);
const dead = keys.find((key) => key.state === 'revoked');
const alive = keys.find((key) => key.state === 'active');

describe('a copy of a config', () => {
  it('has everything but what two configs can’t share', () => {
    const config = configWith({
      signing_key_ids: [alive!.id],
      period_minutes: 360,
      max_records_per_file: 5_000,
    });
    const { form, leftOut } = cloneOf(config, keys, NOW);
    expect(form).toMatchObject({
      outputRegion: '',
      pathPrefix: '',
      inputRegions: ['MAG', 'MAG-N'],
      periodMinutes: 360,
      maxRecordsPerFile: '5000',
      storageTarget: 'cdn-primary',
      validFrom: '2026-11-23 12:00',
      signingKeyIds: [alive!.id],
    });
    expect(leftOut).toEqual(['region', 'prefix', 'start']);
  });

  it('leaves out an end, and keys that never sign again', () => {
    const config = configWith({
      signing_key_ids: [alive!.id, dead!.id],
      valid_through: '2026-11-30T00:00:00Z',
    });
    const { form, leftOut } = cloneOf(config, keys, NOW);
    expect(form.validThrough).toBe('');
    expect(form.signingKeyIds).toEqual([alive!.id]);
    expect(leftOut).toEqual(['region', 'prefix', 'start', 'end', 'keys']);
  });
});
