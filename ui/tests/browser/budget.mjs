/** How much code the shipped pages are, against what they may be: what is read at the start, and by each page. */
import { build } from 'vite';

/**
 * Kilobytes of JavaScript and style sheets, as they lie on the disk. The start holds English whole, some 160 kB of it: the
 * daemon may refuse anything at any time, and every refusal has words. Another language is read in one piece.
 */
const AT_MOST = { start: 350, page: 150, language: 180 };

const { output } = await build({ logLevel: 'error', build: { write: false } });
const files = new Map(output.map((file) => [file.fileName, file]));
const entry = output.find((file) => file.isEntry);

/** A chunk and everything that it imports before it runs, but what `loaded` has already. */
function closure(name, loaded = new Set()) {
  const found = new Set();
  const visit = (file) => {
    if (found.has(file) || loaded.has(file) || !files.has(file)) return;
    found.add(file);
    const { imports = [], viteMetadata } = files.get(file);
    for (const other of [...imports, ...(viteMetadata?.importedCss ?? [])]) visit(other);
  };
  visit(name);
  return found;
}

const bytes = (names) =>
  [...names].reduce((sum, name) => {
    const { code, source } = files.get(name);
    return sum + Buffer.byteLength(code ?? source);
  }, 0);

const start = closure(entry.fileName);
const pages = output
  .filter((file) => file.isDynamicEntry)
  .map((file) => ({
    name: file.name,
    size: bytes(closure(file.fileName, start)),
    limit: file.facadeModuleId?.includes('/lib/i18n/') ? AT_MOST.language : AT_MOST.page,
  }));
const measured = [{ name: 'start', size: bytes(start), limit: AT_MOST.start }, ...pages];

const kilobytes = (size) => (size / 1_000).toFixed(0);
const over = measured.filter(({ size, limit }) => size > limit * 1_000);
for (const { name, size, limit } of measured.sort((a, b) => b.size - a.size)) {
  console.log(`${name.padEnd(20)} ${kilobytes(size).padStart(5)} kB of ${limit} kB`);
}
for (const { name, size, limit } of over) {
  console.error(
    `${name} is ${kilobytes(size)} kB, ${kilobytes(size - limit * 1_000)} kB over its budget of ${limit} kB. ` +
      'Import what it rarely needs when it is needed, or raise the budget in tests/browser/budget.mjs and say why.',
  );
}
// The closing line that the suite adds up.
console.log(`${measured.length - over.length} passed, ${over.length} failed`);
if (over.length > 0) process.exit(1);
