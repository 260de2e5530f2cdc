import { expect, it } from "vitest";
import { sealedEnvironment } from "../../test/sealed-environment.ts";
import { FailureError, fail, type Outcome } from "../core/outcome.ts";
import { parseDesign } from "../steps/design.ts";
import type { Kind, RunPlan } from "./kind.ts";
import { inNote, planRun } from "./plan-run.ts";

const NOTE = `---
heptad: 1
title: A note
system: a-kind
---

## 3. Data

\`\`\`yaml
split: { by: rolling }
\`\`\`
`;
const { design } = parseDesign(NOTE, "note.md");
if (design === undefined) throw new Error("the note is no design");
const FAILURE = { code: "no", message: "no" };
const lineOf = (where: string): number | undefined => inNote({ ...FAILURE, where }, design).at?.start.line;
const planned = (plan: () => Promise<Outcome<RunPlan>>): Promise<Outcome<RunPlan>> => {
  const kind: Kind = { name: "a-kind", questions: [], plan };
  const { files, sql } = sealedEnvironment;
  return planRun(kind, { design, resolve: (path) => path, files, sql });
};

it("finds the line of a fact by its path, and by section and key", () => {
  expect(lineOf("3.split.by")).toBe(10);
  expect(lineOf("section 3, split")).toBe(10);
  expect(inNote({ ...FAILURE, where: "3.split.by" }, design).at?.start.column).toBe(14);
});

it("gives the heading where the fact is absent, and leaves what is no fact of the note alone", () => {
  expect(lineOf("3.features")).toBe(7);
  expect(lineOf("data/events.csv")).toBeUndefined();
  expect(lineOf("9.split")).toBeUndefined();
  expect(inNote(FAILURE, design)).toEqual(FAILURE);
});

it("leaves a place that is already known", () => {
  const start = { line: 1, column: 1, offset: 0 };
  const at = { file: "other.csv", start, end: start };
  expect(inNote({ ...FAILURE, where: "3.split.by", at }, design).at).toBe(at);
});

it("gives a refusal a place, whether it is given back or thrown, and throws on what is none", async () => {
  const refusal = { ...FAILURE, where: "section 3, split" };
  for (const plan of [
    async () => fail<RunPlan>(refusal),
    async () => {
      throw new FailureError(refusal);
    },
  ]) {
    const outcome = await planned(plan);
    expect(outcome.ok ? undefined : outcome.failure.at?.start.line).toBe(10);
  }
  await expect(
    planned(async () => {
      throw new RangeError("a fault of ours");
    }),
  ).rejects.toThrow("a fault of ours");
});

it("places a missing file where the note names it, and says how its path was read: it stood alone, without a line", () => {
  const { design } = parseDesign(
    "---\nheptad: 1\ntitle: T\nsystem: recommendation\n---\n# T\n\n## 3. Data\n\n```yaml\nsource:\n  format: csv\n  path: ../data/plays.csv\n```\n",
    "designs/t.md",
  );
  if (design === undefined) throw new Error("no design");
  const missing = { code: "no-such-file", message: "there is no such file", where: "data/plays.csv" };
  expect(inNote(missing, design)).toMatchObject({
    message: "../data/plays.csv is not there",
    at: { start: { line: 13, column: 9 } },
    fix: "a path is read from the note's own folder: there it is data/plays.csv",
  });
  expect(inNote({ ...missing, where: "data/other.csv" }, design)).toEqual({ ...missing, where: "data/other.csv" });
});
