/**
 * Makes a screenshot small enough to be committed: few colours, each a byte. What covers an area keeps its very colour;
 * the many shades at the edges of letters are drawn in the nearest colour that is taken already, where that can't be
 * told from theirs. The same picture gives the same bytes.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** So many of the most frequent colours are kept as they are. */
const KEPT = 24;
/** So far apart are two colours, weighted as the eye does, that they can be told from each other. */
const TOLD_APART = 60;
const MOST = 256;

function* chunksOf(png) {
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += length + 12;
  }
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** What a byte is predicted from, by a row's filter (PNG, 9.2). */
function predicted(filter, left, up, corner) {
  if (filter < 3) return [0, left, up][filter];
  if (filter === 3) return (left + up) >> 1;
  const [l, u, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (l <= u && l <= c) return left;
  return u <= c ? up : corner;
}

/** The colours of a picture as a browser saves it (eight bits a channel, with or without alpha), a number each. */
function coloursOf(png) {
  const chunks = [...chunksOf(png)];
  const head = chunks[0].data;
  const [width, height, depth, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]];
  if (depth !== 8 || (kind !== 2 && kind !== 6)) throw new Error(`a PNG of kind ${kind} with ${depth} bits`);
  const data = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((one) => one.data)),
  );
  const size = kind === 6 ? 4 : 3;
  const stride = width * size;
  const colours = new Uint32Array(width * height);
  let above = Buffer.alloc(stride);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (stride + 1)];
    const row = data.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    for (let i = 0; i < stride; i += 1) {
      const [left, corner] = i < size ? [0, 0] : [row[i - size], above[i - size]];
      row[i] += predicted(filter, left, above[i], corner);
    }
    for (let x = 0; x < width; x += 1) colours[y * width + x] = row.readUIntBE(x * size, 3);
    above = row;
  }
  return { width, height, colours };
}

const channels = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];

function distance(one, other) {
  const [r, g, b] = channels(one).map((value, i) => value - channels(other)[i]);
  return Math.sqrt(2 * r * r + 4 * g * g + 3 * b * b);
}

/** Which colours are drawn, and each colour's place among them; the most frequent come first. */
function palette(colours) {
  const counts = new Map();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const drawn = [];
  const places = new Map();
  for (const [colour] of [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    const apart = drawn.map((other) => distance(colour, other));
    const nearest = Math.min(...apart);
    if (drawn.length < KEPT || (nearest > TOLD_APART && drawn.length < MOST)) {
      places.set(colour, drawn.push(colour) - 1);
    } else {
      places.set(colour, apart.indexOf(nearest));
    }
  }
  return { drawn, places };
}

/** Returns the picture with few colours. */
export function smallPng(png) {
  const { width, height, colours } = coloursOf(png);
  const { drawn, places } = palette(colours);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = places.get(colours[y * width + x]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(drawn.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
