import { describe, expect, it } from "vitest";
import { factContextAt } from "./fact-context.ts";

/** The context at the mark `|` in the facts of step 4. */
function contextOf(facts: string) {
  const text = `---\nheptad: 1\n---\n\n## 4. Model\n\n\`\`\`yaml\n${facts}`;
  const offset = text.indexOf("|");
  return factContextAt(text.replace("|", ""), offset);
}

describe("factContextAt", () => {
  it.each([
    ["|", [], undefined],
    ["net|", [], undefined],
    ["network: 5|", [], "network"],
    ["stages:\n  - name: a\n    |", ["stages", 0], undefined],
    ["stages:\n  - name: a\n  - name: b\n    keep: |", ["stages", 1], "keep"],
    ["stages:\n  - { name: a, |", ["stages", 0], undefined],
    ["stages:\n  - { name: a }\n  - { name: b, index: { type: |", ["stages", 1, "index"], "type"],
    ["stages: [{ name: a }, { |", ["stages", 1], undefined],
    ["cold-start:\n  member: x\n  |", ["cold-start"], undefined],
    ["cold-start:\n  member: x\nexploration:\n  method: |", ["exploration"], "method"],
    ["stages:\n- name: a\n  keep: 3\nposition-bias: { method: |", ["position-bias"], "method"],
  ])("reads %j as %j, key %s", (facts, path, key) => {
    expect(contextOf(facts)).toMatchObject({ step: 4, path, key });
  });

  it("knows the front matter as step 0, and nothing outside of facts", () => {
    expect(factContextAt("---\nheptad: 1\nsys", 17)).toMatchObject({ step: 0, path: [] });
    const note = "---\nheptad: 1\n---\n\n## 1. Clarify\n\nProse.\n\n```yaml\ngoal: x\n```\n\nMore.";
    expect(factContextAt(note, note.indexOf("Prose"))).toBeUndefined();
    expect(factContextAt(note, note.length)).toBeUndefined();
    expect(factContextAt(note.replace("yaml", "text"), note.indexOf("goal") + 2)).toBeUndefined();
  });
});
