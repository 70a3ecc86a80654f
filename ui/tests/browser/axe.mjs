/** Checks every page, in every state and both themes, with axe: no violation, no script error, no breach of policy. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { onlyAsked } from './only.mjs';
import { PAGES, STATES, STATE_PATHS, THEMES, withSite } from './site.mjs';

const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

const all = THEMES.flatMap((theme) => [
  ...PAGES.map((page) => ({ ...page, theme })),
  ...STATES.flatMap((variant) =>
    STATE_PATHS.map((path) => ({
      name: `${path} ${variant}`,
      path,
      variant,
      theme,
      ready: `state-${variant}`,
    })),
  ),
]);
const cases = onlyAsked(all);

const failed = new Set();
const complaints = await withSite(async (open) => {
  for (const one of cases) {
    const page = await open(one).catch((error) => {
      failed.add(one);
      console.error(`${one.name} (${one.theme}) was not shown: ${error.message}`);
    });
    if (page === undefined) continue;
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document));
    for (const violation of violations) {
      failed.add(one);
      const where = violation.nodes.map((node) => `    ${node.target.join(' ')}: ${node.failureSummary}`);
      console.error(`${one.name} (${one.theme}): ${violation.id}: ${violation.help}\n${where.join('\n')}`);
    }
    await page.context().close();
  }
});
for (const complaint of complaints) console.error(complaint);
console.log(`${cases.length} pages checked, ${complaints.length} browser errors`);
// The closing line that the suite adds up.
console.log(`${cases.length - failed.size} passed, ${failed.size + complaints.length} failed`);
if (failed.size > 0 || complaints.length > 0) process.exit(1);
