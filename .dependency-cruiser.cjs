'use strict';

const { builtinModules } = require('node:module');
const { houseRules } = require('./scripts/house/house-rules.cjs');
const { houses } = require('./scripts/house/houses.cjs');

const builtinPath = `^(node:)?(${builtinModules.join('|')})$`;
const nodeBuiltin = { dependencyTypes: ['core'] };

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Imports go one way, those of types included: what is read first needs nothing of what is read later.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...houseRules(houses),
    {
      name: 'runs-in-browsers',
      comment: 'core, router, react and angular run unchanged in browsers, so nothing of Node may be imported there.',
      severity: 'error',
      from: { path: '^packages/(core|router|react|angular)/src/' },
      to: nodeBuiltin,
    },
    {
      name: 'index-runs-in-browsers',
      comment:
        "What the asterisk package's index reaches must load in browsers; files and the command line have entries of their own.",
      severity: 'error',
      from: { path: '^packages/asterisk/src/index[.]ts$' },
      to: { path: builtinPath, reachable: true },
    },
    {
      name: 'core-stands-alone',
      comment: 'core knows rxjs and immer, and no other package of ours.',
      severity: 'error',
      from: { path: '^packages/core/src/' },
      to: { path: '^packages/(?!core/)' },
    },
    {
      name: 'through-the-front-door',
      comment: 'A package uses another one by its name, as its users do, never by a path into it.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/' },
      to: { path: '^packages/', pathNot: '^packages/($1/|[^/]+/src/(testing/)?index[.]ts$)' },
    },
    {
      name: 'declared',
      comment: 'Every package that is imported stands in the package.json beside it.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/' },
      // A peer is there for the tests as a development dependency too.
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev', 'unknown'],
        dependencyTypesNot: ['npm', 'npm-peer'],
      },
    },
    {
      name: 'resolvable',
      comment: 'An import that cannot be resolved hides everything behind it from the rules above.',
      severity: 'error',
      // The programs that try the packed packages are installed and run elsewhere, each with what it needs.
      from: { pathNot: '^scripts/packed-' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // What was built; `dist` of other people's packages is none of it.
    exclude: {
      path: ['packages/[^/]+', 'benchmarks', 'examples/[^/]+', 'examples/[^/]+/[^/]+'].map((path) => `^${path}/dist/`),
    },
    // `import('./file.mjs').Type` in the comments of a script is an import too.
    parser: 'tsc',
    detectJSDocImports: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@stasis-rx/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs'],
    },
  },
};
