import type { MessageTexts } from '../../message-texts';
import { batch, not_live, sign, storage, token } from './batches';
import { client, step, tls } from './connection';
import { desk, term } from './desk';
import { allowed, field, fields, found, refused, wanted } from './fields';
import { archive, der, flaw, name, open, rule, signature, tek } from './files';
import { keychain } from './keychain';
import { not_to_send } from './keys';

export const messages: MessageTexts = {
  allowed,
  archive,
  batch,
  client,
  der,
  desk,
  field,
  fields,
  flaw,
  found,
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
