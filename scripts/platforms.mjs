// The versions that the packages are tried on, where no package.json of the repository names them: those of Angular, React and
// RxJS stand in `packages/` and `compat/`.

/** Node.js: the oldest that the packages run on, then the lines that are alive. */
export const NODES = ['20.19.6', '22.23.3', '24.21.0', '26.10.0'];

/**
 * @param {string} name a version, or which one: `oldest` or `newest`
 * @returns {string} the version
 */
export function nodeVersion(name) {
  return { oldest: NODES.at(0), newest: NODES.at(-1) }[name] ?? name;
}

/** The compilers of those who use the packages. */
export const TYPESCRIPTS = ['5.9.3', '6.0.3', '7.0.2'];

/** Test runners and runtimes besides jest and Node.js, by the name of their npm package. */
export const RUNTIMES = { vitest: '5.1.2', bun: '1.4.5', deno: '2.9.6' };
