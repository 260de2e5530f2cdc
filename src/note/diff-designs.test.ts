import { expect, it } from "vitest";
import { type Design, parseDesign } from "../steps/design.ts";
import { diffDesigns, factsOf } from "./diff-designs.ts";

function designOf(clarify: string, model = "objective: log-loss"): Design {
  const text = `---\nheptad: 1\ntitle: t\nsystem: s\n---\n\n## 1. Clarify\n\n\`\`\`yaml\n${clarify}\n\`\`\`\n\n## 3. Data\n\n\`\`\`yaml\n${model}\n\`\`\`\n`;
  const { design } = parseDesign(text, "note.md");
  if (design === undefined) throw new Error("no design");
  return design;
}
const facts = (clarify: string, data: string) =>
  [...factsOf(designOf(clarify, data))].filter(([path]) => !path.startsWith("0."));

it("takes each written value by its path, and not what only holds others", () => {
  expect(facts("goal: more clicks\nusers:\n  daily: 40k", "split: { by: time, gap: 2 d }")).toEqual([
    ["1.goal", "more clicks"],
    ["1.users.daily", "40k"],
    ["3.split.by", "time"],
    ["3.split.gap", "2 d"],
  ]);
});

it("calls elements of a list by their names where they have one", () => {
  expect(facts("goal: x", "sources: [{ name: clicks, kind: events }, { name: items, kind: events }]").slice(1)).toEqual(
    [
      ["3.sources.clicks.name", "clicks"],
      ["3.sources.clicks.kind", "events"],
      ["3.sources.items.name", "items"],
      ["3.sources.items.kind", "events"],
    ],
  );
});

it("says what was added, taken out and changed, and nothing of what stayed", () => {
  const before = designOf("goal: clicks\nusers: { daily: 40k }", "split: { by: time }");
  const after = designOf("goal: plays\nusers: { daily: 40k }", "split: { by: time, gap: 2 d }");
  expect(diffDesigns(before, after).facts).toEqual([
    { key: "1.goal", before: "clicks", after: "plays" },
    { key: "3.split.gap", before: undefined, after: "2 d" },
  ]);
  expect(diffDesigns(after, before).facts).toEqual([
    { key: "1.goal", before: "plays", after: "clicks" },
    { key: "3.split.gap", before: "2 d", after: undefined },
  ]);
  expect(diffDesigns(before, before)).toMatchObject({ facts: [], estimate: [] });
});

it("puts answers of the estimates beside each other", () => {
  const [before, after] = ["100/s", "200/s"].map((rate) =>
    designOf(`goal: x\nrequests: { average: ${rate}, peak: 3x }`),
  );
  const { estimate } = diffDesigns(before, after);
  expect(estimate.length).toBeGreaterThan(0);
  for (const one of estimate) expect(one.before).not.toBe(one.after);
});

it("says of an answer that it rests on proposed facts, and no more once they are accepted", () => {
  const requests = "requests: { average: 400/s, peak: 3x }";
  const { estimate } = diffDesigns(designOf(`${requests}   # proposed, line 2`), designOf(requests));
  expect(estimate.find(({ key }) => key === "traffic")).toEqual({
    key: "traffic",
    before: "1200 req/s (from proposed facts)",
    after: "1200 req/s",
  });
});
