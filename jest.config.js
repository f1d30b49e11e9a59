const sourceCondition = '@stasis-rx/source';

/**
 * Types are checked by tsc; here they are only stripped.
 *
 * @param {boolean} tsx whether the files have JSX in them
 */
const strip = (tsx) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', tsx },
      transform: { react: { runtime: 'automatic' } },
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];
const transform = { '^.+\\.[cm]?ts$': strip(false), '^.+\\.tsx$': strip(true) };

/** @param {string} name the package's folder */
const nodePackage = (name) => ({
  displayName: name,
  rootDir: `packages/${name}`,
  testEnvironment: 'node',
  // Sibling packages are taken from their sources, so that the tests need no build. Jest adds 'require' and 'default'
  // itself; 'import' must not stand here.
  testEnvironmentOptions: { customExportConditions: [sourceCondition, 'node', 'node-addons'] },
  transform,
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/test/browser/'],
});

const react = {
  ...nodePackage('react'),
  testEnvironment: 'jsdom',
  testEnvironmentOptions: { customExportConditions: [sourceCondition, 'browser'] },
  testMatch: ['<rootDir>/test/**/*.test.ts?(x)'],
  globals: { REACT_MAJOR: 19 },
  setupFilesAfterEnv: [`${import.meta.dirname}/packages/react/test/support/setup.ts`],
};

/** The same tests on React 18, which a workspace of its own brings along. */
const react18 = {
  ...react,
  displayName: 'react-18',
  globals: { REACT_MAJOR: 18 },
  moduleNameMapper: {
    ...react.moduleNameMapper,
    '^(react|react-dom)(/.*)?$': '<rootDir>/../../compat/react-18/node_modules/$1$2',
  },
};

/** Angular is published as modules only, and written with decorators. */
const stripAngular = (target = 'es2022') => [
  '@swc/jest',
  {
    jsc: { target, parser: { syntax: 'typescript', decorators: true }, transform: { legacyDecorator: true } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

const angular = {
  ...nodePackage('angular'),
  testEnvironment: 'jsdom',
  testEnvironmentOptions: { customExportConditions: [sourceCondition, 'browser'] },
  transform: { '^.+\\.([cm]?ts|mjs)$': stripAngular() },
  transformIgnorePatterns: ['/node_modules/(?!@angular/)'],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json'],
  testPathIgnorePatterns: ['/test/zone/'],
  globals: { ANGULAR_MAJOR: 21 },
  setupFilesAfterEnv: [`${import.meta.dirname}/packages/angular/test/support/zoneless.ts`],
};

/** The same tests in an application with zone.js, and some more. As the Angular CLI has it, no `await` is left as it is. */
const angularWithZone = {
  ...angular,
  displayName: 'angular-zone',
  transform: { '^.+\\.([cm]?ts|mjs)$': stripAngular('es2016') },
  testPathIgnorePatterns: ['readme.test'],
  setupFilesAfterEnv: [`${import.meta.dirname}/packages/angular/test/support/zone.ts`],
};

/** The same tests on Angular 20, which a workspace of its own brings along, but for those on a server and of documents. */
const angular20 = {
  ...angular,
  displayName: 'angular-20',
  globals: { ANGULAR_MAJOR: 20 },
  testPathIgnorePatterns: ['/test/zone/', 'server.test', 'readme.test'],
  moduleNameMapper: {
    ...angular.moduleNameMapper,
    '^@angular/([\\w-]+)$': '<rootDir>/../../compat/angular-20/node_modules/@angular/$1/fesm2022/$1.mjs',
    '^@angular/([\\w-]+)/(.+)$': '<rootDir>/../../compat/angular-20/node_modules/@angular/$1/fesm2022/$2.mjs',
  },
};

/** @type {import('jest').Config} */
export default {
  projects: [
    ...['core', 'router', 'statsd', 'asterisk', 'bridge', 'nats', 'broadcast-channel'].map(nodePackage),
    react,
    react18,
    angular,
    angularWithZone,
    angular20,
    { ...nodePackage('scripts'), rootDir: 'scripts' },
    { ...nodePackage('benchmarks'), rootDir: 'benchmarks' },
    { ...nodePackage('examples'), rootDir: 'examples', testMatch: ['<rootDir>/*.test.ts'] },
    {
      ...nodePackage('browser'),
      rootDir: 'examples',
      roots: ['<rootDir>', '<rootDir>/../packages'],
      testMatch: ['**/test/browser/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/'],
    },
    { ...nodePackage('wallboard'), rootDir: 'examples/wallboard', testMatch: ['<rootDir>/test/model/*.test.ts'] },
  ],
  // No test waits that long; a machine that does something else besides may need it.
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/scripts/closing-line-reporter.cjs'],
  // Relative to the root: per-project patterns leave out files that no test loads.
  collectCoverageFrom: ['packages/*/src/**/*.{ts,tsx}'],
  coverageProvider: 'v8',
  coverageThreshold: { global: { lines: 95, branches: 85 } },
};
