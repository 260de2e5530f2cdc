import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collectExamples, collectMentions, loadCommands } from "./examples/collect-examples.ts";
import { holdExample } from "./examples/hold-example.ts";
import { answersIn } from "./examples/project.ts";
import { runApart, wordsOf } from "./examples/run-example.ts";
import { RULES, ruleOf } from "./examples/treatments.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const ROOT = join(import.meta.dirname, "..");
const commands = await loadCommands();
const examples = await collectExamples();
const mentions = await collectMentions();
const own = answersIn(ROOT);

const isExecuted = (line: string): boolean => {
  const how = ruleOf(line)?.treatment.how;
  return how !== "elsewhere" && how !== "script";
};

describe("the commands of help, README and docs", () => {
  it("are found, and each command has an example", () => {
    expect(examples.length).toBeGreaterThan(100);
    for (const { name } of commands)
      expect(
        examples.some(({ line }) => line.includes(`heptad ${name}`)),
        name,
      ).toBe(true);
  });

  it("are each executed: here, by `npm run test:long`, or by a test that is named", () => {
    const without = examples.filter(({ line }) => ruleOf(line) === undefined);
    expect(without, "a line that test/examples/treatments.ts does not know").toEqual([]);
  });

  it("are named by each line of the list that says how they are executed, so that none is out of date", () => {
    for (const rule of RULES)
      expect(
        examples.some(({ line }) => ruleOf(line) === rule),
        String(rule.commands),
      ).toBe(true);
  });

  it.each(examples.filter(({ line }) => !isExecuted(line)))("`$line` is executed by a test of its own", ({ line }) => {
    const treatment = ruleOf(line)?.treatment;
    if (treatment?.how === "elsewhere")
      return expect(readFileSync(join(ROOT, treatment.test), "utf8")).toContain(treatment.proof);
    expect(treatment?.how).toBe("script");
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const [program, file] = String(treatment?.how === "script" ? scripts[treatment.script] : "").split(" ");
    expect(program).toBe("node");
    expect(existsSync(join(ROOT, file)), file).toBe(true);
  });

  it.each(examples.filter(({ line }) => isExecuted(line) && !ruleOf(line)?.isLong))(
    "`$line` works, and leaves what was answered as it was",
    ({ line }) => holdExample(line),
  );

  it("leave the history of the project that is tested as it was", () => {
    expect(answersIn(ROOT)).toEqual(own);
  });
});

it.each(mentions)("`$line` names a command and options that there are", ({ line, places }) => {
  const [, name, ...rest] = wordsOf(line);
  const command = commands.find((one) => one.name === name);
  expect(command, `${places}`).toBeDefined();
  const known = new Set(["help", ...(command?.options.map((one) => one.name) ?? [])]);
  for (const word of rest) if (word.startsWith("--")) expect(known, `${places}`).toContain(word.slice(2).split("=")[0]);
});

it("`heptad interview` without a person says what there is to do", () => {
  const { status, err } = runApart(temporaryFolder(), "heptad interview");
  expect(status).toBe(2);
  for (const words of ["NOTE.md", "--list", "--resume"]) expect(err).toContain(words);
});
