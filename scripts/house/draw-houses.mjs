// `npm run house`: draws the houses of the packages into docs/images, and writes their section of CONTRIBUTING.md. With
// `--check` it writes nothing, and fails when one of them is not current.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../packages.mjs';
import { houseDocuments, outdated } from './house-documents.mjs';
import { houses } from './houses.cjs';

const documents = houseDocuments(root, houses);
const isCheck = process.argv.includes('--check');
for (const path of outdated(root, documents)) {
  if (isCheck) {
    console.error(`${path} is not current: npm run house`);
    process.exitCode = 1;
  } else {
    writeFileSync(join(root, path), documents.get(path) ?? '');
    console.log(`wrote ${path}`);
  }
}
