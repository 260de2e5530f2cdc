import { appendFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runOf } from "../../test/drawn-run.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { recommendation } from "../kinds/recommendation/recommendation.ts";
import { reportSections } from "../report/sections.ts";
import { summarizeBy } from "../report/summary/summarize.ts";
import { type AddedSection, addToReport, writeRunFolder } from "./run-folder.ts";

const run = runOf({
  gain: { value: 0.098, interval: [0.076, 0.119], n: 494 },
  drop: { value: -0.004, interval: [-0.061, 0.056], n: 494 },
  limit: 0.01,
  p99: 0.004,
  busy: 1.41,
  cost: 863,
  budget: 5000,
  simulated: true,
  guard: 3,
});
const { summary, remarks } = summarizeBy(recommendation.questions)(run);
const record = { ...run, remarks: [...run.remarks, ...remarks], summary };
const contents = { record, sections: reportSections(record, []), files: { "model.onnx": Uint8Array.of(1, 2, 3) } };
const ADDED: AddedSection = {
  step: 6,
  table: { title: "Beside <measured>", header: ["", "note"], rows: [["ranking", "twenty"]] },
  answers: ["Under load: it waits."],
};

it("what was measured after a run stands in its reports, and still does where the same run is written anew", async () => {
  const folder = join(temporaryFolder(), "run");
  await writeRunFolder(folder, contents, false);
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  expect(read("report.html")).not.toContain("Under load");
  await addToReport(folder, contents, ADDED);
  for (const name of ["report.html", "report.md"]) {
    expect(read(name)).toContain("Under load: it waits.");
    expect(read(name)).toContain("twenty");
  }
  expect(read("report.html")).toContain("Beside &lt;measured&gt;");
  const written = statSync(join(folder, "report.html")).mtimeMs;
  await writeRunFolder(folder, contents, true);
  expect(statSync(join(folder, "report.html")).mtimeMs).toBe(written);
  appendFileSync(join(folder, "report.html"), "damaged");
  await writeRunFolder(folder, contents, true);
  expect(read("report.html")).not.toContain("damaged");
  expect(read("report.html")).toContain("Under load: it waits.");
  await addToReport(folder, contents, { ...ADDED, answers: ["Under load: it is quick."] });
  expect(read("report.md").match(/Under load/gu)).toHaveLength(1);
  writeFileSync(join(folder, "load.json"), "{}");
  await writeRunFolder(folder, contents, false);
  expect(read("report.md")).not.toContain("Under load");
});
