import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
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
