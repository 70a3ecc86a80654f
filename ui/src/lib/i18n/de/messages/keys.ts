/** Warum mit einem Signaturschlüssel etwas nicht geht. */
import type { AreaTexts } from '../../message-texts';

export const not_to_send: AreaTexts<'not_to_send'> = {
  revoked: ({ key }) => `${key} ist endgültig widerrufen; niemand sollte ihn erhalten`,
  ended: ({ key }) => `${key} signiert nicht mehr; versendet wird der Schlüssel, der ihn abgelöst hat`,
  first: ({ key }) =>
    `${key} signiert noch nicht. Seine Dateien dürfen schon erstellt werden; versendet werden sie erst, wenn er in seinen Exportkonfigurationen signiert`,
  'does-not-sign': ({ key }) =>
    `${key} signiert noch nicht. Smartphones, die ihn früh erhalten, fänden keine Signatur von ihm; versendet wird er erst, wenn er in jeder Konfiguration signiert`,
  missing: ({ key, regions, signers }) =>
    `${key} signiert noch nicht in ${regions}, wo ${signers} es tut. Versendet wird er erst, wenn dort jede Datei seine Signatur trägt`,
};
