import { describe, expect, it } from "vitest";
import { figure } from "../../core/figure.ts";
import type { Finding } from "../../core/finding.ts";
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
    expect(questions(run(0.04))[0]).toContain("measured 40 ms without the network. What eats the rest");
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

  it("look at stages that were no slower than the whole, of the claimed percentile, in seconds, and of all requests", () => {
    const only = (...figures: RunView["figures"]) =>
      probesOfNote({ latency: claims.latency }, { ...run(1), figures, ledger: [] }, []);
    const first = (...figures: RunView["figures"]) => only(...figures)[0];
    const whole = latency("request", 0.1);
    expect(first(whole, latency("rank", 0.1), latency("fetch", 0.05)).question).toContain(
      "The slowest stage, rank, alone takes 100 ms.",
    );
    // Measured apart, a stage may take longer than the whole did: then no other is the slowest either.
    expect(first(whole, latency("late", 0.11), latency("rank", 0.1)).question).not.toContain("slowest");
    expect(first(whole, latency("rank", 0.05), latency("fetch", 0.05)).question).toContain(
      "The slowest stages, rank and fetch, alone take 50 ms each.",
    );
    // What is granted was not measured, and counts against the limit.
    const granted = { ...latency("network", 0.03), basis: "granted" as const };
    const within = first(latency("request", 0.06), latency("rank", 0.02), granted).question;
    expect(within).toContain("your run measured 60 ms, and with the 30 ms that you grant the network that is 90 ms:");
    expect(within).toContain("The slowest stage, rank, alone takes 20 ms.");
    expect(first(whole).question).toMatch(/what would you give up there\?$/u);
    expect(first(latency("request", 0.08)).question).toContain("What eats the rest");
    expect(first(latency("request", 0.080_01)).question).toContain("which stage takes it");
    for (const other of [
      { ...whole, name: "latency p50" },
      { ...whole, slice: "new" },
      { ...whole, against: "baseline" },
      { ...whole, unit: "ms" },
    ])
      expect(first(other).about).toBe("beyond: ambiguity");
  });

  it("name the stages that were over their own budget, though the request as a whole was within its limit", () => {
    const budgets = [
      { stage: "candidates", seconds: 0.02 },
      { stage: "ranking", seconds: 0.05 },
      { stage: "network", seconds: 0.001 },
    ];
    const view = {
      ...run(0.04),
      figures: [...run(0.04).figures, { ...latency("network", 0.03), basis: "granted" as const }],
    };
    const asked = probesOfNote({ ...claims, budgets }, view, []).find(({ about }) => about === "run: budgets");
    expect(asked?.question).toContain("over what the note plans for a stage: ranking took 100 ms of its 50 ms. Whose");
    const within = budgets.map((one) => ({ ...one, seconds: 0.1 }));
    expect(probesOfNote({ budgets: within }, view, []).map(({ about }) => about)).not.toContain("run: budgets");
  });

  it("take a baseline for another from a quarter on, up and down", () => {
    const asked = (measured: number): boolean =>
      probesOfNote(
        { baseline: { metric: "m", value: 0.1 } },
        { ...run(1), ledger: [], figures: [figure({ step: 5, name: "m", subject: "baseline", value: measured })] },
        [],
      ).some(({ about }) => about === "run: baseline");
    expect([0.124, 0.1251, 0.0801, 0.0799].map(asked)).toEqual([false, true, false, true]);
  });

  it("ask of the review four findings, the gravest first, and of what is absent last", () => {
    const at = { file: "n.md", start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } };
    const finding = (name: string, severity: Finding["severity"], code = "HP301", why?: string): Finding => ({
      ...{ code, name, severity, message: `it is ${name}`, at },
      ...(why === undefined ? {} : { why }),
    });
    const findings = [
      finding("missing-a", "error"),
      finding("advice", "advice"),
      finding("warning", "warning"),
      finding("form", "error", "HP001"),
      finding("error", "error", "HP501", "it leaks"),
      finding("more", "advice"),
    ];
    const probes = probesOfNote({}, undefined, findings);
    expect(probes.map(({ about }) => about).slice(0, 5)).toEqual([
      "error",
      "warning",
      "advice",
      "more",
      "beyond: ambiguity",
    ]);
    expect(probes[0].question).toBe("Section 5: it is error. Consider that it leaks. What do you say?");
    expect(probes[1].question).toBe("Section 3: it is warning. What do you say?");
    expect(probes).toHaveLength(8);
  });

  it("ask of doubts, each thing once, and leave out what was answered well", () => {
    const doubt = { step: 5, short: "few weeks", text: "It rests on two weeks." };
    const row = { step: 6, question: "Fast?", state: "open", verdict: "not yet", line: "" };
    const probes = probesOfNote(
      {},
      { figures: [], ledger: [row, { ...row, state: "none" }], doubts: [doubt, doubt] },
      [],
    );
    expect(probes.slice(0, 2)).toEqual([
      { about: "run: Fast?", question: "“Fast?” Your run says: not yet. What do you do about it?" },
      {
        about: "doubt: few weeks",
        question: "Your run leaves a doubt at step 5: few weeks. It rests on two weeks. What would settle it?",
      },
    ]);
    expect(probes[2].about).toBe("beyond: ambiguity");
  });
});
