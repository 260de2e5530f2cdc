/** `heptad import`: makes design notes of the notes that are there. */

import type { StepNumber } from "../../core/figure.ts";
import { FailureError } from "../../core/outcome.ts";
import { plural } from "../../core/plural.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { FileImport, ImportReport } from "../../node/import-notes.ts";
import type { EarlierOptions } from "../../note/import/earlier-options.ts";
import type { PlacedHeading } from "../../note/import/note-source.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "import",
  summary: "make design notes of the notes you have: every line placed, facts proposed, not one word lost",
  description:
    "PATHS are notes or folders. Each design is written beside its source as NAME.design.md; the source is never touched, and an import that was changed since is never overwritten without --force. Headings are placed in the seven steps and shown, whatever their form: signs, underlines, bold lines, capitals, `<h2>`, folds, items of lists; in a note with hardly any, questions with their answers, and rows of a table, each under the table's own titles. A wording that is not known goes under Unsorted and is asked: answer with --map. Facts are proposed from the prose in yaml blocks, each marked `proposed` with the line it came from: delete the mark of what you accept, and the line of what you do not. In another folder (--out) relative links and pictures get the address that leads to the same file; nothing is copied. A fenced block that reads as YAML is marked as text, as a block of yaml is read as facts; what it holds stays to the letter.",
  arguments: [{ name: "PATHS", description: "notes, folders of notes, or globs", variadic: true }],
  options: [
    {
      name: "map",
      value: "HEADING=STEP",
      description: "where a heading belongs: 1 to 7, or 0 for nowhere",
      repeatable: true,
    },
    { name: "title", value: "TEXT", description: "the title, in place of the notes' own" },
    {
      name: "out",
      value: "FOLDER",
      description: "write there, not beside the sources; relative links and pictures are led to the same files",
    },
    { name: "dry-run", description: "show what would be done and write nothing" },
    { name: "force", description: "write over an earlier import that was changed since" },
    { name: "json", description: "print headings, facts and questions as JSON" },
  ],
  examples: [
    { line: "heptad import notes/ads.md --dry-run", says: "where each heading would go" },
    { line: 'heptad import notes/ads.md --map "Where the money goes=7"', says: "place a heading that is not known" },
    { line: "heptad import notes", says: "every design of a folder; one file a step is one design" },
  ],
  exits: [
    EXITS.done,
    { code: EXITS.found.code, means: "done, and a file was left as it is because it differs, or could not be read" },
    EXITS.failed,
  ],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { importFiles } = await import("../../node/import-notes.ts");
  const report = await importFiles({
    paths: input.arguments,
    map: new Map(input.values("map").map(readMapping)),
    title: input.value("title"),
    out: input.value("out"),
    force: input.has("force"),
    dryRun: input.has("dry-run"),
  });
  terminal.out(input.has("json") ? asJson(report) : render(report, input));
  const isPart = report.unreadable.length > 0 || report.imports.some(({ outcome }) => outcome === "differs");
  return isPart ? EXITS.found.code : EXITS.done.code;
}

function readMapping(written: string): [string, StepNumber | 0] {
  const groups = /^(?<words>.*\S)\s*=\s*(?<step>[0-7])$/u.exec(written.trim())?.groups;
  const step = STEPS.find((one) => String(one) === groups?.step);
  if (groups?.words !== undefined && step !== undefined) return [groups.words, step];
  throw new FailureError({
    code: "bad-option",
    message: `\`${written.slice(0, 60)}\` places no heading`,
    where: "--map",
    fix: 'write the words of the heading and a step from 1 to 7, or 0 for none: --map "Scope=1"',
  });
}

const STEPS: readonly (StepNumber | 0)[] = [0, 1, 2, 3, 4, 5, 6, 7];

function asJson({ imports, left, unreadable }: ImportReport): string {
  const shown = imports.map(({ sources, path, outcome, imported, moved, earlier }) => {
    const { title, headings, facts, questions, whole, unsorted, why, renamed } = imported;
    return {
      sources,
      path,
      outcome,
      title,
      whole,
      unsorted,
      ...(why === undefined ? {} : { why }),
      ...(earlier === undefined ? {} : { writtenWith: { map: Object.fromEntries(earlier.map), title: earlier.title } }),
      headings,
      moved,
      renamed,
      facts: facts.map(({ step, path: keys, value, at }) => ({
        step,
        path: keys.filter((key) => key !== "-").join("."),
        value,
        ...at,
      })),
      questions: questions.map(({ ask, answer, line }) => ({
        ask,
        answer,
        file: line.place.file,
        line: line.place.line,
      })),
    };
  });
  return JSON.stringify({ imports: shown, left, unreadable }, null, 2);
}

function render({ imports, left, unreadable }: ImportReport, input: CommandInput): string {
  const texts = imports.map((one) => renderOne(one, input));
  const beside = [["Left out", left] as const, ["Not read, and not imported", unreadable] as const].flatMap(
    ([title, files]) =>
      files.length === 0 ? [] : [[title, ...files.map(({ file, why }) => `  ${file}: ${why}`)].join("\n")],
  );
  return [...texts, ...beside].join("\n\n");
}

const MOST_HEADINGS = 40;

function renderOne({ sources, path, outcome, imported, moved, earlier }: FileImport, input: CommandInput): string {
  const { headings, facts, questions, whole, unsorted, why, renamed } = imported;
  const said = {
    written: `wrote ${path}`,
    unchanged: `${path} is the same already`,
    "would be written": `would write ${path}`,
    differs:
      earlier === undefined
        ? `${path} was changed since, or its notes or heptad were, and is left as it is; --force writes over it`
        : `${path} was written with other options and is left as it is; --force writes over it`,
  }[outcome];
  const wouldBe = outcome === "would be written" ? "would be " : "";
  const open = questions.filter(({ answer }) => answer === undefined).length;
  const rows = headings
    .slice(0, MOST_HEADINGS)
    .map(
      (one) =>
        `  ${where(one).padEnd(9)} line ${String(one.line).padStart(4)}  ${one.text.slice(0, 70)}${NOTES[one.how]}${sources.length > 1 ? `   in ${one.file.split(/[\\/]/u).at(-1)}` : ""}`,
    );
  const more =
    headings.length > MOST_HEADINGS ? [`  and ${headings.length - MOST_HEADINGS} more; --json shows all`] : [];
  const asked = headings.filter(({ how }) => how === "unknown");
  return [
    `${said}, from ${sources.join(", ")}`,
    ...(earlier === undefined ? [] : [`  it is what this gives: ${commandOf(earlier, input)}`]),
    ...(whole ? ["  it could not be taken apart: the notes stand whole under Unsorted"] : rows),
    ...(whole ? [] : more),
    ...(unsorted && !whole ? ["  nothing in it names a step: all of it stands under Unsorted"] : []),
    ...(why === undefined
      ? []
      : [`  ${whole ? "why" : "no facts were proposed"}: ${why}; import its parts one by one`]),
    `  ${plural(facts.length, "fact")} proposed, ${plural(questions.length, "question")}${openWords(open, questions.length)}`,
    ...(moved === 0 || outcome === "differs"
      ? []
      : [
          `  ${plural(moved, "relative link or picture", "relative links and pictures")} ${wouldBe}changed, to lead from there to the same files`,
        ]),
    ...(renamed === 0 || outcome === "differs"
      ? []
      : [
          `  ${plural(renamed, "block that reads as YAML", "blocks that read as YAML")} ${wouldBe === "" ? (renamed === 1 ? "is " : "are ") : wouldBe}marked as text, since a block of yaml is read as facts; the lines inside are kept to the letter`,
        ]),
    ...(asked.length === 0 || whole
      ? []
      : [
          `  asked: which step is \`${asked[0].text.slice(0, 60)}\`${asked.length > 1 ? ` (and ${asked.length - 1} more)` : ""}? Answer with --map ${JSON.stringify(`${asked[0].text}=N`)}`,
        ]),
    `  next: heptad check ${shellWord(path)}`,
  ].join("\n");
}

function commandOf({ map, title }: EarlierOptions, input: CommandInput): string {
  const option = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`--${name}`, shellWord(value)];
  return [
    "heptad import",
    ...input.arguments.map(shellWord),
    ...option("out", input.value("out")),
    ...option("title", title),
    ...[...map].flatMap(([words, step]) => option("map", `${words}=${step}`)),
  ].join(" ");
}

function openWords(open: number, asked: number): string {
  if (asked === 0) return "";
  return asked === 1 ? (open === 1 ? ", which is open" : ", which is answered") : `, ${open} of them open`;
}

const NOTES: Readonly<Record<PlacedHeading["how"], string>> = {
  title: "",
  mapped: "   (as you said)",
  wording: "",
  split: "",
  inherited: "   (with the heading above)",
  beside: "   (no step)",
  unknown: "   (not known)",
  file: "   (by the name of its file)",
};

function where({ steps, how }: PlacedHeading): string {
  if (how === "title") return "title";
  return steps.length === 0 ? "unsorted" : `step ${steps.join(", ")}`;
}
