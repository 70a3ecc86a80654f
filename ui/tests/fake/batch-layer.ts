/** What the recorded daemon answers about batches. */
import { countBatches } from '../../src/features/batches/calendar';
import type { Batch, BatchFilter, Message } from '../../src/lib/api';
import type { Commands } from '../../src/lib/commands';
import * as data from './data';
import { manyBatches, manyDays } from './many-batches';
import { awaitingBatch } from './signing-desk';
import { at } from './time';
import { answer, byId, variantNow } from './variant';
import { damaged, reportOf } from './verification';

const noAnswer: Message = {
  code: 'storage.writing',
  params: { target: 'cdn-primary', path: 'mag/index.txt', cause: 'no answer within 30 s' },
};

/** The newest batch of MAG waits for a signature, or is being made. */
function batches(): Batch[] {
  const [newest, ...older] = data.batches as [Batch, ...Batch[]];
  return [variantNow() === 'running' ? running(newest) : awaitingBatch, ...older.map(withHistory)];
}

const running = (batch: Batch): Batch => ({
  ...batch,
  attempts: 2,
  history: [
    { attempt: 1, at: at(-0.1), error: 'the English of storage.writing', error_message: noAnswer },
    {
      attempt: 2,
      at: at(-0.01),
      error: 'the daemon stopped before this attempt ended',
      error_message: { code: 'batch.unfinished', params: {} },
    },
  ],
  progress: { step: 'signing', files: 4, files_done: 2 },
});

/** The attempts that a batch's fields speak of: all but the last failed, each after a longer pause. */
function withHistory(batch: Batch): Batch {
  const due = at(2.03, batch.window_end);
  const error = batch.error ?? 'the English of storage.writing';
  const error_message = batch.error_message ?? noAnswer;
  const history = Array.from({ length: batch.attempts }, (_, i) => ({
    attempt: i + 1,
    at: at((2 ** i - 1) / 30, due),
    ...(batch.state === 'failed' || i + 1 < batch.attempts
      ? { error, error_message }
      : { error: null, error_message: null }),
  }));
  return { ...batch, history };
}

/** Those whose pages were looked at: the newest with their attempts. */
export const keptBatches = (): Batch[] => batches().slice(0, 10);

const bare = (batch: Batch): Batch => ({ ...batch, history: [] });

type BatchCommands = Pick<
  Commands,
  'listBatches' | 'batchDays' | 'getBatch' | 'retryBatch' | 'regenerateBatch' | 'downloadFile' | 'verifyFile'
>;

const PAGE = 100;

function page(filter: BatchFilter, cursor: string | null) {
  const { from, until } = filter;
  const all = variantNow() === 'many' ? manyBatches(data.configs, from, until) : batches().map(bare);
  const fitting = all.filter(
    (batch) =>
      (!filter.config_id || batch.config_id === filter.config_id) &&
      (!filter.state || batch.state === filter.state) &&
      (!from || batch.window_end > from) &&
      (!until || batch.window_start < until),
  );
  const next = Number(cursor ?? 0) + PAGE;
  return {
    items: fitting.slice(next - PAGE, next),
    next_cursor: next < fitting.length ? String(next) : null,
  };
}

export const batchLayer: BatchCommands = {
  listBatches: (filter, cursor) =>
    answer(
      () => page(filter, cursor),
      () => ({ items: [], next_cursor: null }),
    ),
  batchDays: () =>
    answer(
      () => (variantNow() === 'many' ? manyDays(data.configs) : countBatches(batches())),
      () => [],
    ),
  getBatch: (id) =>
    answer(() => byId(variantNow() === 'many' ? manyBatches(data.configs, null, null) : batches(), id)),
  retryBatch: (id) => answer(() => ({ ...byId(batches(), id), state: 'open' as const })),
  regenerateBatch: (id) => answer(() => byId(batches(), id)),
  downloadFile: (batchId, fileId) =>
    answer(() => {
      const { path, size_bytes } = byId(byId(batches(), batchId).files, fileId);
      return { path: `~/Downloads/${path.replaceAll('/', '-')}`, size_bytes };
    }),
  verifyFile: (batchId, fileId) =>
    answer(() => {
      const { files, output_region } = byId(batches(), batchId);
      const report = reportOf(byId(files, fileId), output_region);
      return variantNow() === 'damaged' ? damaged(report) : report;
    }),
};
