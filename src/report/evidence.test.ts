import { expect, it } from "vitest";
import { figure } from "../core/figure.ts";
import { evidenceLines } from "./evidence.ts";

type Measured = Parameters<typeof evidenceLines>[0];

const measuredFigure = (parts: Parameters<typeof figure>[0]) => ({ ...figure(parts), interval: null });

const alert = (metric: string, fires: boolean | null): Measured["alerts"][number] => ({
  step: 7,
  kind: "alert",
  metric,
  condition: "> 0.2",
  measured: fires === null ? null : 0.3,
  unit: "",
  fires,
  verdict: fires === null ? "not measured" : fires ? "fires" : "quiet",
  interval: null,
  n: null,
  unitsToSettle: null,
  owner: "",
  action: "",
  note: "",
});

const measured: Measured = {
  seed: 7,
  data: { source: "payments.csv", fingerprint: "", simulated: false },
  figures: [
    measuredFigure({ step: 3, name: "events", subject: "data", value: 100, role: "size" }),
    measuredFigure({ step: 3, name: "rows with skew", subject: "features", value: 0 }),
    measuredFigure({ step: 4, name: "model bytes", subject: "als", value: 2000, unit: "B" }),
    measuredFigure({ step: 4, name: "model bytes", subject: "als", value: 9, unit: "B", slice: "new" }),
    measuredFigure({ step: 6, name: "sample size", subject: "experiment", value: 50, unit: "members" }),
    measuredFigure({ step: 6, name: "latency p99", subject: "request", value: 0.002, unit: "s" }),
  ],
  remarks: [
    { step: 5, kind: "answer", text: "First." },
    { step: 5, kind: "warning", text: "No." },
    { step: 5, kind: "answer", text: "Second." },
    { step: 5, kind: "answer", text: "Third." },
  ],
  alerts: [alert("psi", true), alert("latency", false), alert("recall", null)],
};

it("tells of each step what it measured, most telling first, and of alerts those that fire", () => {
  expect(evidenceLines(measured).map(({ step, text }) => [step, text.replace(/^.*?:\* /u, "")])).toEqual([
    [3, "events 100."],
    [4, "model bytes of als 2 kB."],
    [5, "First; Second."],
    [6, "latency p99 of request 2 ms; sample size 50 members."],
    [7, "psi fires at 0.3 (> 0.2)."],
  ]);
  expect(evidenceLines(measured)[0].text).toContain("*Measured on payments.csv, seed 7:*");
});

it("calls simulated data so, and has no line for a step that measured nothing", () => {
  const simulated = { ...measured, data: { ...measured.data, simulated: true }, alerts: [], remarks: [] };
  const lines = evidenceLines(simulated);
  expect(lines.map(({ step }) => step)).toEqual([3, 4, 6]);
  for (const { text } of lines) expect(text).toContain("simulated data");
});
