import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Only the platform may look at a clock, roll dice or read the environment; everybody else is handed the answer. */
const CLOCK_AND_CHANCE = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take the time from the clock you are handed.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Take the time from the clock you are handed.',
  },
  {
    selector: "MemberExpression[object.name='Temporal'][property.name='Now']",
    message: 'Take the time from the clock you are handed.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Take chance from the random source you are handed.',
  },
];
const ENVIRONMENT = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Read settings in env.ts only.',
};
const RAW_SQL = {
  selector:
    "CallExpression[callee.object.name='sql'][callee.property.name=/^(raw|identifier)$/][arguments.0.type!='Literal']",
  message: 'Only literal texts may become raw SQL (T18).',
};
const RAW_HTML = {
  selector: 'SvelteMustacheTag[kind=raw]',
  message: 'Raw HTML needs a place in the allow-list of eslint.config.js.',
};

export default ts.config(
  {
    ignores: [
      '**/node_modules/**',
      '**/dist/**',
      '**/build/**',
      '**/.svelte-kit/**',
      '**/.turbo/**',
      '.data/**',
      'report/**',
      '**/static/**',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: { ...globals.browser }, parserOptions: { parser: ts.parser } },
    rules: { 'svelte/no-navigation-without-resolve': 'off' },
  },
  {
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
    },
  },
  {
    files: ['packages/*/src/**/*.{ts,svelte}', 'apps/*/src/**/*.{ts,svelte}'],
    ignores: [
      '**/*.test.ts',
      '**/*.prove.ts',
      'apps/api/src/platform/{clock,random}.ts',
      'apps/*/src/env.ts',
      'apps/{portal,admin}/src/lib/browser/**',
    ],
    rules: { 'no-restricted-syntax': ['error', ...CLOCK_AND_CHANCE, ENVIRONMENT, RAW_SQL, RAW_HTML] },
  },
  {
    // Names and types of columns come from the tables of the schema, never from outside.
    files: ['packages/db/src/many-rows.ts'],
    rules: { 'no-restricted-syntax': ['error', ...CLOCK_AND_CHANCE, ENVIRONMENT, RAW_HTML] },
  },
  {
    files: ['apps/portal/**/*.{ts,svelte}', 'apps/admin/**/*.{ts,svelte}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [
                '@mse/api',
                '@mse/api/*',
                '@mse/db',
                '@mse/db/*',
                '**/packages/**',
                'drizzle-orm*',
                'postgres',
              ],
              message: 'Front ends reach the data through @mse/api-client.',
            },
          ],
        },
      ],
    },
  },
  {
    files: [
      'tooling/**/*.{ts,mjs}',
      '**/*.test.ts',
      '**/*.prove.ts',
      '**/*.mjs',
      '**/scripts/**',
      'apps/*/server.ts',
      'apps/api/src/env.ts',
    ],
    rules: { 'no-console': 'off' },
  },
);
