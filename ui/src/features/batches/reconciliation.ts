import type { BatchCounts } from '$lib/api';

/** One line of the account: where keys came from or went to. */
export interface AccountLine {
  /** The name of the line: a count's own, or `left-out:<rule>`. */
  name: string;
  keys: number;
}

/** A batch's account (DESIGN, invariant 12): what came in equals what went out, was kept back or left out. */
export interface Account {
  incoming: AccountLine[];
  outgoing: AccountLine[];
  incomingTotal: number;
  outgoingTotal: number;
  /** Whether both sides agree; the daemon fails a batch where they don't. */
  balanced: boolean;
  /** Generated keys stand beside the account: nobody sent them in. */
  generated: number;
}

/** Sets out a batch's counts as an account; lines of zero are left out except the two that always matter. */
export function account(counts: BatchCounts): Account {
  const incoming: AccountLine[] = [
    { name: 'received', keys: counts.received },
    { name: 'from_earlier', keys: counts.from_earlier },
  ];
  const outgoing: AccountLine[] = [
    { name: 'new_keys', keys: counts.new_keys },
    { name: 'revised_keys', keys: counts.revised_keys },
    { name: 'embargoed', keys: counts.embargoed },
    ...counts.left_out.map(({ rule, keys }) => ({ name: `left-out:${rule}`, keys })),
  ];
  const always = new Set(['received', 'new_keys']);
  const shown = (line: AccountLine): boolean => line.keys > 0 || always.has(line.name);
  const total = (lines: AccountLine[]): number => lines.reduce((sum, line) => sum + line.keys, 0);
  const [incomingTotal, outgoingTotal] = [total(incoming), total(outgoing)];
  return {
    incoming: incoming.filter(shown),
    outgoing: outgoing.filter(shown),
    incomingTotal,
    outgoingTotal,
    balanced: incomingTotal === outgoingTotal,
    generated: counts.generated,
  };
}
