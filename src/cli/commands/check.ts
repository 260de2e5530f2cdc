/** `heptad check`: reviews notes with every rule. */

import type { Severity } from "../../core/finding.ts";
import { FailureError } from "../../core/outcome.ts";
import type { ReviewedNote } from "../../node/review-notes.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import type { Terminal } from "../terminal.ts";

const FORMATS = ["text", "json", "sarif", "github"] as const;
const SEVERITIES = ["error", "warning", "advice"] as const;

export const command: Command = {
  name: "check",
  summary: "review designs: what cannot work, what misleads, what is missing, with your own numbers",
  description:
    "PATHS are notes, folders or globs; `designs` where none is given. A finding is accepted with `waive: [{ rule, reason }]` in the note's front matter. Rules are switched off or given other numbers under `review:` in heptad.yaml.",
  arguments: [{ name: "PATHS", description: "notes, folders of notes, or globs", optional: true, variadic: true }],
  options: [
    { name: "format", value: "FORMAT", description: `${FORMATS.join(", ")}; text unless told` },
    { name: "json", description: "the same as --format json" },
    { name: "fix", description: "make the mends that are mechanical, then review again" },
    { name: "watch", description: "review again whenever a note changes" },
    {
      name: "fail-on",
      value: "SEVERITY",
      description: "the mildest severity that gives exit code 1: error (unless told), warning or advice",
    },
  ],
  examples: [
    { line: "heptad check", says: "every note under designs/" },
    { line: "heptad check designs/feed.md --fix", says: "mend what can be mended mechanically" },
    { line: "heptad check 'designs/**/*.md' --format sarif", says: "for code scanning" },
  ],
  exits: [EXITS.done, { code: EXITS.found.code, means: "done, and a finding is as grave as --fail-on" }, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const format = choice(input, "format", FORMATS) ?? (input.has("json") ? "json" : "text");
  const failOn: Severity = choice(input, "fail-on", SEVERITIES) ?? "error";
  const paths = input.arguments.length === 0 ? ["designs"] : input.arguments;
  const { checkNotes } = await import("../../node/check-notes.ts");
  const once = async (): Promise<number> => {
    const notes = await checkNotes(paths, { fix: input.has("fix") });
    terminal.out(await render(notes, format, terminal));
    const { isWorseThan } = await import("../../review/summary.ts");
    const found = isWorseThan(
      notes.map(({ review }) => review),
      failOn,
    );
    return found ? EXITS.found.code : EXITS.done.code;
  };
  if (!input.has("watch")) return once();
  const { watchNotes } = await import("../../node/watch-notes.ts");
  await watchNotes(paths, once);
  return EXITS.done.code;
}

async function render(
  notes: readonly ReviewedNote[],
  format: (typeof FORMATS)[number],
  terminal: Terminal,
): Promise<string> {
  const reviews = notes.map(({ review }) => review);
  switch (format) {
    case "json":
      return (await import("../../review/render/json.ts")).renderJson(reviews);
    case "github":
      return (await import("../../review/render/github.ts")).renderGithub(reviews);
    case "sarif": {
      const { renderSarif } = await import("../../review/render/sarif.ts");
      const { RULES } = await import("../../note/rules.gen.ts");
      const { programVersion } = await import("../../node/code-version.ts");
      return renderSarif(reviews, { version: programVersion(), rules: RULES });
    }
    case "text": {
      const { renderText } = await import("../../review/render/text.ts");
      const texts = new Map(notes.map(({ review, text }) => [review.file, text]));
      const mended = notes.reduce((sum, note) => sum + note.mended, 0);
      if (mended > 0) terminal.note(`mended ${mended} ${mended === 1 ? "place" : "places"}`);
      return renderText(reviews, {
        textOf: (file) => texts.get(file) ?? "",
        paint: terminal.paint,
        width: terminal.width,
      });
    }
    default:
      return format satisfies never;
  }
}

function choice<const Names extends readonly string[]>(
  input: CommandInput,
  option: string,
  names: Names,
): Names[number] | undefined {
  const written = input.value(option);
  if (written === undefined) return undefined;
  const known: Names[number] | undefined = names.find((name) => name === written);
  if (known !== undefined) return known;
  throw new FailureError({
    code: "bad-option",
    message: `\`${written}\` is none of ${names.join(", ")}`,
    where: `--${option}`,
    fix: `write --${option} ${names[0]}`,
  });
}
