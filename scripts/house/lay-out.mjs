/**
 * @typedef {object} PlacedRoom
 * @property {string} name
 * @property {number} files
 * @property {number} floor counted from the bottom, which is 1
 * @property {number} x of its left edge
 * @property {number} y of its upper edge
 * @property {number} column how many rooms stand before it: above it, or to its left
 *
 * @typedef {object} Pipe a room knows another below it
 * @property {PlacedRoom} from
 * @property {PlacedRoom} to
 * @property {number} count
 * @property {number} exit x at the bottom of the one
 * @property {number} track y of the level part
 *
 * @typedef {object} Climb a room knows another that is not below it
 * @property {PlacedRoom} from
 * @property {PlacedRoom} to
 *
 * @typedef {object} Layout
 * @property {number} width
 * @property {number} height
 * @property {readonly PlacedRoom[]} rooms
 * @property {readonly Pipe[]} pipes
 * @property {readonly Climb[]} climbs
 */

export const ROOM_WIDTH = 116;
export const ROOM_HEIGHT = 40;
const LEFT = 64;
const EDGE = 16;
/** Between rooms of one floor, and how far a room reaches beyond those above it: so that its pipe comes down beside them. */
const GAP = 14;
const OVERHANG = 26;
const TRACK = 6;
/** The line of text below the house. */
const NOTE_HEIGHT = 30;
const NOTE_WIDTH = 560;

/**
 * Where everything in the picture of a house stands. The floors are stairs that lead down to the right: beyond all rooms
 * above it, each room has a strip of its own, in which a pipe comes down to it from all that know it.
 *
 * @param {import('./houses.cjs').House} house
 * @param {ReturnType<typeof import('./read-imports.mjs').readImports>} imports
 * @returns {Layout}
 */
export function layOut({ floors }, { files, knowledge }) {
  const rooms = placeSideways(floors, files);
  const known = knowledge.map(({ from, to, count }) => ({ from: roomIn(rooms, from), to: roomIn(rooms, to), count }));
  const down = known.filter(({ from, to }) => from.floor > to.floor);
  const pipes = floors.flatMap((_, depth) => placeFloor(rooms, down, floors.length - depth));
  return {
    width: Math.max(NOTE_WIDTH, ...rooms.map(({ x }) => x + ROOM_WIDTH)) + EDGE,
    height: Math.max(...rooms.map(({ y }) => y)) + ROOM_HEIGHT + NOTE_HEIGHT + EDGE,
    rooms,
    pipes,
    climbs: known.filter(({ from, to }) => from.floor <= to.floor),
  };
}

/** Where the pipe comes down to a room. @param {PlacedRoom} room */
export function pipeOf({ x }) {
  return x + ROOM_WIDTH - OVERHANG / 2;
}

/**
 * @param {import('./houses.cjs').House['floors']} floors
 * @param {ReadonlyMap<string, number>} files
 * @returns {PlacedRoom[]}
 */
function placeSideways(floors, files) {
  let right = LEFT + ROOM_WIDTH - OVERHANG;
  let column = 0;
  return floors.flatMap((floor, depth) =>
    Object.keys(floor).map((name, place) => {
      right += place === 0 ? OVERHANG : GAP + ROOM_WIDTH;
      const x = right - ROOM_WIDTH;
      return { name, files: files.get(name) ?? 0, floor: floors.length - depth, x, y: EDGE, column: column++ };
    }),
  );
}

/**
 * Places the pipes that begin on a floor, and moves all floors below it down as far as their level parts need.
 *
 * @param {readonly PlacedRoom[]} rooms
 * @param {readonly Omit<Pipe, 'exit' | 'track'>[]} down
 * @param {number} floor
 * @returns {Pipe[]}
 */
function placeFloor(rooms, down, floor) {
  const leaving = down.filter(({ from }) => from.floor === floor).sort(byTrack);
  const bottom = (rooms.find((room) => room.floor === floor)?.y ?? 0) + ROOM_HEIGHT;
  for (const room of rooms) if (room.floor < floor) room.y = bottom + (leaving.length + 3) * TRACK;
  return leaving.map((pipe, place) => ({ ...pipe, exit: exitOf(pipe, leaving), track: bottom + (place + 1) * TRACK }));
}

/**
 * From the top track to the lowest: what goes farthest lies above, so that the pipes of a room do not cross.
 *
 * @param {Omit<Pipe, 'exit' | 'track'>} one
 * @param {Omit<Pipe, 'exit' | 'track'>} other
 */
function byTrack(one, other) {
  return other.from.column - one.from.column || other.to.column - one.to.column;
}

/**
 * @param {Omit<Pipe, 'exit' | 'track'>} pipe
 * @param {readonly Omit<Pipe, 'exit' | 'track'>[]} leaving all of its floor, in the order of their tracks
 */
function exitOf(pipe, leaving) {
  const own = leaving.filter(({ from }) => from === pipe.from);
  return Math.round(pipe.from.x + ((own.length - own.indexOf(pipe)) * (ROOM_WIDTH - OVERHANG)) / (own.length + 1));
}

/**
 * @param {readonly PlacedRoom[]} rooms
 * @param {string} name
 */
function roomIn(rooms, name) {
  const room = rooms.find((each) => each.name === name);
  if (room === undefined) throw new Error(`There is no room ${name}.`);
  return room;
}
