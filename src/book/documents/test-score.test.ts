import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { figure, runOf, USUAL_RUN } from "../../../test/drawn-run.ts";
import { recommendation } from "../../kinds/recommendation/recommendation.ts";
import { summarizeBy } from "../../report/summary/summarize.ts";
import type { MeasuredRun, RunRecord } from "../../system/run-record.ts";
import { type ReadNote, readNote } from "../read-note.ts";
import { testScore } from "./test-score.ts";

const text = readFileSync("designs/movie-recommendations.md", "utf8");
const measured: MeasuredRun = runOf(USUAL_RUN);

function read(change: (run: MeasuredRun) => MeasuredRun = (run) => run): ReadNote {
  const note = readNote({ file: "movies.md", text, id: "movies", run: undefined });
  if (note === undefined) throw new Error("expected a design");
  const run = change(measured);
  const { summary, remarks } = summarizeBy(recommendation.questions)(run);
  const record: RunRecord = { ...run, remarks: [...run.remarks, ...remarks], summary };
  return { ...note, run: { id: "latest", record, isCurrent: true } };
}

interface Line {
  readonly claim: string;
  readonly state: string;
  readonly evidence: string;
}
/** The words of a book's tables, and of its first sentences. */
function scored(note: ReadNote): { readonly lead: string; readonly groups: string; readonly lines: readonly Line[] } {
  const [{ blocks }] = testScore(note).parts[0].chapters;
  const words = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(words).join("");
    if (typeof value !== "object" || value === null) return "";
    if ("text" in value && typeof value.text === "string") return value.text;
    if ("word" in value && typeof value.word === "string") return value.word;
    return "of" in value ? words(value.of) : "";
  };
  const lines = blocks.flatMap((block) =>
    block.kind === "table"
      ? block.rows.map(([claim, state, evidence]) => ({
          claim: words(claim),
          state: words(state),
          evidence: words(evidence),
        }))
      : [],
  );
  return { lead: words(blocks[0]), groups: words(blocks[1]), lines };
}
const shownOf = (note: ReadNote): readonly string[] =>
  scored(note)
    .lines.filter(({ state }) => state === "shown")
    .map(({ claim }) => claim);

describe("the ML Test Score", () => {
  it("asks 28 questions, and is the least of four groups: a run is half a point", () => {
    const { lead, groups, lines } = scored(read());
    expect(lines).toHaveLength(28);
    expect(lead).toBe("ML Test Score 0: the least of four groups.");
    expect(groups).toMatch(/^Data 0 of 7, Model 1 of 7, Infrastructure 0 of 7, Monitoring 0 of 7\. /u);
  });

  it("counts a gain over the baseline only where its whole interval lies on the better side, and slices only where all do", () => {
    expect(shownOf(read())).toEqual(["A simpler model is not better", "Quality holds on the slices that matter"]);
    const { lines } = scored(read());
    expect(lines.find(({ claim }) => claim.startsWith("A simpler"))?.evidence).toContain("(run latest)");
    const slice = (value: number, interval: [number, number]) =>
      figure({
        step: 5,
        name: "ndcg@10",
        subject: "two-stage",
        against: "baseline",
        slice: "rare items",
        value,
        interval,
      });
    const adding = (one: MeasuredRun["figures"][number]) => read((run) => ({ ...run, figures: [...run.figures, one] }));
    expect(shownOf(adding(slice(0.01, [-0.01, 0.03])))).toEqual(["A simpler model is not better"]);
    expect(shownOf(adding(slice(0.02, [0.01, 0.03])))).toHaveLength(2);
  });

  it("counts nothing where the gain is not settled, or the note has changed since the run", () => {
    const unsettled = runOf({
      gain: { value: 0.01, interval: [-0.05, 0.07], n: 400 },
      drop: { value: 0.004, interval: [-0.002, 0.008], n: 400 },
      limit: 0.01,
      p99: 0.03,
      busy: 0.4,
      cost: 863,
      budget: 5000,
      simulated: false,
      guard: 0,
    });
    expect(shownOf(read(() => unsettled))).toEqual([]);
    const current = read();
    if (current.run === undefined) throw new Error("no run");
    expect(shownOf({ ...current, run: { ...current.run, isCurrent: false } })).toEqual([]);
    expect(shownOf({ ...current, run: undefined })).toEqual([]);
  });

  it("takes served features for the trained ones where no row has skew, and says that a world was simulated", () => {
    const skew = (value: number) =>
      read((run) => ({
        ...run,
        data: { ...run.data, simulated: true },
        figures: [...run.figures, figure({ step: 6, name: "rows with skew", subject: "features", value })],
      }));
    expect(shownOf(skew(0))).toContain("Training and serving compute the same features");
    expect(shownOf(skew(1))).not.toContain("Training and serving compute the same features");
    expect(scored(skew(0)).groups).toContain("Monitoring 0.5 of 7");
    const line = scored(skew(0)).lines.find(({ claim }) => claim.startsWith("Training and serving"));
    expect(line?.evidence).toContain("in a simulated world");
  });

  it("asks for slices only where the note declares none", () => {
    const evidence = (note: ReadNote) =>
      scored(note).lines.find(({ claim }) => claim.startsWith("Quality holds on the slices"))?.evidence ?? "";
    expect(evidence({ ...read(), run: undefined })).toBe("Its slices stand in step 5: heptad run.");
    expect(evidence(read((run) => ({ ...run, figures: [] })))).toContain("No run of the note shows a gain on each");
    const bare = readNote({ file: "a.md", text: text.replace(/^slices: .*$/mu, ""), id: "a", run: undefined });
    if (bare === undefined) throw new Error("expected a design");
    expect(bare.design.evaluate.slices).toBeUndefined();
    expect(evidence(bare)).toContain("Declare slices in step 5");
  });

  it("sends nobody to heptad run with a note that cannot be run", () => {
    const evidence = (canRun: boolean) => JSON.stringify(testScore({ ...read(), run: undefined, canRun }));
    expect(evidence(true)).toContain("heptad run");
    expect(evidence(false)).not.toContain("heptad run");
    expect(evidence(false)).toMatch(/easure it in your own system/u);
  });
});
