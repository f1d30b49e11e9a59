import { pipeOf, ROOM_HEIGHT, ROOM_WIDTH } from './lay-out.mjs';

/** Readable on a white page and on a dark one, as rooms under white names and as pipes. */
const COLOURS = ['#6e7781', '#0969da', '#1a7f37', '#9a6700', '#8250df', '#bf3989', '#1b7c83', '#bc4c00'];
const HEAD = 6;
const BEND = 4;

/**
 * Draws a house: a row for each floor, a box for each room, and a pipe from each room to those that it knows.
 *
 * @param {string} name the package
 * @param {import('./lay-out.mjs').Layout} layout
 * @returns {string} an SVG
 */
export function draw(name, { width, height, rooms, pipes, climbs }) {
  const known = rooms.filter((room) => pipes.some(({ to }) => to === room));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-labelledby="title" font-family="-apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif" font-size="13">`,
    `  <title id="title">The rooms of ${name}, and which of them know which</title>`,
    '  <!-- Written by `npm run house`. Every colour is readable on a white page and on a dark one. -->',
    STYLE,
    ...floorsOf(rooms).map((room) => drawFloor(room, width)),
    ...pipes.map(drawPipe),
    ...known.map(drawHead),
    ...rooms.map(drawRoom),
    ...climbs.map(drawClimb),
    `  <text class="note" x="16" y="${height - 16}">A pipe leads down to each room that is known, in its colour: the more imports, the thicker.</text>`,
    '</svg>\n',
  ].join('\n');
}

const STYLE = `  <style>
    .floor { fill: #7d8590; fill-opacity: 0.12; }
    .note { fill: #7d8590; font-size: 12px; }
    .pipe { fill: none; }
    .climb { fill: none; stroke: #cf222e; stroke-width: 2; stroke-dasharray: 5 3; }
    .room { fill: #ffffff; text-anchor: middle; font-weight: 600; }
    .files { fill: #ffffff; text-anchor: middle; font-size: 11px; }
  </style>`;

/**
 * One room of each floor.
 *
 * @param {readonly import('./lay-out.mjs').PlacedRoom[]} rooms
 */
function floorsOf(rooms) {
  return rooms.filter((room, place) => room.floor !== rooms[place - 1]?.floor);
}

/**
 * @param {import('./lay-out.mjs').PlacedRoom} room
 * @param {number} width
 */
function drawFloor({ floor, y }, width) {
  const band = `<rect class="floor" y="${y - 4}" width="${width}" height="${ROOM_HEIGHT + 8}"/>`;
  return `  ${band}<text class="note" x="16" y="${y + 24}">${floor}</text>`;
}

/** Down out of the room, level to the strip of the other, and down to it. @param {import('./lay-out.mjs').Pipe} pipe */
function drawPipe({ from, to, count, exit, track }) {
  const end = pipeOf(to);
  const level = `V${track - BEND}q0 ${BEND} ${BEND} ${BEND}H${end - BEND}q${BEND} 0 ${BEND} ${BEND}`;
  const path = `M${exit} ${from.y + ROOM_HEIGHT}${level}V${to.y - HEAD}`;
  return `  <path class="pipe" stroke="${colourOf(to)}" ${strength(count)} d="${path}"><title>${from.name} knows ${to.name}: ${imports(count)}</title></path>`;
}

/** @param {number} count */
function strength(count) {
  const width = Math.min(4, 1 + Math.log2(count) / 2);
  const opacity = Math.min(1, 0.75 + count / 20);
  return `stroke-width="${Number(width.toFixed(1))}" stroke-opacity="${Number(opacity.toFixed(2))}"`;
}

/** @param {number} count */
function imports(count) {
  return count === 1 ? '1 import' : `${count} imports`;
}

/** @param {import('./lay-out.mjs').PlacedRoom} room */
function drawHead(room) {
  const point = `${pipeOf(room)} ${room.y}`;
  return `  <path fill="${colourOf(room)}" d="M${point}l-5 -8h10z"/>`;
}

/** @param {import('./lay-out.mjs').PlacedRoom} room */
function drawRoom(room) {
  const { name, files, x, y } = room;
  const middle = x + ROOM_WIDTH / 2;
  return [
    `  <rect fill="${colourOf(room)}" x="${x}" y="${y}" width="${ROOM_WIDTH}" height="${ROOM_HEIGHT}" rx="6"/>`,
    `<text class="room" x="${middle}" y="${y + 18}">${name}</text>`,
    `<text class="files" x="${middle}" y="${y + 32}">${files === 1 ? '1 file' : `${files} files`}</text>`,
  ].join('');
}

/** What may not be, and is seen at once: around the left of the rooms. @param {import('./lay-out.mjs').Climb} climb */
function drawClimb({ from, to }) {
  const [begin, end] = [from, to].map(({ x, y }) => ({ x, y: y + ROOM_HEIGHT / 2 }));
  if (begin === undefined || end === undefined) return '';
  const bow = Math.min(begin.x, end.x) - 48;
  const path = `M${begin.x} ${begin.y}C${bow} ${begin.y} ${bow} ${end.y} ${end.x} ${end.y}`;
  return `  <path class="climb" d="${path}"><title>${from.name} knows ${to.name}, which is not below it</title></path>`;
}

/** @param {import('./lay-out.mjs').PlacedRoom} room */
function colourOf({ column }) {
  return COLOURS[column % COLOURS.length];
}
