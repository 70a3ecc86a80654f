// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { neighbour } from './roving';

const lane = (place: number, ...starts: number[]) =>
  `<div data-lane="${place}">${starts.map((start) => `<a data-start="${start}" id="${place}-${start}"></a>`).join('')}</div>`;

it('goes along a line, and to the nearest time of the next line that has any', () => {
  document.body.innerHTML = lane(0, 10, 20, 30) + lane(1) + lane(2, 0, 24, 90);
  const from = (id: string, key: string) => neighbour(document.getElementById(id), key)?.id;
  expect(from('0-20', 'ArrowLeft')).toBe('0-10');
  expect(from('0-20', 'ArrowRight')).toBe('0-30');
  expect(from('0-10', 'ArrowLeft')).toBeUndefined();
  expect(from('0-30', 'ArrowRight')).toBeUndefined();
  expect(from('0-20', 'ArrowDown')).toBe('2-24');
  expect(from('2-90', 'ArrowUp')).toBe('0-30');
  expect(from('2-90', 'ArrowDown')).toBeUndefined();
  expect(from('0-20', 'Enter')).toBeUndefined();
  expect(neighbour(document.body, 'ArrowLeft')).toBeUndefined();
});
