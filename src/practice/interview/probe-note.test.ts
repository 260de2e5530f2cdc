import { describe, expect, it } from "vitest";
import { figure } from "../../core/figure.ts";
import { probesOfNote, type RunView } from "./probe-note.ts";

const latency = (subject: string, value: number) => figure({ step: 6, name: "latency p99", subject, value, unit: "s" });
const run = (request: number): RunView => ({
  figures: [
    latency("candidates", 0.02),
    latency("ranking", 0.1),
    latency("request", request),
    figure({ step: 5, name: "ndcg@10", subject: "baseline", value: 0.034 }),
    figure({ step: 5, name: "ndcg@10", subject: "als", against: "baseline", value: 0.05 }),
  ],
  ledger: [
    { step: 5, question: "Better than the baseline?", state: "ok", verdict: "yes", line: "" },
    { step: 6, question: "Fast enough?", state: "bad", verdict: "too slow", line: "p99 131 ms of 80 ms" },
  ],
  doubts: [],
});
const claims = {
  latency: { percentile: "p99", text: "80 ms", seconds: 0.08 },
  baseline: { metric: "ndcg@10", value: 0.016 },
};
const questions = (view: RunView | undefined) => probesOfNote(claims, view, []).map(({ question }) => question);

describe("probes of one's own note", () => {
  it("hold the run's latency against the claim and name the slowest stage", () => {
    expect(questions(run(0.131))[0]).toBe(
      "You claim 80 ms at p99, your run measured 131 ms without the network: which stage takes it, and what would you give up there? The slowest stage, ranking, alone takes 100 ms.",
    );
    expect(questions(run(0.04))[0]).toContain("measured 40 ms without the network. The slowest stage");
  });

  it("ask for the baseline where the run measured another, and for what the run answered with no", () => {
    expect(questions(run(0.131)).join("\n")).toContain("baseline of 0.016 ndcg@10, your run measured 0.034");
    expect(questions(run(0.131)).join("\n")).toContain("“Fast enough?” Your run says: too slow, p99 131 ms of 80 ms");
    expect(questions(run(0.131)).join("\n")).not.toContain("Better than");
    const close = probesOfNote({ baseline: { metric: "ndcg@10", value: 0.033 } }, run(1), []);
    expect(close.map(({ about }) => about)).not.toContain("run: baseline");
  });

  it("say nothing of figures where nothing was run, and still ask", () => {
    expect(probesOfNote(claims, undefined, []).every(({ about }) => about.startsWith("beyond: "))).toBe(true);
    expect(questions(undefined)).toHaveLength(8);
  });
});
