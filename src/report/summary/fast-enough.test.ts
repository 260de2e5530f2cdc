import { expect, it } from "vitest";
import { runOf, USUAL_RUN } from "../../../test/drawn-run.ts";
import { fastEnough } from "./fast-enough.ts";

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
