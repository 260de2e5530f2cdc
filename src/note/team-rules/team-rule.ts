/** A team's rule: a few lines of YAML over facts with units, made into a rule like every other. */

import { z } from "zod";
import { compares } from "../../core/comparison.ts";
import type { StepNumber } from "../../core/figure.ts";
import { fail, type Outcome, succeed } from "../../core/outcome.ts";
import { sameDimension } from "../../core/unit.ts";
import { kindOf } from "../../design/schema-keys.ts";
import { CONSEQUENCES, type Consequence } from "../../review/consequence.ts";
import { noteOfExample } from "../../review/example.ts";
import { review } from "../../review/review.ts";
import { defineRule, type Example, type Hit, type Rule, unknown } from "../../review/rule.ts";
import { type Design, parseDesign } from "../../steps/design.ts";
import { addressOf, type FactAddress, type FoundFact, factsAt } from "./fact-at.ts";
import { type Operator, parseWhen, type When } from "./when.ts";

const exampleSchema = z.record(z.enum(["1", "2", "3", "4", "5", "6", "7"]), z.string()).or(z.string());

/** As it stands in the file of a team. */
export const teamRuleSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u, "a name is words in kebab-case, such as one-replica"),
  when: z.string(),
  say: z.string().min(1),
  severity: z.enum(["error", "warning", "advice"]).optional(),
  why: z.string().optional(),
  fix: z.string().optional(),
  source: z.string().optional(),
  consequence: z
    .custom<Consequence>((value) => typeof value === "string" && Object.hasOwn(CONSEQUENCES, value))
    .optional(),
  examples: z.strictObject({ bad: exampleSchema, good: exampleSchema }).optional(),
});

export type WrittenTeamRule = z.output<typeof teamRuleSchema>;

type Compared = { readonly hits: readonly FoundFact[]; readonly missing: readonly string[] };
type Test = (design: Design) => { readonly truth: boolean | undefined } & Compared;

/** The rule, or what is wrong with its condition (a fact that there is not, a value that cannot stand there), `where` the words that are. */
export function teamRule(written: WrittenTeamRule): Outcome<Rule> {
  const when = parseWhen(written.when);
  if (!when.ok) return when;
  const addresses: FactAddress[] = [];
  const test = compile(when.value, addresses);
  if (!test.ok) return test;
  const step = lastStep(addresses);
  const reads = addresses.map((one) => `${one.step.number}.${one.keys.join(".").replaceAll(".[]", "[]")}`);
  const example = (which: "bad" | "good"): Example => exampleOf(written.examples?.[which], step);
  const rule = defineRule<Hit>({
    code: `T${step}-${written.name}`,
    name: written.name,
    step,
    reads,
    severity: written.severity ?? "warning",
    consequence: written.consequence ?? "late",
    summary: `${written.say} (where ${written.when})`,
    why: written.why ?? "it is a rule of the team",
    fix: written.fix ?? `see to it that it does not hold any more: ${written.when}`,
    sources: [written.source ?? "the team's own rules"],
    examples: { bad: example("bad"), good: example("good") },
    check: (design) => {
      const { truth, hits, missing } = test.value(design);
      if (truth === undefined) return unknown(...missing);
      if (!truth) return [];
      if (hits.length > 0) return hits.map(({ path }) => ({ at: path }));
      return [{ at: reads[0].replace(/\[\].*$/u, "") }];
    },
    say: () => ({ message: written.say }),
  });
  return succeed(rule);
}

/** What a rule's own examples show to be wrong with it; empty where they hold. A rule without examples is not tested, and says so. */
export function testTeamRule(written: WrittenTeamRule, rule: Rule): string[] {
  if (written.examples === undefined) return ["it has no examples, so it is not tested"];
  return (["bad", "good"] as const).flatMap((which) => {
    const { design, findings } = parseDesign(noteOfExample(rule.examples[which]), "example.md");
    if (design === undefined || findings.length > 0)
      return [`its ${which} example is no design: ${findings[0]?.message ?? "unreadable"}`];
    const [{ outcome }] = review(design, [rule]).outcomes;
    const wanted = which === "bad" ? "fires" : "pass";
    return outcome === wanted ? [] : [`its ${which} example gives \`${outcome}\`, not \`${wanted}\``];
  });
}

/** A rule stands with the latest step that it reads, like every other. */
function lastStep(addresses: readonly FactAddress[]): StepNumber {
  return addresses.map(({ step }) => step.number).toSorted((a, b) => b - a)[0] ?? 1;
}

function exampleOf(written: z.output<typeof exampleSchema> | undefined, step: StepNumber): Example {
  return typeof written === "string" ? { [step]: written } : (written ?? {});
}

function compile(when: When, addresses: FactAddress[]): Outcome<Test> {
  switch (when.kind) {
    case "and":
    case "or": {
      const tests: Test[] = [];
      for (const part of when.parts) {
        const test = compile(part, addresses);
        if (!test.ok) return test;
        tests.push(test.value);
      }
      return succeed((design) =>
        join(
          when.kind,
          tests.map((test) => test(design)),
        ),
      );
    }
    case "not": {
      const test = compile(when.part, addresses);
      if (!test.ok) return test;
      return succeed((design) => {
        const { truth, missing } = test.value(design);
        return { truth: truth === undefined ? undefined : !truth, hits: [], missing };
      });
    }
    case "is": {
      const address = addressOf(when.path);
      if (!address.ok) return address;
      addresses.push(address.value);
      return succeed((design) => {
        const found = factsAt(design, address.value);
        const isSet = found.length > 0;
        return { truth: isSet === (when.state === "set"), hits: when.state === "set" ? found : [], missing: [] };
      });
    }
    case "compare":
      return compileComparison(when, addresses);
    default:
      return when satisfies never;
  }
}

function compileComparison(
  { path, operator, value }: Extract<When, { kind: "compare" }>,
  addresses: FactAddress[],
): Outcome<Test> {
  const address = addressOf(path);
  if (!address.ok) return address;
  addresses.push(address.value);
  const literal = literalFor(address.value, value);
  if (literal === undefined) {
    const kinds = [...new Set(address.value.schemas.map(kindOf))].join(" or ");
    return fail({
      code: "wrong-value",
      message: `\`${value.slice(0, 40)}\` cannot stand at \`${path}\``,
      where: value,
      fix: `${kinds} belongs there`,
    });
  }
  const limit = measureOf(literal.value);
  if (limit === undefined && operator !== "=" && operator !== "!=") {
    return fail({
      code: "wrong-value",
      message: `\`${path}\` has no order, so \`${operator}\` says nothing`,
      where: operator,
      fix: "compare it with = or !=",
    });
  }
  const { step, keys } = address.value;
  const asked = `${step.number}.${keys.join(".").replaceAll(".[]", "[]")}`;
  return succeed((design) => {
    const hits: FoundFact[] = [];
    let isKnown = false;
    for (const fact of factsAt(design, address.value)) {
      const value = asked === PEAK ? peakBeside(limit, fact.value, design.clarify.requests?.average) : fact.value;
      const holds = compareValues(value, operator, literal.value);
      if (holds !== undefined) isKnown = true;
      if (holds === true) hits.push(fact);
    }
    return isKnown ? { truth: hits.length > 0, hits, missing: [] } : { truth: undefined, hits, missing: [asked] };
  });
}

/** The one fact that is written as a rate or as a factor of another. */
const PEAK = "1.requests.peak";

/** A peak of `3x` beside a limit of `1k/s`, or the other way round, by way of the average; as it is where that is not stated. */
function peakBeside(limit: Measure | undefined, peak: unknown, average: unknown): unknown {
  const [written, mean] = [measureOf(peak), measureOf(average)];
  if (limit === undefined || written === undefined || mean === undefined) return peak;
  if (sameDimension(written.dimension, limit.dimension)) return peak;
  if (sameDimension(mean.dimension, limit.dimension))
    return { value: written.value * mean.value, dimension: mean.dimension };
  return { value: written.value / mean.value, dimension: NO_DIMENSION };
}

/** The value as the fact itself would be read, so that units and words are checked when the rule is read. */
function literalFor({ schemas }: FactAddress, written: string): { readonly value: unknown } | undefined {
  const plain = /^-?\d+(?:\.\d+)?$/u.test(written) ? [Number(written)] : [];
  const flag = written === "true" ? [true] : written === "false" ? [false] : [];
  for (const value of [...plain, ...flag, written]) {
    for (const schema of schemas) {
      for (const tried of [value, [value]]) {
        const parsed = schema.safeParse(tried);
        if (parsed.success && parsed.data !== undefined)
          return { value: Array.isArray(parsed.data) ? parsed.data[0] : parsed.data };
      }
    }
  }
  return undefined;
}

interface Measure {
  readonly value: number;
  readonly dimension: Readonly<Record<string, number>>;
}

/** Of values that were read before: each fact is compared with every rule's limit. */
const measures = new WeakMap<object, Measure>();
const NO_DIMENSION = {};

function measureOf(value: unknown): Measure | undefined {
  if (typeof value === "number") return { value, dimension: NO_DIMENSION };
  if (typeof value !== "object" || value === null) return undefined;
  const before = measures.get(value);
  if (before !== undefined) return before;
  if (!("value" in value) || typeof value.value !== "number") return undefined;
  const dimension =
    "dimension" in value && typeof value.dimension === "object" && value.dimension !== null ? value.dimension : {};
  const measure = { value: value.value, dimension: Object.fromEntries(Object.entries(dimension)) };
  measures.set(value, measure);
  return measure;
}

/** Undefined where the two cannot be compared. A list holds what one of its elements is. */
function compareValues(value: unknown, operator: Operator, limit: unknown): boolean | undefined {
  if (Array.isArray(value)) {
    const each = value.map((one: unknown) => compareValues(one, operator === "!=" ? "=" : operator, limit));
    const some = each.some((one) => one === true);
    return operator === "!=" ? !some : some;
  }
  const a = measureOf(value);
  const b = measureOf(limit);
  if (a !== undefined && b !== undefined) {
    if (!sameDimension(a.dimension, b.dimension)) return undefined;
    return ordered(a.value, operator, b.value);
  }
  const [left, right] = [textOf(value), textOf(limit)];
  if (left === undefined || right === undefined) return undefined;
  const isEqual = left === right;
  return operator === "=" ? isEqual : operator === "!=" ? !isEqual : undefined;
}

/** The words that a fact is told by; undefined for a map of facts. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "number")
    return String(value).toLowerCase();
  if (typeof value !== "object" || value === null) return undefined;
  const named = "metric" in value ? value.metric : "text" in value ? value.text : undefined;
  return typeof named === "string" ? named.toLowerCase() : undefined;
}

function ordered(a: number, operator: Operator, b: number): boolean {
  return operator === "!=" ? a !== b : compares(a, operator, b);
}

/** Kleene's logic: what is not known decides nothing that the rest decides already. */
function join(kind: "and" | "or", results: readonly ReturnType<Test>[]): ReturnType<Test> {
  const decisive = kind === "or";
  const hits = results.flatMap((one) => (one.truth === true ? one.hits : []));
  if (results.some(({ truth }) => truth === decisive)) return { truth: decisive, hits, missing: [] };
  const missing = results.flatMap((one) => (one.truth === undefined ? one.missing : []));
  return missing.length > 0 ? { truth: undefined, hits: [], missing } : { truth: !decisive, hits, missing: [] };
}
