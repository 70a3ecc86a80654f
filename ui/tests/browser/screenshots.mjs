/**
 * Saves the pictures of the documentation in `docs/screenshots`: every page, light and dark. What has no page any more
 * goes. Where a folder is named, every page and state is saved there instead, as the browser gives it.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTabs, withSite } from './browser.mjs';
import { allAsked, onlyAsked, ownArguments } from './only.mjs';
import { PAGES, PICTURES, THEMES, WINDOW_PICTURES } from './pages.mjs';
import { smallPng } from './small-png.mjs';

const DOCS = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
const [elsewhere] = ownArguments;
const folder = elsewhere ?? DOCS;
await mkdir(folder, { recursive: true });

const everything = PAGES.flatMap((page) =>
  THEMES.map((theme) => ({ ...page, theme, file: `${page.name}-${theme}.png` })),
);
const wanted = onlyAsked(elsewhere === undefined ? PICTURES : everything);

const complaints = await withSite((open, close) =>
  inTabs(wanted, async (one) => {
    const page = await open(one);
    const picture = await page.screenshot();
    await writeFile(join(folder, one.file), elsewhere === undefined ? smallPng(picture) : picture);
    await close(page);
  }),
);
if (elsewhere === undefined && allAsked) {
  const known = new Set([...wanted.map(({ file }) => file), ...Object.keys(WINDOW_PICTURES)]);
  for (const file of await readdir(DOCS)) if (!known.has(file)) await rm(join(DOCS, file));
}
for (const complaint of complaints) console.error(complaint);
console.log(`${wanted.length} pictures saved in ${folder}, ${complaints.length} browser errors`);
if (complaints.length > 0) process.exit(1);
