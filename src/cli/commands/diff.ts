/** `heptad diff`: two notes, or one note at two commits: fact by fact, estimate beside estimate, and run beside run. */

import { capital } from "../../core/capital.ts";
import { FailureError } from "../../core/outcome.ts";
import { plural } from "../../core/plural.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { Difference } from "../../note/diff-designs.ts";
import type { Design } from "../../steps/design.ts";
import { type Command, EXITS } from "../command.ts";
import type { RunDifference } from "../diff-runs.ts";

export const command: Command = {
  name: "diff",
  summary: "compare two designs, or one at two commits: facts, estimates, and runs side by side",
  description:
    "A side's run is the newest of the note's runs at hand that was made with exactly the facts that this side states. Figures that differ stand side by side; whether a gap is more than chance is what heptad compare says.",
  arguments: [
    { name: "A", description: "a note; with NOTE, a commit, a branch or a tag" },
    { name: "B", description: "another note; with NOTE, another commit" },
    { name: "NOTE", description: "the note whose commits are compared", optional: true },
  ],
  options: [{ name: "json", description: "print the differences as JSON" }],
  examples: [
    { line: "heptad diff designs/card-fraud.md designs/visual-search.md", says: "two notes" },
    { line: "heptad diff main HEAD designs/feed.md", says: "one note at two commits" },
  ],
  exits: [EXITS.done, EXITS.failed],
  async run(input, terminal) {
    const { diffDesigns, lackTheSame, unreadWords } = await import("../../note/diff-designs.ts");
    const [a, b, note] = input.arguments;
    const before = await readSide(a, note);
    const after = await readSide(b, note);
    const { facts, estimate, unread } = diffDesigns(before, after);
    const { diffRuns } = await import("../diff-runs.ts");
    const runs = diffRuns({ design: before, note: note ?? a }, { design: after, note: note ?? b });
    if (input.has("json")) {
      terminal.out(JSON.stringify({ before: a, after: b, note, facts, estimate, unread, runs }, null, 2));
      return EXITS.done.code;
    }
    const lost = (
      [
        ["before", a],
        ["after", b],
      ] as const
    ).flatMap(([side, name]) =>
      unread[side].map((path) => `${capital(unreadWords(path))} cannot be read in ${name}: heptad check says why.`),
    );
    const isSame = facts.length + estimate.length === 0;
    terminal.out(
      [
        ...lost,
        ...(lost.length === 0
          ? []
          : [
              lackTheSame(unread)
                ? "These facts are not compared."
                : "Neither these facts nor the estimates are compared.",
              "",
            ]),
        ...(isSame && lost.length > 0
          ? ["the other facts are the same"]
          : isSame
            ? ["the same facts and the same estimate"]
            : [...table("Facts", facts), ...table("Estimate", estimate)]),
        ...(isSame ? [] : await runLines(runs, [a, b], [before, after])),
      ].join("\n"),
    );
    return EXITS.done.code;
  },
};

const MOST_FIGURES = 20;

async function canRun(sides: readonly Design[]): Promise<boolean> {
  const { holdsRun } = await import("../../kinds/registry.ts");
  return sides.every(holdsRun);
}

async function runLines(
  { before, after, figures }: RunDifference,
  [a, b]: readonly [string, string],
  sides: readonly Design[],
): Promise<string[]> {
  if (before === null && after === null)
    return [
      `Neither side was run with the facts it states${(await canRun(sides)) ? ": heptad run measures both" : ""}.`,
    ];
  if (before === null || after === null)
    return [`Only ${before === null ? b : a} was run with the facts it states, as ${before ?? after}.`];
  if (before === after) return [`Both are the run ${before}.`];
  const left = figures.length - MOST_FIGURES;
  return [
    ...table("Runs", [{ key: "run", before, after }, ...figures.slice(0, MOST_FIGURES)]),
    `${left > 0 ? `and ${plural(left, "more figure")}. ` : ""}Whether a gap is more than chance: heptad compare ${shellWord(before)} ${shellWord(after)}`,
  ];
}

/** A commit is of no use without the note whose text it holds. */
async function refuseRevision(side: string): Promise<void> {
  const { existsSync } = await import("node:fs");
  const { isRevision } = await import("../../node/text-at-revision.ts");
  if (existsSync(side) || !isRevision(side)) return;
  throw new FailureError({
    code: "no-note",
    message: `${side} is a commit, and no note is named whose commits are compared`,
    where: side,
    fix: "name it third: heptad diff A B NOTE",
  });
}

async function readSide(side: string, note: string | undefined): Promise<Design> {
  const { parseDesign } = await import("../../steps/design.ts");
  const { readTextFile } = await import("../../node/read-text-file.ts");
  const { textAtRevision } = await import("../../node/text-at-revision.ts");
  if (note === undefined) await refuseRevision(side);
  const text = note === undefined ? readTextFile(side) : textAtRevision(note, side);
  const where = note === undefined ? side : `${note} at ${side}`;
  if (text === undefined) {
    throw new FailureError({
      code: "no-such-note",
      message: `${where} is not there`,
      where,
      fix: "name a commit that has the note",
    });
  }
  const { design } = parseDesign(text, note ?? side);
  const { refusePlainNote } = await import("../../note/plain-note.ts");
  refusePlainNote({ text, file: note ?? side }, design, where);
  if (design !== undefined) return design;
  throw new FailureError({
    code: "not-a-design",
    message: `${where} is no design with facts`,
    where,
    fix: "heptad import makes one of a plain note",
  });
}

const MOST = 44;

function table(title: string, differences: readonly Difference[]): string[] {
  if (differences.length === 0) return [];
  const rows = differences.map(({ key, before, after }) => [key, short(before), short(after)] as const);
  const wide = (i: 0 | 1): number => Math.max(...rows.map((row) => row[i].length));
  return [
    title,
    ...rows.map(([key, from, to]) => `  ${key.padEnd(wide(0))}  ${from.padEnd(wide(1))}  ${to}`.trimEnd()),
    "",
  ];
}

function short(written: string | undefined): string {
  const words = (written ?? "not there").replaceAll(/\s+/gu, " ");
  return words.length > MOST ? `${words.slice(0, MOST - 1)}…` : words;
}
