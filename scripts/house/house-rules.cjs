'use strict';

/**
 * Rules for dependency-cruiser: a room knows the rooms below it, and no other. One rule for each pair that may not be, so that
 * what it prints names both.
 *
 * @param {readonly import('./houses.cjs').House[]} houses
 * @returns {import('dependency-cruiser').IForbiddenRuleType[]}
 */
function houseRules(houses) {
  return houses.flatMap((house) => [...houselessRules(house), ...climbingRules(house)]);
}

/**
 * @param {import('./houses.cjs').House} house
 * @returns {import('dependency-cruiser').IForbiddenRuleType[]}
 */
function houselessRules({ name, floors }) {
  const rooms = floors.flatMap((floor) => Object.keys(floor)).map((room) => pathOf(name, room));
  const outside = { path: `^packages/${name}/src/`, pathNot: rooms };
  const rule = {
    name: `${name}: a file that is in no room`,
    comment: IN_NO_ROOM,
    severity: /** @type {const} */ ('error'),
  };
  // A file may know others, be known to others, or neither.
  return [
    { ...rule, from: outside, to: {} },
    { ...rule, from: { pathNot: outside.path }, to: outside },
    { ...rule, from: { ...outside, orphan: true }, to: {} },
  ];
}

const IN_NO_ROOM = 'Every file is in a room, and every room on a floor: scripts/house/houses.cjs says on which.';

/**
 * @param {import('./houses.cjs').House} house
 * @returns {import('dependency-cruiser').IForbiddenRuleType[]}
 */
function climbingRules({ name, floors }) {
  const rooms = floors.flatMap((floor, depth) => Object.keys(floor).map((room) => ({ room, depth })));
  return rooms.flatMap((one) =>
    rooms
      .filter((other) => other.room !== one.room && other.depth <= one.depth)
      .map((other) => ({
        name: `${name}: ${one.room} may not know ${other.room}, ${other.depth < one.depth ? 'which is above it' : 'on its own floor'}`,
        comment: 'Imports go down, those of types included; scripts/house/houses.cjs has the floors.',
        severity: 'error',
        from: { path: pathOf(name, one.room) },
        to: { path: pathOf(name, other.room) },
      })),
  );
}

/**
 * @param {string} name the package
 * @param {string} room a folder, or a file
 */
function pathOf(name, room) {
  const path = `^packages/${name}/src/${room.replaceAll('.', '[.]')}`;
  return room.includes('.') ? `${path}$` : `${path}/`;
}

module.exports = { houseRules };
