import type { Report } from '../../src/lib/api';

/** As Rust puts it together (src-tauri/src/diagnostics). */
export const diagnostics: Report = {
  text: [
    'Tekport diagnostics of 2026-11-23T18:48:00Z',
    'No key, code, address, or name of a person or host is in this text.',
    '',
    'console     0.1.0, release build',
    'system      Debian 12.0.0 [64-bit] x86_64',
    'desktop     GNOME, session wayland',
    'webview     2.48.5',
    'keychain    ready',
    'data        ~/.local/share/org.tekport.console',
    'daemons     2 known: production, staging',
    'daemon      production, version 0.1.0, up for 61 h',
    "clock       1 s ahead of the daemon's",
    'lasting     certificate 71 d, CA 3400 d',
    'attention   batch-awaiting-signature (1), batch-failed (1), config-paused (1), key-not-backed-up (1)',
    '',
    'failures since the start, oldest first',
    '  2026-11-23T18:40:12Z status: offline, 9 times since 2026-11-23T18:38:02Z',
    '  2026-11-23T18:46:51Z signBatch: keychain-locked',
    '',
  ].join('\n'),
  log: '/home/officer/.local/share/org.tekport.console/console.log',
};
