import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { unwrap } from "../core/outcome.ts";
import { AREAS } from "../practice/area.ts";
import { prepareQuestion } from "../practice/prepare.ts";
import { exportQuestions } from "./export-questions.ts";
import { readBank } from "./question-files.ts";

it("a page holds each chosen question under its area, and no area without one", async () => {
  const bank = (await readBank()).questions.map((one) => unwrap(prepareQuestion(one)));
  const file = join(temporaryFolder(), "questions.md");
  expect(await exportQuestions(bank, { format: "markdown", file, count: 3, seed: 1 })).toBe(3);
  const page = readFileSync(file, "utf8");
  expect(page.match(/^### /gmu)).toHaveLength(3);
  const heads = [...page.matchAll(/^## (?<head>.*)$/gmu)].map(({ groups }) => groups?.head);
  expect(heads.every((head) => Object.values<string>(AREAS).includes(head ?? ""))).toBe(true);
  expect(page).not.toMatch(/^## .*\n\n(?:## |$)/mu);
});
