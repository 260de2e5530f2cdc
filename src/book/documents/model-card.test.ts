import { expect, it } from "vitest";
import { readNote } from "../read-note.ts";
import { modelCard } from "./model-card.ts";

const head = "---\nheptad: 1\ntitle: Feed\nsystem: feed-ranking\n---\n\n## 1. Clarify\n\n";
function cardOf(facts: string): string {
  const read = readNote({ file: "a.md", text: `${head}\`\`\`yaml\n${facts}\n\`\`\`\n`, id: "a", run: undefined });
  if (read === undefined) throw new Error("expected a design");
  return JSON.stringify(modelCard(read));
}

it("prints what the note says of personal data, and not only that it says something", () => {
  const card = cardOf("privacy: { personal: [address, driver position], basis: contract, retention: 400 d }");
  expect(card).toContain("personal address, driver position; basis contract; retention 400 d");
});

it("leaves the line open where the note says nothing of it", () => {
  expect(cardOf("goal: clicks")).toContain("Write privacy in step 1");
});

it("is made of no note that is not meant as a design: its own front matter holds no facts", () => {
  const foreign = "---\ntitle: Feed\ntags: [ml]\n---\n\n## 1. Clarify\n\np99 < 100 ms\n";
  expect(readNote({ file: "a.md", text: foreign, id: "a", run: undefined })).toBeUndefined();
});
