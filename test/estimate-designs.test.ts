import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { estimateDesign } from "../src/note/estimate-design.ts";
import { parseDesign } from "../src/steps/design.ts";

const NOTES = readdirSync("designs").filter((file) => file.endsWith(".md") && file !== "README.md");

describe("every design of the repository", () => {
  it.each(NOTES)("%s is estimated without an impossible fact", (file) => {
    const { design } = parseDesign(readFileSync(`designs/${file}`, "utf8"), file);
    if (design === undefined) throw new Error("the note cannot be read");
    const { sheets, failed } = estimateDesign(design);
    expect(failed.filter((sheet) => !sheet.failureIsVerdict).map((sheet) => sheet.failure?.message)).toEqual([]);
    expect(sheets.some((sheet) => sheet.answer !== undefined)).toBe(true);
  });
});
