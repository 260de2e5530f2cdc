/** The fonts of the printed book: those that ship with the package, and which characters they hold. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const UP = import.meta.url.includes("/dist/src/") ? "../../../fonts" : "../../fonts";
const FOLDER = fileURLToPath(new URL(UP, import.meta.url));

/** Source Sans 3 for all that is scanned, DejaVu Sans for scripts and signs that it lacks. */
export function bookFonts(): Buffer[] {
  return readdirSync(FOLDER)
    .filter((name) => /\.(?:otf|ttf)$/u.test(name))
    .sort()
    .map((name) => readFileSync(join(FOLDER, name)));
}

/** Whether one of the fonts has a shape for a character. */
export function coverageOf(fonts: readonly Buffer[]): (point: number) => boolean {
  const ranges = fonts.flatMap(rangesOf);
  return (point) => ranges.some(([from, to]) => point >= from && point <= to);
}

/** The code points of a font's Unicode map, formats 4 and 12 of OpenType's `cmap`. */
function rangesOf(font: Buffer): [number, number][] {
  const tables = font.readUInt16BE(4);
  for (let i = 0; i < tables; i++) {
    const entry = 12 + 16 * i;
    if (font.toString("latin1", entry, entry + 4) === "cmap") return readMap(font, font.readUInt32BE(entry + 8));
  }
  return [];
}

function readMap(font: Buffer, start: number): [number, number][] {
  const count = font.readUInt16BE(start + 2);
  const offsets = Array.from({ length: count }, (_, i) => start + font.readUInt32BE(start + 4 + 8 * i + 4));
  const full = offsets.find((at) => font.readUInt16BE(at) === 12);
  if (full !== undefined) {
    return Array.from({ length: font.readUInt32BE(full + 12) }, (_, i) => [
      font.readUInt32BE(full + 16 + 12 * i),
      font.readUInt32BE(full + 20 + 12 * i),
    ]);
  }
  const basic = offsets.find((at) => font.readUInt16BE(at) === 4);
  if (basic === undefined) return [];
  const segments = font.readUInt16BE(basic + 6) / 2;
  return Array.from({ length: segments }, (_, i): [number, number] => [
    font.readUInt16BE(basic + 16 + 2 * segments + 2 * i),
    font.readUInt16BE(basic + 14 + 2 * i),
  ]).filter(([from]) => from !== 0xffff);
}
