import eslint from '@eslint/js';
import { createProjectGraphAsync, readCachedProjectGraph } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import { defineConfig } from 'eslint/config';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { depConstraints } from './tools/lint/boundaries.js';
import { gatewayPaths } from './tools/lint/gateway-folders.js';
import { house } from './tools/lint/plugin.ts';
import { webPaths } from './tools/lint/web-folders.js';

// Without a graph of the projects the rule on boundaries would pass everything, with a warning nobody reads.
try {
  readCachedProjectGraph();
} catch {
  await createProjectGraphAsync();
}

const tests = ['**/*.spec.ts', '**/*.spec.tsx', '**/*.int-spec.ts', '**/*.e2e-spec.ts', '**/test/**'];
/** What runs beside the product; it has no packages and imports its neighbours by path. */
const workshop = ['tools/**', 'deploy/**', 'bench/**', 'e2e/**', 'examples/**'];

const boundaries = (allow) => [
  'error',
  {
    depConstraints,
    allow,
    // A kit lib is tested with @atrium/testing, which is made of kit libs.
    ignoredCircularDependencies: [
      ['bus', 'testing'],
      ['database', 'testing'],
      ['service-kit', 'testing'],
    ],
  },
];

/** What the workshop needs of the libs before anything is built: files that Node runs as they are. */
const beforeTheBuild = '^(\\.\\./)+libs/(bus/src/(bus-keys|nats-servers)|contracts/src/processes)\\.ts$';

/** Which of our own packages a lib may import. The tags say the rest; they cannot tell one kit lib from another. */
const libs = {
  contracts: [],
  markup: [],
  bus: ['contracts'],
  database: ['bus', 'contracts', 'service-kit'],
  'service-kit': ['bus', 'contracts'],
  client: ['contracts'],
};

/** Limits on imports. One entry per part of the tree, because a later entry replaces an earlier one. */
function imports(files, { ours, builtins = true }) {
  const patterns = [{ regex: '^@atrium/testing$', message: 'Only tests import @atrium/testing.' }];
  if (ours)
    patterns.push({
      regex: `^@atrium/(?!(${ours.join('|') || '-'})$)`,
      message: `Of our packages, this imports only: ${ours.join(', ') || 'none'}.`,
    });
  if (!builtins) patterns.push({ regex: '^node:', message: 'This also runs in a browser.' });
  const paths = [{ name: 'node:process', importNames: ['env'], message: 'Read the configuration through loadConfig.' }];
  return { files, ignores: tests, rules: { 'no-restricted-imports': ['error', { paths, patterns }] } };
}

const env = { object: 'process', property: 'env', message: 'Read the configuration through loadConfig.' };
/** What exists only in secure contexts: a page opened over plain http from another machine does without. */
const secureOnly = [
  { object: 'crypto', property: 'randomUUID', message: 'Not without https; use newId of @atrium/client.' },
  { object: 'crypto', property: 'subtle', message: 'Not without https.' },
  { object: 'navigator', property: 'clipboard', message: 'Not without https; use copyText of kit/clipboard.ts.' },
];

/** The titles of tests are read in a list, without their files. */
const namedByCode = {
  selector: 'CallExpression[callee.name="describe"] > Literal:first-child[value=/^([a-z]+|[A-Z][a-z]+)[A-Z]\\w*$/]',
  message: 'Say in words what the tests are about, not which function or class they call.',
};

const globals = (names) => Object.fromEntries(names.split(' ').map((name) => [name, 'readonly']));

export default defineConfig(
  { ignores: ['**/dist/', '**/coverage/', '**/node_modules/', '.local/', '.nx/', 'docs/generated/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.js', '**/*.mjs'],
    plugins: { '@nx': nx, 'import-x': importX, house },
    settings: {
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [
        createNodeResolver({ conditionNames: ['atrium-source', 'import', 'node', 'default'], extensions: ['.ts', '.tsx', '.js', '.mjs'] }),
      ],
    },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(['../../jest.preset.js']),
      'house/max-params': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } },
      ],
      'no-restricted-properties': ['error', env],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSImportType[source.value=/^[.]/]', message: 'Import the type at the top, where the rules of imports see it.' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Types of packages that have none are declared beside the one file that needs them.
      '@typescript-eslint/triple-slash-reference': ['error', { path: 'always' }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },

  imports(['apps/**/*.ts', 'libs/**/*.ts'], {}),
  imports(['apps/web/src/**/*.{ts,tsx}'], { ours: ['contracts', 'contracts/file-reasons', 'client', 'markup'], builtins: false }),
  ...Object.entries(libs).map(([lib, ours]) =>
    imports([`libs/${lib}/src/**/*.ts`], { ours, builtins: !['contracts', 'client', 'markup'].includes(lib) }),
  ),

  // In the contracts, `*.rpc.ts` declares calls; the doors that answer them are in the apps.
  { files: ['apps/*/src/**/*.{ts,tsx}'], rules: { 'house/layers': 'error' } },
  { files: ['apps/gateway/src/**/*.ts'], rules: { 'import-x/no-restricted-paths': ['error', gatewayPaths] } },

  { files: ['apps/web/src/**/*.{ts,tsx}'], rules: { 'import-x/no-restricted-paths': ['error', webPaths] } },
  {
    files: ['apps/web/src/**/*.{ts,tsx}', 'libs/client/src/**/*.ts'],
    ignores: [...tests, 'apps/web/src/kit/clipboard.ts'],
    rules: { 'no-restricted-properties': ['error', env, ...secureOnly] },
  },

  {
    files: workshop,
    rules: {
      '@nx/enforce-module-boundaries': boundaries([
        '^(\\.\\./)+(tools|deploy|examples)/',
        '^(\\.\\./)+apps/files/(src/(answers|indexing|questions|text)|test)/',
        '../jest.preset.js',
        beforeTheBuild,
      ]),
      'no-restricted-properties': 'off',
      'no-console': 'off',
    },
  },
  // Where the environment is read or set beside the workshop: the configuration, and what tests run with.
  {
    files: ['libs/service-kit/src/config.ts', 'libs/testing/src/**', '**/test/**', '**/vite.config.ts', '**/jest.config.js'],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['apps/web/src/**/*.tsx'], rules: { 'house/words': 'error' } },
  // Tools that ask for a default export.
  { files: ['**/*.config.{js,ts}', 'jest.preset.js', 'apps/web/words-jest.js', '**/*.d.ts'], rules: { 'no-restricted-exports': 'off' } },
  { files: tests, rules: { 'no-restricted-syntax': ['error', namedByCode] } },
  // A `describe` is as long as its file, a migration as its tables, and `it.each` has a parameter for each column.
  { files: [...tests, '**/migrations/**'], rules: { 'max-lines-per-function': 'off', 'house/max-params': 'off' } },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals('process console setTimeout setInterval clearInterval URL fetch AbortSignal') },
  },
  {
    files: ['apps/web/before-paint.js', 'apps/web/early-requests.js'],
    languageOptions: { globals: globals('localStorage matchMedia navigator document location window') },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['apps/web/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
);
