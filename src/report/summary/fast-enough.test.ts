import { expect, it } from "vitest";
import { runOf, USUAL_RUN } from "../../../test/drawn-run.ts";
import { fastEnough } from "./fast-enough.ts";
import { headlineOf } from "./headline.ts";

it.each([
  [0.1, "of 100:", "of 100 ms"],
  [0.04, "of 40:", "of 40 ms"],
  [0.1234, "of 123.4:", "of 123.4 ms"],
  [2, "of 2 s:", "of 2 s"],
])("says a limit of %d s with every digit of the note and no other, beside any measured time", (p99, inLine, alone) => {
  for (let at = 1; at < 300; at++) {
    const run = runOf({ ...USUAL_RUN, p99: 0.0033 + at * 0.000277 });
    const stated = { ...run.context.stated, p99 };
    const { line, bounds } = fastEnough({ ...run, context: { ...run.context, stated } });
    expect(line).toContain(` ${inLine}`);
    expect(bounds).toBe(alone);
  }
});

it("does not say `fast enough` alone where a stage is over its own budget: the row names it", () => {
  const run = runOf({ ...USUAL_RUN, p99: 0.02 });
  const [latency] = run.figures.filter(({ name, subject }) => name === "latency p99" && subject === "request");
  const beside = (seconds: number, basis?: "granted") => {
    const stated = { ...run.context.stated, p99: 0.1, budgets: [{ stage: "candidates", seconds }] };
    const stage = { ...latency, subject: "candidates", value: 0.011, ...(basis === undefined ? {} : { basis }) };
    return { ...run, figures: [...run.figures, stage], context: { ...run.context, stated } };
  };
  const over = fastEnough(beside(0.01));
  expect(over).toMatchObject({ state: "ok", verdict: "yes, as a whole" });
  expect(over.detail).toContain("Over what the note plans for it: candidates 11 ms of 10 ms.");
  expect(headlineOf(run, [over], []).verdict).toContain("fast enough as a whole, though not in every stage");
  // Step 6 called that stage not settled, and the headline over its budget: other programs had the processor.
  const busy = beside(0.01);
  const share = { ...latency, name: "processor share", value: 0.16, unit: "share" };
  const open = fastEnough({ ...busy, figures: [...busy.figures, share] });
  expect(open).toMatchObject({ state: "ok", verdict: "yes, in process" });
  expect(open.detail).toMatch(/candidates 11 ms of 10 ms\. Other programs had the processor too/u);
  for (const kept of [beside(0.011), beside(0.01, "granted")])
    expect(fastEnough(kept)).toMatchObject({ state: "ok", verdict: "yes, in process" });
});
