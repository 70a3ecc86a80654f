/**
 * The types that cross between the pages and Rust, as `crates/api` and the console's commands define them.
 * Times are RFC 3339 in UTC.
 */
export type UtcTime = string;

export type Environment = 'production' | 'staging' | 'test';
export type Role = 'viewer' | 'operator' | 'admin' | 'security-officer' | 'ingest';

export interface FieldProblem {
  field: string;
  reason: string;
  allowed: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors: FieldProblem[];
}

export interface CommandError {
  code: string;
  title: string;
  detail: string;
  next_step: string;
  problem: Problem | null;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface DaemonIdentity {
  name: string;
  environment: Environment;
  sealing_public_key: string;
  sealing_fingerprint: string;
}

export interface Connection {
  state: 'not-enrolled' | 'enrolled';
  address: string | null;
  daemon: DaemonIdentity | null;
  person: string | null;
  certificate_not_after: UtcTime | null;
}

export interface CodeSummary {
  address: string;
  ca_sha256: string;
  expires_at: UtcTime;
}

export interface ConnectionStep {
  name: string;
  passed: boolean;
  detail: string;
}

export interface ClientCertificate {
  fingerprint: string;
  not_before: UtcTime;
  not_after: UtcTime;
  revoked_at: UtcTime | null;
}

export interface Person {
  id: string;
  name: string;
  roles: Role[];
  revision: number;
  created_at: UtcTime;
  last_seen_at: UtcTime | null;
  revoked_at: UtcTime | null;
  certificates: ClientCertificate[];
}

export interface Me {
  person: Person;
  certificate: ClientCertificate;
}

export interface Invitation {
  person: Person;
  code: string;
  expires_at: UtcTime;
}

export type Travelers = 'include' | 'only-non-travelers' | 'ignore';
export type SmallBatchPolicy =
  | { policy: 'pad'; minimum: number; jitter: number }
  | { policy: 'hold'; minimum: number }
  | { policy: 'release' };
export type ConfigState = 'scheduled' | 'active' | 'paused' | 'ended';

export interface ExportConfigDraft {
  output_region: string;
  input_regions: string[];
  excluded_regions: string[];
  travelers: Travelers;
  storage_target: string;
  path_prefix: string;
  period_minutes: number;
  valid_from: UtcTime;
  valid_through: UtcTime | null;
  signing_key_ids: string[];
  max_records_per_file: number;
  small_batch: SmallBatchPolicy;
}

export interface ExportConfig {
  id: string;
  revision: number;
  state: ConfigState;
  fields: ExportConfigDraft;
  created_at: UtcTime;
  updated_at: UtcTime;
  windows_through: UtcTime | null;
}

export interface PreviewWindow {
  start: UtcTime;
  end: UtcTime;
  due_at: UtcTime;
}

export interface ConfigPreview {
  problems: FieldProblem[];
  warnings: FieldProblem[];
  windows: PreviewWindow[];
  files_a_day: number;
  ios_limit: number;
  android_limit: number;
}

export type Custody = 'daemon';
export type KeyState = 'generated' | 'introduced' | 'revoked';

export interface SigningKey {
  id: string;
  key_id: string;
  key_version: string;
  public_key_pem: string;
  fingerprint: string;
  custody: Custody;
  state: KeyState;
  revision: number;
  created_at: UtcTime;
  created_by: string;
  provisioned_at: UtcTime | null;
  revoked_at: UtcTime | null;
  config_ids: string[];
}

export interface SigningKeyView {
  key: SigningKey;
  in_keychain: 'here' | 'elsewhere' | 'unknown';
}

export type Severity = 'bad' | 'warn';

export interface Attention {
  severity: Severity;
  kind: string;
  title: string;
  detail: string;
  resource_id: string | null;
}

export interface ConfigStatus {
  config_id: string;
  output_region: string;
  period_minutes: number;
  state: ConfigState;
  last_window_end: UtcTime | null;
  last_completed_at: UtcTime | null;
  next_window_end: UtcTime | null;
  next_due_at: UtcTime | null;
  files_last_24_hours: number;
}

export interface DayCounts {
  day: UtcTime;
  new_keys: number;
  revised_keys: number;
  generated: number;
}

export interface Status {
  daemon: DaemonIdentity;
  version: string;
  started_at: UtcTime;
  now: UtcTime;
  min_window_age_seconds: number;
  ca_not_after: UtcTime;
  public_url: string | null;
  attention: Attention[];
  configs: ConfigStatus[];
  days: DayCounts[];
}

export interface StorageTestStep {
  step: string;
  passed: boolean;
  detail: string;
}

export interface StorageTest {
  passed: boolean;
  steps: StorageTestStep[];
  tested_at: UtcTime;
}

export interface StorageTarget {
  name: string;
  kind: string;
  location: string;
  public_url: string | null;
  last_test: StorageTest | null;
}

export type BatchState = 'open' | 'leased' | 'complete' | 'failed' | 'expired' | 'superseded';

export interface LeftOut {
  rule: string;
  keys: number;
}

export interface BatchCounts {
  received: number;
  from_earlier: number;
  new_keys: number;
  revised_keys: number;
  generated: number;
  embargoed: number;
  left_out: LeftOut[];
}

export interface FileSigner {
  key_id: string;
  key_version: string;
}

export interface ExportFile {
  id: string;
  path: string;
  url: string | null;
  start_timestamp: UtcTime;
  end_timestamp: UtcTime;
  keys: number;
  revised_keys: number;
  size_bytes: number;
  sha256: string;
  signed_by: FileSigner[];
  published_at: UtcTime | null;
  withdrawn_at: UtcTime | null;
  deleted_at: UtcTime | null;
}

export interface Batch {
  id: string;
  config_id: string;
  output_region: string;
  window_start: UtcTime;
  window_end: UtcTime;
  state: BatchState;
  attempts: number;
  error: string | null;
  next_attempt_at: UtcTime | null;
  completed_at: UtcTime | null;
  counts: BatchCounts | null;
  files: ExportFile[];
  generation: number;
}

export interface BatchFilter {
  config_id: string | null;
  state: string | null;
}

export interface DownloadedFile {
  path: string;
  size_bytes: number;
}

export interface SignatureReport {
  key_id: string;
  key_version: string;
  algorithm: string;
  verified: boolean;
  verified_by: string | null;
  detail: string;
}

export type RuleVerdict = 'pass' | 'fail' | 'not-applicable';

export interface RuleReport {
  rule: string;
  verdict: RuleVerdict;
  required: boolean;
  detail: string;
}

export interface FileContents {
  region: string;
  start_timestamp: UtcTime;
  end_timestamp: UtcTime;
  batch_num: number;
  batch_size: number;
  keys: number;
  revised_keys: number;
  refused_keys: number;
  export_bin_bytes: number;
  export_bin_sha256: string;
  signatures: SignatureReport[];
  rules: RuleReport[];
}

export interface VerificationReport {
  accepted: boolean;
  problem: string | null;
  size_bytes: number;
  sha256: string;
  contents: FileContents | null;
}
