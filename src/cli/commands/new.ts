/** `heptad new`: writes a design note to begin with. */

import { existsSync, statSync } from "node:fs";
import { basename, extname } from "node:path";
import { nearest } from "../../core/nearest.ts";
import { FailureError } from "../../core/outcome.ts";
import { plural } from "../../core/plural.ts";
import { shellWord } from "../../core/shell-word.ts";
import { createFileAtomically } from "../../node/atomic-write.ts";
import type { Command, CommandInput } from "../command.ts";
import { EXITS } from "../command.ts";
import { askForNote, pathOf } from "../new-questions.ts";
import { designOfSystem, GENERAL, RUNNABLE_SYSTEMS } from "../new-start.ts";
import { onlyWith } from "../option-rules.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "new",
  summary: "write a design note to begin with",
  description:
    "A name without a folder is written to where `heptad check` looks: designs/, or what `review.notes` in heptad.yaml means. Without NAME, or without a start, a person at the terminal is asked for both; else the note begins from the template: all seven sections with facts to change, and questions that are still open. --from copies a reference design, reviewed and estimated, with what was not chosen, milestones and risks. --blank and --problem write the seven headings as a draft, of which only the sections that are begun are reviewed. A file that exists is never overwritten.",
  arguments: [
    {
      name: "NAME",
      description: "the file to write; .md is added where it is missing; with --data, further files of data as well",
      optional: true,
      variadic: true,
    },
  ],
  options: [
    { name: "blank", description: "the seven headings with their questions, as a draft" },
    {
      name: "problem",
      value: "PROBLEM",
      description: "the prompt and the headings of a problem of the library, such as feed-ranking, as a draft",
    },
    {
      name: "runs",
      value: "SYSTEM",
      description: `a design that runs on a simulated world: ${RUNNABLE_SYSTEMS.join(" or ")}`,
    },
    {
      name: "from",
      value: "DESIGN",
      description: "a copy of a reference design to change, such as ad-click-prediction or wake-word",
    },
    {
      name: "system",
      value: "SYSTEM",
      description: `${RUNNABLE_SYSTEMS.join(", ")}, or a name of your own; made from the file's name where absent`,
    },
    {
      name: "data",
      value: "FILE",
      description:
        "draft the note from this file, folder or pattern, each fact measured, proposed or asked; may be repeated, and names the note where NAME is absent",
      repeatable: true,
    },
    { name: "label", value: "COLUMN", description: "with --data: the column of two values that is to be predicted" },
    { name: "user", value: "COLUMN", description: "with --data: the column that says who" },
    {
      name: "item",
      value: "COLUMN",
      description: "with --data: the column that says what somebody did something with",
    },
    { name: "time", value: "COLUMN", description: "with --data: the column of moments that says when" },
    { name: "title", value: "TEXT", description: "the title; made from the file's name where absent" },
    { name: "json", description: "print what was written as JSON" },
  ],
  rules: [onlyWith(["label", "user", "item", "time"], "data")],
  examples: [
    { line: "heptad new podcasts", says: "the template, in designs/podcasts.md" },
    { line: "heptad new ads --from ad-click-prediction", says: "a reviewed design with its estimate, to be changed" },
    { line: "heptad new feed --problem feed-ranking", says: "an interview problem to work on, section by section" },
    { line: "heptad new --data events.csv films", says: "a note drafted from the team's own files" },
    {
      line: "heptad new churn --data customers.csv --label left",
      says: "where the columns do not show what to predict",
    },
    {
      line: "heptad new --data visits.csv --user card --item exhibit --time entered",
      says: "where their names do not show who, what and when",
    },
    { line: "heptad new shop --data photos", says: "a search by photo, from a folder of classes or a list of photos" },
    { line: "heptad new films --runs recommendation", says: "a design that runs as it stands" },
    {
      line: "heptad new eta --system eta-prediction --title 'Arrival times'",
      says: "a system of your own, with its title",
    },
  ],
  exits: [EXITS.done, EXITS.failed, EXITS.interrupted],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { writeValue } = await import("../../design/set-fact.ts");
  const { data, names } = sortArguments(input);
  if (names.length > 1)
    throw new FailureError({
      code: "several-names",
      message: `a note has one name, and here are ${names.length}: ${names.map((one) => `\`${one}\``).join(", ")}`,
      fix: "give one NAME; files of data come behind --data",
    });
  if (data.length > 0) return draft(input, terminal, data, names[0]);
  const asked = await askForNote(input, terminal);
  if (asked === undefined) {
    terminal.note("left: nothing was written");
    return EXITS.interrupted.code;
  }
  if ("data" in asked) return draft(input, terminal, [asked.data], asked.name);
  const path = await pathOf(asked.name);
  const { start } = asked;
  const system = input.value("system") ?? start.system ?? slugOf(path);
  const title = input.value("title") ?? titleOf(path);
  const text = start.text
    .replace(/^title: .*$/mu, () => `title: ${writeValue(title)}`)
    .replace(/^system: .*$/mu, () => `system: ${writeValue(system)}`)
    .replace(/^date: .*$/mu, () => `date: ${day(0)}`)
    .replaceAll(/check-by: [\d-]+/gu, () => `check-by: ${day(CHECK_DAYS)}`)
    .replace(/^# .*$/mu, () => `# ${title.replaceAll(/\s+/gu, " ")}`);
  writeNew(path, text);
  if (input.has("json")) terminal.out(JSON.stringify({ path, title, system, template: start.name }, null, 2));
  else terminal.out(terminal.fit(`wrote ${path}\nnext: ${start.next(path)}`));
  if (start.name === GENERAL) noteOnSystem(system, terminal);
  return EXITS.done.code;
}

/** Behind `--data a.csv`, what a shell made of `*.csv` are files too: those that are there, and are none of the data already, are read with it. */
function sortArguments(input: CommandInput): { readonly data: readonly string[]; readonly names: readonly string[] } {
  const said = input.values("data");
  if (said.length === 0) return { data: [], names: input.arguments };
  const isData = (one: string): boolean =>
    !said.includes(one) && extname(one) !== ".md" && existsSync(one) && statSync(one).isFile();
  return {
    data: [...said, ...input.arguments.filter(isData)],
    names: input.arguments.filter((one) => !isData(one)),
  };
}

/** A system that is nearly a known one was perhaps misspelt; a known one has a design to learn from. */
function noteOnSystem(system: string, terminal: Terminal): void {
  const design = designOfSystem(system);
  if (design !== undefined) {
    terminal.note(`a reviewed design of \`${system}\` to begin from: heptad new NAME --from ${design}`);
    return;
  }
  const meant = nearest(system, RUNNABLE_SYSTEMS);
  if (meant !== undefined) terminal.note(`\`${system}\` is a system of your own; did you mean \`--system ${meant}\`?`);
}

/** A note from data, and what it leaves to be answered. */
async function draft(input: CommandInput, terminal: Terminal, data: readonly string[], name?: string): Promise<number> {
  for (const other of ["blank", "problem", "runs", "from", "system"])
    if (input.has(other))
      throw new FailureError({
        code: "options-exclude-each-other",
        message: `a note drafted from data says itself what it begins with and for which system; --${other} would be ignored`,
        where: `--${other}`,
        fix: `leave out --${other}, or --data`,
      });
  const { draftFromData, nameOfData } = await import("../../node/draft-from-data.ts");
  const path = await pathOf(name ?? nameOfData(data));
  const title = input.value("title") ?? titleOf(path);
  const { text, system, why, questions } = await draftFromData(data, {
    path,
    title,
    date: day(0),
    label: input.value("label"),
    user: input.value("user"),
    item: input.value("item"),
    time: input.value("time"),
  });
  writeNew(path, text);
  if (input.has("json")) {
    terminal.out(JSON.stringify({ path, title, system, why, questions }, null, 2));
    return EXITS.done.code;
  }
  const left = `${plural(questions.length, "question stands", "questions stand")} in it that the data cannot answer; the first: ${questions[0]}`;
  const { stopsRun } = await import("../../steps/3-data/profile/open-questions.ts");
  const stopping = questions.flatMap((question, at) => (stopsRun(question) ? [String(at + 1)] : []));
  const note = shellWord(path);
  const next =
    stopping.length === 0
      ? `heptad check ${note}, then heptad run ${note}`
      : `decide ${stopping.length === 1 ? "question" : "questions"} ${stopping.join(", ")}, where a run stops; then heptad check ${note}, and heptad run ${note}`;
  terminal.out(terminal.fit(`wrote ${path}: ${system}, because ${why}\n${left}\nnext: ${next}`));
  return EXITS.done.code;
}

/** `designs/late-night_films.md` is the system `late-night-films`. */
function slugOf(path: string): string {
  const words = basename(path, extname(path))
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-");
  return words.replaceAll(/^-+|-+$/gu, "") || "a-system";
}

/** `late-night_films.md` is `Late night films`. */
function titleOf(path: string): string {
  const words = basename(path, extname(path))
    .replaceAll(/[-_\s]+/gu, " ")
    .trim();
  return words === "" ? "Design" : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Assumptions of a new note are to be checked within two months. */
const CHECK_DAYS = 60;

/** The calendar day, in UTC, so many days from now. */
function day(after: number): string {
  return new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
}

function writeNew(path: string, text: string): void {
  try {
    createFileAtomically(path, text);
  } catch (error) {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST" && existsSync(path);
    if (!exists) throw error;
    throw new FailureError({
      code: "file-exists",
      message: "the file exists and is left as it is",
      where: path,
      fix: "choose another name",
    });
  }
}
