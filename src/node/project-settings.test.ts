import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { FailureError } from "../core/outcome.ts";
import { RULES } from "../note/rules.gen.ts";
import { cacheLimit } from "./project-folder.ts";
import { readReviewConfiguration } from "./review-configuration.ts";

/** What each reader of the file says of a text: place, message and mend, or nothing. */
function mistakes(text: string, read: (folder: string) => unknown): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "heptad.yaml"), text);
  try {
    read(folder);
    return "";
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { message, at, fix } = error.failure;
    return `${basename(at?.file ?? "")}:${at?.start.line}:${at?.start.column} ${message}; ${fix}`;
  }
}
const ofReview = (text: string): string => mistakes(text, (folder) => readReviewConfiguration(folder, RULES));
const ofCache = (text: string): string => mistakes(text, cacheLimit);

describe("heptad.yaml", () => {
  it.each([
    ["reviw:\n  ignore: []\n", "heptad.yaml:1:1 unknown key `reviw` here; did you mean `review`?"],
    ["cach: { limit: 2 GB }\n", "heptad.yaml:1:1 unknown key `cach` here; did you mean `cache`?"],
    ["cache: { limt: 2 GB }\n", "heptad.yaml:1:10 unknown key `limt` in `cache`; did you mean `limit`?"],
    ["review:\n  ignor: []\n", "heptad.yaml:2:3 unknown key `ignor` in `review`; did you mean `ignore`?"],
    [
      "review:\n  rules:\n    HP301: { severty: off }\n",
      "heptad.yaml:3:14 unknown key `severty` in `HP301`; did you mean `severity`?",
    ],
    [
      "review:\n  paths:\n    - match: a/**\n      ruls: { HP301: off }\n",
      "heptad.yaml:4:7 unknown key `ruls` in `paths`; did you mean `rules`?",
    ],
    ["review:\n  rules: { HP301: of }\n", "heptad.yaml:2:19 `of` is no known value of `HP301`; did you mean `off`?"],
    ["[1]\n", "heptad.yaml:1:1 "],
    ["review: {{{\n", "heptad.yaml:1:"],
  ])("refuses %j with its place and the key that was meant, whoever reads it", (text, said) => {
    expect(ofReview(text)).toContain(said);
    expect(ofCache(text)).toContain(said);
  });

  it("places a rule that there is not, and a number that a rule does not have, at every level", () => {
    expect(ofReview("review:\n  rules:\n    HP31: off\n")).toBe(
      "heptad.yaml:3:5 there is no rule `HP31`; did you mean `HP301`?",
    );
    const numbers = "review:\n  paths:\n    - match: x\n      rules: { HP106: { settings: { mostPerUsr: 1 } } }\n";
    expect(ofReview(numbers)).toContain(
      "heptad.yaml:4:37 `HP106` has no number `mostPerUsr`; did you mean `mostPerUser`?",
    );
    expect(ofCache("cache:\n  limit: 3 s\n")).toContain("heptad.yaml:2:3 `cache.limit` is no size of a folder");
  });

  it("may be empty, hold comments alone, or leave a key open", () => {
    for (const text of ["", "# nothing yet\n", "review:\n", "cache:\nreview:\n"])
      expect([ofReview(text), ofCache(text)], JSON.stringify(text)).toEqual(["", ""]);
  });
});
