/**
 * Checks every page in every state: in English with axe in each look, in German by the rules that hang on words, and in
 * both for what can't be read or reached, also at 200%. No violation, no script error, no breach of policy.
 */
import { AXE, inTabs, VIEWPORT, withSite } from './browser.mjs';
import { clippedInPage } from './clipping.mjs';
import { onlyAsked } from './only.mjs';
import { PAGES, STATES, STATE_PATHS } from './pages.mjs';
import { lostInPage, ZOOMED } from './zoom.mjs';

/** Axe leaves this rule of WCAG 2.2 AA out by itself (2.5.8). */
const ALL = { rules: { 'target-size': { enabled: true } } };
/** Only colours differ between the looks; what doesn't hang on them is checked in the first one. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const plain = { contrast: 'no-preference', forcedColors: 'none' };
/** How the operating system may want the pages, and by which rules they are checked then. */
const LIGHT = { name: 'light', media: { colorScheme: 'light', ...plain }, theme: 'light', rules: ALL };
const LOOKS = [
  LIGHT,
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
/** In German the words differ, and what has the size of words; everything else was checked in English. */
const GERMAN = {
  ...LIGHT,
  name: 'German',
  rules: {
    runOnly: [
      'aria-command-name',
      'aria-dialog-name',
      'aria-input-field-name',
      'aria-progressbar-name',
      'aria-tooltip-name',
      'button-name',
      'document-title',
      'empty-heading',
      'html-has-lang',
      'html-lang-valid',
      'image-alt',
      'label',
      'link-name',
      'scrollable-region-focusable',
      'select-name',
      'svg-img-alt',
      'target-size',
      'valid-lang',
    ],
  },
};
const LANGUAGES = [
  { locale: 'en-GB', of: '', looks: LOOKS },
  { locale: 'de-DE', of: 'German, ', looks: [GERMAN] },
];

const pages = onlyAsked([
  ...PAGES,
  ...STATES.flatMap((variant) =>
    STATE_PATHS.map((path) => ({ name: `${path} ${variant}`, path, variant, ready: `state-${variant}` })),
  ),
]);

/** Waits until the page is drawn as it is now. */
const drawn = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Puts the page in a look, and waits until it is drawn so. */
async function wear(page, { media, theme }) {
  await page.emulateMedia(media);
  await page.waitForFunction((name) => document.documentElement.dataset.theme === name, theme);
  await drawn(page);
}

async function violations(page, rules) {
  // What was found good is megabytes that nobody reads.
  const found = await page.evaluate(
    async (options) => (await globalThis.axe.run(document, options)).violations,
    { ...rules, resultTypes: ['violations'] },
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

async function check(page, name, { of, looks }) {
  await page.addScriptTag({ url: AXE });
  for (const look of looks) {
    await wear(page, look);
    report(`${name} (${look.name})`, await violations(page, look.rules));
  }
  await wear(page, LIGHT);
  report(`${name} (${of}what is cut off)`, await page.evaluate(clippedInPage));
  for (const size of ZOOMED) {
    await page.setViewportSize(size);
    await drawn(page);
    report(`${name} (${of}200%, ${size.width} pixels wide)`, await page.evaluate(lostInPage));
  }
  await page.setViewportSize(VIEWPORT);
}

const cases = LANGUAGES.flatMap((language) => pages.map((page) => ({ page, language })));
const complaints = await withSite((open, close) =>
  inTabs(cases, async ({ page: target, language }) => {
    const page = await open({ ...target, theme: 'light', locale: language.locale }).catch((error) => {
      report(`${target.name} (${language.locale})`, [`it was not shown: ${error.message}`]);
    });
    if (page === undefined) return;
    await check(page, target.name, language);
    await close(page);
  }),
);
for (const complaint of complaints) console.error(complaint);
console.log(
  `${pages.length} pages checked in ${LANGUAGES.length} languages, ${complaints.length} browser errors`,
);
// The closing line that the suite adds up.
console.log(`${passed} passed, ${failed + complaints.length} failed`);
if (failed + complaints.length > 0) process.exit(1);
