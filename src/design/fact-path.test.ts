import { describe, expect, it } from "vitest";
import { z } from "zod";
import { facts, integer, text } from "./fact.ts";
import { resolvePath } from "./fact-path.ts";
import { createLocator } from "./locate.ts";
import { readYaml } from "./yaml-tree.ts";

const schema = facts("Top", {
  latency: facts("By percentile", { p99: text("p99").optional(), "p99.9": text("p99.9").optional() }).optional(),
  stages: z
    .array(
      facts("A stage", {
        name: text("Name").optional(),
        metric: text("Metric").optional(),
        keep: integer("Kept").optional(),
      }),
    )
    .optional(),
  budget: z.record(z.string(), text("A share")).optional(),
});
const source = `latency: { p99: 1 s }
stages:
  - { name: first.one, keep: 3 }
  - { metric: latency p99, keep: 4 }
budget: { network: 2 ms }
`;
const span = createLocator(source, "n.md")(0, source.length);
const root = readYaml({ source, offset: 0, span }).root;

function resolve(path: string): unknown {
  if (root === undefined) throw new Error("the source is no YAML");
  const resolved = resolvePath(path, root, schema);
  return resolved.ok ? resolved.value : `${resolved.failure.message} | ${resolved.failure.fix}`;
}

describe("the path of a fact", () => {
  it.each([
    ["latency.p99", ["latency", "p99"]],
    ["latency.p99.9", ["latency", "p99.9"]],
    ["stages[1].keep", ["stages", 1, "keep"]],
    ["stages.1.keep", ["stages", 1, "keep"]],
    ["stages.first.one.keep", ["stages", 0, "keep"]],
    ["stages.latency p99.keep", ["stages", 1, "keep"]],
    ["stages[2]", ["stages", 2]],
    ["budget.ranking", ["budget", "ranking"]],
  ])("reads %s", (path, expected) => {
    expect(resolve(path)).toEqual(expected);
  });

  it.each([
    ["latncy.p99", "there is no fact `latncy` | did you mean `latency`?"],
    ["latency.p98", "there is no fact `p98` in `latency` | did you mean `p99`?"],
    ["stages.frist.one.keep", "`stages` has no element `frist` | there are first.one, latency p99"],
    ["stages[3].keep", "`stages` has no element `[3]` | there are first.one, latency p99"],
    ["latency.p99.x", "there is no fact `x` in `latency.p99` | it holds one value"],
    ["", "the path names no fact | write it like `4.stages[0].factors`"],
  ])("refuses %j with a way out", (path, expected) => {
    expect(resolve(path)).toBe(expected);
  });
});
