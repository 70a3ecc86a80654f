/**
 * Measures the start until the pages can be used, and going from page to page, over answers that come at once: what
 * the pages themselves cost. The figures are for comparing; the limits only catch what nobody would bear, since the
 * machine may be busy.
 */
import { withSite } from './browser.mjs';

const ROUNDS = 5;
/** Milliseconds, as the median of the rounds. */
const AT_MOST = { start: 5_000, switch: 2_000 };

const entry = (id) => `[data-testid=nav-${id}]`;
const rowOf = (id) => `[data-testid=${id}] a`;
/** The way through the pages: a page, what is pressed to come there, and what must be there before it counts as shown. */
const SWITCHES = [
  ['export configs', entry('export-configs'), 'config-row'],
  ['export config', rowOf('config-row'), 'config-first-window'],
  ['batches', entry('batches'), 'batch-row'],
  ['batch', rowOf('batch-row'), 'awaited-signer'],
  ['export viewer', entry('viewer'), 'viewer-choose'],
  ['find a key', entry('find-a-key'), 'find-ask'],
  ['signing keys', entry('signing-keys'), 'key-row'],
  ['signing key', rowOf('key-row'), 'share-blocked'],
  ['signing desk', entry('signing-desk'), 'desk-task'],
  ['signing review', '[data-testid=desk-review]', 'desk-check'],
  ['people', entry('people'), 'person-row'],
  ['person', rowOf('person-row'), 'person-certificate'],
  ['audit log', entry('audit'), 'audit-row'],
  ['storage', entry('storage'), 'storage-test'],
  ['settings', entry('settings'), 'theme'],
  ['overview', entry('overview'), 'figure-daemon'],
];

/** Notes, from the first line that the page runs, when the overview has its figures. */
const noteStart = () => {
  const look = () => {
    if (document.querySelector('[data-testid="figure-daemon"]')) globalThis.usableAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};

/** Presses what leads to a page and returns the milliseconds until that is drawn. */
const goThere = ([name, pressed, ready]) =>
  new Promise((drawn, failed) => {
    setTimeout(() => failed(new Error(`${name} was not shown within 30 s`)), 30_000);
    const from = performance.now();
    const isShown = () => document.querySelector(`main [data-testid="${ready}"]`) !== null;
    const look = () => (isShown() ? drawn(performance.now() - from) : requestAnimationFrame(look));
    document.querySelector(pressed).click();
    requestAnimationFrame(look);
  });

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
      for (const step of SWITCHES) {
        note(`${step[0]}, ${kind}`, AT_MOST.switch, await page.evaluate(goThere, step));
      }
    }
    // Not kept: each start is one in which nothing was read yet.
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
