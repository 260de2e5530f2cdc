import { describe, expect, it } from "vitest";
import { MOST_TESTS, neighbouringTests, reachedFrom } from "./neighbouring-tests.ts";

const isTest = (path: string): boolean => path.endsWith(".test.ts");
const tree = new Map<string, readonly string[]>([
  ["src/a/sum.ts", []],
  ["src/a/mean.ts", ["src/a/sum.ts"]],
  ["src/b/report.ts", ["src/a/mean.ts"]],
  ["src/c/page.ts", ["src/b/report.ts"]],
  ["src/a/sum.test.ts", ["src/a/sum.ts"]],
  ["src/a/other.test.ts", []],
  ["src/b/far.test.ts", ["src/a/sum.ts"]],
  ["src/b/report.test.ts", ["src/b/report.ts"]],
  ["src/c/page.test.ts", ["src/c/page.ts"]],
  ["src/c/alone.test.ts", []],
]);

describe("the tests near a file", () => {
  it("begin with the one beside it, then those that import it or what imports it, then those of its folder", () => {
    expect(neighbouringTests("src/a/sum.ts", tree, isTest)).toEqual([
      "src/a/sum.test.ts",
      "src/b/far.test.ts",
      "src/b/report.test.ts",
      "src/c/page.test.ts",
      "src/a/other.test.ts",
    ]);
  });

  it("are those of its importers where none stands beside it", () => {
    expect(neighbouringTests("src/a/mean.ts", tree, isTest)).toEqual([
      "src/b/report.test.ts",
      "src/c/page.test.ts",
      "src/a/other.test.ts",
      "src/a/sum.test.ts",
    ]);
  });

  it("are none of a file that nobody imports and whose folder has no test", () => {
    expect(neighbouringTests("src/d/lost.ts", new Map([...tree, ["src/d/lost.ts", []]]), isTest)).toEqual([]);
  });

  it("are the nearest few of a file that everybody imports", () => {
    const many = Array.from({ length: 40 }, (_, i): [string, string[]] => [`src/x/${i}.test.ts`, ["src/a/sum.ts"]]);
    const near = neighbouringTests("src/a/sum.ts", new Map([...tree, ...many]), isTest);
    expect(near).toHaveLength(MOST_TESTS);
    expect(near[0]).toBe("src/a/sum.test.ts");
  });

  it("are first those beside what imports it, also beside a generated list, among equals", () => {
    const rules = new Map<string, readonly string[]>([
      ["src/steps/rules/one.ts", []],
      ["src/note/rules.gen.ts", ["src/steps/rules/one.ts"]],
      ["src/design/early.test.ts", ["src/note/rules.gen.ts"]],
      ["src/note/rules.test.ts", ["src/note/rules.gen.ts"]],
    ]);
    expect(neighbouringTests("src/steps/rules/one.ts", rules, isTest)).toEqual([
      "src/note/rules.test.ts",
      "src/design/early.test.ts",
    ]);
  });

  it("are none that stand more imports away than four", () => {
    const chain = ["a", "b", "c", "d", "e"].map((one, i, all): [string, string[]] => [
      `src/${one}/${one}.ts`,
      i === 0 ? [] : [`src/${all[i - 1]}/${all[i - 1]}.ts`],
    ]);
    const tests: [string, string[]][] = [
      ["src/x/d.test.ts", ["src/d/d.ts"]],
      ["src/x/e.test.ts", ["src/e/e.ts"]],
    ];
    expect(neighbouringTests("src/a/a.ts", new Map([...chain, ...tests]), isTest)).toEqual(["src/x/d.test.ts"]);
  });
});

it("reaches through imports every file behind them, itself included, and none that only imports it", () => {
  expect([...reachedFrom("src/b/report.ts", tree)]).toEqual(["src/b/report.ts", "src/a/mean.ts", "src/a/sum.ts"]);
  expect([...reachedFrom("src/d/lost.ts", tree)]).toEqual(["src/d/lost.ts"]);
});
