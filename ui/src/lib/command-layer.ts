/** The command layer of the shipped console: each method calls the command of the same name in Rust. */
import { invoke } from '@tauri-apps/api/core';
import type { CommandError } from './api';
import type { Commands } from './commands';
import { CommandFailure } from './failure';

async function call<T>(command: string, args?: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (thrown) {
    if (typeof thrown === 'object' && thrown !== null && 'code' in thrown) {
      throw new CommandFailure(thrown as CommandError);
    }
    throw thrown;
  }
}

export const layer: Commands = {
  connection: () => call('connection'),
  inspectCode: (code) => call('inspect_code', { code }),
  enrol: (code) => call('enrol', { code }),
  leaveDaemon: () => call('leave_daemon'),
  testConnection: () => call('test_connection'),
  me: () => call('me'),
  status: () => call('status'),
  listExportConfigs: (cursor) => call('list_export_configs', { cursor }),
  getExportConfig: (id) => call('get_export_config', { id }),
  createExportConfig: (fields) => call('create_export_config', { fields }),
  updateExportConfig: (id, revision, fields) => call('update_export_config', { id, revision, fields }),
  previewExportConfig: (fields, configId) => call('preview_export_config', { fields, configId }),
  pauseExportConfig: (id) => call('pause_export_config', { id }),
  resumeExportConfig: (id) => call('resume_export_config', { id }),
  runExportConfig: (id) => call('run_export_config', { id }),
  listSigningKeys: () => call('list_signing_keys'),
  generateSigningKey: (keyId, keyVersion) => call('generate_signing_key', { keyId, keyVersion }),
  provisionSigningKey: (id) => call('provision_signing_key', { id }),
  revokeSigningKey: (id, reason) => call('revoke_signing_key', { id, reason }),
  listStorageTargets: () => call('list_storage_targets'),
  testStorageTarget: (name) => call('test_storage_target', { name }),
  listPeople: () => call('list_people'),
  invitePerson: (name, roles) => call('invite_person', { name, roles }),
  revokePerson: (id) => call('revoke_person', { id }),
  listBatches: (filter, cursor) => call('list_batches', { filter, cursor }),
  getBatch: (id) => call('get_batch', { id }),
  retryBatch: (id) => call('retry_batch', { id }),
  regenerateBatch: (id) => call('regenerate_batch', { id }),
  downloadFile: (batchId, fileId) => call('download_file', { batchId, fileId }),
  verifyFile: (batchId, fileId) => call('verify_file', { batchId, fileId }),
  copyText: (text) => call('copy_text', { text }),
};
