import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { examplesOf, run } from './support/markdown-examples.js';

const ROOT = join(__dirname, '../../..');
const GUIDE = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md'));
/** Their examples are run by the tests of the Angular package, on a page. */
const ON_ANGULAR = ['docs/angular.md', 'packages/angular/README.md'];
const PAGES_WITH_EXAMPLES = [
  'README.md',
  'packages/core/README.md',
  'packages/asterisk/README.md',
  ...GUIDE.map((file) => `docs/${file}`).filter((page) => !ON_ANGULAR.includes(page)),
];
const PAGES = [
  ...PAGES_WITH_EXAMPLES,
  ...ON_ANGULAR,
  ...['react', 'bridge', 'nats', 'broadcast-channel', 'message-port', 'inspector'].map(
    (name) => `packages/${name}/README.md`,
  ),
  'CONTRIBUTING.md',
  'CHANGELOG.md',
];

const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

describe('the examples of the documents', () => {
  // Those for React, Angular and NATS are run by the tests of those packages, on a page or with a server.
  const examples = PAGES_WITH_EXAMPLES.flatMap(examplesOf).filter(
    ({ language, code }) => language === 'ts' && !code.includes('@angular/') && !code.includes('@nats-io/'),
  );

  it.each(examples)('$title prints what it says', async (example) => {
    expect(await run(example)).toEqual(example.stated);
  });
});

describe('the links of the documents', () => {
  it('docs/README.md: lead to every page of the folder', () => {
    const linked = GUIDE.filter((file) => textOf('docs/README.md').includes(`](${file})`));
    expect(linked).toEqual(GUIDE.filter((file) => file !== 'README.md'));
  });

  it.each(PAGES)('%s: lead to files and headings that are there', (page) => {
    const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => !link.startsWith('https:') && !isThere(page, link));
    expect(broken).toEqual([]);
  });
});

describe('the table of packages in README.md', () => {
  const limits = JSON.parse(textOf('.size-limit.json')) as { name: string; limit: string }[];
  const sizes = [...textOf('README.md').matchAll(/`@stasis-rx\/([\w-]+)`.*\| ([^|]+?) *\|$/gm)];

  it('has a row for each package', () => {
    expect(sizes.map(([, name]) => name)).toEqual([
      'core',
      'router',
      'statsd',
      'asterisk',
      'react',
      'angular',
      'nats',
      'broadcast-channel',
      'message-port',
      'inspector',
      'bridge',
    ]);
  });

  it.each(sizes.map(([, name, size]) => ({ name, size })))(
    '$name: states the limit that is checked',
    ({ name, size }) => {
      expect(size).toBe(limits.find((limit) => limit.name === `${name}, everything`)?.limit);
    },
  );
});

/** Whether a relative link leads to a file, and to a heading in it if it names one. */
function isThere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || anchorsOf(target).includes(anchor);
}

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(page: string): string[] {
  const headings = [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.toLowerCase());
  return headings.map((heading) => heading.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
}
