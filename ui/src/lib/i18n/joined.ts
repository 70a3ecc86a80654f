/** Joins the last of several values, which stand with commas between them, by a word: `a, b and c`. */
export function joined(list: string, word: string): string {
  return list.replace(/, ([^,]*)$/, ` ${word} $1`);
}

/** The text of a name that another program sent; one that isn't known stays as it is. */
export function named(names: Readonly<Record<string, string>>, name: string): string {
  return (Object.hasOwn(names, name) ? names[name] : undefined) ?? name;
}
