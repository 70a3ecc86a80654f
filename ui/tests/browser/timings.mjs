/**
 * Measures the start until the pages can be used, and going from page to page, over answers that come at once: what
 * the pages themselves cost. The figures are for comparing; the limits only catch what nobody would bear, since the
 * machine may be busy.
 */
import { withSite } from './site.mjs';

const ROUNDS = 5;
/** Milliseconds, as the median of the rounds. */
const AT_MOST = { start: 5_000, switch: 2_000 };

/** The entries of the menu, and what must be there before the page counts as shown. */
const SWITCHES = {
  'nav-export-configs': 'config-row',
  'nav-batches': 'batch-row',
  'nav-viewer': 'viewer-choose',
  'nav-signing-keys': 'key-row',
  'nav-signing-desk': 'desk-task',
  'nav-people': 'person-row',
  'nav-storage': 'storage-test',
  'nav-settings': 'theme',
  'nav-overview': 'figure-daemon',
};

/** Notes, from the first line that the page runs, when the overview has its figures. */
const noteStart = () => {
  const look = () => {
    if (document.querySelector('[data-testid="figure-daemon"]')) globalThis.usableAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};

/** Presses an entry and returns the milliseconds until the page is drawn. */
const goThere = ([entry, ready]) => {
  const by = (id) => document.querySelector(`[data-testid="${id}"]`);
  return new Promise((drawn) => {
    const from = performance.now();
    const look = () => (by(ready) ? drawn(performance.now() - from) : requestAnimationFrame(look));
    by(entry).click();
    requestAnimationFrame(look);
  });
};

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const measured = new Map();
const note = (name, limit, milliseconds) => {
  const one = measured.get(name) ?? { limit, rounds: [] };
  one.rounds.push(milliseconds);
  measured.set(name, one);
};

const complaints = await withSite(async (open) => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await open({ path: '/', theme: 'light', ready: 'figure-daemon', init: noteStart });
    note('start', AT_MOST.start, await (await page.waitForFunction(() => globalThis.usableAt)).jsonValue());
    for (const kind of ['first', 'again']) {
      for (const step of Object.entries(SWITCHES)) {
        note(`${step[0].slice('nav-'.length)}, ${kind}`, AT_MOST.switch, await page.evaluate(goThere, step));
      }
    }
    await page.context().close();
  }
});
for (const complaint of complaints) console.error(complaint);
let slow = 0;
for (const [name, { limit, rounds }] of measured) {
  const took = median(rounds);
  console.log(`${name.padEnd(24)} ${took.toFixed(0).padStart(5)} ms`);
  if (took <= limit) continue;
  slow += 1;
  console.error(
    `${name} took ${took.toFixed(0)} ms; at most ${limit} ms are borne. Was the machine very busy?`,
  );
}
const failed = slow + complaints.length;
// The closing line that the suite adds up.
console.log(`${measured.size - slow} passed, ${failed} failed`);
if (failed > 0) process.exit(1);
