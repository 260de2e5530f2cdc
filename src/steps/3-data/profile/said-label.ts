/** The column that somebody says is to be predicted, and what is asked where neither names nor values show one. */

import { nearest } from "../../../core/nearest.ts";
import { FailureError } from "../../../core/outcome.ts";
import type { ColumnProfile } from "./column-profile.ts";
import { describeValues, type Role, type SeemingRole } from "./seeming-role.ts";

/** Throws a `FailureError` where the column holds other than two values: a kind that predicts two can not be trained on it. */
export function checkSaidLabel(column: ColumnProfile): SeemingRole {
  if (column.distinct !== 2)
    throw new FailureError({
      code: "no-two-values",
      message: `\`${column.name}\` is said to be the label and holds ${describeValues(column)}; what is predicted here is one of two values`,
      where: "--label",
      fix: "name a column of two values, such as 0 and 1, or add one to the data",
    });
  return { role: "label", why: "it is said to be what is predicted", strength: 3 };
}

/** Throws a `FailureError` with the nearest name where no file holds the column. */
export function checkLabelIsThere(label: string, names: readonly string[]): void {
  if (names.includes(label)) return;
  const meant = nearest(label, names);
  throw new FailureError({
    code: "no-such-column",
    message: `no column is called \`${label}\``,
    where: "--label",
    fix: meant === undefined ? `name one of ${names.slice(0, 12).join(", ")}` : `did you mean \`${meant}\`?`,
  });
}

/** In fewer rows any column may hold two values, an identifier too. */
const FEWEST_ROWS = 20;

/** What is asked where no system can be told from the columns: a note drafted all the same would train on a guess. */
export function askForLabel(
  columns: readonly (Pick<ColumnProfile, "name" | "distinct" | "rows"> & { readonly role: Role })[],
  file: string,
  why: string,
): FailureError {
  const two = columns
    .filter(({ distinct, role, rows }) => distinct === 2 && rows >= FEWEST_ROWS && role !== "time")
    .map(({ name }) => name);
  return new FailureError({
    code: "nothing-to-predict",
    message: `${file}: ${why}. What is to be predicted?`,
    fix:
      two.length === 0
        ? "add a column of two values that says it, or name the columns that say who and what `user` and `item`; `heptad data` says what each seems to be"
        : `say it by --label ${two[two.length - 1]}${two.length === 1 ? "" : `; two values stand in ${two.map((name) => `\`${name}\``).join(", ")}`}`,
  });
}
