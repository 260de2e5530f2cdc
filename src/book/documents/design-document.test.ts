import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { figure, runOf } from "../../../test/drawn-run.ts";
import { recommendation } from "../../kinds/recommendation/recommendation.ts";
import { summarizeBy } from "../../report/summary/summarize.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import { type Cell, plainText } from "../document.ts";
import { type ReadNote, readNote } from "../read-note.ts";
import { designDocument } from "./design-document.ts";

const text = readFileSync("designs/movie-recommendations.md", "utf8");
const drawn = {
  gain: { value: 0.1, interval: [0.05, 0.15], n: 400 },
  drop: { value: 0.004, interval: [-0.002, 0.008], n: 400 },
  limit: 0.01,
  p99: 0.03,
  busy: 0.4,
  cost: 863,
  budget: 5000,
  simulated: false,
  guard: 0,
} as const;

function read(run: MeasuredRun | undefined, isCurrent = true): ReadNote {
  const note = readNote({ file: "movies.md", text, id: "movies", run: undefined, commit: "commit abc1234" });
  if (note === undefined) throw new Error("expected a design");
  if (run === undefined) return note;
  const { summary, remarks } = summarizeBy(recommendation.questions)(run);
  return {
    ...note,
    run: { id: "r7", record: { ...run, remarks: [...run.remarks, ...remarks], summary }, isCurrent },
  };
}

/** Claim, state and evidence of each line, and the rows of the tables without states. */
function linesOf(note: ReadNote): Map<string, { readonly state: string; readonly evidence: string }> {
  const [{ blocks }] = designDocument(note).parts[0].chapters;
  const rows = blocks.flatMap((block): (readonly Cell[])[] => (block.kind === "table" ? [...block.rows] : []));
  return new Map(
    rows.map(([claim, state, evidence]) => [words(claim), { state: words(state), evidence: words(evidence) }]),
  );
}

/** Numbers and their units stand together on paper. */
function words(cell: Cell = []): string {
  return plainText(cell).replaceAll(/\s/gu, " ");
}

describe("the design document", () => {
  it("shows a claim by the figure of a run, with the run and the note's commit", () => {
    const lines = linesOf(read(runOf(drawn)));
    expect(lines.get("It is fast enough")).toMatchObject({ state: "shown" });
    expect(lines.get("It is fast enough")?.evidence).toMatch(
      /latency p99 of request: 30\.?0* ms.*\(run r7, note at commit abc1234\)/iu,
    );
    expect(lines.get("It is better than the baseline")).toMatchObject({ state: "shown" });
  });

  it("shows how the note's own slices do, and takes no round over time for one of them", () => {
    const run = runOf(drawn);
    const of = (slice: string, value: number) =>
      figure({ step: 5, name: "ndcg@10", subject: "two-stage", slice, value });
    const rounds = [of("from 2018-07-04", 0.6), of("compressed part", 0.5)];
    const claim = "How it does by slice";
    expect(linesOf(read({ ...run, figures: [...run.figures, ...rounds] })).get(claim)).toMatchObject({ state: "open" });
    const own = linesOf(read({ ...run, figures: [...run.figures, ...rounds, of("new members", 0.25)] })).get(claim);
    expect(own?.state).toBe("shown");
    expect(own?.evidence).toContain("new members: 0.25");
    expect(own?.evidence).not.toContain("2018");
  });

  it("calls a difference one: that of two models is the figure of neither", () => {
    expect(linesOf(read(runOf(drawn))).get("It is better than the baseline")?.evidence).toMatch(
      /ndcg@10, two-stage minus baseline: /iu,
    );
  });

  it("refutes a claim that the run refutes", () => {
    const lines = linesOf(read(runOf({ ...drawn, p99: 0.4 })));
    expect(lines.get("It is fast enough")).toMatchObject({ state: "refuted" });
  });

  it("leaves a claim open where nothing is settled, where the note has changed since, and where nothing was run", () => {
    const unsettled = runOf({ ...drawn, gain: { value: 0.01, interval: [-0.05, 0.07], n: 400 } });
    expect(linesOf(read(unsettled)).get("It is better than the baseline")).toMatchObject({ state: "open" });
    for (const note of [read(runOf(drawn), false), read(undefined)]) {
      const states = [...linesOf(note)].filter(([claim]) => claim.startsWith("It is ")).map(([, { state }]) => state);
      expect(new Set(states)).toEqual(new Set(["open"]));
    }
  });

  it("shows a cost by no run, for it is estimated", () => {
    expect(linesOf(read(runOf(drawn))).get("It stays within its budget")).toMatchObject({ state: "open" });
  });

  it("says which alerts fire and which are quiet", () => {
    const run = runOf(drawn);
    const alert = { ...run.alerts[0], step: 7, kind: "alert", unit: "", interval: null, doubt: undefined } as const;
    const lines = linesOf(
      read({
        ...run,
        figures: [...run.figures, figure({ step: 7, name: "psi", subject: "scores", value: 0.3 })],
        alerts: [
          { ...alert, metric: "psi", condition: "> 0.2", measured: 0.3, fires: true, verdict: "fires" },
          { ...alert, metric: "error rate", condition: "> 1%", measured: 0, fires: false, verdict: "quiet" },
          { ...alert, metric: "age", condition: "> 2 d", measured: null, fires: null, verdict: "not measured" },
        ],
      }),
    );
    expect(lines.get("psi > 0.2")).toMatchObject({ state: "fires" });
    expect(lines.get("error rate > 1 %")).toMatchObject({ state: "quiet" });
    expect(lines.get("age > 2 d")).toMatchObject({ state: "open" });
  });
});
