import { describe, expect, it } from "vitest";
import { figure, runOf, USUAL_RUN } from "../../../test/drawn-run.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import type { LedgerRow } from "../../system/run-summary.ts";
import { conditionsOf, servedBytes, stripOf, triedOf, valueAndLimit } from "./strip.ts";

const run: MeasuredRun = runOf(USUAL_RUN);
type Stated = MeasuredRun["context"]["stated"];
const stating = (
  stated: Partial<Stated>,
  figures: MeasuredRun["figures"] = [],
  parts: Partial<MeasuredRun> = {},
): MeasuredRun => ({
  ...run,
  ...parts,
  figures: [...run.figures, ...figures],
  context: { ...run.context, stated: { ...run.context.stated, ...stated } },
});
const ledgerRow = (parts: Partial<LedgerRow>): LedgerRow => ({
  step: 5,
  question: "",
  state: "ok",
  verdict: "",
  line: "",
  detail: "",
  value: "",
  bounds: "",
  parts: [],
  drawing: null,
  ...parts,
});
const cell = (step: number, one: MeasuredRun, ledger: readonly LedgerRow[] = []): string => {
  const { state, words } = stripOf(one, ledger)[step - 1];
  return `${state}: ${words}`;
};
const remark = (step: number, kind: "warning" | "answer") => ({ step, kind, text: "x" });

describe("the seven steps in a few words", () => {
  it("name each step in its place", () => {
    expect(stripOf(run, []).map(({ step, name }) => `${step} ${name}`)).toEqual([
      "1 Requirements",
      "2 Framing",
      "3 Data",
      "4 Model",
      "5 Evaluation",
      "6 Deployment",
      "7 Monitoring",
    ]);
  });

  it("say of step 1 what is open, and on how much of what was asked it was tried", () => {
    const items = (count: number) => [
      { ...figure({ step: 3, name: "items", subject: "data", value: count }), stated: "items" as const },
    ];
    const goal = "more is watched";
    expect(cell(1, stating({ goal }))).toBe("ok: as the note states");
    expect(cell(1, stating({ goal, items: 1000 }, items(267)))).toBe("open: tried on 27% of the items");
    expect(cell(1, stating({ goal, items: 1000 }, items(949)))).toBe("open: tried on 95% of the items");
    expect(cell(1, stating({ goal, items: 1000 }, items(950)))).toBe("ok: tried on all items");
    // Questions are counted, and not the remarks about them or about anything else.
    const open = (value: number) => [figure({ step: 1, name: "open questions", subject: "design", value })];
    const warned = { remarks: [remark(1, "warning")] };
    expect(cell(1, stating({ goal }, open(1), warned))).toBe("open: one question open");
    expect(cell(1, stating({ goal }, open(4), warned))).toBe("open: 4 questions open");
    expect(cell(1, stating({ goal }, [], warned))).toBe("open: one warning");
    expect(cell(1, stating({ goal }, [], { remarks: [remark(1, "warning"), remark(1, "warning")] }))).toBe(
      "open: 2 warnings",
    );
    expect(cell(1, stating({ goal: null }, [], warned))).toBe("open: no goal stated");
    expect(cell(1, stating({ goal }, [], { remarks: [remark(2, "warning"), remark(1, "answer")] }))).toBe(
      "ok: as the note states",
    );
    expect(triedOf(stating({ items: 0 }, items(5)))).toEqual([]);
    expect(triedOf(stating({ items: 10 }, items(5)))).toEqual([{ what: "items", tried: 5, asked: 10 }]);
  });

  it("hold the baseline as written against the one measured", () => {
    const written = (value: number | null, metric = "ndcg@10", rule = "most-popular") =>
      cell(2, stating({ baseline: { rule, metric, value } }));
    expect(cell(2, run)).toBe("open: no baseline named");
    // It was measured as 0.3 [0.25, 0.35].
    expect([0.25, 0.3, 0.35].map((value) => written(value))).toEqual(
      Array.from({ length: 3 }, () => "ok: baseline as written"),
    );
    expect(written(0.36)).toBe("open: baseline lower than written");
    expect(written(0.24)).toBe("open: baseline 1.3 times what is written");
    expect(written(0.15)).toBe("open: baseline twice what is written");
    expect(written(null)).toBe("ok: baseline: most-popular");
    expect(written(0.1, "map@10")).toBe("ok: baseline: most-popular");
    expect(written(null, "", "")).toBe("ok: baseline: as named");
    expect(written(0.3, "")).toBe("ok: baseline as written");
  });

  it("say of the data what is wrong first, then what is doubted, then that nothing comes from the future", () => {
    const finding = (code: string, name: string, severity: "error" | "warning" = "error") => ({
      code,
      name,
      severity,
      message: "x",
      consequence: null,
      line: 1,
      column: 1,
    });
    const found = (...findings: MeasuredRun["findings"]) => cell(3, stating({}, [], { findings }));
    expect(found(finding("HP301", "random-split-on-events"))).toBe("bad: random split on events");
    expect(found(finding("HP301", "random-split"), finding("HP302", "y"), finding("HP303", "z"))).toBe(
      "bad: random split, 2 more",
    );
    expect(found(finding("HP301", "random-split", "warning"), finding("HP401", "y"))).toBe("ok: no fault found");
    expect(cell(3, stating({}, [], { remarks: [remark(3, "warning")] }))).toBe("open: one warning");
    expect(cell(3, stating({}, [], { remarks: [remark(3, "warning"), remark(3, "warning")] }))).toBe(
      "open: 2 warnings",
    );
    expect(
      cell(3, stating({}, [figure({ step: 3, name: "test from", subject: "split", value: 9, unit: "time" })])),
    ).toBe("ok: nothing from the future");
  });

  it("part a time from the words that no limit is stated", () => {
    expect(valueAndLimit({ value: "23.8 ms", bounds: "of 100 ms" })).toBe("23.8 ms of 100 ms");
    expect(valueAndLimit({ value: "23.8 ms", bounds: "of 100 ms" }, "at p99")).toBe("23.8 ms of 100 ms at p99");
    expect(valueAndLimit({ value: "4 µs", bounds: "no limit stated" }, "at p99")).toBe("4 µs at p99, no limit stated");
  });

  it("weigh the one model that is served, and not one that was tried and left", () => {
    const bytes = (subject: string, value: number) =>
      figure({ step: 4, name: "model bytes", subject, value, unit: "B" });
    const weighed = [bytes("rules", 600), bytes("trees", 300_000)];
    const evaluation = (served: string) => ({
      ...{ metric: "average precision", baseline: "rules", chosen: served, rival: null, served },
      contenders: [
        { subject: "rules", role: "baseline" as const },
        { subject: "trees", role: "single" as const },
      ],
    });
    expect(cell(4, stating({}, weighed, { evaluation: evaluation("rules") }))).toBe("ok: 600 B");
    expect(cell(4, stating({}, weighed, { evaluation: evaluation("trees") }))).toBe("ok: 300 kB");
    expect(servedBytes(stating({}, weighed, { evaluation: evaluation("a system of both") }))).toBe(300_600);
  });

  it("weigh all that was trained, cheats aside, and say the median where there is one", () => {
    const bytes = (subject: string, value: number, role?: "cheat") =>
      figure({ step: 4, name: "model bytes", subject, value, unit: "B", role });
    expect(cell(4, run)).toBe("none: not measured");
    const weighed = [bytes("als", 3000), bytes("trees", 1500), bytes("future", 9e9, "cheat")];
    expect(servedBytes(stating({}, weighed))).toBe(4500);
    expect(servedBytes(run)).toBeUndefined();
    expect(cell(4, stating({}, weighed))).toBe("ok: 4.5 kB");
    const median = figure({ step: 6, name: "latency p50", subject: "request", value: 0.002, unit: "s" });
    expect(cell(4, stating({}, [...weighed, median]))).toBe("ok: 4.5 kB, 2 ms at the median");
    expect(cell(4, stating({}, [median]))).toBe("ok: 2 ms at the median");
  });

  it("put the gain and what survives compression in one state: the worse of both, bad only for a loss", () => {
    const better = (verdict: string, state: LedgerRow["state"]) =>
      ledgerRow({ question: "Better than the baseline?", verdict, state });
    const part = { name: "als int8", state: "ok" as const, verdict: "kept", size: "", words: "" };
    const small = (verdict: string, state: LedgerRow["state"]) =>
      ledgerRow({ question: "What survives compression?", verdict, state, parts: [part] });
    expect(cell(5, run)).toBe("none: not measured");
    expect(cell(5, run, [better("yes", "ok")])).toBe("ok: a gain");
    expect(cell(5, run, [better("no, worse", "bad")])).toBe("bad: a loss");
    expect(cell(5, run, [better("not told apart", "open")])).toBe("open: no gain shown");
    expect(cell(5, run, [better("strange", "open")])).toBe("open: strange");
    expect(cell(5, run, [better("yes", "ok"), small("1 of 1", "ok")])).toBe("ok: a gain; 1 of 1 smaller parts kept");
    expect(cell(5, run, [better("yes", "ok"), small("0 of 1", "bad")])).toBe("open: a gain; 0 of 1 smaller parts kept");
    expect(cell(5, run, [better("no, worse", "bad"), small("1 of 1", "ok")])).toBe(
      "bad: a loss; 1 of 1 smaller parts kept",
    );
    expect(
      cell(5, run, [better("yes", "ok"), ledgerRow({ question: "What survives compression?", state: "none" })]),
    ).toBe("ok: a gain");
  });

  it("say of deployment what is broken first, else how fast it is", () => {
    const fast = ledgerRow({ step: 6, question: "Fast enough?", value: "50 ms", bounds: "of 100 ms", state: "ok" });
    const costs = ledgerRow({ step: 6, question: "What does it cost?", verdict: "too much", state: "bad" });
    expect(cell(6, run)).toBe("none: not measured");
    expect(cell(6, run, [{ ...fast, value: "" }])).toBe("none: not measured");
    expect(cell(6, run, [fast])).toBe("ok: 50 ms of 100 ms");
    expect(cell(6, run, [fast, costs])).toBe("bad: too much");
    expect(cell(6, run, [{ ...fast, state: "bad" }])).toBe("bad: 50 ms of 100 ms");
    expect(cell(6, run, [fast, { ...costs, step: 5 }])).toBe("ok: 50 ms of 100 ms");
  });

  it("count the conditions of monitoring by their verdict, and no budget or clause among them", () => {
    const alert = (verdict: MeasuredRun["alerts"][number]["verdict"]) => ({
      ...run.alerts[0],
      step: 7 as const,
      kind: "alert" as const,
      verdict,
    });
    const alerts = [
      alert("fires"),
      alert("fires"),
      alert("not settled"),
      alert("not measured"),
      alert("quiet"),
      { ...alert("fires"), kind: "budget" as const },
      { ...alert("fires"), step: 6 as const },
    ];
    expect(conditionsOf({ ...run, alerts })).toEqual({ fires: 2, open: 1, unmeasured: 1, all: 5 });
    const of = (...verdicts: readonly Parameters<typeof alert>[0][]) =>
      cell(7, { ...run, alerts: verdicts.map(alert) });
    expect(of()).toBe("none: no conditions");
    expect(of("fires", "not settled", "quiet")).toBe("bad: 1 of 3 conditions fires");
    expect(of("not settled", "quiet")).toBe("open: 1 of 2 conditions not settled");
    expect([of("fires"), of("not settled"), of("quiet"), of("not measured")]).toEqual([
      "bad: 1 of 1 condition fires",
      "open: 1 of 1 condition not settled",
      "ok: 1 condition quiet",
      "none: 1 condition not measured",
    ]);
    expect(of("not measured", "quiet", "quiet")).toBe("ok: 2 quiet, 1 not measured");
    expect(of("quiet", "quiet")).toBe("ok: 2 conditions quiet");
    expect(of("not measured", "not measured")).toBe("none: 2 conditions not measured");
    expect(of("quiet")).toBe("ok: 1 condition quiet");
  });
});
