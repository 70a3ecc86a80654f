/** What tests of the way to the daemon and of storage answer: all well, or where it is damaged, how far it went. */
import type { ConnectionStep, StorageTarget, StorageTest } from '../../src/lib/api';
import { CommandFailure } from '../../src/lib/failure';
import { NOW, storageTargets } from './data';
import { variantNow } from './variant';

const WAY: ConnectionStep[] = [
  { name: 'dns', passed: true, detail: '192.0.2.17' },
  { name: 'tcp', passed: true, detail: 'export.example.org:8443 answers' },
  { name: 'tls', passed: true, detail: "TLS 1.3, the daemon's own CA" },
  { name: 'client-certificate', passed: true, detail: 'known as Security officer' },
  { name: 'version', passed: true, detail: 'tekportd 0.1.0' },
];

/** Another daemon answers at the address; nothing is tried after a step that failed. */
export function testConnection(): ConnectionStep[] {
  if (variantNow() !== 'damaged') return WAY;
  const detail =
    "the server's certificate is not signed by the daemon's own CA: this is another server than the one enrolled with";
  return [...WAY.slice(0, 2), { name: 'tls', passed: false, detail }];
}

const tested = new Map<string, StorageTest>();

/** Tries a target; what was found stands on it from then on. */
export function testStorage(name: string): StorageTest {
  const full = variantNow() === 'damaged';
  const detail =
    'storage.cdn-primary: writing tekport-storage-test-01931000-0000-7000-8000-000000000900 failed: No space left on device (os error 28); check that the place exists, has room and that the daemon may write there';
  const test: StorageTest = {
    passed: !full,
    steps: full
      ? [{ step: 'write', passed: false, detail }]
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
  next_step: '',
  problem: null,
});
