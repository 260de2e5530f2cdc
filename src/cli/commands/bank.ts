/** `heptad bank`: check the questions, list them, show one with its worked answer, carry them elsewhere and back. */

import { FailureError } from "../../core/outcome.ts";
import { plural } from "../../core/plural.ts";
import type { Command, CommandInput } from "../command.ts";
import { EXITS } from "../command.ts";
import { onlyFor } from "../option-rules.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "bank",
  summary: "check, list, export and import the questions of practice",
  description:
    "ACTION is check, list, show, export or import. `check` draws 50 variants of every question and fails on a unit clash, an answer that is not finite or not plausible, two options that are both right, a mistake that is graded right, a value that no formula uses, and the other slips that banks make. `export FORMAT FILE` writes anki (.apkg), csv, markdown or challenge; `import FILE` reads questions from csv or apkg into your own folder of drafts, as explain questions to be edited.",
  arguments: [
    {
      name: "ACTION",
      description: "check, list, show, export or import",
      actions: ["check", "list", "show", "export", "import"],
    },
    { name: "WHAT", description: "a question's name, a format, or a file", optional: true },
    { name: "FILE", description: "the file to write, or the folder to import into", optional: true },
  ],
  options: [
    {
      name: "folder",
      value: "FOLDER",
      description: "another bank: a folder with step folders such as 3-data/questions",
    },
    { name: "variants", value: "N", description: "variants that check draws of each question; 50 unless told" },
    { name: "area", value: "AREA", description: "only this area" },
    { name: "level", value: "1-6", description: "only this level" },
    {
      name: "count",
      value: "N",
      description: "how many questions a challenge or an export has; all, or 10 for a challenge",
    },
    { name: "seed", value: "N", description: "the variants to write; 1 unless told" },
    { name: "json", description: "print the result as JSON" },
  ],
  rules: [
    onlyFor(["variants"], "check"),
    onlyFor(["area", "level"], "list", "show", "export"),
    onlyFor(["count"], "export"),
    onlyFor(["seed"], "show", "export"),
    onlyFor(["json"], "check", "list", "show"),
    onlyFor(["folder"], "check", "list", "show", "export"),
    onlyFor(["WHAT"], "show", "export", "import"),
    onlyFor(["FILE"], "export", "import"),
  ],
  examples: [
    { line: "heptad bank check", says: "every question in 50 variants" },
    { line: "heptad bank list --area serving", says: "names and titles" },
    { line: "heptad bank show replicas-by-littles-law --seed 7", says: "a variant with its worked answer" },
    { line: "heptad bank export challenge friday.json --area fraud", says: "ten questions to send to someone" },
    { line: "heptad bank export anki heptad.apkg", says: "a deck for Anki" },
  ],
  exits: [EXITS.done, { code: 1, means: "the check found something wrong" }, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const [action, what, file] = input.arguments;
  if (action === "check") return check(input, terminal);
  if (action === "list") return list(input, terminal);
  if (action === "show") return show(needed(what, "a question's name"), input, terminal);
  if (action === "export") return exportBank(needed(what, "a format"), needed(file, "a file"), input, terminal);
  return importCards(needed(what, "a file"), file ?? "drafts", terminal);
}

function needed(value: string | undefined, words: string): string {
  if (value !== undefined) return value;
  throw new FailureError({
    code: "missing-argument",
    message: `${words} is missing`,
    fix: "`heptad bank --help` shows examples",
  });
}

async function check(input: CommandInput, terminal: Terminal): Promise<number> {
  const { readPreparedBank } = await import("../../node/prepared-bank.ts");
  const { checkBank, checkCoverage } = await import("../../practice/check-bank.ts");
  const { reviewNote } = await import("../../note/review-note.ts");
  const folder = input.value("folder");
  const bank = await readPreparedBank(folder);
  const report = checkBank(bank, { variants: numberOf(input, "variants", 50), review: reviewNote });
  // Only the bank that comes with Heptad promises to cover everything.
  const coverage = folder === undefined ? checkCoverage(bank.map(({ question }) => question)) : [];
  const problems = [...report.problems, ...coverage];
  if (input.has("json")) terminal.out(JSON.stringify({ ...report, problems }, null, 2));
  else {
    for (const { question, code, message } of problems) terminal.out(`${question}: ${code}: ${message}`);
    const verdict =
      problems.length === 0
        ? terminal.paint("green", "all sound")
        : terminal.paint("red", `${problems.length} problems`);
    terminal.out(`${report.questions} questions, ${report.variants} variants: ${verdict}`);
  }
  return problems.length === 0 ? EXITS.done.code : EXITS.found.code;
}

function numberOf(input: CommandInput, name: string, otherwise: number): number {
  const text = input.value(name);
  if (text === undefined) return otherwise;
  if (/^\d{1,10}$/u.test(text)) return Number(text);
  throw new FailureError({
    code: "bad-option",
    message: `\`--${name} ${text}\` is no whole number`,
    where: `--${name}`,
    fix: "write digits only",
  });
}

async function selected(input: CommandInput) {
  const { readPreparedBank } = await import("../../node/prepared-bank.ts");
  const [area, level] = [input.value("area"), input.value("level")];
  const bank = await readPreparedBank(input.value("folder"));
  const chosen = bank.filter(
    ({ question }) =>
      (area === undefined || question.area === area) && (level === undefined || String(question.level) === level),
  );
  if (chosen.length > 0) return chosen;
  throw new FailureError({
    code: "no-questions",
    message: "no question fits these options",
    fix: "`heptad bank list` shows all areas and levels",
  });
}

async function list(input: CommandInput, terminal: Terminal): Promise<number> {
  const questions = (await selected(input)).map(({ question }) => question);
  if (input.has("json")) terminal.out(JSON.stringify(questions, null, 2));
  else
    for (const { id, area, level, kind, title } of questions)
      terminal.out(`${id.padEnd(40)} ${area.padEnd(13)} L${level} ${kind.padEnd(9)} ${title}`);
  return EXITS.done.code;
}

async function show(id: string, input: CommandInput, terminal: Terminal): Promise<number> {
  const { writeCards } = await import("../../practice/flash-card.ts");
  const { reviewNote } = await import("../../note/review-note.ts");
  const prepared = (await selected(input)).filter(({ question }) => question.id === id);
  if (prepared.length === 0)
    throw new FailureError({
      code: "unknown-question",
      message: `there is no question \`${id}\``,
      fix: "`heptad bank list` shows the names",
    });
  const [card] = writeCards(prepared, numberOf(input, "seed", 1), reviewNote);
  terminal.out(input.has("json") ? JSON.stringify(card, null, 2) : `${card.front}\n\n${card.back}`);
  return EXITS.done.code;
}

async function exportBank(format: string, file: string, input: CommandInput, terminal: Terminal): Promise<number> {
  const { exportQuestions } = await import("../../node/export-questions.ts");
  const count = numberOf(input, "count", format === "challenge" ? 10 : Number.MAX_SAFE_INTEGER);
  const written = await exportQuestions(await selected(input), {
    format,
    file,
    count,
    seed: numberOf(input, "seed", 1),
  });
  terminal.out(`${plural(written, "question")} written to ${file}`);
  return EXITS.done.code;
}

async function importCards(file: string, folder: string, terminal: Terminal): Promise<number> {
  const { importQuestions } = await import("../../node/import-questions.ts");
  const { written, known, empty } = await importQuestions(file, folder);
  const there = known === 0 ? "" : `, ${known} were there already`;
  const without = empty === 0 ? "" : `, ${empty} without a front or a back left out`;
  terminal.out(
    `${written.length} drafts written to ${folder}${there}${without}; give each an area, a level, a rubric and its mistakes, then run \`heptad bank check --folder ${folder}\``,
  );
  return EXITS.done.code;
}
