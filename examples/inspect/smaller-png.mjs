// Makes a picture of a page smaller: with a palette of at most 256 colours, which such a picture hardly exceeds.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const MOST_COLOURS = 256;

/**
 * @param {Buffer} png as browsers write it: eight bits for each of red, green and blue, and perhaps alpha; not interlaced
 * @returns {Buffer}
 */
export function smallerPng(png) {
  const { width, height, channels, pixels } = readPng(png);
  const { palette, indexOf } = paletteOf(pixels, channels);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows[y * (width + 1) + 1 + x] = indexOf(colourAt(pixels, (y * width + x) * channels));
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8); // eight bits, each an index of the palette
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const data = deflateSync(rows, { level: 9, memLevel: 9 });
  const chunks = [chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

/**
 * The colours that occur most; the others become the nearest of them.
 *
 * @param {Uint8Array} pixels
 * @param {number} channels
 */
function paletteOf(pixels, channels) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (let place = 0; place < pixels.length; place += channels) {
    const colour = colourAt(pixels, place);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const byCount = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour);
  const palette = byCount.slice(0, MOST_COLOURS);
  const indices = new Map(palette.map((colour, index) => [colour, index]));
  const indexOf = (/** @type {number} */ colour) => {
    const known = indices.get(colour) ?? nearest(palette, colour);
    indices.set(colour, known);
    return known;
  };
  return { palette, indexOf };
}

/**
 * @param {readonly number[]} palette
 * @param {number} colour
 */
function nearest(palette, colour) {
  let [best, least] = [0, Infinity];
  for (const [index, other] of palette.entries()) {
    const far = [16, 8, 0].reduce((sum, shift) => sum + (((colour >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
    if (far < least) [best, least] = [index, far];
  }
  return best;
}

/**
 * @param {Uint8Array} pixels
 * @param {number} place
 */
function colourAt(pixels, place) {
  return ((pixels[place] ?? 0) << 16) | ((pixels[place + 1] ?? 0) << 8) | (pixels[place + 2] ?? 0);
}

/** @param {Buffer} png */
function readPng(png) {
  const [width, height, channels] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3];
  /** @type {Buffer[]} */
  const data = [];
  for (let place = 8; place < png.length; place += png.readUInt32BE(place) + 12) {
    const isData = png.toString('latin1', place + 4, place + 8) === 'IDAT';
    if (isData) data.push(png.subarray(place + 8, place + 8 + png.readUInt32BE(place)));
  }
  return { width, height, channels, pixels: unfiltered(inflateSync(Buffer.concat(data)), width * channels, channels) };
}

/**
 * Each row tells by its first byte what was taken off its bytes: those on their left, above, and so on.
 *
 * @param {Buffer} rows
 * @param {number} length of a row
 * @param {number} channels
 */
function unfiltered(rows, length, channels) {
  const height = rows.length / (length + 1);
  const pixels = new Uint8Array(length * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (length + 1)];
    for (let x = 0; x < length; x++) {
      const left = x < channels ? 0 : (pixels[y * length + x - channels] ?? 0);
      const up = y === 0 ? 0 : (pixels[(y - 1) * length + x] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (pixels[(y - 1) * length + x - channels] ?? 0);
      const guesses = [0, left, up, (left + up) >> 1, paeth(left, up, corner)];
      pixels[y * length + x] = (rows[y * (length + 1) + 1 + x] ?? 0) + (guesses[filter ?? 0] ?? 0);
    }
  }
  return pixels;
}

/**
 * @param {number} left
 * @param {number} up
 * @param {number} corner
 */
function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

/**
 * @param {string} name
 * @param {Buffer} data
 */
function chunk(name, data) {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
