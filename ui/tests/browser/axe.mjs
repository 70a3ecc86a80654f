/**
 * Checks every page in every state: with axe in each look, and at 200% for what is lost. No violation, no script
 * error, no breach of policy.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { onlyAsked } from './only.mjs';
import { PAGES, STATES, STATE_PATHS, withSite } from './site.mjs';
import { lostInPage, ZOOMED } from './zoom.mjs';

const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Only colours differ between the looks; what doesn't hang on them is checked in the first one. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const plain = { contrast: 'no-preference', forcedColors: 'none' };
/** How the operating system may want the pages, and by which rules they are checked then. */
const LOOKS = [
  { name: 'light', media: { colorScheme: 'light', ...plain }, theme: 'light', rules: {} },
  { name: 'dark', media: { colorScheme: 'dark', ...plain }, theme: 'dark', rules: { runOnly: COLOURS } },
  ...['light', 'dark'].map((colorScheme) => ({
    name: `high contrast, ${colorScheme}`,
    media: { colorScheme, contrast: 'more', forcedColors: 'none' },
    theme: `contrast-${colorScheme}`,
    // 7:1 (WCAG 2.2, 1.4.6).
    rules: { runOnly: [...COLOURS, 'color-contrast-enhanced'] },
  })),
  {
    name: 'forced colours',
    media: { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'active' },
    theme: 'contrast-dark',
    rules: { runOnly: COLOURS },
  },
];

const cases = onlyAsked([
  ...PAGES,
  ...STATES.flatMap((variant) =>
    STATE_PATHS.map((path) => ({ name: `${path} ${variant}`, path, variant, ready: `state-${variant}` })),
  ),
]);

/** Puts the page in a look, and waits until it is drawn so. */
async function wear(page, { media, theme }) {
  await page.emulateMedia(media);
  await page.waitForFunction((name) => document.documentElement.dataset.theme === name, theme);
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
}

async function violations(page, rules) {
  const { violations: found } = await page.evaluate(
    (options) => globalThis.axe.run(document, options),
    rules,
  );
  return found.map(({ id, help, nodes }) =>
    [`${id}: ${help}`, ...nodes.map((node) => `    ${node.target.join(' ')}: ${node.failureSummary}`)].join(
      '\n',
    ),
  );
}

let passed = 0;
let failed = 0;
const report = (where, found) => {
  if (found.length === 0) passed += 1;
  else failed += 1;
  for (const one of found) console.error(`${where}: ${one}`);
};

const complaints = await withSite(async (open) => {
  for (const one of cases) {
    const page = await open({ ...one, theme: 'light' }).catch((error) => {
      report(one.name, [`it was not shown: ${error.message}`]);
    });
    if (page === undefined) continue;
    await page.evaluate(axe);
    for (const look of LOOKS) {
      await wear(page, look);
      report(`${one.name} (${look.name})`, await violations(page, look.rules));
    }
    await wear(page, LOOKS[0]);
    await page.setViewportSize(ZOOMED);
    report(`${one.name} (200%)`, await page.evaluate(lostInPage));
    await page.context().close();
  }
});
for (const complaint of complaints) console.error(complaint);
console.log(`${cases.length} pages checked, ${complaints.length} browser errors`);
// The closing line that the suite adds up.
console.log(`${passed} passed, ${failed + complaints.length} failed`);
if (failed + complaints.length > 0) process.exit(1);
