import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { NOTE_CODES } from "../src/review/note-codes.ts";

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.endsWith("note-codes.ts"))
  .map((name) => readFileSync(`src/${name}`, "utf8"))
  .join("\n");

it("explains every code of form and of mappings that the program can print, by its name, and no other", () => {
  const used = new Set(sources.match(/\bHP(?:0\d\d|3[34]\d)\b/gu));
  expect([...used].sort()).toEqual(NOTE_CODES.map(({ code }) => code));
  const named = NOTE_CODES.filter(({ code }) => code !== "HP031");
  expect(named.filter(({ name }) => !sources.includes(`"${name}"`))).toEqual([]);
});
