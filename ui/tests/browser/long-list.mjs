/**
 * Ten thousand batches: the list and the timeline are scrolled from end to end. What is in the document stays small,
 * every row can be reached, and nothing needs the mouse. Of what scrolling took, the page's own work is judged, and by
 * limits that only a page breaks which stutters: what else a frame takes says as much about the machine.
 */
import assert from 'node:assert/strict';
import { withSite } from './browser.mjs';

/** Of 10,005 rows, those in sight, twenty more and one that has the focus: on a window 860 pixels high. */
const MOST_ROWS = 40;
/** Windows of a quarter of an hour on three lines; a screen and two blocks of pixels, 24 each at least. */
const MOST_SEGMENTS = 650;
/**
 * Milliseconds of the page's own work that a frame may take on average. A screen shows one every 16; on a machine that
 * does much else at once the same work was seen to take 48.
 */
const MOST_WORK = 120;
/** Milliseconds that the page may be deaf to whoever works with it, at a stretch. */
const LONGEST_TASK = 5_000;

/** Scrolls an element from one end to the other, a step each frame, and says what that took. */
function scrollThrough(element, { axis, step, back, counted }) {
  const [offset, length, frame] =
    axis === 'x'
      ? ['scrollLeft', 'scrollWidth', 'clientWidth']
      : ['scrollTop', 'scrollHeight', 'clientHeight'];
  const found = { frames: 0, longestFrame: 0, longTasks: 0, longestTask: 0, most: 0 };
  const tasks = new PerformanceObserver((list) => {
    for (const task of list.getEntries()) {
      found.longTasks += 1;
      found.longestTask = Math.max(found.longestTask, Math.round(task.duration));
    }
  });
  tasks.observe({ type: 'longtask' });
  const end = element[length] - element[frame];
  element[offset] = back ? end : 0;
  let last;
  return new Promise((done) => {
    const next = (now) => {
      if (last !== undefined) found.longestFrame = Math.max(found.longestFrame, Math.round(now - last));
      last = now;
      found.frames += 1;
      found.most = Math.max(found.most, element.querySelectorAll(counted).length);
      if (back ? element[offset] <= 0 : element[offset] >= end - 1) {
        tasks.disconnect();
        done(found);
      } else {
        element[offset] += back ? -step : step;
        requestAnimationFrame(next);
      }
    };
    requestAnimationFrame(next);
  });
}

let passed = 0;
const complaints = await withSite(async (open, close) => {
  const check = async (what, work) => {
    const page = await open({ theme: 'light', path: '/batches', variant: 'many', ready: 'batch-row' });
    await work(page, page.getByRole('region', { name: 'Batches', exact: true }));
    await close(page);
    passed += 1;
    console.log(`passed: ${what}`);
  };
  /** Scrolls, and tells what it took: time on the clock, and the page's own time on the processor. */
  const scrolled = async (what, page, element, how) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const spent = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'TaskDuration').value * 1_000;
    };
    const before = await spent();
    const found = await element.evaluate(scrollThrough, how);
    const each = ((await spent()) - before) / found.frames;
    console.log(
      `${what}: ${found.frames} frames of ${each.toFixed(1)} ms of work each, the longest ${found.longestFrame} ms on the clock; ` +
        `${found.longTasks} tasks over 50 ms, the longest ${found.longestTask} ms; at most ${found.most} drawn`,
    );
    assert.ok(each <= MOST_WORK, `${what}: a frame took ${each.toFixed(1)} ms of work`);
    assert.ok(found.longestTask <= LONGEST_TASK, `${what}: a task took ${found.longestTask} ms`);
    return found;
  };
  /** The number of the last drawn row, once its batch is there. */
  const lastRow = async (page) => {
    const row = page.locator('[data-row]').last();
    await row.locator('a').waitFor();
    return Number(await row.getAttribute('aria-rowindex'));
  };

  for (const [what, step] of [
    ['steadily', 1_900],
    ['in a hurry', 19_000],
  ]) {
    await check(`the whole list is scrolled ${what} with few rows in the document`, async (page, list) => {
      assert.equal(await page.getByRole('table').getAttribute('aria-rowcount'), '10006');
      const how = { axis: 'y', step, back: false, counted: '[data-row]' };
      const found = await scrolled(`the list ${what}`, page, list, how);
      assert.ok(found.most <= MOST_ROWS, `${found.most} rows were in the document`);
      assert.equal(await lastRow(page), 10_006);
    });
  }

  await check('weeks of the timeline are scrolled with few batches in the document', async (page) => {
    const strip = page.getByTestId('timeline');
    const how = { axis: 'x', step: 320, back: true, counted: '.segment' };
    const found = await scrolled('the timeline', page, strip, how);
    assert.ok(found.most <= MOST_SEGMENTS, `${found.most} segments were in the document`);
    await page.getByTestId('timeline-batch').first().waitFor();
    assert.match(await page.getByTestId('timeline-batch').first().getAttribute('aria-label'), /15 Sep/);
  });

  await check('a day is gone to, on the timeline and in the list', async (page) => {
    await page.getByTestId('batch-go-to').fill('2026-10-05');
    await page.getByTestId('batch-row').getByRole('link', { name: 'EU, 5 Oct 00:00 – 24:00 UTC' }).waitFor();
    await page
      .getByTestId('timeline')
      .getByRole('link', { name: /^EU, 5 Oct 00:00 – 24:00 UTC/ })
      .waitFor();
  });

  await check('the arrow keys go from batch to batch, and the focus stays on it', async (page, list) => {
    const focusedRow = () =>
      page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row') ?? '');
    await page.getByTestId('batch-row').first().locator('a').focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await focusedRow(), '1');
    await page.keyboard.press('End');
    assert.equal(await focusedRow(), '10004');
    await lastRow(page);
    // Scrolled away with the wheel, it is still there.
    await list.evaluate((element) => (element.scrollTop = 0));
    await page.locator('[data-row="0"]').waitFor();
    assert.equal(await focusedRow(), '10004');
    await page.keyboard.press('ArrowUp');
    assert.equal(await focusedRow(), '10003');
    await page.locator('[data-row="10003"] a').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByTestId('file-row').waitFor();
  });

  await check('one batch of the timeline is in the tab order, and the arrow keys go on', async (page) => {
    const strip = page.getByTestId('timeline');
    assert.equal(await strip.locator('[data-start][tabindex="0"]').count(), 1);
    await strip.locator('[data-start][tabindex="0"]').focus();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    assert.match(await focused(), /^EU, 22 Nov/);
    await page.keyboard.press('ArrowLeft');
    assert.match(await focused(), /^EU, 21 Nov/);
    await page.keyboard.press('ArrowDown');
    assert.match(await focused(), /^MAG, 21 Nov/);
    assert.equal(await strip.locator('[data-start][tabindex="0"]').count(), 1);
  });

  await check('who comes back from a batch finds the list where it was', async (page, list) => {
    await list.evaluate((element) => (element.scrollTop = 100_000));
    await page.locator('[data-row="2640"] a').click();
    await page.getByTestId('file-row').waitFor();
    await page.goBack();
    await page.locator('[data-row="2640"] a').waitFor();
    assert.equal(await list.evaluate((element) => element.scrollTop), 100_000);
  });
});
for (const complaint of complaints) console.error(complaint);
// The closing line that the suite adds up.
console.log(`${passed} passed, ${complaints.length} failed`);
if (complaints.length > 0) process.exit(1);
