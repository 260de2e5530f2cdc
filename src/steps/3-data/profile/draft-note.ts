/** A design note drafted from data: each fact marked as measured, proposed or asked, and below it what only a person can say. */

import { fileName } from "../../../core/file-name.ts";
import { FailureError } from "../../../core/outcome.ts";
import { columnsFromAfter } from "./after-the-row.ts";
import type { DraftOptions } from "./draft-options.ts";
import { draftPreference } from "./drafted-preference.ts";
import { KINDS, NAMES, RELEASES } from "./joined-files.ts";
import { speaksForItself, yesOf } from "./label-answers.ts";
import { quoted } from "./note-words.ts";
import { openQuestions } from "./open-questions.ts";
import type { FilesProfile, ProfiledFile } from "./profiled-files.ts";
import type { ProfiledColumn, TableProfile } from "./profiled-table.ts";
import { askedAlike, type Role } from "./seeming-role.ts";
import { spokenColumn } from "./spoken-column.ts";

const DAY = 86_400;

/**
 * The note. What the data shows is measured; what is usual is proposed; what only a person knows is asked. Throws a `FailureError` with the one
 * question that is missing where the files do not show what to predict, or for whom.
 */
export function draftNote(files: FilesProfile, options: DraftOptions): string {
  const { profile } = files.files[files.main];
  const { system } = files;
  if (files.stops !== undefined) throw new FailureError(files.stops);
  const sections = [
    ["1. Clarify requirements and goals", clarify(files, profile)],
    ["2. Frame the ML problem", frame(files, profile)],
    ["3. Data engineering and feature pipeline", data(files, options)],
    ["4. Model selection and architecture", model(system, of(profile, "item")?.distinct)],
    ["5. Training, offline evaluation and optimization", ["seed: 7   # proposed"]],
  ] as const;
  const body = sections
    .map(([heading, lines]) => `## ${heading}\n\n\`\`\`yaml\n${lines.join("\n")}\n\`\`\`\n`)
    .join("\n");
  const questions = openQuestions(files).map((question, at) => `${at + 1}. ${question}`);
  return `---
heptad: 1
title: ${quoted(options.title)}
system: ${system}
date: ${options.date}
---

# ${options.title}

Drafted from ${files.files
    .flatMap(({ paths }) => paths.map(fileName))
    .slice(0, 6)
    .join(", ")}: ${files.why}. Facts are marked
**measured** (counted in the data), **proposed** (usual for such data; change it) or **asked** (nobody but you can say).

What the data cannot answer:

${questions.join("\n")}

${body}`;
}

function of(profile: TableProfile, role: Role): ProfiledColumn | undefined {
  return profile.columns.find((column) => column.role === role);
}

function clarify({ system }: FilesProfile, profile: TableProfile): readonly string[] {
  const [member, item, label] = (["member", "item", "label"] as const).map((role) => of(profile, role));
  const days = daysOf(profile);
  return [
    "goal: What should get better, and for whom   # asked",
    ...(member === undefined
      ? []
      : [`users: { total: ${member.distinct} }   # measured: different values of ${spokenColumn(member.name)}`]),
    ...(item === undefined || system !== "recommendation"
      ? []
      : [`items: { count: ${item.distinct} }   # measured: different values of ${spokenColumn(item.name)}`]),
    ...(days === undefined || days < 1
      ? []
      : [`predictions: ${Math.max(1, Math.round(profile.rows / days))}/day   # measured: rows over days`]),
    ...(label === undefined
      ? [`labels: { count: ${profile.rows} }   # measured`]
      : [
          "labels:",
          `  count: ${profile.rows}   # measured`,
          `  positive-rate: ${percent(profile.positives ?? 0)}   # measured`,
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
  if (later === undefined || time === undefined) return "asked: how long after the row its label is known";
  return `asked: is ${spokenColumn(later.column)} when the label was known? 95% of them lie within ${written(later.within)} of ${spokenColumn(time.column)}`;
}

function written(seconds: number): string {
  return seconds < DAY ? `${Math.ceil(seconds / 3600)} h` : `${Math.ceil(seconds / DAY)} d`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}

/** How long labels take, as measured, else a placeholder which the history leaves room for; and what the split waits. In days. */
function waitOf(profile: TableProfile): number {
  const measured = profile.later === undefined ? 7 : Math.max(1, Math.ceil(profile.later.within / DAY));
  return profile.later === undefined
    ? Math.min(measured, Math.max(1, Math.round((daysOf(profile) ?? 70) / 10)))
    : measured;
}

/** Rows that have a later moment, from which on it may be when every label was known. */
const NEARLY_ALL = 0.99;

/** Whether the data says for each row when its label may have become known. */
function saysWhenKnown({ later }: TableProfile): boolean {
  return later !== undefined && later.share >= NEARLY_ALL;
}

function daysOf({ time }: TableProfile): number | undefined {
  return time === undefined ? undefined : (time.last - time.first) / DAY;
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
      : [`  window: ${waitOf(profile)} d   # asked: how long after the row the event still counts`]),
    "metrics: { offline: [average precision, auc roc] }   # proposed",
    ...(system === "fraud-detection" ? ["threshold: { policy: capacity, capacity: 100/day }   # asked"] : []),
  ];
}

function positiveName(system: string, profile: TableProfile): string {
  return system === "fraud-detection" ? "fraud" : featureName(of(profile, "label")?.name ?? "label");
}

/** The label's values with names, where they are no 0 and 1 and no word for no and yes: which of them is meant only a person knows. */
function answersOf(profile: TableProfile, positive: string): string | undefined {
  const label = of(profile, "label");
  if (label === undefined || speaksForItself(label)) return undefined;
  const yes = yesOf(label);
  return label.top
    .map(({ value }) => `${JSON.stringify(value)}: ${value === yes ? positive : `no-${positive}`}`)
    .join(", ");
}

function data(files: FilesProfile, { relative }: DraftOptions): readonly string[] {
  const file = files.files[files.main];
  const { profile } = file;
  const isRecommendation = files.system === "recommendation";
  const [only] = file.paths;
  const paths =
    file.paths.length === 1
      ? quoted(relative(only))
      : `[${file.paths.map((path) => quoted(relative(path))).join(", ")}]`;
  const said = Object.entries(file.said).map(([key, value]) => `  ${key}: ${value}`);
  const lines = ["source:", `  format: ${file.format}`, `  path: ${paths}`, ...said];
  if (file.said.rows !== "list")
    lines.push(
      `  columns: { ${columnPairs(files, profile).join(", ")} }   # measured: each for the reason that \`heptad data\` gives`,
    );
  const events = isRecommendation ? draftPreference(profile).events : [];
  if (events.length > 0)
    lines.push(
      `  events: { ${events.map(([value, name]) => `${quoted(value)}: ${quoted(name)}`).join(", ")} }   # proposed names`,
    );
  const answers = isRecommendation ? undefined : answersOf(profile, positiveName(files.system, profile));
  if (answers !== undefined)
    lines.push(`  events: { ${answers} }   # asked: which value of the label is to be predicted`);
  if (!isRecommendation && saysWhenKnown(profile))
    lines.push(
      `  known: { column: ${columnKey(profile.later?.column ?? "")} }   # proposed: whether it is when the label was known is asked`,
    );
  lines.push(...sideTables(files, relative));
  lines.push(...timeLines(profile));
  const days = daysOf(profile);
  if (days !== undefined) lines.push(`history: ${Math.max(1, Math.round(days))} d   # measured`);
  const member = of(profile, "member");
  if (member !== undefined)
    lines.push(
      `entities: [{ key: ${quoted(member.name)}, rows: ${Math.max(1, Math.round(profile.rows / member.distinct))} }]   # measured`,
    );
  lines.push(splitLine(files, profile));
  lines.push(...featureLines(files, profile));
  return lines;
}

function columnPairs({ system }: FilesProfile, profile: TableProfile): readonly string[] {
  const pairs: readonly (readonly [string, Role])[] =
    system === "recommendation"
      ? [
          ["member", "member"],
          ["title", "item"],
        ]
      : system === "fraud-detection"
        ? [
            ["customer", "member"],
            ["terminal", "terminal"],
            ["amount", "amount"],
            ["fraud", "label"],
            ["id", "id"],
          ]
        : [
            ["label", "label"],
            ["id", "id"],
          ];
  // Rows that are dealt by who they belong to are drawn so in intervals as well: mapped, the column is an entity.
  const together = system === "binary-classification" && profile.time === undefined ? unitOf(profile) : undefined;
  const named = pairs.flatMap(([meaning, role]) => {
    const column = of(profile, role);
    return column === undefined ? [] : [`${meaning}: ${columnKey(column.name)}`];
  });
  if (system === "recommendation")
    return [
      ...named,
      ...[...draftPreference(profile).columns, ...placeOf(profile), ...identifierOf(profile)].map(
        ([meaning, name]) => `${meaning}: ${columnKey(name)}`,
      ),
    ];
  if (system !== "binary-classification") return named;
  const renamed = inputsOf(profile).filter((column) => nameInNote(column) !== column.name);
  const unit = together === undefined ? [] : [`${nameInNote(together)}: ${columnKey(together.name)}`];
  return [...named, ...unit, ...renamed.map((column) => `${nameInNote(column)}: ${columnKey(column.name)}`)];
}

function placeOf(profile: TableProfile): readonly (readonly [string, string])[] {
  const place = of(profile, "position");
  return place === undefined ? [] : [["position", place.name]];
}

/** The number of a row in its file says nothing of whether it was written twice. */
const COUNTS_ROWS = /index|^unnamed|^column|^no\.?$|^nr\.?$|^row/iu;

/** Rows of one member, item and day are events of their own where each has an identifier of its own. */
function identifierOf(profile: TableProfile): readonly (readonly [string, string])[] {
  const id = of(profile, "id");
  const isOwn = id?.isCounted && id.distinct === profile.rows && !COUNTS_ROWS.test(id.name);
  return isOwn ? [["id", id.name]] : [];
}

function sideTables(files: FilesProfile, relative: (path: string) => string): readonly string[] {
  if (files.system !== "recommendation") return [];
  return files.joins.flatMap(({ to, toColumn, column, share }) => {
    const side = files.files.find(({ paths }) => fileName(paths[0]) === to);
    if (side === undefined || share === 0) return [];
    const isItem = files.files[files.main].profile.columns.find(({ name }) => name === column)?.role === "item";
    return [sideLine(side, toColumn, isItem, share, relative)];
  });
}

function sideLine(
  { paths, profile, said }: ProfiledFile,
  key: string,
  isItem: boolean,
  share: number,
  relative: (path: string) => string,
): string {
  const named = profile.columns.filter(({ name }) => name !== key);
  const isNamed = !profile.columns.every(({ name, place }) => name === String(place));
  const find = (pattern: RegExp): string | undefined => named.find(({ name }) => pattern.test(name))?.name;
  // Without names, what is a text of its own in nearly each row is what an item is called.
  const called = (): string | undefined =>
    named.find(({ kind, distinct }) => kind === "text" && distinct > 0.9 * profile.rows)?.name;
  const known: readonly (readonly [string, string | undefined])[] = isItem
    ? [
        ["title", key],
        ["name", isNamed ? find(NAMES) : called()],
        ["released", find(RELEASES)],
        ["genres", find(KINDS)],
      ]
    : [
        ["member", key],
        ...named
          .filter(({ kind }) => kind !== "empty")
          .slice(0, 6)
          .map(({ name }): [string, string] => [attributeName(name), name]),
      ];
  const columns = known.flatMap(([meaning, column]) =>
    column === undefined ? [] : [`${meaning}: ${columnKey(column)}`],
  );
  const encoding = said.encoding === undefined ? "" : `, encoding: ${said.encoding}`;
  return `  ${isItem ? "titles" : "profiles"}: { path: ${quoted(relative(paths[0]))}, columns: { ${columns.join(", ")} }${encoding} }   # measured: knows ${percent(share)} of them`;
}

function attributeName(name: string): string {
  return `a_${name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "_")}`;
}

function timeLines({ time, timeQuestion }: TableProfile): readonly string[] {
  if (time !== undefined) return [`time: ${quoted(time.column)}   # measured: ${time.says}`];
  return [
    `time: none   # ${timeQuestion === undefined ? "measured: no column holds moments" : "asked: see the first question"}`,
  ];
}

function splitLine({ system }: FilesProfile, profile: TableProfile): string {
  const days = daysOf(profile);
  if (days === undefined && system === "binary-classification") {
    const together = unitOf(profile);
    return together === undefined
      ? "split: { by: random, validation: 10%, test: 20% }   # proposed: without time rows are dealt at random"
      : `split: { by: group, group: ${columnKey(together.name)}, validation: 10%, test: 20% }   # proposed: without time, all rows of one stay together`;
  }
  if (days === undefined)
    return "split: { by: random-per-member, validation: 10%, test: 20% }   # proposed: without time nothing else is fair";
  if (system === "fraud-detection" || system === "binary-classification") {
    const test = Math.max(1, Math.round(days / 8));
    // An earlier round waits for its labels too: two waits and two tests go before the training.
    const wait = waitOf(profile);
    const room = Math.floor(days) - 2 * (wait + test);
    const train = Math.max(1, Math.min(Math.round(days / 2), room > test ? room : Math.floor(days) - wait - test));
    return `split: { by: time, train: ${train} d, gap: ${wait} d, test: ${test} d }   # proposed`;
  }
  return "split: { by: time, train: 70%, validation: 10%, test: 20% }   # proposed";
}

function featureLines({ system }: FilesProfile, profile: TableProfile): readonly string[] {
  if (system === "fraud-detection") {
    return [
      "features:   # proposed",
      "  - { name: amount, entity: transaction, aggregate: value(amount) }",
      "  - { name: customer_count_7d, entity: customer, aggregate: count(), window: 7 d }",
      "  - { name: customer_mean_7d, entity: customer, aggregate: mean(amount), window: 7 d }",
      `  - { name: terminal_risk_7d, entity: terminal, aggregate: rate(fraud), window: 7 d, delay: ${waitOf(profile)} d, smoothing: 10 }`,
    ];
  }
  if (system !== "binary-classification") return [];
  return [
    "features:   # proposed: every column but the label, identifiers of rows, what gives the label away, and what its name puts after the row; words by the label's earlier rate",
    ...inputsOf(profile).map((column) =>
      featureLine(column, positiveName(system, profile), profile.time === undefined ? undefined : waitOf(profile)),
    ),
  ];
}

/** Who has several rows: they stay together where rows are dealt. */
function unitOf(profile: TableProfile): ProfiledColumn | undefined {
  const member = of(profile, "member");
  return member !== undefined && hasSeveralRows(member) ? member : undefined;
}

/** Whether a rate of earlier rows can say anything of a row: nearly every row of its own is met once. */
function hasSeveralRows({ rows, distinct }: ProfiledColumn): boolean {
  return rows >= 2 * distinct;
}

/** What a model may see: every column but the label, identifiers of rows, moments, what gives the label away, and what its name puts after the row. */
function inputsOf(profile: TableProfile): readonly ProfiledColumn[] {
  const leaking = new Set([
    ...profile.leaks.map(({ column }) => column),
    ...columnsFromAfter(profile.columns).map(({ name }) => name),
  ]);
  const others: readonly Role[] = ["label", "id", "list", "constant", "empty", "time"];
  return profile.columns
    .filter(
      ({ role, name, kind, distinct, rows }) =>
        !others.includes(role) &&
        kind !== "time" &&
        distinct > 1 &&
        name !== profile.timeAsked &&
        !leaking.has(name) &&
        !askedAlike(profile).includes(name) &&
        !(role === "member" && rows < 2 * distinct) &&
        !(profile.time === undefined && name === unitOf(profile)?.name),
    )
    .slice(0, MOST_FEATURES);
}

const MOST_FEATURES = 60;

/** Numbers and words are values: a run puts a word's earlier rate in its place. Identifiers stand for that rate though they look like numbers. */
function featureLine(column: ProfiledColumn, label: string, wait: number | undefined): string {
  const { role } = column;
  const known = nameInNote(column);
  if (!["member", "item", "terminal"].includes(role))
    return `  - { name: ${quoted(known)}, entity: row, aggregate: ${quoted(`value(${known})`)} }`;
  return `  - { name: ${known}_rate, entity: ${quoted(known)}, aggregate: ${quoted(`rate(${label})`)}, window: all${wait === undefined ? "" : `, delay: ${wait} d`}, smoothing: 20, target-based: true, fit: past-only }`;
}

/** A column as aggregates write it: its own name, or where that has blanks or signs a plainer one, which `columns` explains. */
function nameInNote({ name, place }: ProfiledColumn): string {
  return /^[A-Za-z_][\w.-]*$/u.test(name) ? name : `${featureName(name)}_${place}`;
}

function featureName(name: string): string {
  const plain = name
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[^a-z0-9]+/gu, "_")
    .replaceAll(/^_|_$/gu, "");
  return /^[a-z]/u.test(plain) ? plain : `column_${plain}`;
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

/** A column in a mapping: by its name, or by its number where it has none. */
function columnKey(name: string): string {
  return /^[1-9]\d{0,4}$/u.test(name) ? name : quoted(name);
}
