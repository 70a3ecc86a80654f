/** What of a page is lost at 200%: what scrolls sideways, and controls that can't be brought into view whole. */

/** Windows as they are at 200%, in CSS pixels: half of 1280 × 860, and of the smallest that there is (880 × 560). */
export const ZOOMED = [
  { width: 640, height: 430 },
  { width: 440, height: 280 },
];

/** Runs in the page; returns what is wrong with it, in words. */
export function lostInPage() {
  const CONTROLS = 'a[href], button, input, select, textarea, summary, [role="option"]';
  const found = [];
  const named = (element) => {
    const id = element.closest('[data-testid]')?.dataset.testid;
    const text = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40);
    return `${element.localName}${id ? `[data-testid=${id}]` : ''} “${text}”`;
  };
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  // Something that lies on top takes the page's place until it is closed.
  const stage = document.querySelector('[role="dialog"]') ?? document.body;

  for (const element of [document.documentElement, ...document.querySelectorAll('body *')]) {
    const sideways = element.scrollWidth > element.clientWidth + 1;
    const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX) || element.localName === 'html';
    // Tables and codes may scroll in a region of their own (WCAG 2.2, 1.4.10), which the keyboard reaches.
    if (sideways && scrolls && !element.matches('[role="region"][tabindex="0"]'))
      found.push(`${named(element)} scrolls sideways: ${element.scrollWidth} in ${element.clientWidth} px`);
  }

  for (const control of stage.querySelectorAll(CONTROLS)) {
    if (!isShown(control) || control.classList.contains('skip')) continue;
    control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = control.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    // On a strip of time a thing is as wide as it lasts; it is scrolled through.
    const inStrip = box.width > innerWidth && control.closest('[role="region"][tabindex="0"]') !== null;
    if (!inStrip && (box.left < -1 || box.right > innerWidth + 1))
      found.push(`${named(control)} reaches over the window's edge`);
    if (
      control.matches('button, a') &&
      control.scrollWidth > control.clientWidth + 1 &&
      control.clientWidth > 0
    )
      found.push(`${named(control)} cuts off its own text`);
    const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2];
    const on = document.elementFromPoint(x, y);
    if (
      on === null ||
      !(control.contains(on) || on.contains(control) || on.closest('label')?.control === control)
    )
      found.push(`${named(control)} lies under ${on === null ? 'nothing that shows' : named(on)}`);
  }
  return found;
}
