import type { CommandError } from './api';
import { t } from './i18n';
import type { ErrorText } from './i18n/en/errors';

/** Returns how an error reads, by its code: the table has every code that Rust has, or the types don't fit. */
export function errorText(error: CommandError): ErrorText {
  return t.errors[error.code];
}
