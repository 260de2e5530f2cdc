import { describe, expect, it } from "vitest";
import { type AllowedWord, checkKindWords, findKindWords } from "./kind-words.ts";

const KINDS = ["fraud-detection", "visual-search"];
const wordsIn = (text: string): string[] => findKindWords("src/steps/a.ts", text, KINDS).map(({ word }) => word);

describe("words of a kind in shared code", () => {
  it("are found in names, in the singular and the plural, whatever the case", () => {
    expect(wordsIn("const paymentCount = countOf(Cards); class A { #members = 1; }")).toEqual([
      "payment",
      "card",
      "member",
    ]);
  });

  it("are found in texts and in the pieces of templates", () => {
    expect(wordsIn("say(`of honest payments`, 'each member');")).toEqual(["payment", "member"]);
  });

  it("are found where a kind is asked for by its name", () => {
    expect(wordsIn('if (kind === "visual-search") stop();')).toEqual(["visual-search"]);
    expect(wordsIn('if (system === "fraud-detection") stop();')).toEqual(["fraud", "fraud-detection"]);
  });

  it("are no parts of other words, no comments, no modules, and no title of a page", () => {
    expect(wordsIn('// a payment\nimport { a } from "./payment.ts"; export { b } from "./cards.ts";')).toEqual([]);
    expect(wordsIn("const discard = remember(cardinal); page({ title: `<title>a run</title>` });")).toEqual([]);
    expect(wordsIn("const titles = 3;")).toEqual(["title"]);
  });

  it("are told with file, line and what they stand in", () => {
    const found = findKindWords("src/steps/a.ts", "const a = 1;\nsay('too few members');", KINDS);
    expect(checkKindWords(found, [])).toEqual([
      'src/steps/a.ts:2 says "member" in "too few members": shared code takes the words of a kind from its task',
    ]);
  });

  it("may stand where they are allowed, in the file or its folder and nowhere else", () => {
    const found = findKindWords("src/steps/a.ts", "say('too few members');", KINDS);
    const allow = (path: string, ...words: [string, ...string[]]): AllowedWord[] => [{ path, words, reason: "a test" }];
    expect(checkKindWords(found, allow("src/steps/a.ts", "member"))).toEqual([]);
    expect(checkKindWords(found, allow("src/steps/", "member"))).toEqual([]);
    expect(checkKindWords(found, allow("src/steps", "member"))).toHaveLength(2);
    expect(checkKindWords(found, allow("src/steps/a.ts", "card"))).toHaveLength(2);
  });

  it("are told where an allowance is needed no more", () => {
    const found = findKindWords("src/steps/a.ts", "say('too few members');", KINDS);
    const stale = checkKindWords(found, [{ path: "src/steps/a.ts", words: ["member", "card"], reason: "a test" }]);
    expect(stale).toEqual([
      'tools/kind-words.yaml allows "card" in src/steps/a.ts, where it no longer stands: take it out',
    ]);
  });
});
