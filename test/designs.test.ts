import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES } from "../src/note/rules.gen.ts";
import { review } from "../src/review/review.ts";
import { parseDesign } from "../src/steps/design.ts";

const notesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .map((file) => `${folder}/${file}`);

function findingsOf(file: string) {
  const text = readFileSync(file, "utf8");
  const { design, findings } = parseDesign(text, file);
  if (design === undefined) throw new Error(`${file} is no design`);
  return { text, reviewed: review(design, RULES, findings) };
}

describe.each(notesIn("designs"))("%s", (file) => {
  it("has no finding but those it waives with a reason", () => {
    const { reviewed } = findingsOf(file);
    expect(reviewed.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    for (const { reason } of reviewed.waived) expect(reason.length).toBeGreaterThan(20);
  });
});

describe.each(notesIn("designs/bad"))("%s", (file) => {
  it("has exactly the faults that it lists in its first comment", () => {
    const { text, reviewed } = findingsOf(file);
    const listed = /<!-- faults: (?<codes>[^>]*?) -->/u.exec(text)?.groups?.codes.split(/[\s,]+/u) ?? [];
    const found = reviewed.findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
    // Several features may have one fault.
    expect([...new Set(found)].toSorted()).toEqual(listed.toSorted());
  });
});
