/** Takes the pictures of the real window into `docs/screenshots`, from the last run of the end-to-end test. */
import { readFile, writeFile } from 'node:fs/promises';
import { WINDOW_PICTURES } from './pages.mjs';
import { smallPng } from './small-png.mjs';

const root = new URL('../../../', import.meta.url);
for (const [file, taken] of Object.entries(WINDOW_PICTURES)) {
  const from = new URL(`target/e2e/${taken}`, root);
  const picture = await readFile(from).catch(() => {
    console.error(
      `${from.pathname} isn't there. Run "cargo xtask test --only e2e" first; it takes the picture.`,
    );
    return process.exit(1);
  });
  await writeFile(new URL(`docs/screenshots/${file}`, root), smallPng(picture));
}
console.log(`${Object.keys(WINDOW_PICTURES).length} pictures taken into docs/screenshots`);
