/** Outcomes in a file of their own whose units are written otherwise than the assigned ones: each would count as 0 without a word. */

import { FailureError } from "../../../core/outcome.ts";
import { numbers, texts } from "../../../core/table.ts";
import { columnOf } from "../../3-data/sources/source-table.ts";
import type { SourceEnvironment, SourceTable } from "../../3-data/sources/table-types.ts";

/** Above this share of the assigned units nothing is read that near keys may have made 0. */
const NEAR_SHARE = 0.01;

/** The two files, and how many of the assigned units have a row in the outcomes. */
export interface JoinedFiles {
  readonly assignments: SourceTable;
  readonly outcomes: SourceTable;
  readonly unit: string;
  readonly assigned: number;
  readonly joined: number;
}

/** Assigned units without an outcome that the outcomes seem to know under another name, and one name of each side that joins nothing. */
export interface LooseKeys {
  readonly near: number;
  readonly examples: { readonly assigned: string; readonly outcome: string };
}

/**
 * Units without an outcome that the outcomes know under a near key: equal but for capitals, blanks, leading zeros, a trailing `.0`, or letters
 * and marks before the first digit. Throws a `FailureError` where no row of the outcomes is of an assigned unit, and where near keys are more
 * than 1 % of the assigned units.
 */
export async function checkOutcomeKeys(
  { sql }: SourceEnvironment,
  { assignments, outcomes, unit, assigned, joined }: JoinedFiles,
): Promise<LooseKeys> {
  const idOf = (table: SourceTable): string =>
    `SELECT DISTINCT CAST(${columnOf(table, unit)} AS VARCHAR) AS id FROM ${table.from}`;
  const rows = await sql.query(
    `WITH a AS (${idOf(assignments)}), o AS (${idOf(outcomes)}),
       lost AS (SELECT id, ${nearKey("id")} AS near FROM a ANTI JOIN o USING (id)),
       stray AS (SELECT id, ${nearKey("id")} AS near FROM o ANTI JOIN a USING (id)),
       strange AS (SELECT near, min(id) AS id FROM stray GROUP BY near),
       bare AS (SELECT ${bareKey("near")} AS bare, min(id) AS id FROM stray GROUP BY bare)
     SELECT count(*) AS n, min(id) AS one, arg_min(other, id) AS other,
       (SELECT min(id) FROM a) AS listed, (SELECT min(id) FROM o) AS known,
       (SELECT min(id) FROM lost) AS lonely, (SELECT min(id) FROM stray) AS stray
     FROM (SELECT lost.id, coalesce(strange.id, bare.id) AS other FROM lost LEFT JOIN strange USING (near)
       LEFT JOIN bare ON bare.bare = ${bareKey("lost.near")} AND bare.bare <> '') AS pairs WHERE other IS NOT NULL`,
  );
  const near = numbers(rows, "n")[0];
  const [one, other, listed, known, lonely, stray] = ["one", "other", "listed", "known", "lonely", "stray"].map(
    (name) => texts(rows, name)[0],
  );
  if (joined > 0 && near <= NEAR_SHARE * assigned) return { near, examples: { assigned: lonely, outcome: stray } };
  const example = near > 0 ? [other, one] : [known, listed];
  const [there, here] = example.map((id) => `\`${String(id).slice(0, 60)}\``);
  const isEmpty = outcomes.rows === 0 || known === "";
  throw new FailureError({
    code: "outcomes-do-not-join",
    message:
      near > 0
        ? `${near} of ${assigned} assigned units have no outcome under their own name, but one under a name that differs only in ${differenceOf(other, one)}: ${there} in the outcomes, ${here} in the assignments; they would all count as 0`
        : isEmpty
          ? `the outcomes have no rows, so all ${assigned} assigned units would count as 0`
          : `no row of the outcomes is of one of the ${assigned} assigned units, which would all count as 0: there is ${there} in the outcomes, ${here} in the assignments`,
    where: outcomes.path,
    fix: "write the units alike in both files, or name the right column with --unit; if they are different units, leave the outcomes of those that were not assigned out",
  });
}

/** What is left of an identifier that capitals, blanks, leading zeros and a number's `.0` do not change. */
function nearKey(id: string): string {
  const bare = `regexp_replace(lower(${id}), '[\\s\\x{00A0}\\x{FEFF}]', '', 'g')`;
  return `regexp_replace(regexp_replace(${bare}, '^([0-9]+)\\.0+$', '\\1'), '(^|[^0-9])0+([0-9])', '\\1\\2', 'g')`;
}

/** What is left of a near key from its first digit on: `user_12` and `12` are one; empty where there is no digit. */
function bareKey(near: string): string {
  return `regexp_replace(${near}, '^[^0-9]+', '')`;
}

function differenceOf(one: string, other: string): string {
  const bare = (id: string): string => id.replace(/\s|\u{FEFF}/gu, "");
  if (bare(one) === bare(other)) return "blanks";
  if (bare(one).toLowerCase() === bare(other).toLowerCase()) return "capitals";
  const head = (id: string): string =>
    bare(id)
      .toLowerCase()
      .replace(/[0-9].*$/u, "");
  return head(one) === head(other) ? "leading zeros or a trailing `.0`" : "what stands before the first digit";
}
