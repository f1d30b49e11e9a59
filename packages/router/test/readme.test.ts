import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

// Each example starts Node anew, which takes a while on a busy machine.
jest.setTimeout(60_000);

const examples = resolve(__dirname, 'readme');
const loader = pathToFileURL(require.resolve('tsx')).href;
const readme = readFileSync(resolve(__dirname, '..', 'README.md'), 'utf8');

describe('README', () => {
  test.each(readdirSync(examples))('shows test/readme/%s as it is, and what it prints', async (file) => {
    const node = ['--import', loader, '--conditions=@stasis-rx/source', file];
    const { stdout } = await promisify(execFile)(process.execPath, node, { cwd: examples });
    const code = readFileSync(resolve(examples, file), 'utf8');
    expect(readme).toContain(`\`\`\`ts\n${code}\`\`\`\n\nprints\n\n\`\`\`text\n${stdout}\`\`\`\n`);
  });

  test('has no example that is not compiled', () => {
    expect(readme.match(/^```ts$/gm)).toHaveLength(readdirSync(examples).length);
  });
});
