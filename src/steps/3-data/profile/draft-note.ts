/** A design note drafted from data: each fact marked as measured or proposed, and before them what only a person can say. */

import { namesOf } from "../../../core/file-name.ts";
import { formatShare } from "../../../core/format-figure.ts";
import { inOneLine } from "../../../core/one-line.ts";
import { FailureError } from "../../../core/outcome.ts";
import type { DraftOptions } from "./draft-options.ts";
import { positiveName } from "./drafted-features.ts";
import { ASKED, MARKS } from "./drafted-marks.ts";
import { draftPreference } from "./drafted-preference.ts";
import { sourceLines } from "./drafted-source.ts";
import { daysOf, waitOf } from "./drafted-split.ts";
import { meanText } from "./mean-text.ts";
import { columnKey, quoted } from "./note-words.ts";
import { openQuestions } from "./open-questions.ts";
import { columnAs, type FilesProfile } from "./profiled-files.ts";
import { daysSpanned, type TableProfile } from "./profiled-table.ts";
import { spokenColumn } from "./spoken-column.ts";

const DAY = 86_400;

/**
 * The note. What the data shows is measured; what is usual is proposed; what only a person knows is asked, and a value that stands there
 * meanwhile is proposed as well: nobody has said it. Throws a `FailureError` with the one question that is missing where the files do not show what to predict, or for whom.
 */
export function draftNote(files: FilesProfile, options: DraftOptions): string {
  const { profile } = files.files[files.main];
  const { system } = files;
  if (files.stops !== undefined) throw new FailureError(files.stops);
  const sections = [
    ["1. Clarify requirements and goals", clarify(files, profile)],
    ["2. Frame the ML problem", frame(files, profile)],
    ["3. Data engineering and feature pipeline", sourceLines(files, options)],
    ["4. Model selection and architecture", model(system, columnAs(profile, "item")?.distinct)],
    ["5. Training, offline evaluation and optimization", ["seed: 7   # proposed"]],
  ] as const;
  const body = sections
    .map(([heading, lines]) => `## ${heading}\n\n\`\`\`yaml\n${lines.join("\n")}\n\`\`\`\n`)
    .join("\n");
  const questions = openQuestions(files).map((question, at) => `${at + 1}. ${inOneLine(question)}`);
  return `---
heptad: 1
title: ${quoted(options.title)}
system: ${system}
date: ${options.date}
---

# ${options.title}

Drafted from ${namesOf(files.files.flatMap(({ paths }) => paths))
    .slice(0, 6)
    .join(", ")}: ${inOneLine(files.why)}. Facts are marked
${MARKS}

What the data cannot answer:

${questions.join("\n")}

${body}`;
}

function clarify({ system }: FilesProfile, profile: TableProfile): readonly string[] {
  const [member, item, label] = (["member", "item", "label"] as const).map((role) => columnAs(profile, role));
  const days = daysOf(profile);
  return [
    "# goal: what should get better, and for whom   # asked",
    ...(member === undefined
      ? []
      : [`users: { total: ${member.distinct} }   # measured: different values of ${spokenColumn(member.name)}`]),
    ...(item === undefined || system !== "recommendation"
      ? []
      : [`items: { count: ${item.distinct} }   # measured: different values of ${spokenColumn(item.name)}`]),
    ...(days === undefined || days < 1 || profile.time === undefined
      ? []
      : [`predictions: ${meanText(profile.rows / daysSpanned(profile.time))}/day   # measured: rows over days`]),
    ...(label === undefined
      ? [`labels: { count: ${profile.rows} }   # measured`]
      : [
          "labels:",
          `  count: ${profile.rows - label.missing}   # measured${label.missing === 0 ? "" : `: filled cells of ${spokenColumn(label.name)}`}`,
          `  positive-rate: ${formatShare(profile.positives ?? 0)}   # measured`,
          // Of what was shown, a click is known as soon as the row is; a delay would ask for a gap that ranking's split has none of.
          ...(system === "recommendation" || profile.time === undefined
            ? []
            : [`  delay: ${waitOf(profile)} d   # ${delayRemark(profile)}`]),
        ]),
    ...(member === undefined
      ? []
      : [
          `privacy: { personal: [${columnKey(member.name) === member.name && /^\d/u.test(member.name) ? "member" : quoted(member.name)}] }   # proposed`,
        ]),
  ];
}

function delayRemark({ later, time }: TableProfile): string {
  if (later === undefined || time === undefined) return `${ASKED}: how long after the row its label is known`;
  return `${ASKED}: is ${spokenColumn(later.column)} when the label was known? 95% of them lie within ${written(later.within)} of ${spokenColumn(time.column)}`;
}

function written(seconds: number): string {
  return seconds < DAY ? `${Math.ceil(seconds / 3600)} h` : `${Math.ceil(seconds / DAY)} d`;
}

function frame({ system }: FilesProfile, profile: TableProfile): readonly string[] {
  if (system === "recommendation") {
    return [
      "task: ranking   # proposed",
      draftPreference(profile).label,
      "baseline: { rule: most-popular, window: all, metric: ndcg@10 }   # proposed",
      "metrics: { offline: [ndcg@10, recall@20] }   # proposed",
    ];
  }
  return [
    "task: binary-classification   # proposed",
    "label:",
    `  event: ${positiveName(system, profile)}   # measured: its column`,
    ...(profile.time === undefined
      ? []
      : [`  window: ${waitOf(profile)} d   # ${ASKED}: how long after the row the event still counts`]),
    "metrics: { offline: [average precision, auc roc] }   # proposed",
    ...(system === "fraud-detection"
      ? [`threshold: { policy: capacity, capacity: ${reviewsADay(profile)}/day }   # ${ASKED}`]
      : []),
  ];
}

/** People look at few of a day's rows, of which the others go through. */
const LOOKED_AT = 0.01;
/** Where no time says how many rows a day has. */
const USUAL_REVIEWS = 100;

function reviewsADay({ rows, time }: TableProfile): number {
  const days = time === undefined ? 0 : daysSpanned(time);
  return days > 0 ? Math.max(1, Math.round((LOOKED_AT * rows) / Math.max(1, days))) : USUAL_REVIEWS;
}

/** The first stage hands on a hundred items, or all where there are fewer. */
function model(system: string, items: number | undefined): readonly string[] {
  if (system === "recommendation")
    return [
      "stages:   # proposed",
      `  - { name: candidates, model: als, factors: 32, keep: ${Math.min(100, items ?? 100)} }`,
    ];
  return [
    "stages:   # proposed: the first is the baseline that the second has to beat",
    "  - { name: baseline, model: logistic-regression }",
    "  - { name: model, model: gbdt, trees: 100, leaves: 16 }",
  ];
}
