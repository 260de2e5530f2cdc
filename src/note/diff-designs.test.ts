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

it("compares nothing that one side cannot read, and estimates only where both lack the same", () => {
  const SPLIT = "split: { by: time }";
  const traffic = (rate: string, more = "") => designOf(`requests: { average: ${rate}, peak: 3x }${more}`, SPLIT);
  const wrong = "\nlatency: { p99: 20O ms }";
  const [good, other] = [traffic("100/s", wrong), traffic("200/s", wrong)];
  expect(diffDesigns(good, other)).toMatchObject({
    facts: [{ key: "1.requests.average" }],
    unread: { before: ["1.latency.p99"], after: ["1.latency.p99"] },
  });
  expect(diffDesigns(good, other).estimate.length).toBeGreaterThan(0);
  const mended = diffDesigns(good, traffic("200/s", "\nlatency: { p99: 200 ms }"));
  expect(mended.facts.map(({ key }) => key)).toEqual(["1.requests.average"]);
  expect(mended.estimate).toEqual([]);
  const lost = diffDesigns(good, designOf("requests: { average: 100/s", SPLIT));
  expect(lost).toMatchObject({ facts: [], estimate: [], unread: { after: ["1"] } });
  // A list's element goes by its name, and a longer key that begins alike is another fact.
  const stages = designOf("goal: x", "sources: [{ name: clicks, rows: many }]");
  expect(diffDesigns(stages, designOf("goal: x", SPLIT)).unread.before).toEqual(["3.sources.clicks.rows"]);
});
