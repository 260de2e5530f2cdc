/** Moved numbers of notes. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { type Design, parseDesign } from "../steps/design.ts";
import { estimateDesign } from "./estimate-design.ts";
import { estimateInputs } from "./estimate-inputs.ts";
import { markOfFact, moveFact } from "./move-fact.ts";
import { writeFacts } from "./read-answer.ts";
import { setFact } from "./set-fact.ts";
import { vary } from "./with-fact.ts";

function designOf(text: string): Design {
  const { design } = parseDesign(text, "note.md");
  if (design === undefined) throw new Error("the note is a design");
  return design;
}

const MOVIES = designOf(readFileSync("designs/movie-recommendations.md", "utf8"));
const moved = (key: string, text: string, factor: number): string | undefined =>
  unwrap(moveFact(designOf(unwrap(setFact(MOVIES.text, key, text))), key, factor)).text;

describe("what is shown is what would be written", () => {
  for (const name of ["movie-recommendations", "card-fraud", "wake-word", "retrieval-augmented-assistant"])
    test(`${name}: each number is accepted by the note at every place, and read back as it was counted with`, () => {
      const design = designOf(readFileSync(`designs/${name}.md`, "utf8"));
      for (const factor of [0.1, 0.9441, 1.4125, 10]) {
        let now = design;
        const facts: (readonly [string, string])[] = [];
        for (const { key } of estimateInputs(design)) {
          const { design: next, text } = unwrap(moveFact(now, key, factor));
          if (text !== undefined) facts.push([key, text]);
          now = next;
        }
        expect(facts.length).toBeGreaterThan(3);
        // One at a time, since a peak and its average stand in each other's way.
        const written = designOf(facts.reduce((text, [key, value]) => unwrap(setFact(text, key, value)), design.text));
        for (const [key] of facts)
          expect([key, unwrap(vary(written, key)).current.value]).toEqual([key, unwrap(vary(now, key)).current.value]);
        const said = (one: Design): unknown => estimateDesign(one).sheets.map(({ answer, limits }) => [answer, limits]);
        expect(said(written)).toEqual(said(now));
      }
    });

  test("the unit that the note uses stays, as long as the number is handy in it", () => {
    expect(moved("1.requests.average", "10k/day", 10)).toBe("100k/day");
    expect(moved("1.requests.average", "10k/day", 1.4125)).toBe("14.1k/day");
    expect(moved("1.users.daily", "1,000 users", 0.5)).toBe("500 users");
    expect(moved("6.serving.price", "$900/month", 0.5)).toBe("$450/month");
    expect(moved("1.latency.p99", "20 ms", 0.01)).toBe("200 us");
  });
});

test("a share moves by its odds: between nothing and all, and by nines near the end", () => {
  expect(moved("1.availability", "99.9%", 10)).toBe("99.99%");
  expect(moved("1.availability", "99.9%", 0.1)).toBe("99.01%");
  expect(moved("6.serving.utilization", "60%", 10)).toBe("93.8%");
  expect(moved("6.serving.utilization", "60%", 0.1)).toBe("13%");
  expect(moved("6.serving.utilization", "0.6", 10)).toMatch(/^0\.9\d+$/u);
});

test("a whole number stays one, and stays where the note takes it", () => {
  expect(moved("6.serving.replicas", "4", 0.1)).toBe("1");
  expect(moved("6.serving.replicas", "1", 0.1)).toBe(undefined);
  expect(moved("6.serving.replicas", "2", 1.2)).toBe(undefined);
  expect(writeFacts(MOVIES.text, [["6.serving.replicas", "0"]])).toMatchObject({ ok: false });
});

test("the comment on where a number comes from is told, wherever it stands, and no other", () => {
  const of = (yaml: string, key: string): string | undefined =>
    markOfFact(`---\nheptad: 1\ntitle: t\nsystem: s\n---\n\n## 1. Clarify\n\n\`\`\`yaml\n${yaml}\n\`\`\`\n`, key);
  expect(of("users: { total: 12, daily: 3 }   # measured: members", "1.users.daily")).toBe("# measured: members");
  expect(of("users:   # measured: members\n  total: 12", "1.users.total")).toBe("# measured: members");
  expect(of("users:\n  total: 12   # measured\n  daily: 3", "1.users.daily")).toBe(undefined);
  expect(of("users:\n  total: 12   # of last week", "1.users.total")).toBe(undefined);
});
