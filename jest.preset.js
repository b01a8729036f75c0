/**
 * What every project's jest.config.js spreads: ES modules, TypeScript through SWC, and our own
 * packages read from their source, so that no build is needed to run a test.
 */
const swc = (parser, react) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      parser,
      transform: { legacyDecorator: true, decoratorMetadata: true, ...react },
      target: 'es2023',
      keepClassNames: true,
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

export default {
  testEnvironment: 'node',
  // Jest adds `import` or `require` itself; named here, either would be given to the wrong loader.
  testEnvironmentOptions: { customExportConditions: ['atrium-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    // Two parsers, because `<T>(x) => …` is a generic in a .ts file and a tag in a .tsx file.
    '^.+\\.ts$': swc({ syntax: 'typescript', decorators: true }, {}),
    '^.+\\.tsx$': swc({ syntax: 'typescript', tsx: true, decorators: true }, { react: { runtime: 'automatic' } }),
  },
  // Unit tests only; `--testMatch '**/*.int-spec.ts'` picks the tests that need servers.
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/'],
};
