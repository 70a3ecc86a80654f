/** What the daemon and Rust say with a code, worded by it: a code that Rust has and this table lacks fails the type check. */
import type { MessageTexts } from '../../message-texts';
import { batch, not_live, sign, storage, token } from './batches';
import { client, step, tls } from './connection';
import { console, key_trouble } from './console';
import { desk, term } from './desk';
import { allowed, field, fields, found, wanted } from './fields';
import { archive, der, flaw, name, open, rule, signature, tek } from './files';
import { keychain } from './keychain';
import { end, key, key_allowed, key_field } from './key-refusals';
import { not_to_send } from './keys';
import { batch_refused, refused } from './refusals';

export const messages: MessageTexts = {
  allowed,
  archive,
  batch,
  batch_refused,
  client,
  console,
  der,
  desk,
  end,
  field,
  fields,
  flaw,
  found,
  key,
  key_allowed,
  key_field,
  key_trouble,
  keychain,
  name,
  not_live,
  not_to_send,
  open,
  refused,
  rule,
  sign,
  signature,
  step,
  storage,
  tek,
  term,
  tls,
  token,
  wanted,
};
