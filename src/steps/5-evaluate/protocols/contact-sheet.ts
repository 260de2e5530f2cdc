/** A contact sheet: the photos that are answered best, in the middle and worst, each with its nearest neighbours, as one small image. */

import type { Chart } from "../../../core/chart.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import type { PictureReader } from "../../../system/environment.ts";
import type { LabelledSet } from "../../3-data/pictures/stored-pictures.ts";
import type { SimilarityMeasure } from "./similarity-measures.ts";
import { mapAtR, type SimilaritySearch } from "./similarity-search.ts";

const NEIGHBOURS = 6;
const OF_EACH = 3;
/** Places of a thumbnail's side at most, and of the frame around it. */
const MOST_SIDE = 48;
const FRAME = 2;
interface Frame {
  readonly colour: readonly number[];
  /** Places of each dash and of each gap; a dash is told from a line in grey too. */
  readonly dash: number;
}

/** Around an answer of another class, and around what asks. */
const WRONG: Frame = { colour: [208, 58, 30], dash: 4 };
const ASKS: Frame = { colour: [40, 40, 40], dash: Number.POSITIVE_INFINITY };

/** No chart where pictures cannot be written or nothing was asked. */
export async function contactSheet(
  searches: readonly SimilaritySearch[],
  { name, measure }: SimilarityMeasure,
  photos: Pick<LabelledSet, "set" | "label" | "classes">,
  reader: PictureReader | undefined,
): Promise<Chart[]> {
  if (reader === undefined || searches.length < 3 * OF_EACH) return [];
  const ranked = searches
    .map((search) => ({ search, value: measure(search), precision: mapAtR(search) }))
    // A hit rate has two values: without a finer measure its best and its worst would be whichever photos come first and last.
    .sort((a, b) => b.value - a.value || b.precision - a.precision || a.search.query - b.search.query);
  const amongEquals = measure === mapAtR ? "," : ", among equals by mAP@R,";
  const middle = Math.floor((ranked.length - OF_EACH) / 2);
  const chosen = [
    ...ranked.slice(0, OF_EACH).map((one) => ({ ...one, which: "best" })),
    ...ranked.slice(middle, middle + OF_EACH).map((one) => ({ ...one, which: "median" })),
    ...ranked.slice(-OF_EACH).map((one) => ({ ...one, which: "worst" })),
  ];
  const cell = Math.min(MOST_SIDE, photos.set.size) + 2 * FRAME;
  const [width, height] = [(NEIGHBOURS + 1) * cell, chosen.length * cell];
  const sheet = new Uint8Array(width * height * 3).fill(255);
  for (const [row, { search }] of chosen.entries()) {
    place(sheet, width, photos, search.query, 0, row, ASKS);
    for (const [at, other] of search.order.subarray(0, NEIGHBOURS).entries()) {
      const isRight = photos.label[other] === photos.label[search.query];
      place(sheet, width, photos, other, at + 1, row, isRight ? undefined : WRONG);
    }
  }
  return [
    {
      form: "picture",
      title: "Contact sheet: best, median and worst photos with their neighbours",
      caption: `In each row the photo that asks (dark frame), then its ${NEIGHBOURS} nearest test photos of other items; a dashed red frame marks another class. The rows are the ${OF_EACH} best, the ${OF_EACH} in the middle and the ${OF_EACH} worst by ${name}${amongEquals} so they are no sample.`,
      xLabel: "",
      yLabel: "",
      points: [],
      picture: {
        url: await reader.dataUrl(sheet, width, height),
        width,
        height,
        rows: chosen.map(
          ({ which, value, search }) =>
            `${which}: ${photos.classes[photos.label[search.query]]} ${formatNumber(value, 2)}`,
        ),
      },
    },
  ];
}

/** Draws one photo, reduced by taking the nearest places, with its frame where it has one. */
function place(
  sheet: Uint8Array,
  width: number,
  { set: { pixels, size, channels } }: Pick<LabelledSet, "set">,
  photo: number,
  column: number,
  row: number,
  frame: Frame | undefined,
): void {
  const side = Math.min(MOST_SIDE, size);
  const cell = side + 2 * FRAME;
  for (let y = 0; y < cell; y++) {
    for (let x = 0; x < cell; x++) {
      const to = ((row * cell + y) * width + column * cell + x) * 3;
      const [px, py] = [x - FRAME, y - FRAME];
      const isInside = px >= 0 && py >= 0 && px < side && py < side;
      const from = ((photo * size + Math.floor((py * size) / side)) * size + Math.floor((px * size) / side)) * channels;
      for (let c = 0; c < 3; c++) {
        if (isInside) sheet[to + c] = pixels[from + (channels === 3 ? c : 0)];
        else if (frame !== undefined && isDash(x, y, cell, frame.dash)) sheet[to + c] = frame.colour[c];
      }
    }
  }
}

/** Along the top and the foot by the column, along the sides by the row. */
function isDash(x: number, y: number, cell: number, dash: number): boolean {
  const along = y < FRAME || y >= cell - FRAME ? x : y;
  return Math.floor(along / dash) % 2 === 0;
}
