import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { reviewNote } from "./review-note.ts";

const notesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`);

const openFindings = (path: string) => reviewNote(readFileSync(path, "utf8"), path);

describe("the reference designs", () => {
  it.each(notesIn("designs"))("%s gives a reviewer nothing to object to", (path) => {
    expect(openFindings(path).map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  });

  it.each(notesIn("designs/bad"))("%s is caught at every fault that it was given", (path) => {
    const listed = /<!-- faults: (?<codes>[^>]+) -->/u.exec(readFileSync(path, "utf8"))?.groups?.codes.split(" ") ?? [];
    expect(listed).not.toEqual([]);
    const found = new Set(openFindings(path).map(({ code }) => code));
    expect(listed.filter((code) => !found.has(code))).toEqual([]);
  });
});
