import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist/', 'dist-web/', 'node_modules/', 'src/bindings.ts'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      // Links are hash addresses of our own router, not of SvelteKit.
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/no-at-html-tags': 'error',
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/tests/*'], message: 'Recorded answers stay out of the shipped code.' }] },
      ],
    },
  },
  {
    files: ['src/**/*.svelte'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: ':not(SvelteStyleElement) > SvelteText[value=/[A-Za-zÀ-ÖØ-öø-ÿ]/]',
          message: 'A text that people read stands in the tables of lib/i18n, in each language.',
        },
        {
          selector:
            'SvelteAttribute[key.name=/^(aria-label|aria-description|alt|confirm|empty|heading|help|label|legend|note|placeholder|text|title|what)$/] > SvelteLiteral[value=/[A-Za-zÀ-ÖØ-öø-ÿ]/]',
          message: 'A text that people read stands in the tables of lib/i18n, in each language.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='t']:not(:function *):not(PropertyDefinition *)",
          message: 'A text kept by a module stays in the language of the start: read it in a function.',
        },
      ],
    },
  },
  {
    files: ['tests/**', 'src/**/*.test.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
);
