/** What `heptad new` asks a person at the terminal: how the note begins, its name, where its data lie. */

import { existsSync } from "node:fs";
import { basename, extname } from "node:path";
import { FailureError } from "../core/outcome.ts";
import type { Asker } from "./asker.ts";
import type { CommandInput } from "./command.ts";
import {
  blankStart,
  designNames,
  designStart,
  type NoteStart,
  problemChoices,
  problemStart,
  RUNNABLE_SYSTEMS,
  runnableStart,
  templateStart,
} from "./new-start.ts";
import type { Terminal } from "./terminal.ts";

interface Asked {
  readonly name: string;
  readonly start: NoteStart;
}

/** A note that is drafted from what a file or a folder holds. */
interface AskedData {
  readonly name: string | undefined;
  readonly data: string;
}

/** What was not given is asked of a person at the terminal. Undefined where the person left. */
export async function askForNote(input: CommandInput, terminal: Terminal): Promise<Asked | AskedData | undefined> {
  const given = startGiven(input);
  const [name] = input.arguments;
  if (!terminal.interactive || (given !== undefined && name !== undefined)) {
    if (name !== undefined) return { name, start: given ?? templateStart() };
    throw new FailureError({
      code: "missing-name",
      message: "the note needs a name",
      where: "NAME",
      fix: "write one, such as heptad new feed",
    });
  }
  const { createAsker } = await import("./asker.ts");
  const asker = await createAsker(terminal);
  try {
    const start = given ?? (await askForStart(asker));
    if (start === undefined) return undefined;
    if (start === "data") {
      const data = await askForData(asker);
      return data === undefined ? undefined : { name, data };
    }
    const typed = name ?? (await askForName(asker, start.name));
    return typed === undefined ? undefined : { name: typed, start };
  } finally {
    asker.close();
  }
}

/** A name whose file is not there yet: what was answered before is not asked again. */
async function askForName(asker: Asker, usual: string): Promise<string | undefined> {
  let question = `Name of the note (${usual} where empty)`;
  while (true) {
    const typed = await asker.ask(question);
    if (typed === undefined) return undefined;
    const name = typed.trim() === "" ? usual : typed.trim();
    const path = await pathOf(name);
    if (!existsSync(path)) return name;
    question = `${path} is there already and stays as it is. Another name`;
  }
}

async function askForData(asker: Asker): Promise<string | undefined> {
  let question = "Which file, folder or pattern holds the data?";
  while (true) {
    const typed = (await asker.ask(question))?.trim();
    if (typed === undefined) return undefined;
    const isPattern = /[*?[{]/u.test(typed);
    if (typed !== "" && (isPattern || existsSync(typed))) return typed;
    question = typed === "" ? "A path, such as plays.csv" : `There is no ${typed}. Another path`;
  }
}

/** The start that the options name; two of them contradict each other. */
function startGiven(input: CommandInput): NoteStart | undefined {
  const problem = input.value("problem");
  const runs = input.value("runs");
  const from = input.value("from");
  const named = [
    input.has("blank") && "--blank",
    problem !== undefined && "--problem",
    runs !== undefined && "--runs",
    from !== undefined && "--from",
  ];
  const given = named.filter((one) => one !== false);
  if (given.length > 1) {
    throw new FailureError({
      code: "bad-option",
      message: `${given.join(" and ")} are different ways to begin`,
      where: given[1],
      fix: "give one of them",
    });
  }
  if (input.has("blank")) return blankStart();
  if (problem !== undefined) return problemStart(problem);
  if (runs !== undefined) return runnableStart(runs);
  if (from !== undefined) return designStart(from);
  return input.value("system") === undefined ? undefined : templateStart();
}

async function askForStart(asker: Asker): Promise<NoteStart | "data" | undefined> {
  const way = await asker.choose("How does it begin?", [
    { name: "problem", label: "an interview problem: its prompt and the seven headings" },
    { name: "runs", label: "a design that runs as it stands, to be changed" },
    { name: "design", label: "a reference design, reviewed and estimated, to be changed" },
    { name: "data", label: "your own data: a note drafted from a file or a folder" },
    { name: "template", label: "the template, with facts to change" },
    { name: "blank", label: "blank: the seven headings" },
  ]);
  switch (way) {
    case "problem": {
      const problem = await asker.choose("Which problem?", problemChoices());
      return problem === undefined ? undefined : problemStart(problem);
    }
    case "runs": {
      const system = await asker.choose("Which system?", named(RUNNABLE_SYSTEMS));
      return system === undefined ? undefined : runnableStart(system);
    }
    case "design": {
      const design = await asker.choose("Which design?", named(designNames()));
      return design === undefined ? undefined : designStart(design);
    }
    case "data":
      return "data";
    case "template":
      return templateStart();
    case "blank":
      return blankStart();
    default:
      return undefined;
  }
}

function named(names: readonly string[]): readonly { readonly name: string; readonly label: string }[] {
  return names.map((name) => ({ name, label: name.replaceAll("-", " ") }));
}

/** A bare name lies where `heptad check` looks, in `designs` unless the settings mean other notes; a path lies where it says. */
export async function pathOf(name: string): Promise<string> {
  const file = /\.(?:md|markdown)$/iu.test(name) ? name : `${name}.md`;
  if (basename(file) !== file || !file.endsWith(".md")) return basename(file) === file ? `designs/${file}` : file;
  const { placeForNote } = await import("../node/notebook-notes.ts");
  const { readReviewConfiguration } = await import("../node/review-configuration.ts");
  const { RULES } = await import("../note/rules.gen.ts");
  return placeForNote(readReviewConfiguration(process.cwd(), RULES), basename(file, extname(file)));
}
