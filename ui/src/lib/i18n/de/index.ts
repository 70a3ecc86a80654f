/**
 * German, as a public authority writes: impersonal, without "du" and, where it can be, without "Sie"; buttons in the
 * infinitive. One word a thing, in every table:
 *
 * | English | German |
 * |---|---|
 * | export config | Exportkonfiguration |
 * | window; period | Zeitfenster; Periode |
 * | batch | Stapel |
 * | export file; index | Exportdatei; Index |
 * | key (of a phone); generated key | Schlüssel; erzeugter Schlüssel |
 * | released; revised; held over; padded | veröffentlicht; geändert; zurückgestellt; aufgefüllt |
 * | regenerate; retry | neu erzeugen; wiederholen |
 * | expired; superseded | ausgelaufen; ersetzt |
 * | retention | Aufbewahrungsfrist |
 * | phone; traveler | Smartphone; Reisende |
 * | signing key; sealing key | Signaturschlüssel; Versiegelungsschlüssel |
 * | public half; private half | öffentlicher Teil; privater Teil |
 * | generated; introduced; active; retiring; retired; revoked | erzeugt; eingeführt; aktiv; auslaufend; ausgemustert; widerrufen |
 * | rotation; predecessor; successor | Schlüsselwechsel; Vorgänger; Nachfolger |
 * | custody; hand over | Verwahrung; übergeben |
 * | backup; passphrase | Sicherung; Passphrase |
 * | keychain; fingerprint | Schlüsselbund; Fingerabdruck |
 * | enrolment code; join; leave | Registrierungscode; verbinden; verlassen |
 * | storage target; path prefix | Speicherziel; Pfadpräfix |
 * | health authority; region | Gesundheitsbehörde; Region |
 * | paused; resume; ended | angehalten; fortsetzen; beendet |
 * | needs a person | Handlungsbedarf |
 * | audit log; log | Audit-Protokoll; Log |
 * | viewer, operator, admin, security officer, ingest | Lesezugriff, Betrieb, Administration, Sicherheitsbeauftragte, Einlieferung |
 * | daemon; console | Daemon (der); Konsole |
 *
 * Times and lengths are put so that no ending depends on them ("vor 2 d", "am 23.11."), and no sentence ends with a
 * day, whose full stop would double.
 */
import type { Texts } from '..';
import { attention } from './attention';
import { audit } from './audit';
import { batches } from './batches';
import { common } from './common';
import { enrol } from './enrol';
import { errors } from './errors';
import { exportConfigs } from './export-configs';
import { findAKey } from './find-a-key';
import { format } from './format';
import { keyLife } from './key-life';
import { messages } from './messages';
import { overview } from './overview';
import { people } from './people';
import { compromise, rotation } from './rotation';
import { settings } from './settings';
import { shell } from './shell';
import { signingKeys } from './signing-keys';
import { signingDesk } from './signing-desk';
import { storage } from './storage';
import { viewer } from './viewer';

export const de: Texts = {
  attention,
  audit,
  batches,
  compromise,
  common,
  enrol,
  errors,
  exportConfigs,
  findAKey,
  format,
  keyLife,
  messages,
  overview,
  people,
  rotation,
  settings,
  shell,
  signingKeys,
  signingDesk,
  storage,
  viewer,
};
