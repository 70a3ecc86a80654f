/** Takes the pictures of the real window into `docs/screenshots`, from the last run of the end-to-end test. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { WINDOW_PICTURES } from './pages.mjs';
import { smallPng } from './small-png.mjs';

const root = new URL('../../../', import.meta.url);
const taken = await readdir(new URL('target/e2e/', root)).catch(() => []);
for (const [file, ending] of Object.entries(WINDOW_PICTURES)) {
  const name = taken.find((one) => one.endsWith(ending));
  if (name === undefined) {
    console.error(
      `target/e2e has no picture …${ending}. Run "cargo xtask test --only e2e" first; it takes it.`,
    );
    process.exit(1);
  }
  const picture = await readFile(new URL(`target/e2e/${name}`, root));
  await writeFile(new URL(`docs/screenshots/${file}`, root), smallPng(picture));
}
console.log(`${Object.keys(WINDOW_PICTURES).length} pictures taken into docs/screenshots`);
