/** The arrow keys on the timeline: along a line, and to the same time on the next one. */

const SEGMENTS = '[data-start]';

/** Returns the segment that a key leads to from the one that has the focus; undefined where there is none. */
export function neighbour(from: EventTarget | null, key: string): HTMLElement | undefined {
  const segment = (from as HTMLElement | null)?.closest<HTMLElement>(SEGMENTS);
  const lane = segment?.closest<HTMLElement>('[data-lane]');
  if (!segment || !lane) return undefined;
  const own = [...lane.querySelectorAll<HTMLElement>(SEGMENTS)];
  const place = own.indexOf(segment);
  switch (key) {
    case 'ArrowLeft':
      return own[place - 1];
    case 'ArrowRight':
      return own[place + 1];
    case 'ArrowUp':
    case 'ArrowDown':
      return nearest(nextLane(lane, key === 'ArrowDown'), Number(segment.dataset.start));
    default:
      return undefined;
  }
}

/** The next line that has anything. */
function nextLane(lane: HTMLElement, down: boolean): HTMLElement | undefined {
  let next: Element | null = lane;
  do {
    next = down ? next.nextElementSibling : next.previousElementSibling;
  } while (next !== null && next.querySelector(SEGMENTS) === null);
  return (next as HTMLElement | null) ?? undefined;
}

function nearest(lane: HTMLElement | undefined, start: number): HTMLElement | undefined {
  const away = (segment: HTMLElement) => Math.abs(Number(segment.dataset.start) - start);
  const all = [...(lane?.querySelectorAll<HTMLElement>(SEGMENTS) ?? [])];
  return all.length === 0 ? undefined : all.reduce((a, b) => (away(b) < away(a) ? b : a));
}
