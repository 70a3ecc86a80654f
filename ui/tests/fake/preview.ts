/** What a daemon would say of a draft: enough of its rules for every state of the form to be seen. */
import type {
  ConfigPreview,
  ExportConfigDraft,
  FieldProblem,
  LoadEstimate,
  Message,
} from '../../src/lib/api';
import { at, configs, NOW } from './data';
import { variantNow } from './variant';

const LIMITS = { ios_limit: 15, android_limit: 20 };
const REGION = /^[A-Z0-9]+(-[A-Z0-9]+)*$/iu;
const PREFIX = /^[a-z0-9_-]+(\/[a-z0-9_-]+)*$/u;

/** Answers a preview; `configId` is the config being edited. What is known in spite of a refusal is said. */
export function preview(fields: ExportConfigDraft, configId: string | null): ConfigPreview {
  const problems = problemsOf(fields, configId);
  const regionsFit = !problems.some(({ field }) => field.includes('region'));
  return {
    problems,
    warnings: [],
    windows: windows(fields),
    files_a_day: 1_440 / fields.period_minutes,
    ...LIMITS,
    load: regionsFit && variantNow() !== 'empty' ? load(fields) : null,
  };
}

/** Some regions have keys; a padded config fills its windows up. */
function load(fields: ExportConfigDraft): LoadEstimate {
  const windows = 1_440 / fields.period_minutes;
  const keys = fields.output_region.toUpperCase().startsWith('MAG') ? 14_200 : 0;
  const minimum = fields.small_batch.policy === 'pad' ? fields.small_batch.minimum : 0;
  const generated = keys === 0 ? 0 : Math.max(0, minimum - Math.ceil(keys / windows)) * windows;
  const aWindow = Math.ceil((keys + generated) / windows);
  const files = windows * Math.ceil(aWindow / fields.max_records_per_file);
  return {
    days: 14,
    keys_a_day: keys,
    generated_a_day: generated,
    files_a_day: files,
    bytes_a_day: Math.ceil((keys + generated) * 20.9) + files * 700,
  };
}

/** A field's problem as a daemon says it; the pages go by the codes. */
export const problem = (field: string, message: Message, allowed_message: Message): FieldProblem => ({
  field,
  reason: `the English of ${message.code}`,
  allowed: `the English of ${allowed_message.code}`,
  ...message,
  allowed_message,
});

function problemsOf(fields: ExportConfigDraft, configId: string | null): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const refuse = (field: string, reason: string, params: Message['params'], allowed: string) =>
    problems.push(problem(field, { code: reason, params }, { code: `allowed.${allowed}`, params: {} }));
  if (fields.output_region === '') refuse('output_region', 'name.empty', {}, 'region');
  else if (!REGION.test(fields.output_region)) refuse('output_region', 'name.hyphen', {}, 'region');
  if (!PREFIX.test(fields.path_prefix))
    refuse('path_prefix', 'field.no-prefix', { text: fields.path_prefix }, 'prefix');
  const other = configs.find(
    ({ id, fields: { path_prefix } }) => id !== configId && path_prefix === fields.path_prefix,
  );
  if (other !== undefined)
    refuse('path_prefix', 'field.prefix-taken', { prefix: fields.path_prefix }, 'new-prefix');
  const before = configs.find(({ id }) => id === configId);
  if (before && before.windows_through !== null) {
    const fixed = {
      path_prefix: 'prefix-fixed',
      storage_target: 'target-fixed',
      valid_from: 'start-fixed',
    } as const;
    for (const field of ['path_prefix', 'storage_target', 'valid_from'] as const)
      if (fields[field] !== before.fields[field])
        problems.push(
          problem(
            field,
            { code: `field.${fixed[field]}`, params: {} },
            { code: 'allowed.exactly', params: { value: before.fields[field] } },
          ),
        );
  }
  if (fields.storage_target === '') refuse('storage_target', 'field.no-target', {}, 'target');
  if (fields.signing_key_ids.length === 0) refuse('signing_key_ids', 'field.no-key', {}, 'keys');
  if (fields.valid_through !== null && fields.valid_through <= fields.valid_from)
    refuse('valid_through', 'field.end-before-start', {}, 'after-start');
  return problems;
}

function windows({ period_minutes, valid_from }: ExportConfigDraft): ConfigPreview['windows'] {
  const hours = period_minutes / 60;
  const running = Math.floor(Date.parse(NOW) / (hours * 3_600_000)) * hours * 3_600_000;
  const first = at(0, new Date(Math.max(running, Date.parse(valid_from))).toISOString());
  return Array.from({ length: 24 / hours }, (_, i) => {
    const start = at(i * hours, first);
    return { start, end: at(hours, start), due_at: at(hours + 2, start) };
  });
}
