/**
 * The command layer of the builds for tests: recorded answers, in the variant that the address asks for
 * (`?variant=empty`). It never gets into the shipped bundle: vite.config.ts aliases it in for tests only.
 */
import type { Commands } from '../../src/lib/commands';
import { CommandFailure } from '../../src/lib/failure';
import type { ConfigImport, Connection, ExportConfig, LastKnown, Person, Role } from '../../src/lib/api';
import { countBatches } from '../../src/features/batches/calendar';
import { EVERYTHING, toFilter } from '../../src/features/audit/filter';
import { batchLayer, keptBatches } from './batch-layer';
import { everyAttention } from './attention';
import * as data from './data';
import { imported, importedElsewhere } from './config-files';
import { diagnostics } from './diagnostics';
import { keyLayer } from './key-layer';
import { lookUp } from './lookup';
import { lastOfficer } from './people';
import { preview } from './preview';
import * as records from './records';
import { rotationOf } from './rotation';
import * as desk from './signing-desk';
import { keychainLocked, targetsNow, testConnection, testStorage } from './trials';
import { damagedView, keylessView, view } from './verification';
import { answer, byId, variantNow } from './variant';

const page = <T>(items: T[]) => ({ items, next_cursor: null });

let joined: Connection | undefined;
/** Which daemon is shown: in the variants that show none, the one that was joined or gone to since. */
const shownNow = (): Connection => joined ?? (showsNone() ? data.notEnrolled : data.connection);
const showsNone = () => variantNow() === 'not-enrolled' || variantNow() === 'left-one';
function joinedNow(): Connection[] {
  if (variantNow() === 'left-one')
    return joined === data.connection ? [joined, data.stagingConnection] : [data.stagingConnection];
  if (variantNow() === 'not-enrolled') return joined ? [joined] : [];
  return [data.connection, data.stagingConnection];
}
/** Whether a log that isn't the one seen before was taken as the right one. */
let tookLog = false;

/** Whether somebody else saved the config meanwhile, in the variant that has it so. */
let saved = false;
const changedMeanwhile = new CommandFailure({
  code: 'changed-meanwhile',
  title: 'Somebody else changed this meanwhile',
  detail: 'Revision 3 is the newest; the edit began from revision 2.',
  next_step: '',
  problem: {
    type: 'urn:tekport:problem:changed-meanwhile',
    title: 'Somebody else changed this meanwhile',
    status: 412,
    detail: 'Revision 3 is the newest; the edit began from revision 2.',
    errors: [],
  },
});
const theirs = (config: ExportConfig): ExportConfig => ({
  ...config,
  revision: config.revision + 1,
  updated_at: data.at(-0.05),
  fields: { ...config.fields, max_records_per_file: 50_000, period_minutes: 360 },
});

/** What is kept of the daemon: nothing, but in the variant that is out of reach after a restart. */
function lastKnown(): LastKnown {
  const heard = <T>(value: T) => (variantNow() === 'kept' ? { at: data.at(-2.2), value } : null);
  return {
    status: heard(data.status),
    export_configs: heard(data.configs),
    batches: heard(page(data.batches)),
    signing_keys: heard(data.signingKeys),
    storage_targets: heard(data.storageTargets),
    batch_days: heard(countBatches(data.batches)),
    people: heard(data.people),
    audit: heard(records.listAudit(toFilter(EVERYTHING, 0), null)),
    audit_choices: heard(records.auditChoices),
    batch_pages: variantNow() === 'kept' ? keptBatches().map((value) => ({ at: data.at(-2.2), value })) : [],
    rotations:
      variantNow() === 'kept'
        ? data.signingKeys.map(({ key }) => ({ at: data.at(-2.2), value: rotationOf(key) }))
        : [],
  };
}

/** A file that can't be used, one of another daemon, or one with something of everything. */
function importedFile(): ConfigImport {
  if (variantNow() === 'damaged')
    throw new CommandFailure({
      code: 'config-file-version',
      title: 'This file can’t be used',
      detail: 'The file has version 2, and this console reads version 1.',
      next_step: '',
      problem: null,
    });
  return variantNow() === 'elsewhere' ? importedElsewhere : imported;
}

export const layer: Commands = {
  connection: () => {
    if (variantNow() === 'start-failed') return Promise.reject(keychainLocked);
    return Promise.resolve(shownNow());
  },
  inspectCode: (code) =>
    code.startsWith('tekport-enrol-1.')
      ? Promise.resolve({
          address: 'export.example.org:8443',
          ca_sha256: data.digest(99),
          expires_at: data.at(23.5),
        })
      : Promise.reject(
          new CommandFailure({
            code: 'code-invalid',
            title: 'This is no enrolment code',
            detail: 'An enrolment code starts with tekport-enrol-1.',
            next_step: 'Copy the whole line that the daemon printed.',
            problem: null,
          }),
        ),
  enrol: () => {
    joined = data.connection;
    return Promise.resolve(data.connection);
  },
  leaveDaemon: () => Promise.resolve(null),
  // The console knows its daemons by itself, whether one answers or not.
  listDaemons: () => Promise.resolve(joinedNow()),
  switchDaemon: (ca) =>
    answer(
      () => (joined = ca === data.stagingConnection.ca_sha256 ? data.stagingConnection : data.connection),
    ),
  markDaemon: (mark) =>
    answer(() => ({ ...data.connection, mark: mark.trim().toUpperCase() || data.connection.mark })),
  settings: () => answer(() => ({ language: null, notifications: 'urgent' as const, zoom: 100 })),
  pagesSpeak: () => Promise.resolve(null),
  pagesUsable: () => Promise.resolve(null),
  noteFailure: () => Promise.resolve(null),
  diagnostics: () => answer(() => diagnostics),
  saveSettings: () => answer(() => null),
  testConnection: () => answer(testConnection),
  me: () => answer(() => (variantNow() === 'viewer' ? data.viewer : data.me)),
  status: () =>
    answer(
      () => {
        const status = { ...data.status, key_lookup: variantNow() !== 'lookup-off' };
        if (variantNow() === 'skew') return { ...status, now: data.at(-0.2) };
        return variantNow() === 'attention' ? { ...status, attention: everyAttention } : status;
      },
      () => ({
        ...data.status,
        attention: [],
        configs: [],
        days: data.status.days.map((day) => ({ ...day, new_keys: 0, revised_keys: 0, generated: 0 })),
      }),
    ),
  keysPerBatch: (id) => answer(() => data.keysPerBatch(data.configs.find((one) => one.id === id))),
  lastKnown: () => Promise.resolve(lastKnown()),
  listExportConfigs: () =>
    answer(
      () => page(data.configs),
      () => page<ExportConfig>([]),
    ),
  getExportConfig: (id) => answer(() => (saved ? theirs(byId(data.configs, id)) : byId(data.configs, id))),
  createExportConfig: (fields) => answer(() => ({ ...data.configs[0]!, fields, revision: 1 })),
  updateExportConfig: (id, revision, fields) => {
    if (variantNow() === 'changed-meanwhile' && !saved) {
      saved = true;
      return Promise.reject(changedMeanwhile);
    }
    return answer(() => ({ ...byId(data.configs, id), fields, revision: revision + 1 }));
  },
  previewExportConfig: (fields, configId) => answer(() => preview(fields, configId)),
  pauseExportConfig: (id) => answer(() => ({ ...byId(data.configs, id), state: 'paused' as const })),
  resumeExportConfig: (id) => answer(() => ({ ...byId(data.configs, id), state: 'active' as const })),
  runExportConfig: (id) => answer(() => byId(data.configs, id)),
  saveConfigFile: (ids) =>
    answer(() => ({
      path: ids === null ? '~/Downloads/export-configs-magrathea.json' : '~/Downloads/export-config-mag.json',
    })),
  chooseConfigFile: () => Promise.resolve('~/Downloads/export-configs-magrathea.json'),
  inspectConfigFile: () => answer(importedFile),
  ...keyLayer,
  acceptSealingKey: () => answer(() => data.connection),
  listStorageTargets: () =>
    answer(
      () => targetsNow(),
      () => [],
    ),
  testStorageTarget: (name) => answer(() => testStorage(name)),
  listPeople: () =>
    answer(
      () => data.people,
      () => [] as Person[],
    ),
  invitePerson: (name, roles) =>
    answer(() => ({
      person: { ...data.people[3]!, name, roles: roles as Role[] },
      code: `tekport-enrol-1.${btoa(data.digest(3) + data.digest(4))}`,
      expires_at: data.at(72),
    })),
  revokePerson: (id) => answer(() => ({ ...byId(data.people, id), revoked_at: data.NOW })),
  ...batchLayer,
  copyText: () => Promise.resolve(null),
  updatePerson: (id, revision, name, roles) => {
    if (variantNow() === 'last-officer') return Promise.reject(lastOfficer);
    return answer(() => ({ ...byId(data.people, id), name, roles: roles as Role[], revision: revision + 1 }));
  },
  newEnrolmentCode: (id) =>
    answer(() => ({
      person: byId(data.people, id),
      code: `tekport-enrol-1.${btoa(data.digest(5) + data.digest(6))}`,
      expires_at: data.at(72),
    })),
  enrolmentCodeQr: () => answer(() => records.qrCode),
  listAudit: (filter, cursor) =>
    answer(
      () => records.listAudit(filter, cursor),
      () => page([]),
    ),
  auditChoices: () => answer(() => records.auditChoices),
  verifyAudit: (accept) =>
    answer(() => {
      tookLog ||= accept;
      if (variantNow() === 'damaged') return records.brokenAuditCheck;
      if (variantNow() === 'attention') return records.untrueAuditCheck;
      return variantNow() === 'changed-meanwhile' && !tookLog ? records.cutAuditCheck : records.auditCheck;
    }),
  exportAudit: (_, format) =>
    answer(() => ({
      path: `~/Downloads/tekport-audit-2026-11-23T184800Z.${format}`,
      entries: 240,
      broken: null,
    })),
  lookUpTek: (request) => answer(() => lookUp(request)),
  signingTasks: () =>
    answer(
      () => desk.signingTasks,
      () => [],
    ),
  reviewBatch: () =>
    answer(() => {
      if (variantNow() === 'damaged') return desk.damagedReview;
      return variantNow() === 'changed-meanwhile' ? desk.changedReview : desk.clearReview;
    }),
  signBatch: () => answer(() => desk.awaitingBatch),
  configApproval: () => answer(() => desk.clearReview.config),
  approveConfig: () => answer(() => desk.clearReview.config),
  unattendedSigning: () =>
    answer(() => (variantNow() === 'stopped' ? desk.stoppedUnattended : desk.unattended)),
  setUnattendedSigning: (enabled, configIds) =>
    answer(() => ({ ...desk.unattended, enabled, config_ids: configIds })),
  keychainStatus: () => answer(() => ({ state: 'ready' as const, detail: '' })),
  // Nothing is dropped and no link is opened in these builds.
  nextWish: () => new Promise(() => {}),
  chooseExportFile: () => Promise.resolve(`~/Downloads/${view.name}`),
  viewExport: (_, pem) =>
    answer(() => {
      if (variantNow() === 'damaged') return damagedView;
      return variantNow() === 'not-enrolled' && pem === null ? keylessView : view;
    }),
};
