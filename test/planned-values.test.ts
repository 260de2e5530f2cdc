import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../src/core/outcome.ts";
import type { RunPlan } from "../src/kinds/kind.ts";
import { planRun } from "../src/kinds/plan-run.ts";
import { KINDS } from "../src/kinds/registry.ts";
import { type JsonSchema, sectionJsonSchema } from "../src/note/json-schema.ts";
import { setFact } from "../src/note/set-fact.ts";
import { parseDesign } from "../src/steps/design.ts";
import { sealedEnvironment } from "./sealed-environment.ts";

/** A note of each kind that is planned without any file; of another kind, its reference design. */
const NOTES: ReadonlyMap<string, string> = new Map([
  ["recommendation", "test/fixtures/small-recommendation.md"],
  ["fraud-detection", "test/fixtures/small-fraud.md"],
  ["binary-classification", "test/fixtures/click-prediction.md"],
  ["document-ranking", "test/fixtures/document-ranking.md"],
  ["visual-search", "designs/visual-search.md"],
]);

function noteOf(kind: string): string {
  return readFileSync(NOTES.get(kind) ?? `designs/${kind}.md`, "utf8");
}

interface Enumerated {
  /** `3.split.by`, `4.stages[0].objective`. */
  readonly path: string;
  readonly value: string;
}

/** Every value that a word of the format may take, at every place that the note has or could have. */
function enumeratedIn(text: string): readonly Enumerated[] {
  const { design } = parseDesign(text, "note.md");
  if (design === undefined) throw new Error("the note is no design");
  const lengthOf = (path: string): number => {
    let length = 0;
    while ([...design.places.keys()].some((one) => one.startsWith(`${path}[${length}]`))) length++;
    return length;
  };
  const walk = (schema: unknown, path: string): readonly Enumerated[] => {
    if (!isSchema(schema)) return [];
    const words = Array.isArray(schema.enum) ? schema.enum.map((value) => ({ path, value: String(value) })) : [];
    const choices = Array.isArray(schema.anyOf) ? schema.anyOf.flatMap((one) => walk(one, path)) : [];
    const keys = isSchema(schema.properties)
      ? Object.entries(schema.properties).flatMap(([key, one]) => walk(one, `${path}.${key}`))
      : [];
    const elements = isSchema(schema.items)
      ? Array.from({ length: lengthOf(path) }, (_, at) => walk(schema.items, `${path}[${at}]`)).flat()
      : [];
    return [...words, ...choices, ...keys, ...elements];
  };
  return [1, 2, 3, 4, 5, 6, 7].flatMap((step) => walk(sectionJsonSchema(step), String(step)));
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function planOf(text: string): Promise<Outcome<RunPlan> | undefined> {
  const { design } = parseDesign(text, "note.md");
  const kind = KINDS.find(({ name }) => name === design?.front.system);
  if (design === undefined || kind === undefined) return undefined;
  const { files, sql } = sealedEnvironment;
  return await planRun(kind, { design, resolve: (path) => path, files, sql });
}

describe.each(KINDS.map(({ name }) => name))("a run of %s", (name) => {
  const text = noteOf(name);

  it("is planned, or refused at a line of the note with the key in the sentence, whatever value a fact has", async () => {
    const unclear: string[] = [];
    let tried = 0;
    for (const { path, value } of enumeratedIn(text)) {
      const changed = setFact(text, path, value);
      const outcome = changed.ok ? await planOf(changed.value) : undefined;
      if (outcome === undefined) continue;
      tried++;
      if (outcome.ok) continue;
      const { at, message, where = "", fix = "" } = outcome.failure;
      const key = path.replace(/\[\d+\]$/u, "").replace(/^.*\./u, "");
      const isNamed = [message, where, fix].some((one) => one.includes(key));
      if (at === undefined || !isNamed || fix === "") unclear.push(`${path}: ${value}: ${message} (${where})`);
    }
    expect(tried).toBeGreaterThan(150);
    expect(unclear).toEqual([]);
  }, 600_000);
});

it.each([
  ["recommendation", "rolling nested group-and-time k-fold given"],
  ["fraud-detection", "rolling nested group group-and-time leave-one-out member-holdout time-per-member given"],
  ["binary-classification", "rolling nested group group-and-time leave-one-out member-holdout time-per-member given"],
  [
    "document-ranking",
    "time time-per-member random random-per-member random-stratified rolling group-and-time leave-one-out k-fold nested member-holdout given",
  ],
  [
    "visual-search",
    "time rolling nested group-and-time k-fold leave-one-out member-holdout time-per-member random-per-member given",
  ],
])("%s refuses the splits %s before anything is trained", async (name, refused) => {
  const text = noteOf(name);
  const ways = enumeratedIn(text).filter(({ path }) => path === "3.split.by");
  const found: string[] = [];
  for (const { path, value } of ways) {
    const changed = setFact(text, path, value);
    const outcome = changed.ok ? await planOf(changed.value) : undefined;
    if (outcome?.ok === false) {
      expect(outcome.failure).toMatchObject({ where: "3.split.by", at: { file: "note.md" } });
      found.push(value);
    }
  }
  expect(found.sort()).toEqual(refused.split(" ").sort());
});
