import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { FailureError } from "../core/outcome.ts";
import { readTeamRules, testTeamRules } from "./team-rule-files.ts";

const page = readFileSync(new URL("../../docs/review.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/```yaml\n(rules:\n[^`]*)```/gu)].map(([, yaml]) => yaml);

describe("the rules of a team in docs/review.md", () => {
  it("pass their own examples", () => {
    expect(blocks).toHaveLength(1);
    const folder = temporaryFolder();
    writeFileSync(join(folder, "rules.yaml"), blocks[0]);
    expect(testTeamRules(readTeamRules(folder, ["./rules.yaml"]))).toEqual([{ name: "one-replica", wrong: [] }]);
  });
});

describe("a mistake in a file of rules", () => {
  const at = (text: string): string => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "rules.yaml"), text);
    try {
      readTeamRules(folder, ["./rules.yaml"]);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      const { line, column } = error.failure.at?.start ?? { line: 0, column: 0 };
      return `${line}:${column} ${error.failure.message}`;
    }
    return "no failure";
  };
  const rule = (name: string, when: string) => `  - name: ${name}\n    when: ${when}\n    say: it is so\n`;

  it("in a condition is said with the line and column of its words, in folded text as well", () => {
    expect(at(`rules:\n${rule("ours", "users.daily > 1 and users.dayly > 3")}`)).toMatch(/^3:31 .*`users\.dayly`/u);
    expect(at(`rules:\n${rule("ours", ">\n      users.daily > 1\n      and users.dayly > 3")}`)).toMatch(/^5:11 /u);
    expect(at(`rules:\n${rule("ours", "users.daily > 1 and")}`)).toMatch(/^3:27 /u);
  });

  it("in a name is said at the name: taken by another rule of the team, or by one of Heptad", () => {
    expect(at(`rules:\n${rule("ours", "users.daily > 1")}${rule("ours", "users.daily > 2")}`)).toMatch(/^5:11 .*two/u);
    expect(at(`rules:\n${rule("missing-labels", "users.daily > 1")}`)).toMatch(/^2:11 Heptad has a rule/u);
  });
});
