import { expect, it } from "vitest";
import { collectExamples } from "./examples/collect-examples.ts";
import { holdExample } from "./examples/hold-example.ts";
import { ruleOf } from "./examples/treatments.ts";

const long = (await collectExamples()).filter(({ line }) => ruleOf(line)?.isLong);

it("has examples", () => {
  expect(long.length).toBeGreaterThan(10);
});

it.each(long)("`$line` works, and leaves what was answered as it was", ({ line }) => holdExample(line));
