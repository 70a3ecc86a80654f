/** What tests of the way to the daemon and of storage answer: all well, or where it is damaged, how far it went. */
import type { ConnectionStep, Message, StorageTarget, StorageTest } from '../../src/lib/api';
import { CommandFailure } from '../../src/lib/failure';
import { NOW, storageTargets } from './data';
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

export const targetsNow = (): StorageTarget[] =>
  storageTargets.map((target) => ({ ...target, last_test: tested.get(target.name) ?? target.last_test }));

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
