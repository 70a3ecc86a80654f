// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { assumedPhones, assumePhones, bytesAFile, DEFAULT_PHONES, monthlyBytes } from './traffic';

const load = { days: 14, keys_a_day: 14_200, generated_a_day: 0, files_a_day: 6, bytes_a_day: 247_000 };

afterEach(() => localStorage.clear());

describe('what phones download', () => {
  it('is every file once a phone, over thirty days', () => {
    expect(monthlyBytes(load, 5_000_000)).toBe(247_000 * 5_000_000 * 30);
    expect(monthlyBytes({ ...load, bytes_a_day: 0 }, 5_000_000)).toBe(0);
  });

  it('comes in files of equal size', () => {
    expect(bytesAFile(load)).toBe(41_167);
    expect(bytesAFile({ ...load, files_a_day: 0 })).toBe(0);
  });

  it('is reckoned for the phones that were assumed last', () => {
    expect(assumedPhones()).toBe(DEFAULT_PHONES);
    assumePhones(250_000);
    expect(assumedPhones()).toBe(250_000);
    assumePhones(DEFAULT_PHONES);
    expect(localStorage.length).toBe(0);
  });

  it('doesn’t believe a number that can’t be', () => {
    for (const odd of ['many', '-5', '0', '1.5', '1e99']) {
      localStorage.setItem('tekport.assumed-phones', odd);
      expect(assumedPhones()).toBe(DEFAULT_PHONES);
    }
  });
});
