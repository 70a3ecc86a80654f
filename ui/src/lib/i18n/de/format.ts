import type { Texts } from '..';

const two = (value: number) => String(value).padStart(2, '0');

export const format: Texts['format'] = {
  thousands: '.',
  decimal: ',',
  day: (day, month) => `${two(day)}.${two(month + 1)}.`,
  date: (day, month, year) => `${two(day)}.${two(month + 1)}.${year}`,
  here: (local) => `${local} Ortszeit`,
  every: (length) => `alle ${length}`,
};
