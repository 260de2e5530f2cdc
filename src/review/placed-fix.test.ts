import { describe, expect, it } from "vitest";
import { RULES } from "../note/rules.gen.ts";
import { parseDesign } from "../steps/design.ts";
import { noteOfExample } from "./example.ts";
import { placedFix } from "./placed-fix.ts";
import { review } from "./review.ts";

const place = { start: 0, end: 0, key: { start: 0, end: 0 } };
const withPlaces = (...paths: readonly string[]) => ({ places: new Map(paths.map((path) => [path, place])) });

describe("a fix", () => {
  it("is written inside the maps that the note lacks, and as it stands where they are there", () => {
    const fix = "write `timeout: 70 ms` and rest";
    expect(placedFix(fix, "6.serving.timeout", withPlaces())).toBe("write `serving: { timeout: 70 ms }` and rest");
    expect(placedFix(fix, "6.serving.timeout", withPlaces("6.serving"))).toBe(fix);
    expect(placedFix("write `limit: 3`", "6.a.b.limit", withPlaces("6.a"))).toBe("write `b: { limit: 3 }`");
    expect(placedFix("write `limit: 3`", "6.a.b.limit", withPlaces())).toBe("write `a: { b: { limit: 3 } }`");
  });

  it("stays where it names no key of its place, where the place is an element of a list, and where the fact is a section's own", () => {
    for (const [fix, path] of [
      ["hold the fallback in memory", "6.serving.timeout"],
      ["write `model: cnn`", "4.stages[0].model"],
      ["write `goal: more`", "1.goal"],
      ["write `timeouts: 3`", "6.serving.timeout"],
    ])
      expect(placedFix(fix, path, withPlaces())).toBe(fix);
  });
});

/** What a fix says is to be written, where it says all of it: a key of its section with a value that stands for no other. */
const WRITTEN = /^(?:[^`]*\bwrite |add )`(?<text>(?<key>[a-z][a-z-]*): [^`…<]+)`/u;

it.each(RULES.map((rule) => [rule.code, rule] as const))(
  "what %s says is to be written can be written there: HP619 and HP620 named keys of another map",
  (_, rule) => {
    for (const example of [rule.examples.bad, { 1: "latency: { p99: 1 s }" }]) {
      const { design } = parseDesign(noteOfExample(example), "note.md");
      if (design === undefined) throw new Error("the example is no design");
      for (const { fact = "", fix = "" } of review(design, [rule]).findings) {
        const { text, key } = WRITTEN.exec(fix)?.groups ?? {};
        const step = Number(fact[0]);
        const parent = fact.replace(/\.[^.]+$/u, "");
        // Inside a map that is there the key is written into it, and what is there already is changed.
        if (text === undefined || fact.includes("[") || design.places.has(`${step}.${key}`)) continue;
        if (parent.length > 1 && design.places.has(parent)) continue;
        const block = [Object.entries(example).find(([at]) => Number(at) === step)?.[1], text].filter(
          (one) => one !== undefined,
        );
        const again = parseDesign(noteOfExample({ ...example, [step]: block.join("\n") }), "note.md");
        expect(
          again.findings.map(({ message }) => message),
          fix,
        ).toEqual([]);
      }
    }
  },
);

it("a way back that is written as HP618 says is one", () => {
  const rule = RULES.find(({ code }) => code === "HP618");
  const { design } = parseDesign(noteOfExample({ 6: "serving: { mode: online }" }), "note.md");
  if (rule === undefined || design === undefined) throw new Error("no rule, or no design");
  const [{ fix = "" }] = review(design, [rule]).findings;
  const written = [...fix.matchAll(/`([^`]+)`/gu)].map(([, text]) => text);
  expect(written).toHaveLength(2);
  const again = parseDesign(noteOfExample({ 6: ["serving: { mode: online }", ...written].join("\n") }), "note.md");
  expect(again.design === undefined ? undefined : review(again.design, [rule]).findings).toEqual([]);
});
