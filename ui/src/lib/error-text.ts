import type { CommandError } from './api';
import { t } from './i18n';
import type { ErrorText } from './i18n/en/errors';
import { saidPlainly } from './messages';

/** Returns how an error reads, by its code: the table has every code that Rust has, or the types don't fit. */
export function errorText(error: CommandError): ErrorText {
  return t.errors[error.code];
}

/** What happened this time, for a place that takes a plain text only, such as a toast. */
export function errorDetail(error: CommandError): string {
  return error.detail === '' ? errorText(error).title : saidPlainly(error.message, error.detail);
}
