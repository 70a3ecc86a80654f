/** Which of the recorded answers the address asks for: `?variant=empty`. */
import { CommandFailure } from '../../src/lib/failure';

export const VARIANTS = [
  'normal',
  'empty',
  'loading',
  'offline',
  /** Out of reach since before the console was started; what was heard earlier is kept. */
  'kept',
  'refused',
  'not-enrolled',
  /** One of two daemons was left. */
  'left-one',
  /** The console can't even read whom it belongs to. */
  'start-failed',
  /** Clocks that differ. */
  'skew',
  /** Everything that can need a person. */
  'attention',
  /** Somebody else saves a config first. */
  'changed-meanwhile',
  /** A file of another daemon. */
  'elsewhere',
  /** A file, a storage target or a way to the daemon that is damaged. */
  'damaged',
  /** Unattended signing stopped. */
  'stopped',
  /** The newest batch is being made. */
  'running',
  /** Ten thousand batches. */
  'many',
  /** Somebody who may read and not change. */
  'viewer',
  /** The only security officer who has enrolled. */
  'last-officer',
  // A rotation at each of its steps; the normal one waits for Apple.
  'rotation-generate',
  'rotation-elsewhere',
  'rotation-attach',
  'rotation-send',
  'rotation-end',
  'rotation-ending',
  'rotation-done',
  /** The daemon lets nobody look keys up. */
  'lookup-off',
  /** The key was revoked, and its successor is attached. */
  'revoked',
] as const;
export type Variant = (typeof VARIANTS)[number];

export function variantNow(): Variant {
  const asked = new URLSearchParams(location.search).get('variant');
  return VARIANTS.find((variant) => variant === asked) ?? 'normal';
}

const outOfReach = new CommandFailure({
  code: 'offline',
  title: 'No connection to the daemon',
  detail: 'Nothing listens at export.example.org:8443.',
  message: { code: 'client.refused', params: { value: 'export.example.org:8443' } },
  next_step: '',
  problem: null,
});

const failures: Partial<Record<Variant, CommandFailure>> = {
  offline: outOfReach,
  kept: outOfReach,
  refused: new CommandFailure({
    code: 'forbidden',
    title: 'Your roles do not allow this',
    detail: 'This takes the role viewer; Key server north has ingest.',
    next_step: '',
    problem: null,
  }),
};

/** Answers `normal`, or what the variant has instead: nothing at all, an error, or something empty. */
export function answer<T>(normal: () => T, empty: () => T = normal): Promise<T> {
  const variant = variantNow();
  if (variant === 'loading') return new Promise(() => {});
  const failure = failures[variant];
  if (failure) return Promise.reject(failure);
  try {
    return Promise.resolve(structuredClone(variant === 'empty' ? empty() : normal()));
  } catch (thrown) {
    return Promise.reject(thrown);
  }
}

export function byId<T extends { id: string }>(list: readonly T[], id: string): T {
  const found = list.find((one) => one.id === id);
  if (found) return found;
  throw new CommandFailure({
    code: 'not-found',
    title: 'Nothing there',
    detail: `Nothing has the id ${id}.`,
    next_step: '',
    problem: null,
  });
}
