import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PICTURES, WINDOW_PICTURES } from '../../tests/browser/pages.mjs';

const DOCS = '../docs';
const FOLDER = `${DOCS}/screenshots`;
/** Megabytes of all pictures together: who clones the project fetches each of them in every version. */
const AT_MOST = 8;

const there = readdirSync(FOLDER);
const texts = ['../README.md', ...readdirSync(`${DOCS}/guide`).map((name) => `${DOCS}/guide/${name}`)];
const shown = texts.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/screenshots\/([\w-]+\.png)/g)].map(([, picture]) => ({
    file,
    picture,
  })),
);
const known = [...PICTURES.map(({ file }) => file), ...Object.keys(WINDOW_PICTURES)];

it('has every picture that the README and the guide show', () => {
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter(({ picture }) => !there.includes(picture ?? ''))).toEqual([]);
});

it('has a picture of every page, light and dark; "npm run screenshots" takes them', () => {
  expect(known.filter((file) => !there.includes(file))).toEqual([]);
});

it('has no picture that no page stands for any more', () => {
  expect(there.filter((file) => !known.includes(file))).toEqual([]);
});

it('keeps the pictures small', () => {
  const bytes = there.reduce((sum, file) => sum + statSync(`${FOLDER}/${file}`).size, 0);
  expect(bytes / 1_000_000).toBeLessThan(AT_MOST);
});
