import type { ConfigState, ConfigStatus, ExportConfig } from '$lib/api';

/** What the table can be sorted by. */
export type SortKey = 'region' | 'period' | 'next' | 'state' | 'storage';

/** How the table is sorted. */
export interface Sort {
  key: SortKey;
  descending: boolean;
}

/** How the list is narrowed and sorted: what stands in its address. */
export interface ListView {
  text: string;
  state: ConfigState | 'all';
  sort: Sort;
}

const SORT_KEYS: readonly SortKey[] = ['region', 'period', 'next', 'state', 'storage'];
const STATES: readonly ConfigState[] = ['active', 'scheduled', 'paused', 'ended'];

/** Reads the view that an address asks for; what it doesn't say, or says wrongly, is as at the start. */
export function readView(query: string): ListView {
  const parameters = new URLSearchParams(query);
  const sort = parameters.get('sort') ?? '';
  const key = sort.replace(/^-/u, '');
  return {
    text: parameters.get('find') ?? '',
    state: STATES.find((state) => state === parameters.get('state')) ?? 'all',
    sort: {
      key: SORT_KEYS.find((one) => one === key) ?? 'region',
      descending: SORT_KEYS.some((one) => one === key) && sort.startsWith('-'),
    },
  };
}

/** Writes a view as the query of an address; empty for the view at the start. */
export function writeView({ text, state, sort }: ListView): string {
  const parameters = new URLSearchParams();
  if (text !== '') parameters.set('find', text);
  if (state !== 'all') parameters.set('state', state);
  const written = `${sort.descending ? '-' : ''}${sort.key}`;
  if (written !== 'region') parameters.set('sort', written);
  return parameters.toString();
}

/** One line of the table: a config and how it is doing, where the daemon said so. */
export interface ConfigRow {
  config: ExportConfig;
  status: ConfigStatus | null;
}

const STATE_ORDER: Record<ConfigState, number> = { active: 0, scheduled: 1, paused: 2, ended: 3 };

/** Joins configs with what the daemon's status says of each. */
export function joinStatus(configs: readonly ExportConfig[], statuses: readonly ConfigStatus[]): ConfigRow[] {
  const byId = new Map(statuses.map((status) => [status.config_id, status]));
  return configs.map((config) => ({ config, status: byId.get(config.id) ?? null }));
}

/** Returns the rows whose region, inputs, storage or prefix contain `text`, and whose state is `state`. */
export function filterRows(
  rows: readonly ConfigRow[],
  text: string,
  state: ConfigState | 'all',
): ConfigRow[] {
  const wanted = text.trim().toLowerCase();
  return rows.filter(({ config }) => {
    if (state !== 'all' && config.state !== state) return false;
    const { output_region, input_regions, storage_target, path_prefix } = config.fields;
    return [output_region, ...input_regions, storage_target, path_prefix].some((part) =>
      part.toLowerCase().includes(wanted),
    );
  });
}

/** Returns the rows in order; equal ones by output region, so that the order never jumps on a refresh. */
export function sortRows(rows: readonly ConfigRow[], sort: Sort): ConfigRow[] {
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort(
    (a, b) =>
      sign * compare(value(a, sort.key), value(b, sort.key)) ||
      compare(a.config.fields.output_region, b.config.fields.output_region) ||
      compare(a.config.id, b.config.id),
  );
}

function value({ config, status }: ConfigRow, key: SortKey): string | number {
  switch (key) {
    case 'region':
      return config.fields.output_region;
    case 'period':
      return config.fields.period_minutes;
    case 'next':
      // A config with no next window comes after all that have one.
      return status?.next_due_at == null || config.state === 'paused'
        ? Number.MAX_SAFE_INTEGER
        : Date.parse(status.next_due_at);
    case 'state':
      return STATE_ORDER[config.state];
    case 'storage':
      return `${config.fields.storage_target}/${config.fields.path_prefix}`;
  }
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en');
}

/** Returns the sort after a click on a column: the same column turns round, another one starts ascending. */
export function nextSort(sort: Sort, key: SortKey): Sort {
  return { key, descending: sort.key === key && !sort.descending };
}
