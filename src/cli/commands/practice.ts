/** `heptad practice`: questions chosen for you, graded honestly, scheduled, recorded in your own repository. */

import { nearest } from "../../core/nearest.ts";
import { FailureError, unwrap } from "../../core/outcome.ts";
import type { Command, CommandInput } from "../command.ts";
import { EXITS } from "../command.ts";
import { notWith, onlyWith } from "../option-rules.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "practice",
  summary: "answer questions at your level, with honest grades",
  description:
    "The first six questions find your level. After that each question is one that you are about to forget, one that goes deeper, or a new one near your level. Answers are typed as people write them: `1.2 GB`, `about 40k/s`, `50M*128*4 B`; `?` shows a hint, `-` leaves a question open, `@70` behind an answer says how sure you are. Every answer is kept at once in history/, one JSON line each. Without a terminal, answers are read as lines from standard input.",
  arguments: [{ name: "QUESTION", description: "a question by its name", optional: true }],
  options: [
    { name: "count", value: "N", description: "how many questions; 10 unless told" },
    { name: "area", value: "AREA", description: "only this area, such as serving or fraud" },
    { name: "step", value: "1-7", description: "only this step" },
    { name: "level", value: "1-6", description: "only this level" },
    { name: "kind", value: "KIND", description: "only this kind, such as estimate or diagnose" },
    { name: "daily", description: "today's set, the same all day" },
    { name: "gauntlet", description: "mixed and timed, without hints" },
    { name: "minutes", value: "N", description: "the time of a gauntlet; 20 unless told" },
    { name: "challenge", value: "FILE", description: "the questions of a challenge file, in its variants" },
    { name: "seed", value: "N", description: "repeat the choice and the variants of another session" },
    { name: "folder", value: "FOLDER", description: "where history/ lies; the current folder unless told" },
    { name: "dry-run", description: "grade and explain, and keep nothing: the history stays as it was" },
    { name: "json", description: "one JSON object a line instead of text" },
  ],
  rules: [
    onlyWith(["minutes"], "gauntlet"),
    notWith(["area", "step", "level", "kind", "count", "daily"], "QUESTION", "challenge"),
    notWith(["challenge"], "QUESTION"),
  ],
  examples: [
    { line: "heptad practice", says: "ten questions at your level" },
    { line: "heptad practice --area serving --level 4 --count 5", says: "a focused drill" },
    { line: "heptad practice --gauntlet --minutes 15", says: "mixed questions against the clock" },
    {
      line: "echo '49.2 GB @80' | heptad practice embedding-table-size --seed 5 --dry-run --json",
      says: "one answer from a script, kept nowhere",
    },
  ],
  exits: [EXITS.done, EXITS.failed, EXITS.interrupted],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { runPractice } = await import("../run-practice.ts");
  const number = (name: string, least: number, most: number): number | undefined => {
    const text = input.value(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new FailureError({
      code: "bad-option",
      message: `\`--${name} ${text}\` is no whole number from ${least} to ${most}`,
      where: `--${name}`,
      fix: `write a number from ${least} to ${most}`,
    });
  };
  const { AREA_NAMES } = await import("../../practice/area.ts");
  const { QUESTION_SCHEMAS } = await import("../../practice/question.ts");
  const area = oneOf("area", input.value("area"), AREA_NAMES);
  const kind = oneOf("kind", input.value("kind"), Object.keys(QUESTION_SCHEMAS));
  const chosen = ["daily", "gauntlet"].filter((name) => input.has(name));
  if (chosen.length > 1)
    throw new FailureError({
      code: "bad-option",
      message: "a session is either the daily set or a gauntlet",
      where: "--daily --gauntlet",
      fix: "leave one out",
    });
  return unwrap(
    await runPractice(terminal, {
      question: input.arguments[0],
      count: number("count", 1, 1000) ?? 10,
      area,
      kind,
      step: number("step", 1, 7),
      level: number("level", 1, 6),
      mode: chosen[0] ?? "practice",
      minutes: number("minutes", 1, 600) ?? 20,
      challenge: input.value("challenge"),
      seed: number("seed", 0, 2 ** 31 - 1),
      folder: input.value("folder") ?? ".",
      dryRun: input.has("dry-run"),
      json: input.has("json"),
    }),
  );
}

function oneOf(option: string, written: string | undefined, known: readonly string[]): string | undefined {
  if (written === undefined || known.includes(written)) return written;
  const suggestion = nearest(written, known);
  const fix = suggestion === undefined ? `one of ${known.join(", ")}` : `did you mean \`${suggestion}\`?`;
  throw new FailureError({
    code: "bad-option",
    message: `\`${written}\` is not a known ${option}`,
    where: `--${option}`,
    fix,
  });
}
