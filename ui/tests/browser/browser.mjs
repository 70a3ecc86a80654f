/** Serves the web build on loopback with the packaged console's content security policy, and opens pages of it. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** Where axe is served: a script of the site's own is all that the policy lets in. */
export const AXE = '/axe.min.js';
const AXE_FILE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
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

async function serve() {
  const server = createServer(async (request, response) => {
    const asked = normalize(new URL(request.url, 'http://localhost').pathname);
    const path = asked === '/' ? '/index.html' : asked;
    try {
      const body = await readFile(path === AXE ? AXE_FILE : join(ROOT, path));
      response.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        // What is kept is kept compiled, too.
        'cache-control': 'max-age=3600',
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

async function go(page, locale, { fill = {}, press = [] }) {
  for (const [id, text] of Object.entries(fill)) await page.getByTestId(id).fill(text[locale] ?? text);
  for (const step of press) {
    if (typeof step === 'string') await page.getByTestId(step).first().click();
    else await page.getByTestId(step[0]).selectOption(step[1]);
  }
}

/** How many pages are worked on beside each other: two for each processor of CI, since a page mostly waits for its frames. */
const TABS = 4;

/** Does `work` with each of `list`, some at a time, in their order. */
export async function inTabs(list, work) {
  const left = [...list];
  const tab = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: TABS }, tab));
}

/**
 * Runs `work` with a function that opens a page of the console and one that closes it again, and returns what the
 * browser complained about: script errors and breaches of the content security policy.
 */
export async function withSite(work) {
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox'],
  });
  const complaints = [];
  /** By locale, those that no page is open in: a new one would read and compile every script anew. */
  const free = new Map();
  const contextOf = async (locale) => {
    const kept = free.get(locale)?.pop();
    if (kept !== undefined) return kept;
    const context = await browser.newContext({
      viewport: VIEWPORT,
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Berlin',
      locale,
    });
    // As Tauri does in the packaged console (`freezePrototype`): a library that minds must show here.
    await context.addInitScript(() => Object.freeze(Object.prototype));
    await context.clock.setFixedTime(NOW);
    return context;
  };
  const localeOf = new WeakMap();
  const open = async ({ path, variant = 'normal', theme, locale = 'en-GB', ready, init, ...steps }) => {
    const { fill = {}, press = [], key, then = {} } = steps;
    const context = await contextOf(locale);
    localeOf.set(context, locale);
    const page = await context.newPage();
    if (init !== undefined) await page.addInitScript(init);
    await page.emulateMedia({ colorScheme: theme });
    page.on('pageerror', (error) => complaints.push(`${path} (${variant}): ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${path} (${variant}): ${message.text()}`);
    });
    await page.goto(`http://127.0.0.1:${server.address().port}/?variant=${variant}#${path}`);
    if (key !== undefined) {
      await page.locator('nav').first().waitFor();
      await page.keyboard.press(key);
    }
    // What a first step opens is worked on in a second one.
    for (const step of [{ fill, press }, then]) await go(page, locale, step);
    const shown = ready.startsWith('[') ? page.locator(ready) : page.getByTestId(ready);
    await shown.first().waitFor({ timeout: 30_000 });
    await page.evaluate(() => document.fonts.ready);
    return page;
  };
  /** The next page must find nothing of what this one kept. */
  const close = async (page) => {
    const context = page.context();
    await page.evaluate(() => localStorage.clear());
    await page.close();
    const locale = localeOf.get(context);
    free.set(locale, [...(free.get(locale) ?? []), context]);
  };
  try {
    await work(open, close);
  } finally {
    await browser.close();
    server.close();
  }
  return complaints;
}
