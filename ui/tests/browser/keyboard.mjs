/** What axe can't see: the skip link, dialogs and the way in with the keyboard alone; motion; the narrow window. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { isAsked } from './only.mjs';
import { withSite } from './browser.mjs';
import { ZOOMED } from './zoom.mjs';

const focusedId = (page) => page.evaluate(() => document.activeElement?.id ?? '');
const focusedTestId = (page) =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');

/** Waits until what is read is as expected: the page needs a moment after a key. */
async function becomes(read, expected) {
  const limit = Date.now() + 10_000;
  while ((await read()) !== expected && Date.now() < limit) await delay(20);
  assert.equal(await read(), expected);
}

let passed = 0;
const complaints = await withSite(async (open, close) => {
  const check = async (what, target, work) => {
    if (!isAsked(what)) return;
    const page = await open({ theme: 'light', ...target });
    await work(page);
    await close(page);
    passed += 1;
    console.log(`passed: ${what}`);
  };

  await check('the skip link leads to the content', { path: '/', ready: 'figure-daemon' }, async (page) => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await becomes(() => focusedId(page), 'content');
    await page.waitForURL(/#\/$/);
  });

  await check(
    'a dialog takes the focus, closes with Esc and gives it back',
    { path: '/signing-keys', ready: 'key-row' },
    async (page) => {
      await page.getByTestId('key-generate').focus();
      await page.keyboard.press('Enter');
      await page.getByTestId('key-id').waitFor();
      // The dialog takes the focus a moment after it is drawn.
      await page.waitForFunction(() => Boolean(document.activeElement?.closest('[role=dialog]')));
      await page.keyboard.press('Escape');
      await page.getByTestId('key-id').waitFor({ state: 'detached' });
      await page.waitForFunction(
        () => document.activeElement?.getAttribute('data-testid') === 'key-generate',
      );
      await becomes(() => focusedTestId(page), 'key-generate');
    },
  );

  await check(
    'a key is generated without the mouse',
    { path: '/signing-keys', ready: 'key-row' },
    async (page) => {
      await page.getByTestId('key-generate').focus();
      await page.keyboard.press('Enter');
      await page.getByTestId('key-version').focus();
      await page.keyboard.press('Enter');
      await page.getByTestId('key-pem').waitFor();
    },
  );

  await check(
    'a new person joins: a wrong text is refused with what to do, then the code leads in',
    { path: '/', variant: 'not-enrolled', ready: 'enrol-code' },
    async (page) => {
      await page.getByTestId('enrol-code').fill('hello');
      await page.getByTestId('enrol-check').press('Enter');
      assert.match(await page.getByTestId('enrol-error').innerText(), /Copy the whole line/);
      await page.getByTestId('enrol-code').fill('tekport-enrol-1.example');
      await page.getByTestId('enrol-check').press('Enter');
      await page.getByTestId('enrol-ca-fingerprint').waitFor();
      await page.getByTestId('enrol-join').press('Enter');
      await page.getByTestId('nav-overview').waitFor();
    },
  );

  await check('the theme that is chosen is kept', { path: '/settings', ready: 'theme' }, async (page) => {
    await page.getByTestId('theme').selectOption('dark');
    await page.reload();
    await page.getByTestId('theme').waitFor();
    await becomes(() => page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  });

  await check(
    'the palette finds a config by a few letters',
    { path: '/', ready: 'figure-daemon' },
    async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByTestId('palette-input').waitFor();
      await page.keyboard.type('uswa');
      await page.locator('[role=option][aria-selected=true]', { hasText: 'US-WA' }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByTestId('config-first-window').waitFor();
      await page.waitForURL(/#\/export-configs\/.*102$/);
    },
  );

  await check(
    'the list of configs is sorted from its headings, and the address keeps the order',
    { path: '/export-configs', ready: 'config-row' },
    async (page) => {
      const regions = async () =>
        (await page.getByTestId('config-row').locator('td:first-child').allInnerTexts()).join(' ');
      await page.getByTestId('config-sort-region').press('Enter');
      await becomes(regions, 'US-WA US-OR MAG-S MAG EU');
      await becomes(() => page.locator('th[aria-sort=descending]').innerText(), 'Region');
      await page.getByTestId('config-sort-period').press('Enter');
      await becomes(regions, 'MAG MAG-S US-OR US-WA EU');
      await page.waitForURL(/sort=period$/);
      await page.reload();
      await page.getByTestId('config-row').first().waitFor();
      await becomes(regions, 'MAG MAG-S US-OR US-WA EU');
    },
  );

  await check(
    'a config is made in steps, and going back in the window loses nothing',
    { path: '/export-configs/new', ready: 'config-output-region' },
    async (page) => {
      await page.getByTestId('config-output-region').fill('mag-w');
      await page.getByTestId('config-output-region').press('Enter');
      await page.getByTestId('config-period').selectOption('360');
      await page.getByTestId('config-next').press('Enter');
      await page.getByTestId('config-prefix').waitFor();
      await page.goBack();
      await becomes(() => page.getByTestId('config-period').inputValue(), '360');
      await page.goBack();
      await becomes(() => page.getByTestId('config-output-region').inputValue(), 'mag-w');
      await page.getByTestId('nav-storage').press('Enter');
      await page.getByTestId('storage-test').first().waitFor();
      await page.goBack();
      await page.getByTestId('config-resumed').waitFor();
      await becomes(() => page.getByTestId('config-output-region').inputValue(), 'mag-w');
    },
  );

  await check(
    'letters go to pages, but not while typing',
    { path: '/', ready: 'figure-daemon' },
    async (page) => {
      await page.keyboard.press('g');
      await page.keyboard.press('c');
      await page.getByTestId('config-row').first().waitFor();
      await page.keyboard.press('/');
      await becomes(() => focusedTestId(page), 'config-search');
      await page.keyboard.type('gb?');
      await becomes(() => page.getByTestId('config-search').inputValue(), 'gb?');
      await page.getByTestId('nav-export-configs').focus();
      await page.keyboard.press('?');
      await page.getByTestId('help-sheet').waitFor();
      await page.keyboard.press('Escape');
      await page.getByTestId('help-sheet').waitFor({ state: 'detached' });
    },
  );

  await check(
    'another daemon is a key away, in its colour',
    { path: '/batches', ready: 'batch-row' },
    async (page) => {
      await page.getByTestId('daemon-other').press('Enter');
      await page.locator('.frame[data-environment=staging]').waitFor();
      await page.getByTestId('figure-daemon').waitFor();
    },
  );

  await check(
    'somebody is invited without the mouse, and the code goes with the dialog',
    { path: '/people', ready: 'person-row' },
    async (page) => {
      await page.getByTestId('person-invite').press('Enter');
      await page.getByTestId('person-name').fill('Analyst');
      await page.getByTestId('role-operator').press('Space');
      await page.getByTestId('person-name').press('Enter');
      await page.getByTestId('invitation-qr').waitFor();
      await page.getByTestId('invitation-copy').press('Enter');
      await page.getByText('Copied: the enrolment code for Analyst').waitFor();
      await page.keyboard.press('Escape');
      await page.getByTestId('invitation-code').waitFor({ state: 'detached' });
      await becomes(() => page.getByText('tekport-enrol-1.').count(), 0);
      await page.waitForFunction(
        () => document.activeElement?.getAttribute('data-testid') === 'person-invite',
      );
    },
  );

  await check(
    'roles are changed with the keyboard alone',
    { path: '/people', ready: 'person-row' },
    async (page) => {
      await page.getByRole('link', { name: 'Operations desk' }).press('Enter');
      await page.getByTestId('person-edit').press('Enter');
      await page.getByTestId('role-admin').press('Space');
      await page.getByTestId('person-name').press('Enter');
      await page.getByText('Operations desk is changed').waitFor();
      await page.getByTestId('person-save').waitFor({ state: 'detached' });
    },
  );

  await check(
    'the log is narrowed and an entry opened with the keyboard, and the address says what is shown',
    { path: '/audit', ready: 'audit-row' },
    async (page) => {
      await page.getByTestId('audit-filter-action').focus();
      await page.getByTestId('audit-filter-action').selectOption('export-config.update');
      await page.waitForFunction(() => document.querySelectorAll('[data-testid=audit-row]').length === 1);
      await page.waitForURL(/#\/audit\?action=export-config\.update$/);
      await becomes(() => focusedTestId(page), 'audit-filter-action');
      await page.getByTestId('audit-toggle').press('Enter');
      await page.getByTestId('audit-change').first().waitFor();
      await becomes(() => page.getByTestId('audit-toggle').getAttribute('aria-expanded'), 'true');
      await page.getByTestId('audit-same-object').press('Enter');
      await page.waitForFunction(() => document.querySelectorAll('[data-testid=audit-row]').length > 1);
      await page.goBack();
      await page.waitForFunction(() => document.querySelectorAll('[data-testid=audit-row]').length === 1);
    },
  );

  await check('another language is there at once', { path: '/settings', ready: 'language' }, async (page) => {
    await page.getByTestId('language').focus();
    await page.getByTestId('language').selectOption('de');
    await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor();
    await becomes(() => page.evaluate(() => document.documentElement.lang), 'de');
    await becomes(() => focusedTestId(page), 'language');
    await page.reload();
    await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor();
  });

  await check(
    'nothing moves for those who ask for less motion',
    { path: '/', variant: 'loading', ready: 'state-loading' },
    async (page) => {
      const moving = () =>
        page.evaluate(() => {
          const lasts = (text) => text.split(',').some((part) => parseFloat(part) > 0);
          return [...document.querySelectorAll('*')].filter((element) => {
            const style = getComputedStyle(element);
            return style.animationName !== 'none' || lasts(style.transitionDuration);
          }).length;
        });
      await becomes(moving, 0);
      await page.emulateMedia({ reducedMotion: 'no-preference' });
      assert.ok((await moving()) > 0, 'a spinner turns for everybody else');
    },
  );

  await check(
    'the menu of a narrow window unfolds, and folds when a page is chosen',
    { path: '/', ready: 'figure-daemon' },
    async (page) => {
      await page.setViewportSize(ZOOMED[0]);
      await becomes(() => page.getByTestId('nav-people').isVisible(), false);
      await page.getByTestId('menu-open').press('Enter');
      await page.getByTestId('nav-people').press('Enter');
      await page.getByTestId('person-row').first().waitFor();
      await becomes(() => page.getByTestId('nav-people').isVisible(), false);
      await becomes(() => page.getByTestId('menu-open').getAttribute('aria-expanded'), 'false');
    },
  );
});
for (const complaint of complaints) console.error(complaint);
// The closing line that the suite adds up.
console.log(`${passed} passed, ${complaints.length} failed`);
if (complaints.length > 0) process.exit(1);
