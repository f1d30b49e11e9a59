import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { House } from '../house/houses.cjs';
import { houseDocuments, outdated } from '../house/house-documents.mjs';

const ROOT = join(__dirname, '../..');
const PAGE = '# A page\n\n<!-- the house: written by `npm run house` -->\n\n<!-- end of the house -->\n';
const HOUSE: House = {
  name: 'demo',
  floors: [
    { 'index.ts': 'The door.' },
    { upper: 'What is read later.', beside: 'What is read then too.' },
    { lower: 'What is read first.' },
  ],
};
const FILES = {
  'CONTRIBUTING.md': PAGE,
  'packages/demo/src/index.ts': "export { upper } from './upper/upper.js';",
  'packages/demo/src/upper/upper.ts': "import { lower } from '../lower/lower.js';\nexport const upper = lower;",
  'packages/demo/src/beside/beside.ts': 'export const beside = 1;',
  'packages/demo/src/lower/lower.ts': 'export const lower = 1;',
};

let folder: string;

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

describe('the rules of the houses', () => {
  let faults: string;

  // A run takes seconds, so one has them all.
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'house-'));
    write({
      'tsconfig.base.json': '{}',
      'packages/core/src/topics/topic.ts': "import type { Bus } from '../bus/bus.js';\nexport type Topic = Bus;",
      'packages/core/src/bus/bus.ts': "export { State } from '../messages/state.js';\nexport interface Bus {}",
      'packages/core/src/messages/state.ts': 'export const State = 1;',
      'packages/core/src/states/state.ts': "export { map } from '../operators/map.js';",
      'packages/core/src/operators/map.ts': 'export const map = 1;',
      'packages/core/src/attic/box.ts': 'export const box = 1;',
      'packages/demo/test/one.ts': "import type { Two } from './two.js';\nexport interface One { two: Two }",
      'packages/demo/test/two.ts': "import type { One } from './one.js';\nexport interface Two { one: One }",
      'packages/demo/test/three.mjs': "export { four } from './four.mjs';\n/** @typedef {string} Three */",
      'packages/demo/test/four.mjs': "/** @type {import('./three.mjs').Three} */\nexport const four = '';",
    });
    faults = cycles(folder);
    rmSync(folder, { recursive: true });
  });

  it('find an import that runs up, if only for a type, and name both rooms', () => {
    expect(faults).toContain('core: topics may not know bus, which is above it: packages/core/src/topics/topic.ts →');
  });

  it('find an import of a room on the same floor', () => {
    expect(faults).toContain(
      'core: states may not know operators, on its own floor: packages/core/src/states/state.ts →',
    );
  });

  it('find a file that is in no room, also when nobody knows it', () => {
    expect(faults).toContain('core: a file that is in no room: packages/core/src/attic/box.ts');
  });

  it('find a circle through types, in comments too', () => {
    expect(faults).toMatch(/no-cycle: packages\/demo\/test\/(one|two)\.ts/);
    expect(faults).toMatch(/no-cycle: packages\/demo\/test\/(three|four)\.mjs/);
  });

  it('let imports go down', () => {
    expect(faults).not.toMatch(/bus may not know|packages\/core\/src\/messages/);
  });
});

/** What `npm run cycles` says of the packages in a folder. */
function cycles(cwd: string): string {
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', join(ROOT, '.dependency-cruiser.cjs'), 'packages'];
  return spawnSync(process.execPath, args, { cwd, encoding: 'utf8' }).stdout;
}

describe('the documents of the houses', () => {
  const PICTURE = 'docs/images/house-demo.svg';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'house-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Writes them, and then some other files. Returns which are not current any more. */
  function outdatedAfter(files: Readonly<Record<string, string>>): string[] {
    write(FILES);
    write(Object.fromEntries(houseDocuments(folder, [HOUSE])));
    write(files);
    return outdated(folder, houseDocuments(folder, [HOUSE]));
  }

  it('are current once they are written, and before that they are not', () => {
    write(FILES);
    expect(outdated(folder, houseDocuments(folder, [HOUSE]))).toEqual([PICTURE, 'CONTRIBUTING.md']);
    expect(outdatedAfter({})).toEqual([]);
  });

  it('are not when a room knows another one anew, if only for a type', () => {
    const file = 'packages/demo/src/beside/beside.ts';
    const text = "export const beside = 1;\nexport type Lower = import('../lower/lower.js').Lower;";
    expect(outdatedAfter({ [file]: text })).toEqual([PICTURE]);
  });

  it('are not when a room has another number of files', () => {
    expect(outdatedAfter({ 'packages/demo/src/lower/lowest.ts': '' })).toEqual([PICTURE]);
  });

  it('show every room, whom it knows, and what should not be', () => {
    write({ ...FILES, 'packages/demo/src/lower/lower.ts': "export { beside as lower } from '../beside/beside.js';" });
    const documents = houseDocuments(folder, [HOUSE]);
    const titles = documents.get(PICTURE)?.match(/(?<=<title>).*?(?=<)/g);

    expect(titles).toEqual([
      'index.ts knows upper: 1 import',
      'upper knows lower: 1 import',
      'lower knows beside, which is not below it',
    ]);
    expect(documents.get('CONTRIBUTING.md')).toContain('| `lower`    | What is read first.    |');
  });

  it('are refused while a file is in no room, or a room has no file', () => {
    expect(() => outdatedAfter({ 'packages/demo/src/attic/box.ts': '' })).toThrow(
      'packages/demo/src/attic/box.ts is in no room',
    );
    expect(() =>
      houseDocuments(folder, [{ name: 'demo', floors: [...HOUSE.floors, { attic: '', cellar: '' }] }]),
    ).toThrow('a room cellar in demo, which is empty');
  });
});
