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

/**
 * RxJS in its own single file rather than in some two hundred, which each test file would load anew; nothing of it is
 * changed. The tests on the lowest version take the many files.
 */
const rxjs = `${import.meta.dirname}/node_modules/rxjs/dist/bundles/rxjs.umd.js`;

/** @param {string} name the package's folder */
const nodePackage = (name) => ({
  displayName: name,
  rootDir: `packages/${name}`,
  testEnvironment: 'node',
  // Sibling packages are taken from their sources, so that the tests need no build. Jest adds 'require' and 'default'
  // itself; 'import' must not stand here.
  testEnvironmentOptions: { customExportConditions: [sourceCondition, 'node', 'node-addons'] },
  transform,
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', '^rxjs(/operators)?$': rxjs },
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

/** The same tests on the lowest React of the peer range, which a workspace of its own brings along. */
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
const stripAngular = (target = 'es2022', sourceMaps = /** @type {'inline' | false} */ ('inline')) => [
  '@swc/jest',
  {
    jsc: { target, parser: { syntax: 'typescript', decorators: true }, transform: { legacyDecorator: true } },
    module: { type: 'commonjs' },
    sourceMaps,
  },
];

/**
 * The tests of the package as one suite, for each suite loads all of Angular, but for those that want one for themselves.
 * One file of it: `npx jest --selectProjects angular -t dispatchers.test`.
 */
const together = (/** @type {string[]} */ ...others) =>
  ['support/together', ...others].map((name) => `<rootDir>/test/${name}.ts`);

/** Angular itself goes without source maps: they are three quarters of what each suite has to load. */
const transformAngular = (target = 'es2022') => ({
  '^.+\\.[cm]?ts$': stripAngular(target),
  '^.+\\.mjs$': stripAngular(target, false),
});

const angular = {
  ...nodePackage('angular'),
  testEnvironment: 'jsdom',
  testEnvironmentOptions: { customExportConditions: [sourceCondition, 'browser'] },
  transform: transformAngular(),
  transformIgnorePatterns: ['/node_modules/(?!@angular/)'],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json'],
  testMatch: together('server.test', 'readme.test'),
  globals: { ANGULAR_MAJOR: 21 },
  setupFilesAfterEnv: [`${import.meta.dirname}/packages/angular/test/support/zoneless.ts`],
};

/** The same tests in an application with zone.js, and some more. As the Angular CLI has it, no `await` is left as it is. */
const angularWithZone = {
  ...angular,
  displayName: 'angular-zone',
  transform: transformAngular('es2016'),
  testMatch: together('server.test', 'zone/*.test'),
  setupFilesAfterEnv: [`${import.meta.dirname}/packages/angular/test/support/zone.ts`],
};

/**
 * The same tests on another Angular, which a workspace of its own brings along.
 *
 * @param {typeof angular} project
 * @param {number} major
 * @param {Record<string, string>} files by the path of an import below its package, where that is another file
 */
const onAngular = (project, major, files) => ({
  ...project,
  displayName: project.displayName.replace('angular', `angular-${major}`),
  globals: { ANGULAR_MAJOR: major },
  moduleNameMapper: {
    ...project.moduleNameMapper,
    ...Object.fromEntries(
      Object.entries({ '': '$1', '/([\\w-]+)': '$2', ...files }).map(([path, file]) => [
        `^@angular/([\\w-]+)${path}$`,
        `<rootDir>/../../compat/angular-${major}/node_modules/@angular/$1/fesm2022/${file}.mjs`,
      ]),
    ),
  },
});

/** Angular 20 without the tests of a server: that has no platform-server of this version. */
const angular20 = {
  ...onAngular(angular, 20, { '/([\\w-]+/.+)': '$2' }),
  testMatch: together(),
};

const ANGULAR_22 = { '/([\\w-]+)/([\\w-]+)': '$2-$3' };
const angular22 = onAngular(angular, 22, ANGULAR_22);
const angular22WithZone = onAngular(angularWithZone, 22, ANGULAR_22);

const lowestRxjs = `${import.meta.dirname}/compat/rxjs-7.8.0`;

/**
 * The same tests on the lowest RxJS of the peer range, which a workspace of its own brings along, with one that proves it.
 *
 * @param {ReturnType<typeof nodePackage>} project
 */
const onLowestRxjs = (project) => ({
  ...project,
  displayName: `${project.displayName}-rxjs-7.8.0`,
  roots: ['<rootDir>', lowestRxjs],
  // The first that fits counts.
  moduleNameMapper: { '^rxjs(/.*)?$': `${lowestRxjs}/node_modules/rxjs$1`, ...project.moduleNameMapper },
  testMatch: [...project.testMatch, `${lowestRxjs}/test/*.test.ts`],
});

/** Those of them that are about RxJS: a part of every run. All of them are run by `npm run test:rxjs`. */
const rxjsInShort = {
  ...onLowestRxjs({ ...nodePackage('rxjs-7.8.0'), rootDir: 'packages' }),
  displayName: 'rxjs-7.8.0',
  testMatch: [
    ...['rxjs-assumptions', 'interop', 'subject-specification', 'contracts', '*observers'].map(
      (name) => `<rootDir>/core/test/**/${name}.test.ts`,
    ),
    ...['message-router-group', 'group-by-type'].map((name) => `<rootDir>/router/test/${name}.test.ts`),
    `${lowestRxjs}/test/*.test.ts`,
  ],
};

/** @type {import('jest').Config} */
export default {
  projects: [
    ...['core', 'router', 'statsd', 'asterisk', 'bridge', 'nats', 'broadcast-channel', 'message-port', 'inspector'].map(
      nodePackage,
    ),
    react,
    react18,
    angular,
    angularWithZone,
    angular20,
    angular22,
    angular22WithZone,
    rxjsInShort,
    ...['core', 'router'].map(nodePackage).map(onLowestRxjs),
    { ...nodePackage('scripts'), rootDir: 'scripts', transform: { '^.+\\.([cm]?ts|mjs)$': strip(false) } },
    { ...nodePackage('trials'), rootDir: 'trials' },
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
  // Jest leaves one core free for those who watch, which on two cores is half of them.
  maxWorkers: '100%',
  // No test waits that long; a machine that does something else besides may need it.
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/scripts/closing-line-reporter.cjs'],
  // Relative to the root: per-project patterns leave out files that no test loads.
  collectCoverageFrom: ['packages/*/src/**/*.{ts,tsx}'],
  coverageProvider: 'v8',
  coverageThreshold: { global: { lines: 95, branches: 85 } },
};
