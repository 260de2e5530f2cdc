import { expect, it } from "vitest";
import { parseDesign } from "../steps/design.ts";
import { factToWrite } from "./fact-to-write.ts";

it("stands inside the maps of its key, as a note takes it: the key itself is an unknown one there", () => {
  expect(factToWrite("1.latency.p99", "100 ms")).toEqual({ fact: "latency: { p99: 100 ms }", section: 1 });
  expect(factToWrite("1.availability", "99.9%")).toEqual({ fact: "availability: 99.9%", section: 1 });
  const text = `---\nheptad: 1\ntitle: t\nsystem: t\n---\n\n## 1. Step\n\n\`\`\`yaml\n${factToWrite("1.latency.p99", "100 ms").fact}\n\`\`\`\n`;
  const { design, findings } = parseDesign(text, "note.md");
  expect([findings, design?.places.has("1.latency.p99")]).toEqual([[], true]);
});

it("keeps a key that leads through a list", () => {
  expect(factToWrite("4.stages[].keep", "100")).toEqual({ fact: "4.stages[].keep: 100" });
});
