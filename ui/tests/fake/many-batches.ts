/**
 * Ten thousand batches of three configs over ten weeks, as the variant `many` has them. Made when they are asked for,
 * from their number alone.
 */
import type { Batch, BatchState, ConfigDays, ExportConfig, ExportFile } from '../../src/lib/api';
import { at, digest, id, NOW } from './time';

const DAY_HOURS = 24;
export const DAYS = 69;
/** The newest whole day. */
const LAST_DAY = '2026-11-22T00:00:00Z';
/** Batches a day of each config: every 15 minutes, every half hour, and once. */
const A_DAY = [96, 48, 1];

const stateOf = (config: number, day: number, n: number): BatchState => {
  if (day > 14) return 'expired';
  return (day * 7 + n * 3 + config) % 211 === 5 ? 'superseded' : 'complete';
};

/** One config's batches of a day, newest first; `day` counts back from the newest. */
function batchesOf(config: ExportConfig, place: number, day: number): Batch[] {
  const count = A_DAY[place] ?? 1;
  const hours = DAY_HOURS / count;
  return Array.from({ length: count }, (_, i) => {
    const start = at(-day * DAY_HOURS + (count - 1 - i) * hours, LAST_DAY);
    return batchOf(config, start, at(hours, start), stateOf(place, day, i), place * 1e7 + day * 1e3 + i);
  });
}

function batchOf(config: ExportConfig, start: string, end: string, state: BatchState, n: number): Batch {
  const keys = 1_000 + ((n * 7_919) % 4_000);
  return {
    id: id(1_000_000 + n),
    config_id: config.id,
    output_region: config.fields.output_region,
    window_start: start,
    window_end: end,
    state,
    attempts: 1,
    error: null,
    next_attempt_at: null,
    completed_at: at(2.05, end),
    counts: {
      received: keys,
      from_earlier: 0,
      new_keys: keys,
      revised_keys: 0,
      generated: 0,
      embargoed: 0,
      left_out: [],
    },
    files: [fileOf(config, start, end, keys, n)],
    generation: 0,
    awaiting: null,
    history: [],
    progress: null,
  };
}

function fileOf(config: ExportConfig, start: string, end: string, keys: number, n: number): ExportFile {
  const unix = (time: string) => Date.parse(time) / 1_000;
  return {
    id: id(2_000_000 + n),
    path: `${config.fields.path_prefix}/${unix(start)}-${unix(end)}-00001.zip`,
    url: null,
    start_timestamp: start,
    end_timestamp: end,
    keys,
    revised_keys: 0,
    size_bytes: keys * 17 + 460,
    sha256: digest(n),
    signed_by: [{ key_id: '310', key_version: 'v2' }],
    published_at: at(2.03, end),
    withdrawn_at: null,
    deleted_at: null,
  };
}

/** How many batches each config has on each day, by state. */
export function manyDays(configs: readonly ExportConfig[]): ConfigDays[] {
  return configs.slice(0, A_DAY.length).map((config, place) => ({
    config_id: config.id,
    output_region: config.fields.output_region,
    days: Array.from({ length: DAYS }, (_, day) => {
      const states = Array.from({ length: A_DAY[place] ?? 1 }, (_, n) => stateOf(place, day, n));
      return {
        day: at(-day * DAY_HOURS, LAST_DAY),
        states: [...new Set(states)].map((state) => ({
          state,
          batches: states.filter((other) => other === state).length,
        })),
      };
    }),
  }));
}

/** The batches of a stretch of time, newest first, as the daemon orders them. */
export function manyBatches(
  configs: readonly ExportConfig[],
  from: string | null,
  until: string | null,
): Batch[] {
  const [after, before] = [Date.parse(from ?? at(-1e5)), Date.parse(until ?? NOW)];
  const days = Array.from({ length: DAYS }, (_, day) => day).filter((day) => {
    const start = Date.parse(at(-day * DAY_HOURS, LAST_DAY));
    return start < before && start + DAY_HOURS * 3_600_000 > after;
  });
  return days
    .flatMap((day) =>
      configs.slice(0, A_DAY.length).flatMap((config, place) => batchesOf(config, place, day)),
    )
    .filter((batch) => Date.parse(batch.window_end) > after && Date.parse(batch.window_start) < before)
    .sort((a, b) => b.window_end.localeCompare(a.window_end) || b.id.localeCompare(a.id));
}
