/** Why something can't be done with a signing key. */
import type { AreaTexts } from '../../message-texts';

export const not_to_send: AreaTexts<'not_to_send'> = {
  revoked: ({ key }) => `${key} was revoked for good; nobody should be sent it`,
  ended: ({ key }) => `${key} signs no more; what is sent is the key that took over`,
  first: ({ key }) =>
    `${key} doesn’t sign yet. Its files may be made already; attach it to its export configs before they are sent`,
  'does-not-sign': ({ key }) =>
    `${key} doesn’t sign yet. Phones that get it early would find no signature of it, so it is sent only once it signs in every config`,
  missing: ({ key, regions, signers }) =>
    `${key} doesn’t sign in ${regions} yet, unlike ${signers}. It is sent only once every file there carries its signature`,
};
