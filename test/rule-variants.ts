/** Notes near the examples of a rule: facts that it reads set to what other notes say of them, and numbers made larger or smaller. */

import { createHash } from "node:crypto";
import { createRandom } from "../src/core/random.ts";
import { RULES } from "../src/note/rules.gen.ts";
import { setFact } from "../src/note/set-fact.ts";
import { noteOfExample } from "../src/review/example.ts";
import { review } from "../src/review/review.ts";
import { parseDesign, STEPS } from "../src/steps/design.ts";

type Rule = (typeof RULES)[number];

/** So many of each rule: more find few branches that these do not. */
const VARIANTS = 24;
const FACTORS = [0.001, 0.2, 0.5, 0.99, 1.01, 3, 40];

/** What notes say of each fact, by its path: `4.stages[].keep`. */
export type SaidOfFacts = Readonly<Record<string, readonly string[]>>;

/** What the examples of all rules say of each fact. */
export function saidInExamples(): SaidOfFacts {
  const said = new Map<string, Set<string>>();
  for (const { examples } of RULES)
    for (const example of [examples.bad, examples.good])
      for (const [path, value] of factsOf(noteOfExample(example))) {
        const pattern = path.replaceAll(/\[\d+\]/gu, "[]");
        said.set(pattern, (said.get(pattern) ?? new Set()).add(value));
      }
  return Object.fromEntries([...said].map(([path, values]) => [path, [...values]]));
}

/** Notes that meet a rule in other ways than its two examples do. The same from run to run. */
export function variantsOf(rule: Rule, said: SaidOfFacts): string[] {
  const random = createRandom(1, rule.code);
  const examples = [rule.examples.bad, rule.examples.good].map(noteOfExample);
  const choices = rule.reads.flatMap((path) => (said[path] ?? []).map((value) => [path, value] as const));
  return Array.from({ length: VARIANTS }, (_, at) => {
    let note = examples[at % 2];
    for (let left = 1 + random.below(3); left > 0; left--) {
      const own = factsOf(note);
      if (choices.length > 0 && random.below(3) > 0) {
        const [path, value] = choices[random.below(choices.length)];
        note = withFact(note, path.replaceAll("[]", `[${random.below(2)}]`), value);
      } else if (own.length > 0) {
        const [path, value] = own[random.below(own.length)];
        const factor = FACTORS[random.below(FACTORS.length)];
        const scaled = value.replace(/\d+(?:\.\d+)?/u, (number) =>
          String(Number((factor * Number(number)).toPrecision(3))),
        );
        note = withFact(note, path, scaled);
      }
    }
    return note;
  });
}

/** What a rule says of a note, all of it. */
export function sayingOf(rule: Rule, note: string): string {
  const { design } = parseDesign(note, "variant.md");
  if (design === undefined) return "no design";
  const { findings, outcomes } = review(design, [rule]);
  const said = findings.map(({ severity, message, label, fix, at, related = [] }) =>
    [severity, at.start.line, message, label, fix, ...related.map((one) => one.message)].join(" | "),
  );
  return [outcomes[0].outcome, ...said].join("\n");
}

/** Tells sayings apart in a few characters. */
export function markOf(saying: string): string {
  return saying === "pass" ? "-" : createHash("sha256").update(saying).digest("base64url").slice(0, 4);
}

function withFact(note: string, path: string, value: string): string {
  const changed = setFact(note, path, value);
  return changed.ok ? changed.value : note;
}

/** Every fact of a note by its path, as it is written. */
function factsOf(note: string): (readonly [path: string, value: string])[] {
  const { design } = parseDesign(note, "variant.md");
  return design === undefined
    ? []
    : STEPS.flatMap(({ number, name }) => leavesOf(Reflect.get(design, name), `${number}`));
}

function leavesOf(value: unknown, path: string): (readonly [path: string, value: string])[] {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return [[path, String(value)]];
  if (Array.isArray(value)) return value.flatMap((one, at) => leavesOf(one, `${path}[${at}]`));
  if (typeof value !== "object" || value === null) return [];
  const text = Reflect.get(value, "text");
  if (typeof text === "string") return [[path, text]];
  return Object.entries(value).flatMap(([key, one]) => leavesOf(one, `${path}.${key}`));
}
