/** What the log is narrowed to. It stands in the address, so that it can be linked to and survives a look elsewhere. */
import type { AuditFilter, AuditResult } from '$lib/api';
import { parseUtc } from '$lib/utc-text';

/** How an act ended, in the order in which the filter offers it. */
export const RESULTS: readonly AuditResult[] = ['ok', 'failed', 'unknown'];

const HOUR_MS = 3_600_000;

/** Stretches of time that end now, in milliseconds. */
const SPANS = { day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS, month: 30 * 24 * HOUR_MS } as const;

/** A stretch that ends now, or one between two instants. */
export type Time = keyof typeof SPANS | 'between';

export const TIMES: readonly Time[] = ['day', 'week', 'month', 'between'];

/** Each is empty where nothing is left out. */
export interface ChosenEntries {
  /** A person's id, `local` or `daemon`. */
  actor: string;
  action: string;
  /** The kind of thing. */
  kind: string;
  /** The id of the thing. */
  object: string;
  result: AuditResult | '';
  time: Time | '';
  /** RFC 3339; counts where `time` is `between`. */
  from: string;
  /** RFC 3339, exclusive; counts where `time` is `between`. */
  until: string;
}

export const EVERYTHING: ChosenEntries = {
  actor: '',
  action: '',
  kind: '',
  object: '',
  result: '',
  time: '',
  from: '',
  until: '',
};

/** Reads the query of an address. What it doesn't know, or can't read, leaves nothing out. */
export function parseChosen(query: string): ChosenEntries {
  const given = new URLSearchParams(query);
  const text = (name: string) => given.get(name) ?? '';
  const instant = (name: string) => parseUtc(text(name)) ?? '';
  const [from, until] = [instant('from'), instant('until')];
  const time = TIMES.find((one) => one === text('time')) ?? '';
  return {
    actor: text('actor'),
    action: text('action'),
    kind: text('kind'),
    object: text('object'),
    result: RESULTS.find((one) => one === text('result')) ?? '',
    time: from !== '' || until !== '' ? 'between' : time,
    from,
    until,
  };
}

/** Writes the query of an address, always in the same order; empty where nothing is left out. */
export function toQuery(chosen: ChosenEntries): string {
  const query = new URLSearchParams();
  for (const name of Object.keys(EVERYTHING) as (keyof ChosenEntries)[]) {
    const instant = name === 'from' || name === 'until';
    if (chosen[name] !== '' && !(instant && chosen.time !== 'between')) query.set(name, chosen[name]);
  }
  return query.toString();
}

/** The filter as the daemon takes it; `now` in milliseconds since the epoch is where stretches end. */
export function toFilter(chosen: ChosenEntries, now: number): AuditFilter {
  const { time } = chosen;
  const since = time === '' || time === 'between' ? null : instantText(now - SPANS[time]);
  return {
    actor_id: chosen.actor || null,
    action: chosen.action || null,
    resource_kind: chosen.kind || null,
    resource_id: chosen.object || null,
    result: chosen.result || null,
    from: time === 'between' ? chosen.from || null : since,
    until: time === 'between' ? chosen.until || null : null,
  };
}

/** Whole seconds, as the API writes instants. */
function instantText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
