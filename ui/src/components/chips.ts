/** Splits what was typed or pasted at commas, semicolons and white space, normalises it, and drops repeats. */
export function addChips(
  present: readonly string[],
  typed: string,
  normalise: (text: string) => string,
): string[] {
  const added = typed
    .split(/[\s,;]+/)
    .map(normalise)
    .filter((text) => text !== '');
  return [...new Set([...present, ...added])];
}
