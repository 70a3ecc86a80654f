import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const components = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.svelte'))
  .map((name) => `src/${name}`);
/** The styles of every component, and those that all pages stand on; without their comments. */
const sheets = [...components, 'src/foundations/base.css'].map((file) => {
  const text = readFileSync(file, 'utf8');
  const css = file.endsWith('.css') ? text : (/<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '');
  return { file, text, css: css.replaceAll(/\/\*[\s\S]*?\*\//g, '') };
});
const declarations = sheets.flatMap(({ file, css }) =>
  [...css.matchAll(/([a-z-]+):\s([^;{}]+);/g)].map(([, property = '', value = '']) => ({
    property,
    value,
    says: `${file}: ${property}: ${value}`,
  })),
);

const COLOUR =
  /#[0-9a-f]{3,8}\b|\b(rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(|\b(white|black|gr[ae]y|red|green|blue)\b/i;
/** A length of its own; a line of one pixel is the thinnest that there is. */
const LENGTH = /(?<![\w-])-?(?!1px\b)\d*\.?\d+(px|r?em|pt|ch|ex)\b/;
const TIME = /\b\d*\.?\d+m?s\b/;

/** What of a style comes from tokens.css, and what else it may be. */
const rules: { what: string; of: RegExp; allowed: (value: string) => boolean }[] = [
  {
    what: 'sizes of text',
    of: /^font-size$/,
    allowed: (value) => /^(var\(--(text-(xs|s|m|l|xl)|mono-scale)\)|inherit)$/.test(value),
  },
  {
    what: 'fonts',
    of: /^font(-family)?$/,
    allowed: (value) => /^inherit$|var\(--(font|mono|text)/.test(value),
  },
  { what: 'colours', of: /./, allowed: (value) => !COLOUR.test(value) },
  {
    what: 'spacing',
    of: /^((padding|margin)(-[a-z-]+)?|(row-|column-)?gap)$/,
    allowed: (value) => !LENGTH.test(value),
  },
  {
    what: 'radii',
    of: /^border(-[a-z]+)*-radius$/,
    allowed: (value) => /^(0|50%|(var\(--(r[0-3]|pill)\) ?)+|inherit)$/.test(value),
  },
  { what: 'letter spacing', of: /^letter-spacing$/, allowed: (value) => !LENGTH.test(value) },
  { what: 'motion', of: /^(transition|animation)(-duration)?$/, allowed: (value) => !TIME.test(value) },
];

describe.each(rules)('$what', ({ of, allowed }) => {
  it('come from tokens.css', () => {
    const own = declarations.filter(({ property, value }) => of.test(property) && !allowed(value));
    expect(own.map(({ says }) => says)).toEqual([]);
  });
});

it('uses no token that is set nowhere', () => {
  const sources = [readFileSync('src/foundations/tokens.css', 'utf8'), ...sheets.map(({ text }) => text)];
  const set = new Set(
    sources.flatMap((text) => [...text.matchAll(/(--[a-z][\w-]*)(?=[:=])/g)].map(([, name]) => name)),
  );
  const used = sheets.flatMap(({ file, css }) =>
    [...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => ({ file, name })),
  );
  expect(used.filter(({ name }) => !set.has(name))).toEqual([]);
});

it('draws icons, and sets no letters in their place', () => {
  const markup = sheets.map(({ file, text }) => ({
    file,
    text: text.replace(/<style>[\s\S]*<\/style>/, ''),
  }));
  const letters = /[▾▴▸◂▼▲✕✖✓✔✗✘]|>\s*[×›»←→↑↓]\s*</u;
  expect(markup.filter(({ text }) => letters.test(text)).map(({ file }) => file)).toEqual([]);
});
