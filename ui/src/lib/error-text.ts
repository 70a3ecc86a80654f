import type { CommandError } from './api';
import { t } from './i18n';
import type { ErrorText } from './i18n/en/errors';

/** Returns how an error reads: by its code from the table, else in the words it came with. */
export function errorText(error: CommandError): ErrorText {
  return (
    (t.errors as Record<string, ErrorText>)[error.code] ?? {
      title: error.title || t.common.refusedTitle,
      sentence: '',
      next: error.next_step,
    }
  );
}
