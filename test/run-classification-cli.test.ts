import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { simulateClicks } from "../src/kinds/binary-classification/simulated-clicks.ts";
import { type RunRecord, runRecordSchema } from "../src/system/run-record.ts";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

let folder = "";
beforeAll(() => {
  folder = temporaryFolder();
  const fixture = readFileSync(join(import.meta.dirname, "fixtures", "click-prediction.md"), "utf8");
  writeFileSync(join(folder, "clicks.md"), fixture.replace("members: 800", "members: 400"));
});

async function run(note: string): Promise<RunRecord> {
  const { stdout, stderr, status } = await heptadHere(folder, ["run", join(folder, note), "--threads", "2", "--json"]);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return runRecordSchema.parse(JSON.parse(stdout));
}

function figureOf({ figures }: RunRecord, subject: string, name: string): number {
  const own = figures.find(
    (one) => one.subject === subject && one.name === name && one.slice === "all" && one.against === undefined,
  );
  return own?.value ?? Number.NaN;
}

describe("a binary classification without money or adversary", () => {
  it("runs on the simulated world", async () => {
    const record = await run("clicks.md");
    expect(record.data.simulated).toBe(true);
    expect(figureOf(record, "scoring", "average precision")).toBeGreaterThan(
      figureOf(record, "rules", "average precision") + 0.05,
    );
    expect(figureOf(record, "request", "latency p99")).toBeGreaterThan(0);
    expect(record.figures.map(({ unit }) => unit)).not.toContain("$");
  });

  it("runs on a plain table whose labels arrive late, some of them never", async () => {
    const { time, label, knownAt, entities, values } = simulateClicks(
      { people: 150, things: 30, days: 70 },
      createRandom(5),
    );
    const column = (name: string) => entities.get(name)?.rows ?? new Int32Array(0);
    const [user, ad] = [column("user"), column("ad")];
    const rows = Array.from(time, (moment, row) => {
      const known = knownAt?.[row] ?? Number.POSITIVE_INFINITY;
      const isKnown = Number.isFinite(known);
      const numbers = [values.get("hour")?.[row], values.get("width")?.[row]];
      return [moment, `u${user[row]}`, ad[row], ...numbers, isKnown ? label[row] : "", isKnown ? known : ""].join(",");
    });
    writeFileSync(join(folder, "clicks.csv"), `at,who,ad,hour,width,clicked,known\n${rows.join("\n")}\n`);
    const written = readFileSync(join(folder, "clicks.md"), "utf8").replace(
      /source: \{.*\}\ntime: time/u,
      "source: { format: csv, path: clicks.csv, columns: { user: who, label: clicked }, known: { column: known } }\ntime: at",
    );
    // A label of any name: sentences hold for an adjective and for a name of a column.
    writeFileSync(join(folder, "table.md"), written.replaceAll(/\bclick\b/gu, "is_churned"));
    const record = await run("table.md");
    expect(record.data.simulated).toBe(false);
    expect(figureOf(record, "data", "cases")).toBe(time.length);
    const unknown = time.filter((_, row) => label[row] === 1 && !Number.isFinite(knownAt?.[row] ?? 0)).length;
    expect(figureOf(record, "data", "positives")).toBe(label.reduce((sum, one) => sum + one, 0) - unknown);
    expect(figureOf(record, "scoring", "average precision")).toBeGreaterThan(0.1);
    const said = record.remarks.map(({ text }) => text);
    expect(said).toContainEqual(expect.stringMatching(/% of them labelled `is_churned`\.$/u));
    expect(said).toContainEqual(expect.stringMatching(/^An example is positive where there is `is_churned`/u));
    expect(said).toContainEqual(expect.stringContaining("labels (`is_churned`) are used only after their delay"));
    expect(
      said.filter(
        (text) => !text.startsWith("**") && /is_churneds|(?:^|[^`(])is_churned/u.test(text.replaceAll(/`[^`]*`/gu, "")),
      ),
    ).toEqual([]);
    const claims = record.figures.filter(({ name }) => name === "auc roc alone, labels taken for known at once");
    expect(claims.length).toBeGreaterThan(0);
  });
});
