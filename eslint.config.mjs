import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const nodeGlobals = [
  'AbortSignal',
  'Buffer',
  'URL',
  'clearInterval',
  'clearTimeout',
  'console',
  'fetch',
  'process',
  'setInterval',
  'setTimeout',
];
const unusedVariables = ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }];

/** A client of pg that nothing listens to ends the process when the server ends its connection. */
const everyConnectionListens = [
  {
    selector: ":not(CallExpression[callee.name='bearLosses']) > NewExpression[callee.object.name='pg']",
    message: 'Hand it to bearLosses of @kasir/kernel.',
  },
  {
    selector:
      "NewExpression[callee.property.name='Pool'][callee.object.name='pg']:not(:has(SpreadElement > Identifier[name='bearingLosses']))",
    message: 'Spread bearingLosses of @kasir/kernel into its settings, for its clients.',
  },
  {
    selector: "NewExpression[callee.name='DataSource']:not(:has(Identifier[name='bearingLosses']))",
    message: 'Spread bearingLosses of @kasir/kernel into its `extra`.',
  },
  {
    selector: "ImportDeclaration[source.value='pg'] > :matches(ImportSpecifier, ImportNamespaceSpecifier)",
    message: "Import pg from 'pg', so that it is seen where its clients are made.",
  },
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/.local/**', '**/planted-[0-9]*'] },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', ...everyConnectionListens],
      'no-unused-vars': unusedVariables,
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: { globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])) },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { __dirname: 'readonly', module: 'writable', require: 'readonly' } },
  },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: { project: ['tsconfig.spec.json'], tsconfigRootDir: process.cwd() },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': unusedVariables,
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-unused-vars': 'off',
    },
  },
  { files: ['**/*.spec.ts'], rules: { 'max-lines': 'off' } },
);
