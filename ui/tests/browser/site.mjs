/** Serves the web build on loopback with the packaged console's content security policy, and opens pages of it. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../dist-web/', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
/** The fixed time of the recorded answers. */
const NOW = new Date('2026-11-23T18:48:00Z');

export const VIEWPORT = { width: 1280, height: 860 };
export const THEMES = ['light', 'dark'];

const MAG = '/export-configs/01931000-0000-7000-8000-000000000101';
const IMPORT = '/export-configs/import';
/** On the way to a new config, once the step before is filled in. */
const NEXT_FROM_SCHEDULE = [['config-period', '240'], 'config-next'];
const NEXT_FROM_STORAGE = [['config-storage', 'cdn-primary'], 'config-next'];
const KEY = '/signing-keys/01931000-0000-7000-8000-0000000000';
const PERSON = '/people/01931000-0000-7000-8000-00000000000';
const DESK_BATCH = '/signing-desk/01931000-0000-7000-8000-000000000290';
const RUNNING_BATCH = '/batches/01931000-0000-7000-8000-000000000201';
const GOOD_BATCH = '/batches/01931000-0000-7000-8000-000000000210';

/**
 * Every page: its file name, its address, what must be there before it counts as shown, and what is filled in,
 * pressed (an id) or chosen (an id and a value) first; `then` has more of the same for what that opens.
 */
export const PAGES = [
  { name: 'overview', path: '/', ready: 'figure-daemon' },
  { name: 'overview-table', path: '/', ready: 'chart-numbers', press: ['keys-table'] },
  { name: 'overview-attention', path: '/', variant: 'attention', ready: 'attention-row' },
  { name: 'overview-skew', path: '/', variant: 'skew', ready: 'clock-skew' },
  { name: 'overview-kept', path: '/', variant: 'kept', ready: 'figure-daemon' },
  { name: 'batches-kept', path: '/batches', variant: 'kept', ready: 'batch-row' },
  { name: 'storage-kept', path: '/storage', variant: 'kept', ready: 'storage-test' },
  { name: 'storage-place', path: '/storage?at=cdn-primary', ready: 'storage-test' },
  { name: 'export-configs', path: '/export-configs', ready: 'config-row' },
  { name: 'export-config-pause', path: '/export-configs', ready: 'confirm', press: ['config-pause'] },
  {
    name: 'export-configs-sorted',
    path: '/export-configs?find=mag&sort=-next',
    ready: 'config-row',
  },
  { name: 'export-config-new', path: '/export-configs/new', ready: 'config-next' },
  {
    name: 'export-config-new-refused',
    path: '/export-configs/new',
    ready: 'config-refused',
    press: ['config-next'],
  },
  {
    name: 'export-config-new-schedule',
    path: '/export-configs/new',
    ready: 'config-next-day',
    fill: { 'config-output-region': 'mag-w' },
    press: ['config-next', ['config-period', '120']],
  },
  {
    name: 'export-config-new-storage',
    path: '/export-configs/new',
    ready: 'config-refused',
    fill: { 'config-output-region': 'mag' },
    press: ['config-next', ...NEXT_FROM_SCHEDULE, 'config-next'],
  },
  {
    name: 'export-config-new-signing',
    path: '/export-configs/new',
    ready: 'config-key',
    fill: { 'config-output-region': 'mag-w' },
    press: ['config-next', ...NEXT_FROM_SCHEDULE, ...NEXT_FROM_STORAGE, 'config-key'],
  },
  {
    name: 'export-config-new-review',
    path: '/export-configs/new',
    ready: 'config-value',
    fill: { 'config-output-region': 'mag-w' },
    press: ['config-next', ...NEXT_FROM_SCHEDULE, ...NEXT_FROM_STORAGE, 'config-key', 'config-next'],
  },
  {
    name: 'export-config-clone',
    path: MAG,
    ready: 'config-clone-note',
    press: ['config-clone'],
  },
  { name: 'export-config-import-empty', path: IMPORT, ready: 'import-choose' },
  { name: 'export-config-import', path: IMPORT, ready: 'import-summary', press: ['import-choose'] },
  {
    name: 'export-config-import-elsewhere',
    path: IMPORT,
    variant: 'elsewhere',
    ready: 'import-done',
    press: ['import-choose', 'import-apply-all'],
  },
  {
    name: 'export-config-import-conflict',
    path: IMPORT,
    variant: 'changed-meanwhile',
    ready: 'import-conflict',
    press: ['import-choose', 'import-apply-all'],
  },
  {
    name: 'export-config-import-refused',
    path: IMPORT,
    variant: 'damaged',
    ready: 'import-error',
    press: ['import-choose'],
  },
  { name: 'export-config', path: MAG, ready: 'config-first-window' },
  {
    name: 'export-config-short-period',
    path: MAG,
    ready: 'config-next-day',
    press: [['config-period', '60']],
  },
  {
    name: 'export-config-changes',
    path: MAG,
    ready: 'config-save',
    fill: { 'config-prefix': 'v2/mag' },
    press: [['config-period', '120'], ['config-small-batch', 'hold'], 'config-review'],
  },
  {
    name: 'export-config-changed-meanwhile',
    path: MAG,
    variant: 'changed-meanwhile',
    ready: 'config-carry-over',
    fill: { 'config-prefix': 'v2/mag' },
    press: [['config-period', '120'], 'config-review', 'config-save'],
  },
  {
    name: 'export-config-end',
    path: MAG,
    ready: 'confirm-word',
    press: ['config-end', ['config-end-when', 'now']],
  },
  { name: 'batches', path: '/batches', ready: 'batch-row' },
  { name: 'batches-many', path: '/batches', variant: 'many', ready: 'batch-row' },
  {
    name: 'batches-by-day',
    path: '/batches',
    variant: 'many',
    ready: 'timeline-several',
    press: [['timeline-scale', 'days']],
  },
  { name: 'batches-running', path: '/batches', variant: 'running', ready: 'batch-row-progress' },
  { name: 'batch', path: GOOD_BATCH, ready: 'file-row' },
  {
    name: 'batch-verified',
    path: GOOD_BATCH,
    ready: 'verify-result',
    press: ['file-download', 'file-verify'],
  },
  {
    name: 'batch-damaged',
    path: GOOD_BATCH,
    variant: 'damaged',
    ready: 'verify-result',
    press: ['file-verify'],
  },
  { name: 'batch-regenerate', path: GOOD_BATCH, ready: 'confirm-word', press: ['batch-regenerate'] },
  { name: 'batch-awaiting', path: '/batches/01931000-0000-7000-8000-000000000290', ready: 'awaited-signer' },
  { name: 'batch-failed', path: '/batches/01931000-0000-7000-8000-000000000202', ready: 'batch-error' },
  { name: 'batch-running', path: RUNNING_BATCH, variant: 'running', ready: 'batch-progress' },
  { name: 'signing-keys', path: '/signing-keys', ready: 'key-row' },
  { name: 'signing-keys-viewer', path: '/signing-keys', variant: 'viewer', ready: 'key-row' },
  { name: 'signing-key', path: `${KEY}12`, ready: 'key-pem' },
  { name: 'signing-key-console', path: `${KEY}13`, ready: 'share-blocked' },
  { name: 'signing-key-token', path: `${KEY}14`, ready: 'key-warning' },
  { name: 'signing-key-retiring', path: `${KEY}15`, ready: 'key-end' },
  { name: 'signing-key-revoked', path: `${KEY}09`, ready: 'key-pem' },
  { name: 'signing-key-generate', path: '/signing-keys', ready: 'key-id', press: ['key-generate'] },
  {
    name: 'signing-key-import',
    path: '/signing-keys',
    ready: 'key-version',
    press: ['key-import', 'key-file-choose'],
    then: { fill: { 'key-file-passphrase': 'a long passphrase of words' }, press: ['key-file-open'] },
  },
  {
    name: 'signing-key-restore',
    path: '/signing-keys',
    ready: 'key-file-passphrase',
    press: ['key-restore', 'key-file-choose'],
  },
  {
    name: 'signing-key-backup',
    path: `${KEY}12`,
    ready: 'backup-save',
    press: ['backup-open'],
    then: { fill: { 'backup-passphrase': 'correct horse', 'backup-passphrase-again': 'correct' } },
  },
  {
    name: 'signing-key-package',
    path: `${KEY}12`,
    ready: 'package-saved',
    press: ['package-save'],
  },
  {
    name: 'signing-key-authority',
    path: `${KEY}12`,
    ready: 'authority-save',
    press: ['authority-open'],
  },
  {
    name: 'signing-key-share',
    path: `${KEY}12`,
    ready: 'share-save',
    press: ['share-apple-confirmed'],
  },
  { name: 'signing-key-plan', path: `${KEY}12`, ready: 'key-plan-save', press: ['key-plan'] },
  {
    name: 'signing-key-take-back',
    path: `${KEY}10`,
    ready: 'unprovisioned-sha256',
    press: ['key-unprovision'],
    then: { fill: { 'confirm-word': '310 v0', 'confirm-environment': 'production' }, press: ['confirm'] },
  },
  {
    name: 'signing-key-revoke',
    path: `${KEY}12`,
    ready: 'revocation-impact',
    press: ['key-revoke'],
  },
  ...['generate', 'elsewhere', 'attach', 'send', 'end', 'ending', 'done'].map((step) => ({
    name: `rotation-${step}`,
    path: `${KEY}11/rotate`,
    variant: `rotation-${step}`,
    ready: 'rotation-step',
  })),
  { name: 'rotation', path: `${KEY}11/rotate`, ready: 'rotation-step' },
  {
    name: 'rotation-attach-confirm',
    path: `${KEY}11/rotate`,
    variant: 'rotation-attach',
    ready: 'rotation-attach-confirm',
    press: ['rotation-attach'],
  },
  {
    name: 'rotation-end-set',
    path: `${KEY}11/rotate`,
    variant: 'rotation-end',
    ready: 'key-end-save',
    press: ['key-end-set'],
  },
  { name: 'compromised', path: `${KEY}11/compromised`, ready: 'compromise-revoke' },
  {
    name: 'compromised-revoked',
    path: `${KEY}11/compromised`,
    variant: 'revoked',
    ready: 'compromise-revoke',
  },
  {
    name: 'compromised-regenerate',
    path: `${KEY}11/compromised`,
    variant: 'revoked',
    ready: 'confirm-environment',
    press: ['key-regenerate'],
  },
  { name: 'people', path: '/people', ready: 'person-row' },
  { name: 'people-invite', path: '/people', ready: 'person-name', press: ['person-invite'] },
  {
    name: 'people-invited',
    path: '/people',
    ready: 'invitation-qr',
    press: ['person-invite'],
    then: { fill: { 'person-name': 'Analyst' }, press: ['role-operator', 'person-invite-confirm'] },
  },
  { name: 'people-viewer', path: '/people', variant: 'viewer', ready: 'person-row' },
  { name: 'person', path: `${PERSON}2`, ready: 'person-certificate' },
  { name: 'person-code-ran-out', path: `${PERSON}6`, ready: 'person-standing' },
  {
    name: 'person-new-code',
    path: `${PERSON}2`,
    ready: 'person-new-code-confirm',
    press: ['person-new-code'],
  },
  {
    name: 'person-last-officer',
    path: `${PERSON}1`,
    variant: 'last-officer',
    ready: 'person-save-refused',
    press: ['person-edit', 'role-security-officer', 'person-save'],
  },
  { name: 'person-revoke', path: `${PERSON}2`, ready: 'confirm-word', press: ['person-revoke'] },
  { name: 'audit', path: '/audit', ready: 'audit-row' },
  {
    name: 'audit-entry',
    path: '/audit?action=export-config.update',
    ready: 'audit-change',
    press: ['audit-toggle'],
  },
  {
    name: 'audit-narrowed',
    path: '/audit?kind=person&from=2026-11-20T00:00:00Z&until=2026-11-24T00:00:00Z',
    ready: 'audit-export-saved',
    press: ['audit-export-csv'],
  },
  { name: 'audit-no-match', path: '/audit?actor=local&result=unknown', ready: 'state-empty' },
  { name: 'audit-whole', path: '/audit', ready: 'audit-verification', press: ['audit-verify'] },
  {
    name: 'audit-broken',
    path: '/audit',
    variant: 'damaged',
    ready: 'audit-verification',
    press: ['audit-verify'],
  },
  {
    name: 'audit-cut-off',
    path: '/audit',
    variant: 'changed-meanwhile',
    ready: 'audit-accept',
    press: ['audit-verify'],
  },
  { name: 'storage', path: '/storage', ready: 'storage-test' },
  { name: 'settings', path: '/settings', ready: 'theme' },
  { name: 'diagnostics', path: '/settings/diagnostics', ready: 'diagnostics-text' },
  {
    name: 'diagnostics-without-daemon',
    path: '/settings/diagnostics',
    variant: 'not-enrolled',
    ready: 'diagnostics-text',
  },
  { name: 'signing-desk', path: '/signing-desk', ready: 'desk-task' },
  { name: 'signing-review', path: DESK_BATCH, ready: 'desk-check' },
  { name: 'signing-review-changed', path: DESK_BATCH, variant: 'changed-meanwhile', ready: 'desk-check' },
  { name: 'signing-review-blocked', path: DESK_BATCH, variant: 'damaged', ready: 'desk-check' },
  { name: 'viewer-empty', path: '/viewer', ready: 'viewer-choose' },
  { name: 'viewer', path: '/viewer', ready: 'viewer-region', press: ['viewer-choose'] },
  {
    name: 'viewer-without-daemon',
    path: '/viewer',
    variant: 'not-enrolled',
    ready: 'viewer-region',
    press: ['viewer-choose'],
  },
  {
    name: 'viewer-damaged',
    path: '/viewer',
    variant: 'damaged',
    ready: 'viewer-region',
    press: ['viewer-choose'],
  },
  { name: 'find-a-key', path: '/find-a-key', ready: 'find-ask', fill: { 'find-key': 'AAECAwQFBgcI' } },
  {
    name: 'find-a-key-published',
    path: '/find-a-key',
    ready: 'find-config',
    fill: { 'find-key': 'AAECAwQFBgcICQoLDA0ODw==' },
    press: ['find-ask'],
  },
  {
    name: 'find-a-key-waits',
    path: '/find-a-key',
    ready: 'find-config',
    fill: { 'find-key': 'wAECAwQFBgcICQoLDA0ODw==' },
    press: ['find-ask'],
  },
  {
    name: 'find-a-key-none',
    path: '/find-a-key',
    ready: 'find-none',
    fill: { 'find-key': 'nAECAwQFBgcICQoLDA0ODw==' },
    press: ['find-ask'],
  },
  {
    name: 'find-a-key-by-time',
    path: '/find-a-key',
    ready: 'find-config',
    press: ['find-kind-receipt'],
    then: { fill: { 'find-time': '2026-11-23 11:40', 'find-region': 'MAG' }, press: ['find-ask'] },
  },
  { name: 'find-a-key-off', path: '/find-a-key', variant: 'lookup-off', ready: 'find-off' },
  { name: 'palette', path: '/', ready: 'palette-input', press: ['palette-open'] },
  { name: 'enrol', path: '/', variant: 'not-enrolled', ready: 'enrol-code' },
  {
    name: 'enrol-checked',
    path: '/',
    variant: 'not-enrolled',
    ready: 'enrol-join',
    fill: { 'enrol-code': 'tekport-enrol-1.example' },
    press: ['enrol-check'],
  },
];

/** The states that every list page has besides its normal one. */
export const STATES = ['empty', 'loading', 'offline', 'refused'];
export const STATE_PATHS = [
  '/',
  '/export-configs',
  '/batches',
  '/signing-keys',
  '/signing-desk',
  '/people',
  '/audit',
  '/storage',
];

async function serve() {
  const server = createServer(async (request, response) => {
    const asked = normalize(new URL(request.url, 'http://localhost').pathname);
    const path = asked === '/' ? '/index.html' : asked;
    try {
      const body = await readFile(join(ROOT, path));
      response.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': POLICY,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

async function go(page, { fill = {}, press = [] }) {
  for (const [id, text] of Object.entries(fill)) await page.getByTestId(id).fill(text);
  for (const step of press) {
    if (typeof step === 'string') await page.getByTestId(step).first().click();
    else await page.getByTestId(step[0]).selectOption(step[1]);
  }
}

/**
 * Runs `work` with a function that opens a page of the console, and returns what the browser complained about:
 * script errors and breaches of the content security policy.
 */
export async function withSite(work) {
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const complaints = [];
  const open = async ({ path, variant = 'normal', theme, ready, fill = {}, press = [], then, init }) => {
    const context = await browser.newContext({
      viewport: VIEWPORT,
      colorScheme: theme,
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Berlin',
      locale: 'en-GB',
    });
    // As Tauri does in the packaged console (`freezePrototype`): a library that minds must show here.
    await context.addInitScript(() => Object.freeze(Object.prototype));
    if (init !== undefined) await context.addInitScript(init);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(`${path} (${variant}): ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${path} (${variant}): ${message.text()}`);
    });
    await page.clock.setFixedTime(NOW);
    await page.goto(`http://127.0.0.1:${server.address().port}/?variant=${variant}#${path}`);
    // What a first step opens is worked on in a second one.
    for (const step of [{ fill, press }, then ?? {}]) await go(page, step);
    await page.getByTestId(ready).first().waitFor({ timeout: 10_000 });
    await page.evaluate(() => document.fonts.ready);
    return page;
  };
  try {
    await work(open);
  } finally {
    await browser.close();
    server.close();
  }
  return complaints;
}
