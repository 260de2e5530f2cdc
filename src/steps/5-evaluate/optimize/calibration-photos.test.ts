import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { evaluateSchema } from "../schema.ts";
import { calibrationPhotos } from "./calibration-photos.ts";

const rowsOf = (part: "train" | "validation"): Int32Array =>
  Int32Array.from({ length: part === "train" ? 900 : 300 }, (_, at) => (part === "train" ? at : 1000 + at));

function photosOf(written: object) {
  const [entry] = evaluateSchema.parse({ optimize: [{ method: "quantization", ...written }] }).optimize ?? [];
  return calibrationPhotos(entry, rowsOf, createRandom(7));
}

describe("the photos that ranges are found on", () => {
  it.each([
    [{}, 200, true, "200 validation photos"],
    [{ "calibration-rows": 190, "calibration-from": "validation" }, 190, true, "190 validation photos"],
    [{ "calibration-rows": 500, "calibration-from": "train" }, 500, false, "500 training photos"],
    [
      { "calibration-rows": "5k", "calibration-from": "train" },
      900,
      false,
      "900 training photos, which are all: the note asks for 5k",
    ],
    [{ "calibration-from": "test" }, 200, true, "200 validation photos"],
  ])("of %j are %i", (written, count, isValidation, words) => {
    const photos = photosOf(written);
    expect(photos.rows).toHaveLength(count);
    expect(new Set(photos.rows).size).toBe(count);
    expect(photos.rows.every((row) => row >= 1000 === isValidation)).toBe(true);
    expect(photos.words).toBe(words);
  });
});
