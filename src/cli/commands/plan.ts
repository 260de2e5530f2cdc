/** `heptad plan`: hours a week turned into areas and levels up to a date, revised by what you answer. */

import { nearest } from "../../core/nearest.ts";
import { FailureError, unwrap } from "../../core/outcome.ts";
import { type Roadmap, spreadRoadmap } from "../../library/roadmap.ts";
import type { Command, CommandInput } from "../command.ts";
import { EXITS } from "../command.ts";
import { onlyWith } from "../option-rules.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "plan",
  summary: "make a study plan to a date, and see whether you are on track",
  description:
    "With --until the plan is stated and kept in the history; without it, the plan stated last is shown as it stands today. It is made anew each time from your level and what you have answered. Later weeks review more, and the last one works at the target level.",
  arguments: [],
  options: [
    {
      name: "until",
      value: "WHEN",
      description:
        'the day of the interview: a span from today such as "6 weeks" (days, weeks, months), or a date as YYYY-MM-DD',
    },
    { name: "hours", value: "N/week", description: "hours a week you have; 5/week unless told" },
    { name: "target", value: "1-6", description: "the level wanted at the end; 5 unless told" },
    {
      name: "roadmap",
      value: "NAME",
      description: "a way through the library, such as candidate: what to read and which patterns, week by week",
    },
    { name: "folder", value: "FOLDER", description: "where history/ lies; the current folder unless told" },
    { name: "json", description: "print the plan as JSON" },
  ],
  rules: [onlyWith(["hours", "target"], "until")],
  examples: [
    { line: 'heptad plan --until "6 weeks" --hours 5/week', says: "state a plan" },
    { line: "heptad plan", says: "the plan as it stands today" },
    { line: "heptad plan --roadmap candidate", says: "with what to read in each week" },
  ],
  exits: [EXITS.done, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { newRecordId, openHistoryFolder, readHistoryFolder } = await import("../../node/history-folder.ts");
  const { readPreparedBank } = await import("../../node/prepared-bank.ts");
  const { makePlan } = await import("../../practice/plan.ts");
  const { readPlanDay } = await import("../../practice/plan-day.ts");
  const { dayOf, foldHistory } = await import("../../practice/profile.ts");
  const { cardOf } = await import("../../practice/question.ts");
  const { renderPlan } = await import("../../practice/render-plan.ts");
  const root = input.value("folder") ?? ".";
  const asked = input.value("roadmap");
  const roadmap = asked === undefined ? undefined : await findRoadmap(asked);
  const now = new Date();
  const today = dayOf(now.toISOString());
  const stated = readStated(input, readPlanDay, today);
  const before = foldHistory(readHistoryFolder(root).records);
  const wanted = stated ?? before.plan;
  if (wanted === undefined) {
    throw new FailureError({
      code: "no-plan",
      message: "no plan was stated yet",
      fix: 'state one: `heptad plan --until "6 weeks" --hours 5/week`',
    });
  }
  const cards = (await readPreparedBank()).map(({ question }) => cardOf(question));
  const options = {
    today,
    until: dayOf(wanted.until),
    hoursPerWeek: wanted.hoursPerWeek,
    target: wanted.target,
  };
  const plan = unwrap(makePlan(before, cards, options));
  if (stated !== undefined) {
    const folder = unwrap(openHistoryFolder(root));
    folder.append({ type: "plan", id: newRecordId(now), at: now.toISOString(), ...stated });
    folder.close();
  }
  const ways = roadmap === undefined ? [] : spreadRoadmap(roadmap, plan.weeks.length);
  if (input.has("json")) {
    const weeks = plan.weeks.map((week, i) => (ways[i] === undefined ? week : { ...week, roadmap: ways[i] }));
    terminal.out(JSON.stringify({ ...plan, weeks }, null, 2));
    return EXITS.done.code;
  }
  terminal.out(renderPlan(plan).join("\n"));
  if (roadmap !== undefined) {
    const lines = plan.weeks.flatMap(({ firstDay }, i) => [
      "",
      ...ways[i].flatMap(({ title, read, patterns, do: task }) => [
        `${new Date(firstDay * 86_400_000).toISOString().slice(0, 10)}  ${title}`,
        `  read: ${read.join(", ")}`,
        `  patterns: ${patterns.join(", ")}`,
        `  do: ${task}`,
      ]),
    ]);
    terminal.out(["", `${roadmap.title} (heptad library NAME prints a work or a pattern)`, ...lines].join("\n"));
  }
  return EXITS.done.code;
}

async function findRoadmap(name: string): Promise<Roadmap> {
  const { readLibrary } = await import("../../node/library-files.ts");
  const { roadmaps } = readLibrary();
  const found = roadmaps.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = roadmaps.map((one) => one.name);
  const suggestion = nearest(name, names);
  throw new FailureError({
    code: "unknown-roadmap",
    message: `the library has no roadmap \`${name.slice(0, 60)}\``,
    where: "--roadmap",
    fix: suggestion === undefined ? `one of ${names.join(", ")}` : `did you mean \`${suggestion}\`?`,
  });
}

function readStated(
  input: CommandInput,
  readPlanDay: (text: string, today: number) => number | undefined,
  today: number,
): { until: string; hoursPerWeek: number; target: number } | undefined {
  const until = input.value("until");
  if (until === undefined) return undefined;
  const wrong = (option: string, text: string, fix: string): never => {
    throw new FailureError({ code: "bad-option", message: `\`${text}\` cannot be read`, where: `--${option}`, fix });
  };
  const day =
    readPlanDay(until, today) ?? wrong("until", until, 'write a span such as "6 weeks", or a date as YYYY-MM-DD');
  const hours = input.value("hours") ?? "5/week";
  const hoursPerWeek = Number(
    /^(\d+(?:\.\d+)?)\s*(?:h|hours)?\s*(?:\/\s*week)?$/u.exec(hours)?.[1] ??
      wrong("hours", hours, "write it like 5/week"),
  );
  const target = Number(
    /^[1-6](?:\.\d+)?$/u.exec(input.value("target") ?? "5")?.[0] ??
      wrong("target", input.value("target") ?? "", "write a level from 1 to 6"),
  );
  return { until: new Date(day * 86_400_000).toISOString().slice(0, 10), hoursPerWeek, target };
}
