// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { preview } from '../../../tests/fake/preview';
import { configs } from '../../../tests/fake/data';
import LoadCard from './LoadCard.svelte';

afterEach(cleanup);

const fields = { ...configs[0]!.fields, output_region: 'MAG', period_minutes: 240 };
const shown = (more: Partial<typeof fields>) => {
  render(LoadCard, {
    periodMinutes: 240,
    preview: preview({ ...fields, ...more }, null),
  });
  return {
    files: screen.getByTestId('config-files-a-day').textContent,
    says: screen.getByTestId('config-load').textContent,
  };
};

describe('what phones take', () => {
  it('counts every file that the keys of the last days need', () => {
    const { files, says } = shown({ max_records_per_file: 1_000 });
    expect(files).toBe('18');
    expect(says).toContain('Too many for iOS');
    expect(says).toContain('The keys of a window need about 3 files.');
    expect(says).not.toContain('longer period');
  });

  it('is one file a window where that holds its keys', () => {
    const { files, says } = shown({ max_records_per_file: 100_000 });
    expect(files).toBe('6');
    expect(says).toContain('Fits both');
    expect(screen.queryByTestId('config-split')).toBeNull();
  });
});
