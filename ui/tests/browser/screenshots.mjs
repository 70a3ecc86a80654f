/** Saves a picture of every page, light and dark, to docs/screenshots at the root of the repository. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { onlyAsked, ownArguments } from './only.mjs';
import { PAGES, STATES, THEMES, withSite } from './site.mjs';

const folder = ownArguments[0] ?? fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
await mkdir(folder, { recursive: true });

const states = STATES.map((variant) => ({
  name: `overview-${variant}`,
  path: '/',
  variant,
  ready: `state-${variant}`,
}));

const pages = onlyAsked([...PAGES, ...states]);

let count = 0;
const complaints = await withSite(async (open) => {
  for (const theme of THEMES) {
    for (const one of pages) {
      const page = await open({ ...one, theme });
      await page.screenshot({ path: `${folder}/${one.name}-${theme}.png` });
      await page.context().close();
      count += 1;
    }
  }
});
for (const complaint of complaints) console.error(complaint);
console.log(`${count} pictures saved, ${complaints.length} browser errors`);
if (complaints.length > 0) process.exit(1);
