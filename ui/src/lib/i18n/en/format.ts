export const format = {
  thousands: ',',
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  here: (local: string) => `${local} here`,
  every: (length: string) => `every ${length}`,
};
