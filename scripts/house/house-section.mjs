import { markdownTable } from '../markdown-table.mjs';
import { withWrittenPart } from '../written-part.mjs';

const MARKERS = { begin: '<!-- the house: written by `npm run house` -->', end: '<!-- end of the house -->' };

/**
 * CONTRIBUTING.md with the pictures of the houses, and with what lives in each room.
 *
 * @param {string} page
 * @param {readonly import('./houses.cjs').House[]} houses
 * @throws {Error} when the page has no place for it
 */
export function withHouseSection(page, houses) {
  return withWrittenPart(page, MARKERS, houses.map(describe).join('\n'));
}

/** @param {import('./houses.cjs').House} house */
function describe({ name, floors }) {
  const picture = `![The rooms of ${name} on their floors, and which of them know which](docs/images/house-${name}.svg)`;
  const rows = floors.flatMap((floor) => Object.entries(floor).map(([room, about]) => [`\`${room}\``, about]));
  return `### \`packages/${name}\`\n\n${picture}\n\n${markdownTable([['room', 'what lives there'], ...rows])}`;
}
