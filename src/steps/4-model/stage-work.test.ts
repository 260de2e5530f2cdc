import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateDesign } from "../../note/estimate-design.ts";
import { reviewNote } from "../../note/review-note.ts";
import { parseDesign } from "../design.ts";
import { stageWork } from "./estimates/stage-work.ts";
import { secondsOf } from "./stage-work.ts";

const noteOf = (cost: string, budget: string): string =>
  `---\nheptad: 1\ntitle: a\nsystem: a\n---\n## 4. Model\n\`\`\`yaml\nstages: [{ name: ranking, in: 400, item-cost: ${cost}, keep: 50 }]\n\`\`\`\n## 6. Deployment\n\`\`\`yaml\nserving: { mode: online, budget: { ranking: ${budget} } }\n\`\`\`\n`;

describe("the work of a stage", () => {
  it("is the same number in the rule and in the estimate", () => {
    const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(positive, positive, positive, positive, (items, each, parallelism, fixed) => {
        const said = stageWork.call({ items, each, parallelism, fixed }, "work");
        expect(Math.abs(said / secondsOf(items, each, parallelism, fixed) - 1)).toBeLessThan(1e-12);
      }),
    );
  });

  it("breaks in the estimate exactly where HP404 is an error", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 100 }), (microseconds, budget) => {
        const text = noteOf(`${microseconds} us`, `${budget} ms`);
        const { design } = parseDesign(text, "a.md");
        if (design === undefined) throw new Error("unread");
        const isBroken = estimateDesign(design).broken.some(({ broken }) => broken.startsWith("ranking works"));
        const isError = reviewNote(text).some(({ code, severity }) => code === "HP404" && severity === "error");
        expect(isBroken).toBe(isError);
      }),
      { numRuns: 60 },
    );
  });

  it("says that ranking takes 80 of its 30 ms", () => {
    const { design } = parseDesign(noteOf("200 us", "30 ms"), "a.md");
    if (design === undefined) throw new Error("unread");
    expect(estimateDesign(design).broken.map(({ broken }) => broken)).toContain(
      "ranking works 80 ms a request and has 30 ms (6.serving.budget.ranking)",
    );
  });
});
