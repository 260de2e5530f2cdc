import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { compareRuns } from "./compare-runs.ts";
import { makeFolder } from "./make-folder.ts";
import { newestRun } from "./newest-run.ts";
import { sealOf, writeSeal } from "./run-seal.ts";

describe("the seal of a run", () => {
  const folder = temporaryFolder();
  const file = join(folder, "runs", "note", "0123456789ab", "run.json");
  const text = '{ "figures": [{ "value": 0.031 }] }\n';
  makeFolder(join(folder, "runs", "note", "0123456789ab"));
  const keep = (content: string): void => writeFileSync(file, content);

  it("knows a record that is what the run wrote, one with a digit changed, and one that no run has sealed", () => {
    keep(text);
    expect(sealOf(file)).toBe("none");
    writeSeal(join(file, ".."), { "run.json": text });
    expect(sealOf(file)).toBe("whole");
    keep(text.replace("0.031", "0.081"));
    expect(sealOf(file)).toBe("altered");
    expect(sealOf(join(folder, "elsewhere.json"))).toBe("none");
  });

  it("keeps a changed record from being compared, or read as the newest run", async () => {
    writeSeal(join(file, ".."), { "run.json": text });
    keep(text.replace("0.031", "0.081"));
    await expect(compareRuns(file, file)).rejects.toThrow(/not what the run wrote/u);
    expect(newestRun(folder, "note.md")).toBe("altered");
    keep(text);
    await expect(compareRuns(file, file)).rejects.toThrow(/older version|not the record/u);
    expect(newestRun(folder, "note.md")).toBe("older");
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});
