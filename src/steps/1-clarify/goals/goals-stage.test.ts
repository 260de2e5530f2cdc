import { describe, expect, it } from "vitest";
import { sealedEnvironment } from "../../../../test/sealed-environment.ts";
import { createRandom } from "../../../core/random.ts";
import { parseDesign } from "../../design.ts";
import { goalsStage, monthlyBudget, peakRate } from "./goals-stage.ts";

function clarified(yaml: string) {
  const text = `---\nheptad: 1\ntitle: T\nsystem: recommendation\n---\n\n## 1. Clarify\n\n\`\`\`yaml\n${yaml}\n\`\`\`\n`;
  const { design } = parseDesign(text, "note.md");
  if (design === undefined) throw new Error("the note is no design");
  return design.clarify;
}

async function said(yaml: string) {
  const { figures, remarks } = await goalsStage(clarified(yaml)).execute({
    input: () => {
      throw new Error("it reads no other stage");
    },
    paths: {},
    environment: sealedEnvironment,
    random: createRandom(1),
  });
  return {
    figures: new Map(figures.map(({ name, value }) => [name, value])),
    remarks: remarks.map(({ kind, text }) => `${kind}: ${text}`),
  };
}

describe("the requirements as numbers", () => {
  it("are those of the note, and what they say together", async () => {
    const { figures } = await said(
      "goal: Find it\nusers: { daily: 2M }\nrequests: { average: 100/s, peak: 3x }\navailability: 99.9%\nbudget: $5k/month",
    );
    expect(figures.get("requests peak")).toBe(300);
    // A thousandth of thirty days, and 100 requests a second for 86,400 seconds among two million.
    expect(figures.get("allowed downtime")).toBeCloseTo(2592, 6);
    expect(figures.get("requests per user and day")).toBeCloseTo(4.32, 9);
    // 730 hours a month hold 262.8 million requests.
    expect(figures.get("budget per 1,000 requests")).toBeCloseTo(5000 / 262_800, 9);
    expect(figures.has("items")).toBe(false);
    expect(figures.has("open questions")).toBe(false);
  });

  it("are said in one line behind the goal, and what the note leaves open is a warning", async () => {
    const { remarks, figures } = await said(
      "goal: Find it\nusers: { daily: 2M }\nrequests: { average: 100/s, peak: 3x }\nlatency: { p99: 80 ms }\nquestions:\n  - { ask: Who pays?, answer: We do }\n  - { ask: How fresh? }",
    );
    expect(remarks).toEqual([
      "answer: **Find it.**",
      "answer: 2,000,000 people a day; 100 requests a second, 300 at peak; 99% of the answers within 80 ms.",
      "warning: the question “How fresh?” has no answer yet",
      "next: Later numbers rest on them.",
    ]);
    expect(figures.get("open questions")).toBe(1);
  });

  it("are none where the note has none", async () => {
    expect((await said("freshness: 1 d")).remarks).toEqual([
      "warning: the note does not state yet what should get better, and for whom",
    ]);
  });

  it("know a peak as a rate and as a factor, and a budget by the month and by the prediction", () => {
    expect(peakRate(clarified("requests: { average: 100/s, peak: 250/s }"))).toBe(250);
    expect(peakRate(clarified("requests: { average: 100/s, peak: 3x }"))).toBe(300);
    expect(peakRate(clarified("requests: { peak: 3x }"))).toBeNull();
    expect(peakRate(clarified("freshness: 1 d"))).toBeNull();
    expect(monthlyBudget(clarified("budget: $5k/month"))).toBeCloseTo(5000, 6);
    expect(monthlyBudget(clarified("freshness: 1 d"))).toBeNull();
  });
});
