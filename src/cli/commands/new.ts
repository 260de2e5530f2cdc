/** `heptad new`: writes a design note to begin with. */

import { existsSync, readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { nearest } from "../../core/nearest.ts";
import { FailureError } from "../../core/outcome.ts";
import { createFileAtomically } from "../../node/atomic-write.ts";
import type { Command, CommandInput } from "../command.ts";
import { EXITS } from "../command.ts";
import type { Terminal } from "../terminal.ts";

/** Systems with a template of their own; any other gets the general one. */
const TEMPLATES = ["recommendation", "fraud-detection", "visual-search"] as const;
const GENERAL = "any-system";

export const command: Command = {
  name: "new",
  summary: "write a design note to begin with",
  description:
    "The note has all seven sections, each with the questions it should answer and facts to change. It is read without errors as it stands. A file that exists is never overwritten.",
  arguments: [{ name: "NAME", description: "the file to write; .md is added where it is missing" }],
  options: [
    {
      name: "system",
      value: "SYSTEM",
      description: `${TEMPLATES.join(", ")}, or a name of your own; recommendation where absent`,
    },
    { name: "title", value: "TEXT", description: "the title; made from the file's name where absent" },
    { name: "json", description: "print what was written as JSON" },
  ],
  examples: [
    { line: "heptad new designs/podcasts.md", says: "a recommender system" },
    {
      line: "heptad new eta --system eta-prediction --title 'Arrival times'",
      says: "a system of your own, from the general template",
    },
  ],
  exits: [EXITS.done, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { writeValue } = await import("../../design/set-fact.ts");
  const [name] = input.arguments;
  const path = extname(name) === "" ? `${name}.md` : name;
  const system = input.value("system") ?? TEMPLATES[0];
  const title = input.value("title") ?? titleOf(path);
  const template = TEMPLATES.find((known) => known === system) ?? GENERAL;
  const text = readFileSync(templatePath(template), "utf8")
    .replace(/^title: .*$/mu, () => `title: ${writeValue(title)}`)
    .replace(/^system: .*$/mu, () => `system: ${writeValue(system)}`)
    .replace(/^date: .*$/mu, () => `date: ${day(0)}`)
    .replaceAll(/check-by: [\d-]+/gu, () => `check-by: ${day(CHECK_DAYS)}`)
    .replace(/^# .*$/mu, () => `# ${title.replaceAll(/\s+/gu, " ")}`);
  writeNew(path, text);
  if (input.has("json")) terminal.out(JSON.stringify({ path, title, system, template }, null, 2));
  else terminal.out(`wrote ${path}\nnext: heptad check ${path}`);
  const meant = template === GENERAL ? nearest(system, TEMPLATES) : undefined;
  if (meant !== undefined) terminal.note(`\`${system}\` is a system of your own; did you mean \`--system ${meant}\`?`);
  return EXITS.done.code;
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

function templatePath(name: string): string {
  const up = import.meta.url.includes("/dist/src/") ? "../../../../" : "../../../";
  return fileURLToPath(new URL(`${up}library/templates/${name}.md`, import.meta.url));
}

function writeNew(path: string, text: string): void {
  try {
    createFileAtomically(path, text);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const exists = code === "EEXIST" && existsSync(path);
    throw new FailureError({
      code: exists ? "file-exists" : "cannot-write",
      message: exists ? "the file exists and is left as it is" : `the file cannot be written (${code})`,
      where: path,
      fix: exists ? "choose another name" : "check that the folder exists and may be written to",
    });
  }
}
