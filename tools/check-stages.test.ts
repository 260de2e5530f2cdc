import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findClosures, stageFiles } from "./check-stages.ts";

const check = (text: string): string[] => findClosures("src/steps/a.ts", text);

describe("what a stage runs", () => {
  it("may be declared in its module, imported, or handed on", () => {
    expect(check("async function measure() {}\nexport const a = () => stage({ run: measure });")).toEqual([]);
    expect(check('import { measure } from "./b.ts";\nexport const a = () => stage({ run: measure });')).toEqual([]);
    expect(check("export function a(source: Source) { return stage({ run: source.run }); }")).toEqual([]);
  });

  it("must not be written in place, nor be a variable, nor a parameter", () => {
    expect(check("export const a = (keep: number) =>\n  stage({ run: async () => keep });")).toEqual([
      "src/steps/a.ts:2 runs what is written in place; give `run` a function of the module, and put what it knows into `plan`",
    ]);
    expect(check("export const a = (keep: number) => stage({ async run() { return keep; } });")).toHaveLength(1);
    expect(check("export function a(run: Run) { return stage({ run }); }")).toHaveLength(1);
    expect(
      check("export function a(keep: number) { const measure = () => keep; return stage({ run: measure }); }"),
    ).toHaveLength(1);
    expect(check("const measure = bind(3);\nexport const a = () => stage({ run: measure });")).toHaveLength(1);
  });

  it("must not be hidden behind a name of the module", () => {
    const hidden =
      "function measure() {}\nexport function a(keep: number) { const measure = () => keep; return stage({ run: measure }); }";
    expect(check(hidden)).toHaveLength(1);
    expect(check("function run() {}\nexport function a({ run }: Parts) { return stage({ run }); }")).toHaveLength(1);
  });

  it("is a function of its module in all of the project", () => {
    const files = stageFiles();
    expect(files.filter((file) => file.endsWith("-stage.ts")).length).toBeGreaterThan(30);
    expect(files.flatMap((file) => findClosures(file, readFileSync(file, "utf8")))).toEqual([]);
  });
});
