/**
 * Saves a picture of every page, light and dark: in `ui/screenshots`, or in the folder that is named. With `--guide`
 * only those that the guide shows, where it looks for them.
 */
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onlyAsked, ownArguments } from './only.mjs';
import { PAGES, STATES, THEMES, withSite } from './site.mjs';

const GUIDE = fileURLToPath(new URL('../../../docs/guide/', import.meta.url));
const forGuide = ownArguments.includes('--guide');
const folder = forGuide
  ? fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url))
  : (ownArguments[0] ?? fileURLToPath(new URL('../../screenshots/', import.meta.url)));
await mkdir(folder, { recursive: true });

const states = STATES.map((variant) => ({
  name: `overview-${variant}`,
  path: '/',
  variant,
  ready: `state-${variant}`,
}));
const everything = onlyAsked([...PAGES, ...states]).flatMap((page) =>
  THEMES.map((theme) => ({ page, theme, file: `${page.name}-${theme}.png` })),
);
const shown = forGuide ? await inTheGuide() : undefined;
const wanted = shown ? everything.filter(({ file }) => shown.has(file)) : everything;

/** The pictures that the guide's chapters refer to. */
async function inTheGuide() {
  const chapters = (await readdir(GUIDE)).filter((name) => name.endsWith('.md'));
  const texts = await Promise.all(chapters.map((name) => readFile(join(GUIDE, name), 'utf8')));
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/screenshots\/([\w-]+\.png)/g)].map(([, file]) => file)),
  );
}

const complaints = await withSite(async (open) => {
  for (const { page, theme, file } of wanted) {
    const opened = await open({ ...page, theme });
    await opened.screenshot({ path: join(folder, file) });
    await opened.context().close();
  }
});
for (const complaint of complaints) console.error(complaint);
console.log(`${wanted.length} pictures saved in ${folder}, ${complaints.length} browser errors`);
if (complaints.length > 0) process.exit(1);
