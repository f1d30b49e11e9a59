const sourceCondition = '@stasis-rx/source';

// Types are checked by tsc; here they are only stripped.
const transform = {
  '^.+\\.[cm]?ts$': [
    '@swc/jest',
    {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    },
  ],
};

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

/** @type {import('jest').Config} */
export default {
  projects: [
    ...['core', 'router', 'statsd', 'asterisk', 'bridge', 'nats', 'broadcast-channel'].map(nodePackage),
    { ...nodePackage('scripts'), rootDir: 'scripts' },
    { ...nodePackage('examples'), rootDir: 'examples', testMatch: ['<rootDir>/*.test.ts'] },
  ],
  reporters: ['default', '<rootDir>/scripts/closing-line-reporter.cjs'],
  // Relative to the root: per-project patterns leave out files that no test loads.
  collectCoverageFrom: ['packages/*/src/**/*.ts'],
  coverageProvider: 'v8',
  coverageThreshold: { global: { lines: 95, branches: 85 } },
};
