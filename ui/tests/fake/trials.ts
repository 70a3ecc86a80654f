/** What tests of the way to the daemon and of storage answer: all well, or where it is damaged, how far it went. */
import type { ConnectionStep, Message, StorageTarget, StorageTest } from '../../src/lib/api';
import { CommandFailure } from '../../src/lib/failure';
import { at, NOW, storageTargets } from './data';
import { variantNow } from './variant';

const step = (name: string, code: string, params: Message['params'] = {}, passed = true): ConnectionStep => ({
  name,
  passed,
  detail: `the English of ${code}`,
  message: { code, params },
});

const WAY: ConnectionStep[] = [
  step('dns', 'step.host', { address: '192.0.2.17' }),
  step('tcp', 'step.answers', { address: 'export.example.org:8443' }),
  step('tls', 'step.own-ca'),
  step('client-certificate', 'step.known-as', { name: 'Security officer' }),
  step('version', 'step.version', { version: '0.1.0' }),
];

/** Another daemon answers at the address; nothing is tried after a step that failed. */
export function testConnection(): ConnectionStep[] {
  if (variantNow() !== 'damaged') return WAY;
  return [...WAY.slice(0, 2), step('tls', 'tls.not-signed-by-ca', {}, false)];
}

const tested = new Map<string, StorageTest>();

/** Tries a target; what was found stands on it from then on. */
export function testStorage(name: string): StorageTest {
  const full = variantNow() === 'damaged';
  const message = {
    code: 'storage.writing',
    params: {
      target: 'cdn-primary',
      path: 'tekport-storage-test-01931000-0000-7000-8000-000000000900',
      cause: 'No space left on device (os error 28)',
    },
  };
  const test: StorageTest = {
    passed: !full,
    steps: full
      ? [{ step: 'write', passed: false, detail: 'the English of storage.writing', message }]
      : ['write', 'read', 'compare', 'delete'].map((step) => ({ step, passed: true, detail: '' })),
    tested_at: NOW,
  };
  tested.set(name, test);
  return test;
}

/** Where everything needs a person: an index that can't be read, and a test that failed before exports worked again. */
const FAILING: Partial<StorageTarget>[] = [
  {
    problem: {
      publishing: true,
      since: at(-2),
      detail:
        'storage.cdn-primary: reading mag/index.txt failed: Permission denied (os error 13); check that the place exists, has room and that the daemon may write there',
    },
  },
  {
    last_test: {
      passed: false,
      steps: [{ step: 'write', passed: false, detail: 'storage.mirror: writing failed: 503 Slow Down' }],
      tested_at: at(-30),
    },
    recovered_at: at(-26),
  },
];

export const targetsNow = (): StorageTarget[] =>
  storageTargets.map((target, i) => ({
    ...target,
    last_test: tested.get(target.name) ?? target.last_test,
    ...(variantNow() === 'attention' ? FAILING[i] : {}),
  }));

/** Why nothing could be read at the start. */
export const keychainLocked = new CommandFailure({
  code: 'keychain-locked',
  title: 'The keychain is locked',
  detail:
    'the keychain is locked (it asks for its password when a key is needed); unlock it, in GNOME with “Passwords and Keys”, then try again',
  message: {
    code: 'keychain.locked',
    params: { cause: 'it asks for its password when a key is needed' },
  },
  next_step: '',
  problem: null,
});
