/** What the daemon and Rust say with a code, worded in the language in use. */
import type { Message } from './api';
import { asSentence, formatCount, utcFull, withReadableTimes } from './format';
import { t } from './i18n';

/** What is shown of a message. */
export interface Said {
  text: string;
  /** The language of the text, where it is another than that of the page. */
  lang?: 'en';
  /** What a library or another machine said, quoted as it came: English, as a rule. */
  cause?: string;
}

type Words = string | ((values: Record<string, string>) => string);
type Value = NonNullable<Message['params']>[string];

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** A code of which this console has no text, or of a text that asks for a value which didn't come. */
class Unworded extends Error {}

/**
 * Says a message in the language in use. One that this console has no words for, because the daemon is newer or gives
 * no code yet, keeps its English.
 */
export function said(message: Message | null | undefined, english: string): Said {
  try {
    if (message) return worded(message);
  } catch (thrown) {
    if (!(thrown instanceof Unworded)) throw thrown;
  }
  return { text: asSentence(withReadableTimes(english)), lang: 'en' };
}

/** The same for a place that takes a plain text only, such as a toast. */
export function saidPlainly(message: Message | null | undefined, english: string): string {
  const { text, cause } = said(message, english);
  return cause === undefined ? text : `${text} ${cause}`;
}

function worded({ code = '', params = {} }: Message): Said {
  const causes = typeof params.cause === 'string' && params.cause !== '' ? [asSentence(params.cause)] : [];
  const values = new Proxy(params, {
    get: (target, name) => {
      if (typeof name !== 'string' || !Object.hasOwn(target, name)) throw new Unworded();
      return valueText(target[name], causes);
    },
  }) as unknown as Record<string, string>;
  const words = wordsOf(code);
  const text = asSentence(typeof words === 'string' ? words : words(values));
  return causes.length > 0 ? { text, cause: causes.join(' ') } : { text };
}

function wordsOf(code: string): Words {
  const [area = '', name = ''] = code.split('.', 2);
  const areas = t.messages as unknown as Record<string, Record<string, Words>>;
  const texts = Object.hasOwn(areas, area) ? areas[area] : undefined;
  const words = texts && Object.hasOwn(texts, name) ? texts[name] : undefined;
  if (words === undefined) throw new Unworded();
  return words;
}

/** A value as it stands in a sentence. What a sentence within it quotes is added to `causes`. */
function valueText(value: Value | undefined, causes: string[]): string {
  if (typeof value === 'number') return value < 0 ? `−${formatCount(-value)}` : formatCount(value);
  if (typeof value === 'string') return TIME.test(value) ? utcFull(value) : value;
  if (Array.isArray(value)) return value.map((one) => valueText(one, causes)).join(', ');
  if (!value || !('code' in value)) return '';
  const { text, cause } = worded(value as Message);
  if (cause !== undefined) causes.push(cause);
  return text.replace(/\.$/, '');
}
