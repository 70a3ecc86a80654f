import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ICONS = '../icons';
const read = (name: string) => readFileSync(`${ICONS}/${name}`);

/** Width and height, from the first chunk of a PNG. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

/** What a desktop asks for, from a tray to a shop's page. */
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

it('has the icon in every size, each as large as its name says', () => {
  for (const size of SIZES) expect(sizeOf(read(`${size}x${size}.png`)), `${size}`).toEqual([size, size]);
  expect(sizeOf(read('128x128@2x.png'))).toEqual([256, 256]);
});

it('has the sizes that Windows takes in one file', () => {
  const ico = read('icon.ico');
  const widths = Array.from({ length: ico.readUInt16LE(4) }, (_, i) => ico.readUInt8(6 + 16 * i) || 256);
  expect(widths.sort((a, b) => a - b)).toEqual([16, 24, 32, 48, 64, 256]);
});

it('has the sizes that macOS takes in one file, up to 1024', () => {
  const icns = read('icon.icns');
  const kinds = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
    kinds.push(icns.toString('latin1', at, at + 4));
  expect(kinds).toEqual(expect.arrayContaining(['ic07', 'ic08', 'ic09', 'ic10']));
});

it('bundles only icons that are there', () => {
  const { bundle } = JSON.parse(readFileSync('../tauri.conf.json', 'utf8')) as { bundle: { icon: string[] } };
  const there = readdirSync(ICONS).map((name) => `icons/${name}`);
  expect(there).toEqual(expect.arrayContaining(bundle.icon));
});
