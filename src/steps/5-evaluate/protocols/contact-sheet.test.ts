import { expect, it } from "vitest";
import { contactSheet } from "./contact-sheet.ts";
import type { SimilaritySearch } from "./similarity-search.ts";

const SIZE = 16;
const photos = {
  set: { count: 10, size: SIZE, channels: 1, pixels: new Uint8Array(10 * SIZE * SIZE).fill(200) },
  // Of two classes in turn: half of all answers are wrong.
  label: Int32Array.from({ length: 10 }, (_, i) => i % 2),
  classes: ["shirt", "skirt"],
};
const searches = Array.from({ length: 10 }, (_, query): SimilaritySearch => {
  const order = Int32Array.from({ length: 10 }, (_, i) => i).filter((one) => one !== query);
  return { query, order, request: { relevance: [1], judged: [1] } };
});

/** The sheet of photos as it is given to be written, with its width. */
async function drawn(pixels = photos.set.pixels, asked = searches) {
  let sheet: Uint8Array = new Uint8Array();
  let width = 0;
  const unused = () => Promise.reject(new Error("not asked for"));
  const reader = {
    decode: unused,
    decodeBytes: unused,
    bytes: unused,
    jpeg: unused,
    dataUrl: (written: Uint8Array, across: number) => {
      sheet = Uint8Array.from(written);
      width = across;
      return Promise.resolve("");
    },
  };
  const shown = { ...photos, set: { ...photos.set, pixels } };
  const [chart] = await contactSheet(asked, { name: "hit rate", note: "", measure: () => 1 }, shown, reader);
  return { chart, sheet, width };
}

it("frames an answer of another class with dashes: a red line could not be told from the photo in grey", async () => {
  const { chart, sheet, width } = await drawn();
  const cell = width / 7;
  const top = (column: number): number[] => Array.from({ length: cell }, (_, x) => sheet[(column * cell + x) * 3 + 1]);
  const columns = [1, 2, 3, 4, 5, 6].map((column) => new Set(top(column)));
  expect(new Set(top(0))).toEqual(new Set([40]));
  expect(columns.filter((values) => values.has(58)).length).toBeGreaterThan(0);
  for (const values of columns) expect([[255], [58, 255]]).toContainEqual([...values].sort((a, b) => a - b));
  expect(chart.caption).toContain("a dashed red frame");
});

it("shows each photo whole, each place in grey as it is, and nothing of it on the frame", async () => {
  // Each place differs from those beside it.
  const { sheet, width } = await drawn(Uint8Array.from({ length: 10 * SIZE * SIZE }, (_, at) => 1 + ((at * 7) % 251)));
  const frame = 2;
  // Of the photo that asks first, number 0, at the left above.
  for (let y = 0; y < SIZE; y++)
    for (let x = 0; x < SIZE; x++) {
      const at = ((y + frame) * width + x + frame) * 3;
      const grey = 1 + (((y * SIZE + x) * 7) % 251);
      expect([...sheet.subarray(at, at + 3)], `${x}, ${y}`).toEqual([grey, grey, grey]);
    }
  const foot = ((SIZE + frame) * width + frame) * 3;
  expect([...sheet.subarray(foot, foot + 3)]).toEqual([40, 40, 40]);
});

it("orders photos that the measure holds for equal by mAP@R: the best of a hit rate are those whose other neighbours are right too", async () => {
  // Each photo has its level; the later one asks, the more of its answers are right.
  const pixels = Uint8Array.from({ length: 10 * SIZE * SIZE }, (_, at) => 1 + Math.floor(at / (SIZE * SIZE)));
  const asked = searches.map((search, query) => {
    const relevance = Array.from({ length: 9 }, (_, rank) => (rank <= query ? 1 : 0));
    return { ...search, request: { relevance, judged: Array.from({ length: 9 }, () => 1) } };
  });
  const { chart, sheet, width } = await drawn(pixels, asked);
  const cell = SIZE + 4;
  const ranked = Array.from({ length: 9 }, (_, row) => sheet[((row * cell + 2) * width + 2) * 3] - 1);
  expect(ranked).toEqual([8, 9, 7, 6, 5, 4, 2, 1, 0]);
  expect(chart.caption).toContain("worst by hit rate, among equals by mAP@R, so they are no sample");
});
