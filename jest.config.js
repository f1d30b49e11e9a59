const sourceCondition = '@stasis-rx/source';

// Types are checked by tsc; here they are only stripped.
const swc = (target = 'es2022') => [
  '@swc/jest',
  {
    jsc: { target, parser: { syntax: 'typescript', decorators: true }, transform: { legacyDecorator: true } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];
const transform = { '^.+\\.[cm]?ts$': swc() };

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
});

/**
 * The Angular package, in one of the two ways in which applications detect changes.
 *
 * @param {string} displayName
 * @param {string} setup a file of its tests that starts Angular's test environment
 * @param {string} target with zone.js no later than es2016: an `await` left as it is leaves the zone
 */
const angularPackage = (displayName, setup, target) => ({
  ...nodePackage('angular'),
  displayName,
  testEnvironment: 'jsdom',
  testEnvironmentOptions: { customExportConditions: [sourceCondition, 'browser'] },
  // Angular is published as modules only.
  transform: { '^.+\\.([cm]?ts|mjs)$': swc(target) },
  transformIgnorePatterns: ['/node_modules/(?!@angular/)'],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json'],
  setupFilesAfterEnv: [`<rootDir>/test/support/${setup}.ts`],
});

/** @type {import('jest').Config} */
export default {
  projects: [
    ...['core', 'router', 'statsd', 'asterisk'].map(nodePackage),
    { ...angularPackage('angular', 'zoneless', 'es2022'), testPathIgnorePatterns: ['/test/zone/'] },
    angularPackage('angular-zone', 'zone', 'es2016'),
    { ...nodePackage('scripts'), rootDir: 'scripts' },
    { ...nodePackage('examples'), rootDir: 'examples', testMatch: ['<rootDir>/*.test.ts'] },
  ],
  reporters: ['default', '<rootDir>/scripts/closing-line-reporter.cjs'],
  // Relative to the root: per-project patterns leave out files that no test loads.
  collectCoverageFrom: ['packages/*/src/**/*.ts'],
  coverageProvider: 'v8',
  coverageThreshold: { global: { lines: 95, branches: 85 } },
};
