/** The features of a drafted note: what a model may see of a row, and what stands for who and what. */

import { isAggregateName, plainName } from "../features/aggregate-name.ts";
import { columnsAboutLabel } from "./about-the-label.ts";
import { columnsFromAfter } from "./after-the-row.ts";
import { FEWEST_OF_ONE, unitOf, waitOf } from "./drafted-split.ts";
import { quoted } from "./note-words.ts";
import { columnAs, type FilesProfile } from "./profiled-files.ts";
import type { ProfiledColumn, TableProfile } from "./profiled-table.ts";
import { askedAlike, isIdentifier, type Role } from "./seeming-role.ts";

/** What a model may see: every column but the label, identifiers of rows, moments, what gives the label away, and what its name puts after the row. */
export function inputsOf(profile: TableProfile): readonly ProfiledColumn[] {
  const leaking = new Set([
    ...profile.leaks.map(({ column }) => column),
    ...columnsFromAfter(profile.columns).map(({ name }) => name),
    ...columnsAboutLabel(profile.columns).map(({ name }) => name),
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
        !(["member", "item", "terminal"].includes(role) && rows < 2 * distinct) &&
        !(isIdentifier(name) && role === "attribute" && rows < FEWEST_OF_ONE * distinct) &&
        // Words that hardly come back name the row, whatever the column is called: no earlier row says anything of them.
        !(kind === "text" && rows < 2 * distinct) &&
        !(profile.time === undefined && name === unitOf(profile)?.name),
    )
    .slice(0, MOST_FEATURES);
}

const MOST_FEATURES = 60;

export function featureLines({ system }: FilesProfile, profile: TableProfile): readonly string[] {
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
    "features:   # proposed: every column but the label, identifiers of rows and of a few rows each, what gives the label away, and what its name puts after the row; words by the label's earlier rate",
    ...inputsOf(profile).map((column) =>
      featureLine(column, positiveName(system, profile), profile.time === undefined ? undefined : waitOf(profile)),
    ),
  ];
}

/** Numbers and words are values: a run puts a word's earlier rate in its place. Identifiers stand for that rate though they look like numbers. */
function featureLine(column: ProfiledColumn, label: string, wait: number | undefined): string {
  const { role, kind, name } = column;
  const known = nameInNote(column);
  const isNumbered = kind === "whole" && isIdentifier(name);
  if (!["member", "item", "terminal"].includes(role) && !isNumbered)
    return `  - { name: ${quoted(known)}, entity: row, aggregate: ${quoted(`value(${known})`)} }`;
  return `  - { name: ${known}_rate, entity: ${quoted(known)}, aggregate: ${quoted(`rate(${label})`)}, window: all${wait === undefined ? "" : `, delay: ${wait} d`}, smoothing: 20, target-based: true, fit: past-only }`;
}

/** A column as aggregates write it: its own name, or where that has blanks or signs a plainer one, which `columns` explains. */
export function nameInNote({ name, place }: ProfiledColumn): string {
  return isAggregateName(name) ? name : `${plainName(name)}_${place}`;
}

export function positiveName(system: string, profile: TableProfile): string {
  if (system === "fraud-detection") return "fraud";
  const name = plainName(columnAs(profile, "label")?.name ?? "label");
  // Of a name in another script nothing is left to call what is predicted by.
  return name === "column" ? "positive" : name;
}
