import { describe, expect, it } from "vitest";
import { parseDesign } from "../steps/design.ts";
import { estimateDesign, proposedBehind } from "./estimate-design.ts";
import { isHeld, proposedFacts } from "./proposed-facts.ts";
import { setFact } from "./set-fact.ts";

const TEXT = `---
heptad: 1
title: Feed
system: feed
---

## 1. Clarify

\`\`\`yaml
goal: "more # proposed than before"
users:
  daily: 2M   # proposed, line 12: "2M DAU"
requests: { average: 400/s, peak: 3x }
latency: { p99: 100 ms, p99.9: 1 s }   # proposed, line 3
# proposed: nothing stands on this line
\`\`\`

## 4. Model

\`\`\`yaml
stages:
  - { name: candidates, model: als, factors: 64 }   # proposed, line 9
  - { name: ranking, model: gbdt, trees: 200 }
alternatives:   # proposed: both
  - { option: a, why-not: b }
\`\`\`
`;
const read = (text: string) => {
  const { design } = parseDesign(text, "feed.md");
  if (design === undefined) throw new Error("no design");
  return design;
};

describe("facts that are proposed and not accepted", () => {
  const { has } = proposedFacts(read(TEXT));

  it.each([
    ["1.users.daily", true],
    ["1.users", true],
    ["1.users.growth", false],
    ["1.requests.peak", false],
    ["1.latency.p99", true],
    ["1.latency.p99.9", true],
    ["1.goal", false],
    ["4.stages[0].factors", true],
    ["4.stages[0].iterations", true],
    ["4.stages[1].trees", false],
    ["4.alternatives[0].option", true],
    ["3.history", false],
  ])("are those on a line with the mark, with what is part of them: %s is %s", (path, is) => {
    expect(has(path)).toBe(is);
  });

  it("are none where nothing is marked", () => {
    expect(proposedFacts(read(TEXT.replaceAll("# proposed", "# said"))).paths.size).toBe(0);
  });

  it("are told with every answer that rests on them, through the sheets before it", () => {
    const text = TEXT.replace(
      "requests: { average: 400/s, peak: 3x }\n",
      "requests: { average: 400/s, peak: 3x }   # proposed, line 1\n",
    );
    const estimate = estimateDesign(read(text));
    const traffic = estimate.sheets.find(({ sheet }) => sheet === "traffic");
    expect(traffic === undefined ? [] : proposedBehind(traffic, estimate)).toEqual([
      "1.requests.average 400/s",
      "1.requests.peak 3x",
    ]);
    const later = estimate.sheets.filter(
      (sheet) => sheet.step > 1 && sheet.answer !== undefined && sheet.restsOn.includes("1.requests.average"),
    );
    expect(later.length).toBeGreaterThan(0);
    expect(later.every((sheet) => proposedBehind(sheet, estimate).length > 0)).toBe(true);
    expect(estimateDesign(read(TEXT)).proposed.map(({ key }) => key)).not.toContain("1.requests.average");
  });

  it("are none where a default stands in: `privacy.retention` was listed, of a note that has none", () => {
    const text = TEXT.replace("goal:", "privacy: { personal: [member] }   # proposed\ngoal:").replace(
      "peak: 3x }",
      "peak: 3x }   # proposed",
    );
    const design = read(text);
    const keys = estimateDesign(design).proposed.map(({ key }) => key);
    expect(keys).toContain("1.requests.average");
    expect(keys.filter((key) => !design.places.has(key))).toEqual([]);
    expect(isHeld(read(text.replace("daily: 2M", "total: 2M")).places, "1.users.daily")).toBe(false);
    const short = new Map([...design.places].filter(([path]) => !path.startsWith("1.users.")));
    expect(isHeld(short, "1.users.daily")).toBe(true);
  });

  it("are accepted by who writes another value: the mark goes with the line it was read from", () => {
    const set = setFact(TEXT, "1.users.daily", "3M");
    expect(set.ok && set.value).toBe(TEXT.replace('daily: 2M   # proposed, line 12: "2M DAU"', "daily: 3M"));
    const part = setFact(TEXT, "4.stages[0].factors", "32");
    const parted = TEXT.replace(
      "- { name: candidates, model: als, factors: 64 }   # proposed, line 9",
      "- name: candidates   # proposed, line 9\n    model: als   # proposed, line 9\n    factors: 32",
    );
    expect(part.ok && part.value).toBe(parted);
    const { has } = proposedFacts(read(parted));
    expect(["4.stages[0].name", "4.stages[0].model", "4.stages[0].factors"].map(has)).toEqual([true, true, false]);
  });
});
