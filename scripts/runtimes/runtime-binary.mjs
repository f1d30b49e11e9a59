import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from '../packages.mjs';

const { platform, arch } = process;
const isMusl = platform === 'linux' && !reportHeader().glibcVersionRuntime;
const suffix = platform === 'win32' ? '.exe' : '';

/** Where each runtime's program is: a package for each system, which that of its name brings along as an optional one. */
const PROGRAMS = {
  bun: {
    name: `@oven/bun-${platform === 'win32' ? 'windows' : platform}-${arch === 'arm64' ? 'aarch64' : arch}${isMusl ? '-musl' : ''}`,
    path: join('bin', `bun${suffix}`),
  },
  deno: {
    name: `@deno/${platform}-${arch}${platform === 'linux' ? (isMusl ? '-musl' : '-glibc') : ''}`,
    path: `deno${suffix}`,
  },
};

/** A runtime that cannot be had here. */
export class Unavailable extends Error {
  /** Whether that is nobody's fault: its makers have no program for this system. */
  isExcused;

  /**
   * @param {string} reason
   * @param {boolean} isExcused
   */
  constructor(reason, isExcused) {
    super(reason);
    this.isExcused = isExcused;
  }
}

/**
 * The program of Bun or Deno, as npm's registry has it: fetched once, then kept in `node_modules/.cache`. No script of the
 * packages is run: they only look for the program that lies beside them.
 *
 * @param {'bun' | 'deno'} runtime
 * @param {string} version
 * @returns {string} the path of its program
 * @throws {Unavailable}
 */
export function runtimeBinary(runtime, version) {
  const folder = join(root, 'node_modules', '.cache', 'runtimes', runtime, version);
  const { name, path } = PROGRAMS[runtime];
  const program = join(folder, 'node_modules', name, path);
  if (existsSync(program)) return program;

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  installInto(folder, `${runtime}@${version}`);
  const manifest = readFileSync(join(folder, 'node_modules', runtime, 'package.json'), 'utf8');
  if (!(name in JSON.parse(manifest).optionalDependencies)) {
    throw new Unavailable(`there is no program for ${platform} on ${arch}${isMusl ? ' with musl' : ''}`, true);
  }
  if (!existsSync(program)) throw new Unavailable(`npm did not install ${name}@${version}`, false);
  return program;
}

/**
 * @param {string} folder
 * @param {string} what
 * @throws {Unavailable}
 */
export function installInto(folder, what) {
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  try {
    npm(['install', ...quietly, what], folder);
  } catch {
    throw new Unavailable(`npm could not install ${what}, see above`, false);
  }
}

/** Which C library there is stands in a report of Node's only. */
function reportHeader() {
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return header;
}
