import { fileURLToPath } from 'node:url';

const clockAhead = fileURLToPath(new URL('tools/test/clock-ahead.mjs', import.meta.url));

/**
 * Shared by every project: TypeScript through swc, ES modules, workspace packages from their sources.
 * What is awaited fails by its own deadline, which names the fact that is missing; Jest's own is only for what hangs.
 */
export default {
  testEnvironment: 'node',
  maxWorkers: '50%',
  testEnvironmentOptions: { customExportConditions: ['kasir-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  setupFiles: process.env.KASIR_CLOCK_AHEAD_DAYS === undefined ? [] : [clockAhead],
  modulePathIgnorePatterns: ['/dist/'],
  testMatch: ['**/*.spec.ts'],
  testTimeout: 180_000,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
};
