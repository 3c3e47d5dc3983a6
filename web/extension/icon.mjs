// Draws icon.svg as a PNG: as much of SVG as that one drawing uses (paths of M, L, V, H, C, A and Z, filled with one colour or
// stroked with round ends), sixteen samples a pixel. The same bytes on every machine.
import { zlibSync } from 'fflate';

const samples = 4;
const curveSteps = 24;

/** @typedef {[number, number]} Point */
/** @typedef {{ points: Point[][], fill?: string, stroke?: string, width: number }} Shape */

/** Points along an elliptical arc of equal radii, after SVG's appendix on arcs. */
function arc([x0, y0], radius, large, sweep, [x1, y1]) {
  const half = Math.hypot(x1 - x0, y1 - y0) / 2;
  if (half === 0) return [];
  const r = Math.max(radius, half);
  const side = (large === sweep ? -1 : 1) * Math.sqrt(Math.max(0, r * r - half * half));
  const [ux, uy] = [(x1 - x0) / (2 * half), (y1 - y0) / (2 * half)];
  const [cx, cy] = [(x0 + x1) / 2 - uy * side, (y0 + y1) / 2 + ux * side];
  const from = Math.atan2(y0 - cy, x0 - cx);
  let angle = Math.atan2(y1 - cy, x1 - cx) - from;
  if (sweep && angle < 0) angle += 2 * Math.PI;
  if (!sweep && angle > 0) angle -= 2 * Math.PI;
  return Array.from({ length: curveSteps }, (_, at) => {
    const a = from + (angle * (at + 1)) / curveSteps;
    return [cx + r * Math.cos(a), cy + r * Math.sin(a)];
  });
}

/** Points along a cubic curve. */
const curve = (p, a, b, q) =>
  Array.from({ length: curveSteps }, (_, at) => {
    const t = (at + 1) / curveSteps;
    const s = 1 - t;
    return [0, 1].map((i) => s * s * s * p[i] + 3 * s * s * t * a[i] + 3 * s * t * t * b[i] + t * t * t * q[i]);
  });

/** How many numbers each command takes. */
const arity = { m: 2, l: 2, h: 1, v: 1, c: 6, a: 7, z: 0 };

/** The outlines of a path's `d`. @param {string} d @returns {Point[][]} */
export function outlines(d) {
  const tokens = d.match(/[a-z]|-?(?:\d+\.?\d*|\.\d+)/gi) ?? [];
  const paths = [];
  let at = 0;
  let command = '';
  /** @type {Point} */ let here = [0, 0];
  while (at < tokens.length) {
    if (/[a-z]/i.test(tokens[at])) command = tokens[at++];
    const kind = command.toLowerCase();
    const count = arity[kind];
    if (count === undefined) throw new Error(`icon.svg: no such command here: ${command}`);
    const n = tokens.slice(at, at + count).map(Number);
    if (n.length < count || n.some(Number.isNaN)) throw new Error(`icon.svg: ${command} lacks numbers`);
    at += count;
    const [ox, oy] = command === kind ? here : [0, 0];
    const point = (i) => [n[i] + ox, n[i + 1] + oy];
    let points = [];
    if (kind === 'm') {
      paths.push([point(0)]);
      command = command === 'm' ? 'l' : 'L';
    } else if (kind === 'l') points = [point(0)];
    else if (kind === 'h') points = [[n[0] + ox, here[1]]];
    else if (kind === 'v') points = [[here[0], n[0] + oy]];
    else if (kind === 'c') points = curve(here, point(0), point(2), point(4));
    else if (kind === 'a') points = arc(here, n[0], n[3] === 1, n[4] === 1, point(5));
    const path = paths.at(-1);
    path.push(...points);
    here = kind === 'z' ? path[0] : path.at(-1);
  }
  return paths;
}

/** The shapes of the drawing, in order. @param {string} svg @returns {Shape[]} */
export function shapesOf(svg) {
  return [...svg.matchAll(/<path([^>]*)\/>/g)].map(([, text]) => {
    const attribute = (name) => new RegExp(`\\s${name}="([^"]*)"`).exec(text)?.[1];
    const colour = (name) => (attribute(name) === 'none' ? undefined : attribute(name));
    return {
      points: outlines(attribute('d') ?? ''),
      fill: colour('fill'),
      stroke: colour('stroke'),
      width: Number(attribute('stroke-width') ?? 1),
    };
  });
}

/** Whether the point is inside the outlines (nonzero rule). */
function inside(points, x, y) {
  let winding = 0;
  for (const path of points) {
    for (const [i, [x1, y1]] of path.entries()) {
      const [x0, y0] = path[(i + path.length - 1) % path.length];
      if (y0 <= y === y1 <= y) continue;
      if (x0 + ((y - y0) / (y1 - y0)) * (x1 - x0) > x) winding += y1 > y0 ? 1 : -1;
    }
  }
  return winding !== 0;
}

/** Whether the point is on the line: round ends and joins are what a distance gives. */
function onLine(points, width, x, y) {
  return points.some((path) =>
    path.slice(1).some(([x1, y1], i) => {
      const [x0, y0] = path[i];
      const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
      const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length));
      return Math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0)) <= width / 2;
    }),
  );
}

const channels = (colour) => [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));

/** Red, green, blue, alpha of each pixel. @param {Shape[]} shapes @param {number} size @param {number} box  the drawing's width */
function pixels(shapes, size, box) {
  const out = new Uint8Array(size * size * 4);
  const scale = box / size;
  for (let py = 0; py < size; py++) {
    for (let px = 0; px < size; px++) {
      const sum = [0, 0, 0, 0];
      for (let s = 0; s < samples * samples; s++) {
        const x = (px + ((s % samples) + 0.5) / samples) * scale;
        const y = (py + (Math.floor(s / samples) + 0.5) / samples) * scale;
        const top = shapes.findLast(
          ({ points, fill, stroke, width }) =>
            (fill && inside(points, x, y)) || (stroke && onLine(points, width, x, y)),
        );
        if (!top) continue;
        for (const [i, value] of channels(top.stroke ?? top.fill).entries()) sum[i] += value;
        sum[3]++;
      }
      const hits = sum[3];
      const colour = hits === 0 ? [0, 0, 0] : sum.slice(0, 3).map((value) => Math.round(value / hits));
      out.set([...colour, Math.round((hits * 255) / (samples * samples))], (py * size + px) * 4);
    }
  }
  return out;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

/** A PNG chunk. @param {string} type @param {Uint8Array} data */
function chunk(type, data) {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(Buffer.from(type, 'latin1'), 4);
  bytes.set(data, 8);
  let crc = ~0;
  for (const byte of bytes.subarray(4, 8 + data.length)) crc = crcTable[(crc ^ byte) & 255] ^ (crc >>> 8);
  view.setUint32(8 + data.length, ~crc);
  return bytes;
}

/** The drawing as a square PNG. @param {string} svg @param {number} size  in pixels */
export function png(svg, size) {
  const box = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const image = pixels(shapesOf(svg), size, box);
  const rows = new Uint8Array(size * (size * 4 + 1)); // each row begins with its filter: none
  for (let y = 0; y < size; y++) {
    rows.set(image.subarray(y * size * 4, (y + 1) * size * 4), y * (size * 4 + 1) + 1);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, size);
  view.setUint32(4, size);
  header.set([8, 6, 0, 0, 0], 8); // eight bits a channel, with alpha
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}
