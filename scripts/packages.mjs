import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository, as a path. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The packages that are published, in the order of their folders.
 *
 * @returns {{ name: string, directory: string }[]}
 */
export function publishedPackages() {
  return readdirSync(join(root, 'packages'))
    .map((folder) => join(root, 'packages', folder))
    .filter((directory) => existsSync(join(directory, 'package.json')))
    .map((directory) => ({ directory, ...JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) }))
    .filter((manifest) => manifest.private !== true)
    .map(({ name, directory }) => ({ name, directory }));
}

/**
 * Packs the published packages as `npm publish` would.
 *
 * @param {string} destination an existing folder that gets the tarballs
 * @param {readonly string[]} [names] which ones; all of them if it is left out
 * @returns {{ name: string, directory: string, tarball: string }[]}
 */
export function packPackages(destination, names) {
  const packages = publishedPackages().filter(({ name }) => names?.includes(name) ?? true);
  const folders = packages.map(({ directory }) => directory);
  const packed = JSON.parse(npm(['pack', '--json', '--pack-destination', destination, ...folders], root));
  return packages.map((each, index) => ({ ...each, tarball: join(destination, packed[index].filename) }));
}

/**
 * Runs npm and waits for it.
 *
 * @param {string[]} args
 * @param {string} directory
 * @returns {string} what it printed
 */
export function npm(args, directory) {
  return execFileSync('npm', args, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/**
 * Runs a program of Node and waits for it; what it prints is shown.
 *
 * @param {string[]} args the program's path and its arguments
 * @param {string} directory the working folder
 * @throws {Error} when it ends with anything but 0
 */
export function runNode(args, directory) {
  const { status, signal } = spawnSync(process.execPath, args, { cwd: directory, stdio: 'inherit' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status ?? signal}`);
}

/**
 * Runs an installed development tool.
 *
 * @param {string} program the path of its program inside `node_modules`
 * @param {string[]} args
 * @param {string} [directory] the working folder
 */
export function runTool(program, args, directory = root) {
  runNode([join(root, 'node_modules', program), ...args], directory);
}

/**
 * Does some work in a new folder, which is gone afterwards.
 *
 * @param {string} name what its name starts with
 * @param {(folder: string) => unknown} work a promise that it returns is waited for
 */
export async function inTemporaryFolder(name, work) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
