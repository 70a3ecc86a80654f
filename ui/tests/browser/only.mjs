/** Which pages a run is about: all of them, or those that `--only <part of a name>` asks for; it may be given again. */
const asked = process.argv.flatMap((argument, i, all) => (all[i - 1] === '--only' ? [argument] : []));

/** Returns what is left on the command line: a script's own arguments. */
export const ownArguments = process.argv
  .slice(2)
  .filter((argument, i, all) => argument !== '--only' && all[i - 1] !== '--only');

/** Returns whether a name is asked for. */
export const isAsked = (name) => asked.length === 0 || asked.some((part) => name.includes(part));

/** Returns those of `list` whose `name` is asked for; ends the run where there is none, with the names there are. */
export function onlyAsked(list) {
  const found = list.filter(({ name }) => isAsked(name));
  if (found.length > 0) return found;
  const names = [...new Set(list.map(({ name }) => name))].join(', ');
  console.error(`Nothing is named like ${asked.join(' or ')}. There is: ${names}`);
  return process.exit(2);
}

/** Whether nothing was left out by `--only`. */
export const allAsked = asked.length === 0;
