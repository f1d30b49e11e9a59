// `npm run api` writes down the public API of every entry point, as it was built, in `packages/*/api`. With `--check`, as
// `npm run api:check`, it fails where what is written there is not what users would get.
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  ExtractorMessageCategory,
} from '@microsoft/api-extractor';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { entryPointsOf } from './entry-points.mjs';
import { inTemporaryFolder, publishedPackages, root } from './packages.mjs';

/** @typedef {import('./entry-points.mjs').EntryPoint} EntryPoint */

/**
 * What signatures speak of and no entry point exports, because users need no name for it: it stands behind `@internal`, or
 * is a step of a conditional type.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const NAMELESS = {
  '@stasis-rx/core': ['Audience', 'DispatchPlan', 'Possible', 'TopicBus'],
  '@stasis-rx/inspector': ['OfMessage', 'OfSubscription', 'Timed'],
};

/** What is the business of `npm run docs`, and a tag that nothing here has. */
const NOT_MINDED = ['ae-missing-release-tag', 'ae-undocumented', 'ae-unresolved-link'];

const WHAT_TO_DO = `What users can import is not what the repository says. If that is meant: \`npm run build\`, then \`npm run api\`, and commit
the reports with the change. Tell users by a changeset (\`npm run changeset\`): what is gone, takes less or gives less than
before breaks their code. If it is not meant: something has got into an index.ts, or into a signature that one exports.`;

const isCheck = process.argv.includes('--check');
/** @type {string[]} */
const problems = [];
let isChanged = false;

assertBuilt();
await inTemporaryFolder('stasis-rx-api', (folder) => {
  const packages = publishedPackages().map((published) => ({ ...published, entryPoints: entryPointsOf(published) }));
  const compilerState = compile(
    packages.flatMap(({ entryPoints }) => entryPoints),
    folder,
  );
  for (const { name, directory, entryPoints } of packages) {
    if (!isCheck) mkdirSync(join(directory, 'api'), { recursive: true });
    const forgotten = entryPoints.flatMap((entryPoint) => report(entryPoint, compilerState, folder));
    const exported = entryPoints.flatMap((entryPoint) => exportsIn(join(folder, fileOf(entryPoint))));
    compareNameless(name, new Set(forgotten.filter((symbol) => !exported.includes(symbol))));
    removeOthers(join(directory, 'api'), entryPoints.map(fileOf));
  }
});
if (isChanged) problems.push(WHAT_TO_DO);
if (problems.length > 0) {
  console.error(problems.join('\n\n'));
  process.exitCode = 1;
}

/** What was built from other sources would pass for what there is. */
function assertBuilt() {
  const host = ts.createSolutionBuilderHost(ts.sys);
  const outdated = ts
    .createSolutionBuilder(host, [join(root, 'tsconfig.build.json')], {})
    .getNextInvalidatedProject()?.project;
  if (outdated === undefined) return;
  console.error(`${relative(root, outdated)} is not built, or was built from other sources. First: npm run build`);
  process.exit(1);
}

/**
 * All entry points at once: most of the work is to read what they import.
 *
 * @param {readonly EntryPoint[]} entryPoints
 * @param {string} folder
 */
function compile([first, ...others], folder) {
  if (first === undefined) throw new Error('expected packages that are published');
  return CompilerState.create(configFor(first, folder), { additionalEntryPoints: others.map(({ types }) => types) });
}

/**
 * @param {EntryPoint} entryPoint
 * @param {string} folder for what is written on the way
 */
function configFor(entryPoint, folder) {
  const { directory, types } = entryPoint;
  const unminded = NOT_MINDED.map((id) => [id, { logLevel: ExtractorLogLevel.None }]);
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(directory, 'package.json'),
    configObject: {
      projectFolder: directory,
      mainEntryPointFilePath: types,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          extends: join(root, 'tsconfig.base.json'),
          // As users compile: without the condition that leads to the sources.
          compilerOptions: { customConditions: [] },
          files: [types],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: fileOf(entryPoint),
        reportFolder: join(directory, 'api'),
        reportTempFolder: folder,
      },
      docModel: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Warning } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Warning },
          ...Object.fromEntries(unminded),
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}

/**
 * @param {EntryPoint} entryPoint
 * @param {CompilerState} compilerState
 * @param {string} folder gets the report, whatever comes of it
 * @returns {string[]} what the entry point speaks of and does not export
 */
function report(entryPoint, compilerState, folder) {
  const file = relative(root, join(entryPoint.directory, 'api', fileOf(entryPoint)));
  /** @type {string[]} */
  const forgotten = [];
  let difference = '';
  const { apiReportChanged } = Extractor.invoke(configFor(entryPoint, folder), {
    localBuild: !isCheck,
    compilerState,
    printApiReportDiff: true,
    messageCallback: (message) => {
      message.handled = true;
      // Of two with one name, the second has a number behind it.
      const [, symbol] = /^The symbol "(.+?)(?:_\d+)?" needs to be exported/.exec(message.text) ?? [];
      if (symbol !== undefined) forgotten.push(symbol);
      else if (message.messageId === 'console-api-report-diff') difference = hunksOf(message.text);
      else if (isMinded(message)) problems.push(message.formatMessageWithLocation(root));
    },
  });
  if (apiReportChanged && !isCheck) console.log(`${file} is written`);
  if (apiReportChanged && isCheck) {
    isChanged = true;
    problems.push(`${file} ${difference === '' ? 'is missing.' : `is out of date:\n\n${difference}`}`);
  }
  return forgotten;
}

/** @param {string} difference which begins with the names of files, one of them temporary */
function hunksOf(difference) {
  return difference.slice(difference.indexOf('@@')).trimEnd();
}

/** @param {import('@microsoft/api-extractor').ExtractorMessage} message */
function isMinded({ category, logLevel }) {
  return category !== ExtractorMessageCategory.Console && logLevel !== ExtractorLogLevel.None;
}

/** @param {EntryPoint} entryPoint */
function fileOf({ name }) {
  return `${name}.api.md`;
}

/**
 * @param {string} reportFile
 * @returns {string[]} the names of what can be imported
 */
function exportsIn(reportFile) {
  const declared =
    /^export (?:declare )?(?:abstract )?(?:class|const|enum|function|interface|let|namespace|type) (\w+)/gm;
  const renamed = /^export \{ (?:\w+ as )?(\w+) \}/gm;
  const text = readFileSync(reportFile, 'utf8');
  return [...text.matchAll(declared), ...text.matchAll(renamed)].map(([, name = '']) => name);
}

/**
 * @param {string} name of a package
 * @param {ReadonlySet<string>} forgotten what its signatures speak of and none of its entry points exports
 */
function compareNameless(name, forgotten) {
  const known = NAMELESS[name] ?? [];
  for (const symbol of forgotten) {
    if (known.includes(symbol)) continue;
    problems.push(
      `${name} speaks of ${symbol} and does not export it. Export it from index.ts; or, when no user will ever need its name,` +
        ' add it to NAMELESS in scripts/api-report.mjs.',
    );
  }
  for (const symbol of known) {
    if (!forgotten.has(symbol))
      problems.push(`NAMELESS in scripts/api-report.mjs has ${symbol} of ${name} for nothing.`);
  }
}

/**
 * @param {string} folder of reports
 * @param {readonly string[]} files those of entry points that there are
 */
function removeOthers(folder, files) {
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    if (files.includes(file)) continue;
    const path = join(folder, file);
    if (isCheck)
      problems.push(`${relative(root, path)} belongs to no entry point. Run \`npm run api\`, which removes it.`);
    else rmSync(path);
  }
}
