import { describe, expect, it } from "vitest";
import { openVocabulary } from "./near-words.ts";

const { near, has } = openVocabulary(
  new Map([
    ["bars", 1],
    ["basis", 1],
    ["bias", 2],
    ["position", 1],
    ["positions", 1],
    ["calibration", 1],
    ["auc", 1],
    ["é", 1],
  ]),
);

describe("words that a misspelt one may be meant as", () => {
  it("are near by swapped, left out, added and changed letters, the fewest edits and the more frequent first", () => {
    expect(near("bais")[0]).toBe("bias");
    expect(near("posision")).toEqual(["position", "positions"]);
    expect(near("calibraton")).toEqual(["calibration"]);
    expect(near("calibbration")).toEqual(["calibration"]);
  });

  it("are none where too much is different", () => {
    expect(near("zzzz")).toEqual([]);
    expect(near("au")).toEqual([]);
    expect(near("pstn")).toEqual([]);
    expect(near("")).toEqual([]);
  });

  it("are known as they stand", () => {
    expect(has("bias")).toBe(true);
    expect(has("bais")).toBe(false);
  });
});
