/** The source of a drafted note: files, columns, names of events, and what describes members and items. */

import { fileName } from "../../../core/file-name.ts";
import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import type { DraftOptions } from "./draft-options.ts";
import { featureLines, inputsOf, nameInNote, positiveName } from "./drafted-features.ts";
import { ASKED } from "./drafted-marks.ts";
import { draftPreference } from "./drafted-preference.ts";
import { saysWhenKnown, splitLine, timeLines, unitOf } from "./drafted-split.ts";
import { KINDS, NAMES, RELEASES } from "./joined-files.ts";
import { speaksForItself, yesOf } from "./label-answers.ts";
import { meanText } from "./mean-text.ts";
import { columnKey, quoted } from "./note-words.ts";
import { columnAs, type FilesProfile, type ProfiledFile } from "./profiled-files.ts";
import { daysSpanned, type TableProfile } from "./profiled-table.ts";
import type { Role } from "./seeming-role.ts";

export function sourceLines(files: FilesProfile, { relative }: DraftOptions): readonly string[] {
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
    lines.push(`  events: { ${answers} }   # ${ASKED}: which value of the label is to be predicted`);
  if (!isRecommendation && saysWhenKnown(profile))
    lines.push(
      `  known: { column: ${columnKey(profile.later?.column ?? "")} }   # proposed: whether it is when the label was known is asked`,
    );
  lines.push(...sideTables(files, relative));
  lines.push(...refundLine(files, profile));
  lines.push(...timeLines(profile));
  if (profile.time !== undefined) lines.push(...historyLine(daysSpanned(profile.time)));
  const member = columnAs(profile, "member");
  if (member !== undefined)
    lines.push(
      `entities: [{ key: ${quoted(member.name)}, rows: ${meanText(profile.rows / member.distinct)} }]   # measured`,
    );
  lines.push(splitLine(files, profile));
  lines.push(...featureLines(files, profile));
  return lines;
}

/** Where amounts lie below 0, a run stops unless somebody has said that such rows are left out. */
function refundLine({ system }: FilesProfile, profile: TableProfile): readonly string[] {
  const amount = columnAs(profile, "amount");
  if (system !== "fraud-detection" || amount === undefined || amount.negative === 0) return [];
  const { negative, name } = amount;
  return [
    `# repair: { bad-number: drop }   # asked: without it a run stops; with it ${negative === 1 ? "the row" : `the ${formatNumber(negative)} rows`} whose ${name} lies below 0 ${negative === 1 ? "is" : "are"} left out`,
  ];
}

/** One moment is no history. */
function historyLine(days: number): readonly string[] {
  if (!(days > 0)) return [];
  return [`history: ${days < 1 ? `${meanText(days * 24)} h` : `${meanText(days)} d`}   # measured`];
}

/** The label's values with names, where they are no 0 and 1 and no word for no and yes: which of them is meant only a person knows. */
function answersOf(profile: TableProfile, positive: string): string | undefined {
  const label = columnAs(profile, "label");
  if (label === undefined || speaksForItself(label)) return undefined;
  const yes = yesOf(label);
  return label.top
    .map(({ value }) => `${JSON.stringify(value)}: ${value === yes ? positive : `no-${positive}`}`)
    .join(", ");
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
    const column = columnAs(profile, role);
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
  const place = columnAs(profile, "position");
  return place === undefined ? [] : [["position", place.name]];
}

/** The number of a row in its file says nothing of whether it was written twice. */
const COUNTS_ROWS = /index|^unnamed|^column|^no\.?$|^nr\.?$|^row/iu;

/** Rows of one member, item and day are events of their own where each has an identifier of its own, but for those written again. */
function identifierOf(profile: TableProfile): readonly (readonly [string, string])[] {
  const id = columnAs(profile, "id");
  const repeated = profile.isRepeatedEstimated ? 0 : profile.repeated;
  const isOwn = id?.isCounted && id.distinct === profile.rows - repeated && !COUNTS_ROWS.test(id.name);
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
  return `  ${isItem ? "titles" : "profiles"}: { path: ${quoted(relative(paths[0]))}, columns: { ${columns.join(", ")} }${encoding} }   # measured: knows ${formatShare(share)} of them`;
}

function attributeName(name: string): string {
  return `a_${name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "_")}`;
}
