import { describe, expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { factsToAsk } from "./facts-to-ask.ts";
import { readAnswer } from "./read-answer.ts";
import { reviewText } from "./review-text.ts";
import { RULES } from "./rules.gen.ts";

const SECTIONS = ["Clarify", "Frame", "Data", "Model", "Evaluate", "Deploy", "Monitor"];
const DRAFT = [
  "---\nheptad: 1\ntitle: t\nsystem: s\n---\n",
  ...SECTIONS.map((title, i) => `## ${i + 1}. ${title}\n\n\`\`\`yaml\n\`\`\`\n`),
].join("\n");
const WITH_AVERAGE = DRAFT.replace("```yaml\n", "```yaml\nrequests: { average: 400/s }\n");

const read = (value: string, key = "1.requests.peak", text = DRAFT) => readAnswer(text, key, value);

describe("an answer to what a new note asks", () => {
  it("is never called missing by the review of the note that holds it: a peak of `100` was", () => {
    const said: string[] = [];
    for (const { key, example, kind } of factsToAsk())
      for (const typed of [example, "100", "3x", "0", "0.5", "50%", "100 ms", "5/s", "many", "yes"]) {
        const value = kind.startsWith("a list of") && !typed.startsWith("[") ? `[${typed}]` : typed;
        const answer = read(value, key);
        if (!answer.ok) continue;
        const design = reviewText(answer.value.text, "note.md")?.design;
        if (design === undefined) throw new Error(`${key}: ${value} makes no design`);
        for (const rule of RULES) {
          const seen = rule.examine(design);
          const missing =
            seen.outcome === "unknown"
              ? seen.missing
              : seen.outcome === "fires"
                ? seen.spoken.flatMap(({ hit }) => hit.lacks ?? [])
                : [];
          if (missing.includes(key)) said.push(`${rule.code} misses ${key}: ${value}`);
        }
      }
    expect(said).toEqual([]);
  });

  it("is read as the review reads it, with what a number without a unit comes to", () => {
    expect(unwrap(read("100")).reads).toBe(
      "100 times the average, which the note does not state: a rate has a unit, as in 100/s",
    );
    expect(unwrap(read("3x", "1.requests.peak", WITH_AVERAGE)).reads).toBe("3 times the average, that is 1.2k/s");
    expect(unwrap(read("2000/s")).reads).toBe("2k/s");
    expect(unwrap(read("2M", "1.users.daily")).reads).toBe("2M");
    expect(unwrap(read("more clicks", "1.goal")).reads).toBeUndefined();
  });

  it("brings what the review says of it, and fails in the review's words", () => {
    const flat = unwrap(
      read("1x", "1.requests.peak", WITH_AVERAGE.replace("average: 400/s }", "average: 400/s }\nusers: { daily: 2M }")),
    );
    expect(flat.findings.map(({ code }) => code)).toEqual(["HP106"]);
    expect(unwrap(read("3x", "1.requests.peak", WITH_AVERAGE)).findings).toEqual([]);
    const wrong = read("100", "1.latency.p99");
    expect(wrong.ok || [wrong.failure.message, wrong.failure.fix]).toEqual([
      "`100` is a plain number, but a duration belongs here",
      "write it like `100 ms`",
    ]);
  });
});
