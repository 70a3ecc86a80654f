/**
 * Everything the pages can ask for, one method for each command of the console. A refused command rejects with a
 * `CommandFailure` (failure.ts). Which layer answers is decided when the bundle is built: Rust in the shipped one, recorded
 * answers in the builds for tests.
 */
import { layer } from '$command-layer';
import type {
  Batch,
  BatchFilter,
  CodeSummary,
  ConfigPreview,
  Connection,
  ConnectionStep,
  DownloadedFile,
  ExportConfig,
  ExportConfigDraft,
  Invitation,
  Me,
  Page,
  Person,
  Role,
  SigningKey,
  SigningKeyView,
  Status,
  StorageTarget,
  StorageTest,
  VerificationReport,
} from './api';

export interface Commands {
  connection(): Promise<Connection>;
  inspectCode(code: string): Promise<CodeSummary>;
  enrol(code: string): Promise<Connection>;
  leaveDaemon(): Promise<void>;
  testConnection(): Promise<ConnectionStep[]>;
  me(): Promise<Me>;
  status(): Promise<Status>;
  listExportConfigs(cursor: string | null): Promise<Page<ExportConfig>>;
  getExportConfig(id: string): Promise<ExportConfig>;
  createExportConfig(fields: ExportConfigDraft): Promise<ExportConfig>;
  updateExportConfig(id: string, revision: number, fields: ExportConfigDraft): Promise<ExportConfig>;
  previewExportConfig(fields: ExportConfigDraft, configId: string | null): Promise<ConfigPreview>;
  pauseExportConfig(id: string): Promise<ExportConfig>;
  resumeExportConfig(id: string): Promise<ExportConfig>;
  runExportConfig(id: string): Promise<unknown>;
  listSigningKeys(): Promise<SigningKeyView[]>;
  generateSigningKey(keyId: string, keyVersion: string): Promise<SigningKey>;
  provisionSigningKey(id: string): Promise<SigningKey>;
  revokeSigningKey(id: string, reason: string): Promise<SigningKey>;
  listStorageTargets(): Promise<StorageTarget[]>;
  testStorageTarget(name: string): Promise<StorageTest>;
  listPeople(): Promise<Person[]>;
  invitePerson(name: string, roles: Role[]): Promise<Invitation>;
  revokePerson(id: string): Promise<Person>;
  listBatches(filter: BatchFilter, cursor: string | null): Promise<Page<Batch>>;
  getBatch(id: string): Promise<Batch>;
  retryBatch(id: string): Promise<Batch>;
  regenerateBatch(id: string): Promise<Batch>;
  downloadFile(batchId: string, fileId: string): Promise<DownloadedFile>;
  verifyFile(batchId: string, fileId: string): Promise<VerificationReport>;
  copyText(text: string): Promise<void>;
}

export const commands: Commands = layer;
