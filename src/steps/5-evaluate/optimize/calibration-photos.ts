/** The photos that ranges of activations are found on: as many and from where the note says, so far as they are there. */

import { plural } from "../../../core/plural.ts";
import type { Random } from "../../../core/random.ts";
import type { CompressionEntry } from "./variant.ts";

/** Where the note does not say how many: more change a range hardly. */
const USUAL = 200;

export interface CalibrationPhotos {
  readonly rows: Int32Array;
  /** `190 validation photos` */
  readonly words: string;
}

/** Photos of the test, or of production, are not taken: those are judged on, and these are not there. */
export function calibrationPhotos(
  entry: Pick<CompressionEntry, "calibration-rows" | "calibration-from">,
  rowsOf: (part: "train" | "validation") => Int32Array,
  random: Random,
): CalibrationPhotos {
  const part = entry["calibration-from"] === "train" ? "train" : "validation";
  const asked = entry["calibration-rows"];
  const wanted = Math.max(1, Math.round(asked?.value ?? USUAL));
  const rows = random.shuffle(rowsOf(part)).slice(0, wanted);
  const name = part === "train" ? "training photo" : "validation photo";
  const short = asked === undefined || rows.length >= wanted ? "" : `, which are all: the note asks for ${asked.text}`;
  return { rows, words: `${plural(rows.length, name)}${short}` };
}
