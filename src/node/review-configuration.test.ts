import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { formatPlace } from "../core/span.ts";
import { RULES } from "../note/rules.gen.ts";
import { idlePaths, readReviewConfiguration, reviewOptionsFor } from "./review-configuration.ts";

const root = temporaryFolder();
mkdirSync(join(root, "designs", "old"), { recursive: true });
writeFileSync(
  join(root, "heptad.yaml"),
  `review:
  rules: { HP301: warning }
  paths:
    - { match: "desgins/**", rules: { HP301: off } }
    - { match: ["designs/old/**", "notes/**"], rules: { HP301: advice } }
`,
);
const configuration = readReviewConfiguration(root, RULES);

it("meets notes by their path from the settings on, the later settings over the earlier", () => {
  const of = (file: string) => reviewOptionsFor(configuration, file, root).configuration?.HP301?.severity;
  expect(of("designs/a.md")).toBe("warning");
  expect(of("designs/old/a.md")).toBe("advice");
  expect(of("")).toBe("warning");
});

it("tells the settings that no note meets, with their place", () => {
  const idle = idlePaths(configuration, ["designs/a.md", "designs/old/b.md"], root);
  expect(idle.map(({ match, at }) => [match, at && formatPlace(at).split(":").slice(1).join(":")])).toEqual([
    [["desgins/**"], "4:9"],
  ]);
  expect(idlePaths(configuration, ["a.md"], root)).toHaveLength(2);
  expect(idlePaths(configuration, ["old/b.md"], join(root, "designs"))).toHaveLength(1);
});
