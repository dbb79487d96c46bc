import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

const AMBIENT = [
  { object: 'process', property: 'env', message: 'The environment is read once, in main.ts or cli.ts.' },
  { object: 'Date', property: 'now', message: 'Take the time from ctx.clock.' },
  { object: 'Math', property: 'random', message: 'Take randomness from ctx.random.' },
]

export default ts.config(
  {
    ignores: [
      '**/node_modules/',
      '**/.types/',
      '**/.svelte-kit/',
      'web/build/',
      '.runtime/',
      '.vigie/',
      '**/fixtures/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs['flat/recommended'].map((config) => ({
    files: ['**/*.svelte', '**/*.svelte.ts'],
    ...config,
  })),
  {
    languageOptions: { globals: globals.node },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
    },
  },
  {
    files: [
      'api/src/**/*.ts',
      'collectors/src/**/*.ts',
      'rules/src/**/*.ts',
      'db/src/**/*.ts',
      'web/src/**/*.ts',
    ],
    ignores: ['api/src/main.ts', 'api/src/cli.ts', 'web/src/lib/visit/tablet-clock.ts', '**/*.test.ts'],
    rules: { 'no-restricted-properties': ['error', ...AMBIENT] },
  },
  {
    files: ['web/static/**/*.js'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] },
    },
    rules: { 'svelte/no-navigation-without-resolve': 'off' },
  },
  {
    files: ['scripts/**/*.cjs', 'api/bin/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off', 'no-console': 'off' },
  },
  {
    files: [
      'api/src/cli.ts',
      'api/src/main.ts',
      'api/src/commands/**/*.ts',
      'test/{bench,start}/**/*.ts',
      'load/**/*.js',
    ],
    rules: { 'no-console': 'off' },
  },
)
