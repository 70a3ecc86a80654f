import { expect, it } from 'vitest';
import { countsWith } from './fixtures';
import { account } from './reconciliation';

it('balances what came in with what became of it, generated keys apart', () => {
  const result = account(
    countsWith({
      received: 100,
      from_earlier: 20,
      new_keys: 90,
      revised_keys: 5,
      embargoed: 15,
      generated: 905,
      left_out: [{ rule: 'traveler', keys: 10 }],
    }),
  );
  expect(result).toMatchObject({ incomingTotal: 120, outgoingTotal: 120, balanced: true, generated: 905 });
  expect(result.outgoing.map((line) => line.name)).toEqual([
    'new_keys',
    'revised_keys',
    'embargoed',
    'left-out:traveler',
  ]);
});

it('says when the sides differ', () => {
  expect(account(countsWith({ received: 3, new_keys: 2 })).balanced).toBe(false);
});

it('shows no empty lines but the two that always matter', () => {
  const { incoming, outgoing } = account(countsWith());
  expect([...incoming, ...outgoing].map((line) => line.name)).toEqual(['received', 'new_keys']);
});
