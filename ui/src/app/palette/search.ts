import { computeCommandScore } from 'bits-ui';
import type { PaletteEntry, PaletteGroup } from './entries';

/** Scores below this share no more with what was typed than its letters, far apart. */
const WORTH_SHOWING = 0.002;
/** Entries shown of one kind once something is typed. */
const PER_GROUP = 8;

const score = (entry: PaletteEntry, text: string): number =>
  Math.max(...[entry.label, ...entry.keywords].map((name) => computeCommandScore(name, text)));

/**
 * Returns the groups with the entries that fit what was typed, fuzzily and best first; the group with the best entry
 * comes first. Everything in its own order where nothing is typed.
 */
export function search(groups: readonly PaletteGroup[], typed: string): PaletteGroup[] {
  const text = typed.trim();
  if (text === '') return groups.filter((group) => group.entries.length > 0);
  return groups
    .map(({ heading, entries }) => {
      const fitting = entries
        .map((entry) => ({ entry, score: score(entry, text) }))
        .filter((one) => one.score > WORTH_SHOWING)
        .sort((a, b) => b.score - a.score)
        .slice(0, PER_GROUP);
      return { heading, entries: fitting.map((one) => one.entry), best: fitting[0]?.score ?? 0 };
    })
    .filter((group) => group.entries.length > 0)
    .sort((a, b) => b.best - a.best)
    .map(({ heading, entries }) => ({ heading, entries }));
}
