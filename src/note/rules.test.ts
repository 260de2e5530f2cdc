import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { markOf, type SaidOfFacts, saidInExamples, sayingOf, variantsOf } from "../../test/rule-variants.ts";
import { remembering } from "../core/remembering.ts";
import { applyEdits } from "../design/apply-edits.ts";
import { noteOfExample } from "../review/example.ts";
import { referenceOf } from "../review/explain.ts";
import { review } from "../review/review.ts";
import { parseDesign, STEPS } from "../steps/design.ts";
import { REFERENCES } from "../steps/references.ts";
import { RULES } from "./rules.gen.ts";
import { setFact } from "./set-fact.ts";

/** `HEPTAD_GOLDEN=renew npx vitest run src/note/rules.test.ts` keeps what the rules say now: only where that was meant to change. */
const KEPT = "test/golden/rule-sayings.json";

interface KeptSayings {
  /** Kept too, so that an example of one rule changes nothing of another. */
  readonly facts: SaidOfFacts;
  readonly marks: Readonly<Record<string, string>>;
}

if (process.env.HEPTAD_GOLDEN === "renew") {
  const facts = saidInExamples();
  const marksOf = (rule: (typeof RULES)[number]): string =>
    variantsOf(rule, facts)
      .map((note) => markOf(sayingOf(rule, note)))
      .join(" ");
  const marks = Object.fromEntries(RULES.map((rule) => [rule.code, marksOf(rule)]));
  writeFileSync(KEPT, `${JSON.stringify({ facts, marks }, null, 1)}\n`);
}
const { facts, marks }: KeptSayings = JSON.parse(readFileSync(KEPT, "utf8"));

/** The notes near a rule's examples, made once: by what the kept sayings were of, or for a new rule by what the examples say now. */
const near = remembering<readonly string[]>(RULES.length);
const notesNear = (rule: (typeof RULES)[number]): readonly string[] =>
  near([rule.code], () => variantsOf(rule, marks[rule.code] === undefined ? saidInExamples() : facts));

describe.each(RULES.map((rule) => [`${rule.code} ${rule.name}`, rule] as const))("%s", (_, rule) => {
  const run = (which: "bad" | "good") => {
    const note = noteOfExample(rule.examples[which]);
    const { design, findings } = parseDesign(note, "example.md");
    if (design === undefined) throw new Error("the example is no design");
    return { note, format: findings, reviewed: review(design, [rule]) };
  };

  it("finds one thing in its bad example, and says it in plain words", () => {
    const { format, reviewed } = run("bad");
    expect(format).toEqual([]);
    expect(reviewed.findings).toHaveLength(1);
    const [finding] = reviewed.findings;
    const texts = [
      finding.message,
      finding.why,
      finding.fix,
      finding.label,
      ...(finding.related ?? []).map((one) => one.message),
    ];
    for (const text of texts) {
      if (text === undefined) continue;
      expect(text).not.toMatch(/undefined|NaN|Infinity|\[object|\.$|^$/u);
      expect(text.trim()).toBe(text);
    }
    expect(finding.message).toMatch(/^[^A-Z]|^(?:HNSW|IVF|PQ|PSI|KS|A\/A|NDCG|GPU|CPU|F1|ROC|AUC)/u);
    expect(finding.why).toBeTruthy();
    expect(finding.fix).toBeTruthy();
  });

  it("finds nothing in its good example", () => {
    const { format, reviewed } = run("good");
    expect(format).toEqual([]);
    expect(reviewed.findings).toEqual([]);
    expect(reviewed.outcomes[0].outcome).toBe("pass");
  });

  it("mends what it says it can mend", () => {
    const { note, reviewed } = run("bad");
    const edits = reviewed.findings[0].edits ?? [];
    if (edits.length === 0) return;
    const mended = parseDesign(applyEdits(note, edits).text, "example.md");
    expect(mended.findings).toEqual([]);
    if (mended.design === undefined) throw new Error("the mended example is no design");
    expect(review(mended.design, [rule]).findings).toEqual([]);
  });

  it("cites works that the list of references holds", () => {
    expect(rule.sources.length).toBeGreaterThan(0);
    for (const source of rule.sources) expect(referenceOf(source, REFERENCES), source).toBeDefined();
  });

  it("carries a code of its step and reads facts that the schemas know", () => {
    expect(rule.code).toMatch(new RegExp(`^HP${rule.step}\\d\\d$`, "u"));
    for (const path of rule.reads) expect(schemaKnows(path), path).toBe(true);
  });
});

describe("the catalogue", () => {
  it("gives every rule its own code and name", () => {
    expect(new Set(RULES.map((rule) => rule.code)).size).toBe(RULES.length);
    expect(new Set(RULES.map((rule) => rule.name)).size).toBe(RULES.length);
  });

  it("never throws and never speaks of undefined, whichever rule meets whichever example", () => {
    for (const { examples } of RULES) {
      for (const example of [examples.bad, examples.good]) {
        const { design } = parseDesign(noteOfExample(example), "example.md");
        if (design === undefined) throw new Error("the example is no design");
        for (const finding of review(design, RULES).findings) {
          expect(`${finding.message} ${finding.fix} ${finding.label}`).not.toMatch(/undefined|NaN|Infinity/u);
        }
      }
    }
  });
});

describe("what a rule proposes", () => {
  const written = (note: string, path: string, value: string): string => {
    const changed = setFact(note, path, value);
    return changed.ok ? changed.value : note;
  };
  const fixesOf = (rule: (typeof RULES)[number], note: string): readonly string[] => {
    const { design } = parseDesign(note, "note.md");
    return design === undefined ? [] : review(design, [rule]).findings.flatMap(({ fix }) => fix ?? []);
  };

  it.each(RULES.map((rule) => [`${rule.code} ${rule.name}`, rule] as const))(
    "fits a note that is tuned on average precision: %s",
    (_, rule) => {
      for (const note of new Set([noteOfExample(rule.examples.bad), ...notesNear(rule)])) {
        const own = written(
          written(note, "2.task", "binary-classification"),
          "2.metrics.offline",
          "[average precision, recall]",
        );
        // A note that speaks of ndcg itself may be answered in its words.
        if (/ndcg|top-k/u.test(own)) continue;
        for (const fix of fixesOf(rule, own)) expect(fix).not.toMatch(/ndcg|most-popular|\brank what/u);
      }
    },
  );

  it("asks a note for nothing that stands in it", () => {
    const about = (system: string, ...facts: readonly (readonly [step: number, yaml: string])[]): string =>
      noteOfExample({ system, ...Object.fromEntries(facts) });
    const churn = about(
      "binary-classification",
      [1, "labels: { available: yes, source: human, delay: 7 d }\nprivacy: { personal: [customer] }"],
      [
        2,
        "task: binary-classification\nlabel: { event: leaves, window: 7 d }\nmetrics: { offline: [average precision] }",
      ],
      [3, "split: { by: time, train: 90 d, gap: 7 d, test: 14 d }"],
      [5, "evaluation: { tuned-on: validation }"],
    );
    const { design } = parseDesign(churn, "churn.md");
    if (design === undefined) throw new Error("the note is no design");
    const said = new Map(review(design, RULES).findings.map(({ code, fix, why }) => [code, { fix, why }]));
    expect(said.get("HP201")?.fix).toBe("write `output:` (rank, threshold or probability)");
    expect(said.get("HP103")?.fix).toContain("`purpose:` (in a sentence, what the data is used for)");
    expect(said.get("HP112")?.fix).toBe("measure on a month of data `positive-rate:` (the share of positives)");
    expect(said.get("HP201")?.why).not.toMatch(/window|days/u);
    expect(said.get("HP203")?.fix).not.toContain("offline");
    expect(said.get("HP203")?.why).toBe("without an online metric, step 6 has nothing to test");
    expect(said.get("HP301")?.fix ?? "").not.toMatch(/train|gap/u);
    expect(said.get("HP501")).toEqual({
      fix: "add `half-width:` of the gain's 95% interval",
      why: "a gain smaller than its interval is no gain, and a test that nobody sized cannot show it",
    });
    const link = about("binary-classification", [
      2,
      "metrics: { offline: [average precision], online: [customers kept] }",
    ]);
    expect(fixesOf(RULES.filter(({ code }) => code === "HP210")[0], link)[0]).toContain(
      "`link: { offline: average precision, online: customers kept, evidence: past-experiments }`",
    );
  });
});

/** Whether the keys of a path occur in the JSON form of its step's schema; front matter has path `0.`. */
function schemaKnows(path: string): boolean {
  const step = STEPS.find(({ number }) => number === Number(path[0]));
  if (step === undefined) return /^0\.(?:title|system|date|waive)/u.test(path);
  let note = "";
  const keys = path
    .slice(2)
    .replaceAll("[]", "")
    .split(/\.(?=\D)/u);
  note = shapeOf(step.number, step.schema);
  return keys.every((key) => note.includes(`"${key}"`) || key === "*");
}

const shapes = new Map<number, string>();

function shapeOf(number: number, schema: (typeof STEPS)[number]["schema"]): string {
  const shape = shapes.get(number) ?? JSON.stringify(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  shapes.set(number, shape);
  return shape;
}

describe("what each rule says of notes near its examples", () => {
  // A new rule has nothing to be held against until the next renewal.
  const known = RULES.filter(({ code }) => marks[code] !== undefined);

  it.each(known.map((rule) => [`${rule.code} ${rule.name}`, rule] as const))("%s says what it said", (_, rule) => {
    const before = marks[rule.code].split(" ");
    const notes = notesNear(rule);
    const changed = notes.find((note, at) => markOf(sayingOf(rule, note)) !== before[at]);
    expect(changed === undefined ? "" : `${changed}\n\nsays now:\n${sayingOf(rule, changed)}`).toBe("");
    expect(notes).toHaveLength(before.length);
  });

  it("tells most rules apart from themselves: their notes are met in several ways", () => {
    const ways = known.map(({ code }) => new Set(marks[code].split(" ")).size);
    expect(ways.filter((count) => count > 2).length).toBeGreaterThan(0.8 * known.length);
  });
});
