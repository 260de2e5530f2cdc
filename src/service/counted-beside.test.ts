import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { readCounted, writeCounted } from "./counted-beside.ts";

it("what an exposure log counts is told to whoever reads the log, and nothing is said of another file", () => {
  const path = join(temporaryFolder(), "exposures.csv");
  expect(readCounted(path)).toBeUndefined();
  writeCounted(path, "click-through rate", { says: "click events", isMetric: true });
  expect(readCounted(path)).toBe("a value of 1 counts click events, for click-through rate");
  writeCounted(path, "watch minutes", { says: "events that the note wants (rating >= 4)", isMetric: false });
  expect(readCounted(path)).toContain("in place of watch minutes, which is not counted");
  writeCounted(path, "revenue", undefined);
  expect(readCounted(path)).toContain("nothing that units did: revenue is not counted");
  expect(readCounted(path.replace("exposures.csv", "rows.csv"))).toBeUndefined();
});

it("a damaged file beside the log stops no analysis, and is named", () => {
  const path = join(temporaryFolder(), "exposures.csv");
  for (const text of ["", "{", '{"metric":"a"}', "null"]) {
    writeFileSync(path.replace(".csv", ".counted.json"), text);
    expect(readCounted(path)).toMatch(/not known: .*exposures\.counted\.json cannot be read$/u);
  }
});
