/** `heptad interview`: a mock interview that probes your own note, or the papers for a live one. */

import { FailureError } from "../../core/outcome.ts";
import type { Command, CommandInput } from "../command.ts";
import { EXITS } from "../command.ts";
import { notWhere, notWith, onlyWith } from "../option-rules.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "interview",
  summary: "take a mock interview, or hold one",
  description:
    "You get a vague prompt. A line that ends with ? asks for a fact; any other line is written into the present one of the seven sections. Constraints change on the way, and at the end the interviewer probes what the reviewer found in your own note and what you left out. The score names its evidence. About your own note you are asked what its last run (runs/NOTE/latest) and the reviewer hold against it. Every line is kept at once under history/interviews, so that Ctrl-C, a closed lid or a kill loses nothing: --resume goes on, and the clock stood still.",
  arguments: [
    {
      name: "PROBLEM",
      description: "a problem by its name (--list shows them), or your own note (a .md file); a menu without it",
      optional: true,
    },
    { name: "SHEET", description: "with --compare, the two filled sheets stand here", optional: true },
  ],
  options: [
    { name: "list", description: "the problems by structure" },
    { name: "resume", description: "go on with the interview that was left last" },
    { name: "minutes", value: "N", description: "the length; 45 unless told" },
    { name: "interviewer", description: "print the hidden facts, the rubric and the follow-ups" },
    { name: "sheet", value: "FILE", description: "write a blank score sheet for a live interview" },
    { name: "compare", description: "how far two filled sheets agree" },
    { name: "folder", value: "FOLDER", description: "where history/ lies; the current folder unless told" },
    { name: "json", description: "one JSON object a line instead of text" },
  ],
  rules: [
    onlyWith(["SHEET"], "compare"),
    notWith(["PROBLEM", "SHEET", "resume", "compare"], "list"),
    notWith(["interviewer", "sheet"], "list", "compare", "resume"),
    notWith(["minutes", "folder"], "list", "compare", "interviewer", "sheet"),
    notWith(["resume"], "compare"),
    notWith(["minutes"], "resume"),
    notWhere(
      ["json"],
      (input) => input.has("sheet") && !input.has("interviewer"),
      "a sheet is written to its file, and nothing is printed",
    ),
  ],
  examples: [
    { line: "heptad interview visual-search", says: "begin" },
    {
      line: "heptad interview designs/movie-recommendations.md",
      says: "about your own design, with the figures of its last run",
    },
    { line: "heptad interview --resume", says: "go on after an interruption" },
    { line: "heptad interview fraud-detection --interviewer --sheet ana.yaml", says: "hold it yourself" },
    { line: "heptad interview --compare ana.yaml ben.yaml", says: "agreement of two interviewers" },
  ],
  exits: [EXITS.done, EXITS.failed, EXITS.interrupted],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const [first, second] = input.arguments;
  if (input.has("list")) return list(input, terminal);
  if (input.has("compare")) return compare(first, second, input, terminal);
  if (input.has("interviewer") || input.value("sheet") !== undefined) return prepare(first, input, terminal);
  const { runInterview } = await import("../run-interview.ts");
  const minutes = Number(input.value("minutes") ?? "45");
  if (!(minutes >= 5 && minutes <= 240))
    throw new FailureError({
      code: "bad-option",
      message: "an interview takes 5 to 240 minutes",
      where: "--minutes",
      fix: "leave it out for 45",
    });
  const isMenu = first === undefined && !input.has("resume") && terminal.interactive;
  const chosen = isMenu ? await choose(input.value("folder") ?? ".", terminal) : first;
  if (isMenu && chosen === undefined) {
    terminal.note("left: nothing was begun");
    return EXITS.interrupted.code;
  }
  return runInterview(terminal, {
    problem: chosen === RESUME ? undefined : chosen,
    resume: input.has("resume") || chosen === RESUME,
    minutes,
    folder: input.value("folder") ?? ".",
    json: input.has("json"),
  });
}

const RESUME = "--resume";

/** The interview that was left, one's own notes, then the problems; undefined when nothing was chosen. */
async function choose(folder: string, terminal: Terminal): Promise<string | undefined> {
  const { createAsker } = await import("../asker.ts");
  const { join } = await import("node:path");
  const { readInterviews } = await import("../../node/interview-log.ts");
  const { problemNames, readProblem } = await import("../../node/problem-files.ts");
  const left = readInterviews(folder).findLast(({ ended }) => !ended);
  const { ownNotes } = await import("../../node/own-notes.ts");
  const notes = ownNotes(folder).map(({ path, title }) => ({ name: join(folder, path), label: `your note ${title}` }));
  const asker = await createAsker(terminal);
  try {
    return await asker.choose("what shall we talk about?", [
      ...(left === undefined ? [] : [{ name: RESUME, label: `go on with ${left.problem}` }]),
      ...notes,
      ...problemNames().map((name) => ({ name, label: readProblem(name).title })),
    ]);
  } finally {
    asker.close();
  }
}

async function list(input: CommandInput, terminal: Terminal): Promise<number> {
  const { problemNames, readProblem } = await import("../../node/problem-files.ts");
  const problems = problemNames().map(readProblem);
  if (input.has("json"))
    terminal.out(
      JSON.stringify(
        problems.map(({ name, title, structure, prompt }) => ({ name, title, structure, prompt })),
        null,
        2,
      ),
    );
  else
    for (const { name, title, structure } of problems)
      terminal.out(terminal.fit(`${name.padEnd(32)} ${structure.padEnd(18)} ${title}`));
  return EXITS.done.code;
}

async function prepare(name: string | undefined, input: CommandInput, terminal: Terminal): Promise<number> {
  const { readProblem } = await import("../../node/problem-files.ts");
  const { renderInterviewerView } = await import("../../practice/interview/render-interview.ts");
  const { blankSheet } = await import("../../practice/interview/sheet.ts");
  const { writeFileAtomically } = await import("../../node/atomic-write.ts");
  if (name === undefined)
    throw new FailureError({
      code: "no-problem",
      message: "no problem was named",
      fix: "`heptad interview --list` shows them",
    });
  const problem = readProblem(name);
  const sheet = input.value("sheet");
  if (sheet !== undefined) {
    writeFileAtomically(sheet, blankSheet(problem));
    terminal.note(`a blank sheet was written to ${sheet}`);
  }
  if (input.has("interviewer"))
    terminal.out(input.has("json") ? JSON.stringify(problem, null, 2) : renderInterviewerView(problem));
  return EXITS.done.code;
}

async function compare(
  a: string | undefined,
  b: string | undefined,
  input: CommandInput,
  terminal: Terminal,
): Promise<number> {
  const { readSheet } = await import("../../node/problem-files.ts");
  const { compareSheets } = await import("../../practice/interview/sheet.ts");
  const { renderAgreement } = await import("../../practice/interview/render-interview.ts");
  if (a === undefined || b === undefined)
    throw new FailureError({
      code: "two-sheets",
      message: "two filled sheets are wanted",
      fix: "`heptad interview --compare ana.yaml ben.yaml`",
    });
  const agreement = compareSheets(readSheet(a), readSheet(b));
  terminal.out(input.has("json") ? JSON.stringify(agreement, null, 2) : renderAgreement(agreement).join("\n"));
  return EXITS.done.code;
}
