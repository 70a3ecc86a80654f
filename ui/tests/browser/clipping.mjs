/** Text that can't be read whole as the page is: cut off, run out of what it stands in, or lying over other text. */

/** Runs in the page; returns what is wrong with it, in words. */
export function clippedInPage() {
  const found = new Set();
  const say = (text) => `“${text.trim().replaceAll(/\s+/g, ' ').slice(0, 50)}”`;
  // Something that lies on top takes the page's place until it is closed.
  const stage = document.querySelector('[role="dialog"]') ?? document.body;
  const styles = new Map();
  const styleOf = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  const isClear = (colour) => colour === 'transparent' || / 0\)$/.test(colour);
  const isFramed = (style) =>
    !isClear(style.backgroundColor) ||
    (parseFloat(style.borderLeftWidth) > 0 && parseFloat(style.borderRightWidth) > 0);

  /** What of a piece of text shows, once everything around it has cut its part off; says what is lost for good. */
  function shownOf(text, box, element) {
    let { left, right, top, bottom } = box;
    let framed = false;
    let floats = false;
    for (let around = element; around && around !== document.documentElement; around = around.parentElement) {
      const style = styleOf(around);
      const frame = around.getBoundingClientRect();
      const inline = style.display === 'inline';
      const told = around.title.includes(text.trim()) || element.title.includes(text.trim());
      const cuts = /hidden|clip/.test(style.overflowX) && !inline;
      // Where a text ends in an ellipsis, that is before the padding.
      const edge = frame.right - (style.textOverflow === 'ellipsis' ? parseFloat(style.paddingRight) : 0);
      if (cuts && !told && (right > edge + 1 || left < frame.left - 1))
        found.add(`${say(text)} is cut off by ${around.localName}.${around.className}`);
      if (
        /hidden|clip/.test(style.overflowY) &&
        !inline &&
        (bottom > frame.bottom + 3 || top < frame.top - 3)
      )
        if (!told) found.add(`${say(text)} is cut off below by ${around.localName}.${around.className}`);
      const scrolls = /auto|scroll/.test(style.overflowX);
      // The first frame that is drawn around a text has to hold it.
      if (!framed && !inline && !scrolls && isFramed(style)) {
        framed = true;
        if (!cuts && (right > frame.right + 1 || left < frame.left - 1))
          found.add(`${say(text)} runs out of ${around.localName}.${around.className}`);
      }
      if (scrolls) framed = true;
      if (/sticky|fixed/.test(style.position)) floats = true;
      if (style.overflowX !== 'visible' && !inline) {
        [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
        [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
      }
    }
    return right - left > 2 && bottom - top > 2
      ? { text, element, left, right, top, bottom, floats }
      : undefined;
  }

  const pieces = [];
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === '' || element.closest('.visually-hidden, .skip, select, textarea')) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width === 0) continue;
      const shown = shownOf(node.data, box, element);
      if (shown !== undefined) pieces.push(shown);
    }
  }

  pieces.sort((a, b) => a.top - b.top);
  for (const [i, one] of pieces.entries()) {
    for (let k = i + 1; k < pieces.length && pieces[k].top < one.bottom - 4; k += 1) {
      const other = pieces[k];
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      // Lines of text may touch, and what stays in place lies over what is scrolled under it.
      if (across > 2 && down > 6 && !one.floats && !other.floats && one.element !== other.element)
        found.add(`${say(one.text)} lies over ${say(other.text)}`);
    }
  }

  for (const select of stage.querySelectorAll('select, input:not([type=checkbox], [type=radio])')) {
    if (select.scrollWidth > select.clientWidth + 1 && select.localName === 'select')
      found.add(`the choice ${say(select.selectedOptions[0]?.text ?? '')} is cut off`);
    const hint = select.placeholder;
    if (hint && select.value === '' && select.scrollWidth > select.clientWidth + 1)
      found.add(`the hint ${say(hint)} is cut off`);
  }
  return [...found];
}
