/** `heptad check`: reviews notes with every rule. */

import { statSync } from "node:fs";
import type { Severity } from "../../core/finding.ts";
import { FailureError } from "../../core/outcome.ts";
import { formatPlace } from "../../core/span.ts";
import { mayNameFiles } from "../../node/may-name-files.ts";
import type { ReviewedNote } from "../../node/review-notes.ts";
import type { Review } from "../../review/review.ts";
import { stepOfCode } from "../../review/step-of-code.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import { notWhere, notWith } from "../option-rules.ts";
import { wholeNumber } from "../options.ts";
import { printFailure } from "../print-failure.ts";
import type { Terminal } from "../terminal.ts";

const FORMATS = ["text", "json", "line", "sarif", "github"] as const;
const SEVERITIES = ["error", "warning", "advice"] as const;

export const command: Command = {
  name: "check",
  summary: "review designs: what cannot work, what misleads, what is missing, with your own numbers",
  description:
    "PATHS are notes, folders or globs; where none is given, those that `review.notes` in heptad.yaml means; without it the folder `designs`, or the notes here where there is none. The findings to work off first are printed in the order of what would come of them, the rest counted by step. Where the files of a note's source are there, its mapping is held against them (HP330 to HP341), as a run does first; so is an encoder of your own (HP342). Models, stages and features that need what the source does not say are found too (HP343). A note with `status: draft` in its front matter is reviewed only in the sections that it has begun. A finding is accepted with `waive: [{ rule, reason }]` in the note's front matter. Rules are switched off or given other numbers under `review:` in heptad.yaml, for all notes or by path, and a team's own rules are added there with `extends`.",
  arguments: [{ name: "PATHS", description: "notes, folders of notes, or globs", optional: true, variadic: true }],
  options: [
    { name: "format", value: "FORMAT", description: `${FORMATS.join(", ")}; text unless told` },
    { name: "json", description: "the same as --format json" },
    { name: "verbose", description: "all findings, with reasons and places" },
    { name: "top", value: "N", description: "how many findings are printed first; 5 unless told, 3 of a draft" },
    { name: "step", value: "N", description: "only the findings of one step, 1 to 7" },
    { name: "since", value: "REV", description: "only findings that the notes did not have at a revision of git" },
    {
      name: "baseline",
      description:
        "hold the findings of today in heptad.baseline.yaml; where the file is there, only findings that it does not hold",
    },
    {
      name: "staged",
      description:
        "notes as the next commit would hold them, and not as they lie in the folder; without PATHS those that it adds or changes",
    },
    { name: "fix", description: "make the mends that are mechanical, then review again" },
    { name: "without-data", description: "do not hold notes against the files that they name" },
    { name: "watch", description: "review again whenever a note changes" },
    {
      name: "fail-on",
      value: "SEVERITY",
      description: "the mildest severity that gives exit code 1: error (unless told), warning or advice",
    },
  ],
  rules: [
    notWith(["json"], "format"),
    notWhere(
      ["verbose", "top"],
      (input) => input.has("json") || (input.value("format") ?? "text") !== "text",
      "only text is shortened: the other formats hold every finding whole",
    ),
    notWith(["top"], "verbose"),
  ],
  examples: [
    { line: "heptad check", says: "every note under designs/" },
    { line: "heptad check designs/feed.md --fix", says: "mend what can be mended mechanically" },
    { line: "heptad check --baseline", says: "adopt the review: old findings are counted, the next one fails" },
    { line: "heptad check --step 6 --verbose", says: "all that is found on deployment, with reasons" },
    { line: "heptad check 'designs/**/*.md' --format sarif", says: "for code scanning" },
  ],
  exits: [EXITS.done, { code: EXITS.found.code, means: "done, and a finding is as grave as --fail-on" }, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const format = choice(input, "format", FORMATS) ?? (input.has("json") ? "json" : "text");
  const failOn: Severity = choice(input, "fail-on", SEVERITIES) ?? "error";
  const top = wholeNumber(input, "top", 1, 1000);
  const step = wholeNumber(input, "step", 1, 7);
  const since = input.value("since");
  const paths = input.arguments;
  if (input.has("staged") && (input.has("fix") || input.has("watch"))) {
    throw new FailureError({
      code: "bad-option",
      message: "staged text is only read: it can be neither mended nor watched",
      where: "--staged",
      fix: "mend the note in its folder, then git add it",
    });
  }
  const { checkNotes } = await import("../../node/check-notes.ts");
  const once = async (): Promise<number> => {
    const missing: FailureError[] = [];
    const onMissing = (one: FailureError) => void missing.push(one);
    const baseline = input.has("baseline") ? await openBaseline() : undefined;
    const reviewed = await checkNotes(paths, {
      ...{ fix: input.has("fix"), staged: input.has("staged"), onMissing },
      onIdle: ({ match, at }) =>
        terminal.note(
          `${at === undefined ? "heptad.yaml" : formatPlace(at)}: none of the notes that are reviewed meets ${match.join(", ")}`,
        ),
      expected: baseline?.notes,
    });
    const all = input.has("without-data") ? reviewed : await holdAgainstFiles(reviewed);
    const held = baseline === undefined ? all : await holdBaseline(all, baseline.path, paths, input, terminal);
    const notes = await narrow(held, step, since);
    const aside = new Map(
      notes.map(({ review }, at) => [review.file, asideWords(held[at].review, review, step, since)] as const),
    );
    const printed = await render(notes, format, { input, top, aside, reviewed }, terminal);
    if (format === "text" && notes.length === 0) terminal.note("the next commit adds or changes no design");
    else if (printed !== "" || format !== "line") terminal.out(printed);
    // After the findings: one wrong name does not end the review of the other notes.
    for (const { failure } of missing) printFailure(failure, terminal, false);
    const { isWorseThan } = await import("../../review/summary.ts");
    const found = isWorseThan(
      notes.map(({ review }) => review),
      failOn,
    );
    if (missing.length > 0) return EXITS.failed.code;
    return found ? EXITS.found.code : EXITS.done.code;
  };
  if (!input.has("watch")) return once();
  const { watchNotes } = await import("../../node/watch-notes.ts");
  await watchNotes(paths.length > 0 ? paths : (await import("../../node/check-notes.ts")).notesHere(), () =>
    // What cannot be read as it stands may be half typed: it is said, and the next change is waited for.
    once().catch((error) => {
      if (!(error instanceof FailureError)) throw error;
      printFailure(error.failure, terminal, false);
    }),
  );
  return EXITS.done.code;
}

/** Starting a database takes longer than reviewing a note: only where a note names files is it asked. */
async function holdAgainstFiles(notes: readonly ReviewedNote[]): Promise<readonly ReviewedNote[]> {
  if (!notes.some(({ text }) => mayNameFiles(text))) return notes;
  const { withMappingFindings } = await import("../../node/mapping-findings.ts");
  return withMappingFindings(notes);
}

/** Where the baseline is, and the notes that it holds findings of: they are designs, whatever has become of them. */
async function openBaseline(): Promise<{ readonly path: string; readonly notes: ReadonlySet<string> }> {
  const { baselinePath, notesInBaseline } = await import("../../node/finding-baseline.ts");
  const path = baselinePath();
  return { path, notes: notesInBaseline(path) };
}

/** Without the findings that the baseline holds, and with a line on them. */
async function holdBaseline(
  notes: readonly ReviewedNote[],
  path: string,
  paths: readonly string[],
  input: CommandInput,
  terminal: Terminal,
): Promise<readonly ReviewedNote[]> {
  const { withBaseline } = await import("../../node/finding-baseline.ts");
  const { pathFromHere } = await import("../../node/project-path.ts");
  const result = withBaseline(notes, path, {
    today: new Date().toISOString().slice(0, 10),
    mayWrite: !input.has("staged"),
    lookedAround:
      paths.length === 0 || !paths.every((one) => statSync(one, { throwIfNoEntry: false })?.isFile() === true),
    withData: !input.has("without-data"),
  });
  const said = [
    [result.pruned, "mended and taken out"],
    [result.shrunk, "mended in part and held as what is left"],
    [result.gone, "taken out with notes that are gone"],
    [result.unseen, "held on, as what they are about was not looked at"],
    [result.expired, "expired and found again"],
  ] as const;
  const more = said.flatMap(([count, words]) => (count === 0 ? [] : [`, ${count} ${words}`])).join("");
  const file = pathFromHere(path);
  terminal.note(
    result.adopted
      ? `${file}: ${result.counted} findings of today are held; commit the file`
      : `${file}: ${result.counted} old findings counted${more}`,
  );
  return result.notes;
}

/** Only the findings of a step, and only those that an earlier revision did not have. */
async function narrow(
  notes: readonly ReviewedNote[],
  step: number | undefined,
  since: string | undefined,
): Promise<readonly ReviewedNote[]> {
  if (step === undefined && since === undefined) return notes;
  const { newFindings } = await import("../../node/check-notes.ts");
  const { textAtRevision } = await import("../../node/text-at-revision.ts");
  return notes.map((note) => {
    const before = since === undefined ? undefined : textAtRevision(note.review.file, since, "--since");
    const review = newFindings(note.review, before);
    const findings = review.findings.filter(({ code }) => step === undefined || stepOfCode(code) === step);
    return { ...note, review: { ...review, findings } };
  });
}

/** What a narrower look leaves out is counted: a step with nothing to report is no note with nothing to report. */
function asideWords(whole: Review, shown: Review, step: number | undefined, since: string | undefined): string {
  const aside = whole.findings.length - shown.findings.length;
  if (aside === 0) return "";
  const where = step === undefined ? `that ${since ?? "REV"} had too` : since === undefined ? "on other steps" : "more";
  return ` (${aside} ${where})`;
}

async function render(
  notes: readonly ReviewedNote[],
  format: (typeof FORMATS)[number],
  {
    input,
    top,
    aside,
    reviewed,
  }: {
    readonly input: CommandInput;
    readonly top: number | undefined;
    readonly aside: ReadonlyMap<string, string>;
    /** The same notes with all that their texts' review found. */
    readonly reviewed: readonly ReviewedNote[];
  },
  terminal: Terminal,
): Promise<string> {
  const reviews = notes.map(({ review }) => review);
  switch (format) {
    case "json":
      return (await import("../../review/render/json.ts")).renderJson(reviews);
    case "line":
      return (await import("../../review/render/line.ts")).renderLines(reviews);
    case "github":
      return (await import("../../review/render/github.ts")).renderGithub(reviews, await namesInRepository());
    case "sarif": {
      const { renderSarif } = await import("../../review/render/sarif.ts");
      const { allRules } = await import("../../node/check-notes.ts");
      const { programVersion } = await import("../../node/code-version.ts");
      return renderSarif(reviews, { version: programVersion(), rules: allRules(), nameOf: await namesInRepository() });
    }
    case "text": {
      const texts = new Map(notes.map(({ review, text }) => [review.file, text]));
      const mended = notes.reduce((sum, note) => sum + note.mended, 0);
      const cleared = notes.reduce((sum, note) => sum + note.cleared, 0);
      if (mended > 0) terminal.note(`mended ${mended}${cleared > 0 ? ` and cleared ${cleared} more` : ""}`);
      else if (input.has("fix") && reviews.some(({ findings }) => findings.length > 0))
        terminal.note("nothing here is mended mechanically; what to write stands with each finding");
      const textOf = (file: string): string => texts.get(file) ?? "";
      if (input.has("verbose")) {
        const { renderText } = await import("../../review/render/text.ts");
        const left = [...aside].filter(([, words]) => words !== "").map(([file, words]) => `${file}${words}`);
        const text = renderText(reviews, { textOf, paint: terminal.paint, width: terminal.width });
        return left.length === 0 ? text : `${text}\nnot asked for: ${left.join(", ")}`;
      }
      const { renderBrief } = await import("../../review/render/brief.ts");
      const { effectsOfMends } = await import("../../node/check-notes.ts");
      const { wrapSentence } = await import("../wrap-text.ts");
      const width = Math.max(60, Math.min(terminal.width, MOST_COLUMNS));
      return renderBrief(reviews, {
        textOf,
        paint: terminal.paint,
        width,
        wrap: (line) => wrapSentence(line, width, ""),
        top: top ?? (reviews.some(({ draft }) => draft === undefined) ? TOP : TOP_OF_DRAFT),
        paths: input.arguments,
        asideOf: (file) => aside.get(file) ?? "",
        effectsOf: (review, first) => effectsOfMends(reviewed[reviews.indexOf(review)], review, first),
      });
    }
    default:
      return format satisfies never;
  }
}

/** What a code host shows beside its lines is named from the top of the repository, wherever the review was asked for. */
async function namesInRepository(): Promise<(file: string) => string> {
  const { pathInRepository } = await import("../../node/project-path.ts");
  return (file) => pathInRepository(file);
}

/** A screen holds five findings with their mends, and a first note has thirty. */
const TOP = 5;
/** Who fills one section at a time is told the three most important things each time. */
const TOP_OF_DRAFT = 3;
const MOST_COLUMNS = 100;

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
