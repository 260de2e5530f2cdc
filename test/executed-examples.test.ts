import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { command as bank } from "../src/cli/commands/bank.ts";
import { command as interview } from "../src/cli/commands/interview.ts";
import { command as plan } from "../src/cli/commands/plan.ts";
import { command as practice } from "../src/cli/commands/practice.ts";
import { command as progress } from "../src/cli/commands/progress.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Commands whose examples run here, in help, README and docs. A further one is one more entry. */
const COMMANDS = [practice, interview, bank, plan, progress];
const PAGES = [
  "README.md",
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

const ANSWER = {
  type: "answer",
  id: "mx000000-0123456789abcdef",
  at: "2026-11-01T10:00:00.000Z",
  question: "embedding-table-size",
  area: "ranking",
  level: 1,
  guess: 0,
  seed: 1,
  typed: "1 GB",
  verdict: "right",
  score: 1,
  hints: 0,
  seconds: 10,
  mode: "practice",
};
const PLAN = {
  type: "plan",
  id: "mx000001-0123456789abcdef",
  at: "2026-11-01T10:00:00.000Z",
  until: "2099-01-15",
  hoursPerWeek: 5,
  target: 5,
};

/** A project with a history, a design, filled sheets, and an interview that was left: what the examples speak of. */
function project(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "history", "interviews"), { recursive: true });
  mkdirSync(join(folder, ".heptad"));
  writeFileSync(join(folder, ".heptad", "machine"), "elsewhere\n");
  writeFileSync(join(folder, "history", "before.jsonl"), `${JSON.stringify(ANSWER)}\n${JSON.stringify(PLAN)}\n`);
  const start = {
    type: "start",
    at: "2026-11-01T10:00:00.000Z",
    session: "left",
    problem: "visual-search",
    minutes: 45,
  };
  writeFileSync(join(folder, "history", "interviews", "left.jsonl"), `${JSON.stringify(start)}\n`);
  cpSync("designs", join(folder, "designs"), { recursive: true });
  for (const name of ["ana", "ben"]) run(folder, `heptad interview fraud-detection --sheet ${name}.yaml`);
  return folder;
}

function run(folder: string, line: string) {
  const program = `${JSON.stringify(process.execPath)} ${JSON.stringify(resolve("bin/heptad.js"))}`;
  const written = line.replaceAll(/(^|\|\s*)heptad\b/gu, (_, before: string) => `${before}${program}`);
  const piped = line.includes("|") ? written : `${written} </dev/null`;
  const { status, stderr, stdout } = spawnSync("sh", ["-c", piped], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status, out: stdout, err: stderr };
}

/** All that was answered and stated, by file; the marks of a session that was only opened do not count. */
function answersIn(folder: string): readonly string[] {
  return readdirSync(join(folder, "history"))
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(join(folder, "history", name), "utf8").split("\n"))
    .filter((line) => line.includes('"type":"answer"'));
}

/** Lines of code that begin with one of the commands, without prompts and comments. Those with a word in capitals are forms. */
function linesOf(page: string): readonly string[] {
  const names = COMMANDS.map(({ name }) => name).join("|");
  const blocks = readFileSync(page, "utf8").match(/```[a-z]*\n[\s\S]*?```/gu) ?? [];
  const expression = new RegExp(String.raw`^\s*(?:\$ )?((?:echo [^|]*\| )?heptad (?:${names})(?: .*)?)$`, "u");
  return blocks
    .flatMap((block) => block.split("\n"))
    .flatMap(
      (line) =>
        expression
          .exec(line)?.[1]
          .replace(/\s+#.*$/u, "")
          .trim() ?? [],
    )
    .filter((line) => !/\b[A-Z]{4,}\b|\[/u.test(line));
}

const examples = [
  ...COMMANDS.flatMap(({ examples: own }) => own.map(({ line }) => line)),
  ...PAGES.flatMap(linesOf),
].filter((line, i, all) => all.indexOf(line) === i);

describe("the examples of practice, interview, bank, plan and progress", () => {
  const folder = project();

  it("are found in help, README and docs", () => {
    expect(examples.length).toBeGreaterThan(15);
  });

  // A menu needs a person; without one the command says what to do.
  const isMenu = (line: string): boolean => /^heptad interview\s*$/u.test(line);

  it.each(examples.filter((line) => !isMenu(line)))("`%s` works and leaves the answers as they were", (line) => {
    const before = answersIn(folder);
    const { status, out, err } = run(folder, line);
    expect(err).not.toContain("    at ");
    // 130: an interview without a person is left, to be resumed.
    expect([0, ...(line.includes("interview") ? [130] : [])], err).toContain(status);
    expect(out).not.toContain('"verdict":"wrong"');
    expect(answersIn(folder)).toEqual(before);
    expect(existsSync(join(folder, "history", "before.jsonl"))).toBe(true);
  });
});

it("`heptad interview` without a person says what there is to do", () => {
  const { status, err } = run(temporaryFolder(), "heptad interview");
  expect(status).toBe(2);
  for (const words of ["NOTE.md", "--list", "--resume"]) expect(err).toContain(words);
});
