import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/foundations/tokens.css', 'utf8');

/** The tokens of a theme, as written in its first block. */
function tokensOf(theme: string): Map<string, string> {
  const block = new RegExp(`:root\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1] ?? '', m[2] ?? '']),
  );
}

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['ground', 'panel', 'sunken'];
const pairs: [string, string][] = [
  ...['ink', 'ink-2', 'ink-3', 'accent'].flatMap((ink) => grounds.map((on): [string, string] => [ink, on])),
  ...['good', 'warn', 'bad', 'wait', 'idle'].map((tone): [string, string] => [tone, `${tone}-soft`]),
  ['ink-2', 'bad-soft'],
  ['accent-ink', 'accent'],
  ['bad-ink', 'bad'],
  ['bad', 'panel'],
  ['warn', 'panel'],
  ['warn', 'sunken'],
  ['panel', 'ink'],
  ...['production', 'staging', 'test'].map((name): [string, string] => [`env-${name}`, 'panel']),
];

/** Least contrast of a theme's texts: AA, and AAA where it is asked for (WCAG 2.2, 1.4.3 and 1.4.6). */
const themes = [
  ['light', 4.5],
  ['dark', 4.5],
  ['contrast-light', 7],
  ['contrast-dark', 7],
] as const;

it('checks every theme that there is', () => {
  const written = [...css.matchAll(/^:root\[data-theme='([a-z-]+)'\] \{/gm)].map((match) => match[1]);
  expect(written).toEqual(themes.map(([name]) => name));
});

describe.each(themes)('the %s theme', (theme, least) => {
  const tokens = tokensOf(theme);

  it.each(pairs)('can be read: %s on %s', (ink, on) => {
    expect(contrast(tokens.get(ink) ?? '', tokens.get(on) ?? '')).toBeGreaterThanOrEqual(least);
  });

  it('shows where a control ends', () => {
    expect(contrast(tokens.get('line-strong') ?? '', tokens.get('panel') ?? '')).toBeGreaterThanOrEqual(3);
  });
});
