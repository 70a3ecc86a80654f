/** How numbers and times are put together; lib/format.ts does the arithmetic. Months count from 0. */
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const format = {
  thousands: ',',
  decimal: '.',
  day: (day: number, month: number) => `${day} ${months[month] ?? ''}`,
  date: (day: number, month: number, year: number) => `${day} ${months[month] ?? ''} ${year}`,
  here: (local: string) => `${local} here`,
  every: (length: string) => `every ${length}`,
};
