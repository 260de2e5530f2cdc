/** The columns that somebody says mean something, and what is asked where neither names nor values show what is to be predicted. */

import { nearest } from "../../../core/nearest.ts";
import { FailureError } from "../../../core/outcome.ts";
import { isPictureName, RUN_PHOTOS } from "../pictures/picture-names.ts";
import type { ColumnProfile } from "./column-profile.ts";
import { describeValues, isCalledLikeLabel, type Role, type SeemingRole } from "./seeming-role.ts";

/** What somebody says of columns, by their names: what is predicted, who, what and when. */
export interface SaidColumns {
  readonly label?: string;
  readonly user?: string;
  readonly item?: string;
  readonly time?: string;
}

/** The role that a column is said to have. Throws a `FailureError` for a label that can be none. */
export function saidRole(column: ColumnProfile, { label, user, item }: SaidColumns): SeemingRole | undefined {
  if (column.name === label) return checkSaidLabel(column);
  if (column.name === user) return { role: "member", why: "it is said to say who", strength: 4 };
  if (column.name === item) return { role: "item", why: "it is said to say what", strength: 4 };
  return undefined;
}

/** Throws a `FailureError` where the column holds other than two values: a kind that predicts two can not be trained on it. */
function checkSaidLabel(column: ColumnProfile): SeemingRole {
  if (column.distinct !== 2)
    throw new FailureError({
      code: "no-two-values",
      message: `\`${column.name}\` is said to be the label and holds ${describeValues(column)}; what is predicted here is one of two values`,
      where: "--label",
      fix: "name a column of two values, such as 0 and 1, or add one to the data",
    });
  return { role: "label", why: "it is said to be what is predicted", strength: 3 };
}

/** Throws a `FailureError` with the nearest name where no file holds a column that something is said of, or where two things are said of one. */
export function checkSaid(said: SaidColumns, names: readonly string[]): void {
  const pairs = Object.entries(said).filter(([, name]) => name !== undefined);
  for (const [option, name] of pairs) {
    const twice = pairs.find(([other, one]) => other !== option && one === name);
    if (twice !== undefined)
      throw new FailureError({
        code: "said-twice",
        message: `\`${name}\` cannot be both --${option} and --${twice[0]}`,
        where: `--${twice[0]}`,
        fix: "name another column, or leave one of them out",
      });
    if (names.includes(name)) continue;
    const meant = nearest(name, names);
    throw new FailureError({
      code: "no-such-column",
      message: `no column is called \`${name}\``,
      where: `--${option}`,
      fix: meant === undefined ? `name one of ${names.slice(0, 12).join(", ")}` : `did you mean \`${meant}\`?`,
    });
  }
}

/** In fewer rows any column may hold two values, an identifier too. */
const FEWEST_ROWS = 20;

/** What is asked where no system can be told from the columns: a note drafted all the same would train on a guess. */
export function askForLabel(
  columns: readonly (Pick<ColumnProfile, "name" | "distinct" | "rows" | "kind" | "least" | "most"> &
    Partial<Pick<ColumnProfile, "top">> & {
      readonly role: Role;
    })[],
  file: string,
  why: string,
): FailureError {
  const photos = photosIn(columns);
  if (photos !== undefined)
    return new FailureError({
      code: "photos-listed",
      message: `${file}: \`${photos}\` names files of photos: what is in them is not read as a table`,
      fix: `${RUN_PHOTOS}, with a column of the item and one of the part at most beside them; where more stand in it, \`heptad new NAME --runs visual-search\` writes a note whose section 3 can say which are which: \`source: { format: images, path: …, columns: { path: ${photos}, label: … } }\``,
    });
  const matrix = seemsMatrix(columns);
  if (matrix !== undefined)
    return new FailureError({
      code: "matrix-of-values",
      message: `${file}: ${matrix} of ${columns.length} columns hold numbers of one range: this seems a matrix of a row a member and a column an item, and rows are read one event each`,
      fix: "write one row a value: who, what, how much (UNPIVOT in DuckDB, `melt` in pandas), and leave out the cells that stand for nothing",
    });
  const isUnnamed = columns.every(({ name }, at) => name === String(at + 1));
  const several = columns.find(
    ({ name, distinct, rows, role }) =>
      role !== "time" &&
      (ENDS.test(name) || isCalledLikeLabel(name)) &&
      distinct > 2 &&
      distinct <= 20 &&
      rows >= FEWEST_ROWS,
  );
  const isYesOrNo = ({ kind, least, most }: (typeof columns)[number]): boolean =>
    kind === "boolean" || (least === 0 && most === 1);
  // The last is proposed: of two words neither says yes.
  const ofTwo = columns.filter(({ distinct, role, rows }) => distinct === 2 && rows >= FEWEST_ROWS && role !== "time");
  const two = [...ofTwo.filter((one) => !isYesOrNo(one)), ...ofTwo.filter(isYesOrNo)].map(({ name }) => name);
  return new FailureError({
    code: "nothing-to-predict",
    message: `${file}: ${why}. ${isUnnamed ? "Which columns say who, what, and what is to be predicted?" : "What is to be predicted?"}${several === undefined ? "" : ` Is it in \`${several.name}\`, which holds ${several.distinct} different values?`}`,
    fix: isUnnamed
      ? `the file names none of its ${columns.length} columns: say it by their numbers, as in --user 1 --item 2 --time 3, or --label ${columns.length} for what is to be predicted; or write a first line with their names`
      : [...askTwo(two, why.includes(OTHER_IN_EACH_ROW)), ...(several === undefined ? [] : [OF_SEVERAL])].join("; or "),
  });
}

/** The column whose cells name photos; undefined where there is none. */
export function photosIn(
  columns: readonly (Pick<ColumnProfile, "name"> & Partial<Pick<ColumnProfile, "top">>)[],
): string | undefined {
  return columns.find(({ top = [] }) => top.length > 0 && top.every(({ value }) => isPictureName(value)))?.name;
}

/** Said of a column by which nothing comes back. */
export const OTHER_IN_EACH_ROW = "holds another value in every row";

const WHO_AND_WHAT = "where rows say who did something with what, name those columns by --user and --item";

function askTwo(two: readonly string[], isNobodyBack: boolean): readonly string[] {
  if (two.length === 0 && isNobodyBack)
    return [
      "give a table in which the same come back, one row for each thing done; or add a column of two values that says what is to be predicted of a row",
    ];
  if (two.length === 0)
    return [
      "add a column of two values that says it, or name the columns that say who and what by --user and --item; `heptad data` says what each seems to be",
    ];
  const others = two.length === 1 ? "" : `; two values stand in ${two.map((name) => `\`${name}\``).join(", ")}`;
  return [`say it by --label ${two[two.length - 1]}${others}`, WHO_AND_WHAT];
}

const OF_SEVERAL =
  "where it is one of several values, leave out the rows that are open still, and write which of the others are predicted as a column of two";

/** Names for how something ended. */
const ENDS = /(?:^|_)(?:class|label|target|status|outcome|result|state)$/iu;

/** Columns of fewer are few enough to be different things of one range. */
const FEWEST_OF_MATRIX = 15;

/** Of many columns, how many hold numbers of nearly one range; undefined where they are not most of them. */
function seemsMatrix(columns: readonly Pick<ColumnProfile, "kind" | "least" | "most">[]): number | undefined {
  const numeric = columns.filter(({ kind }) => kind === "number" || kind === "whole");
  if (numeric.length < FEWEST_OF_MATRIX) return undefined;
  const middle = (of: "least" | "most"): number =>
    numeric.map((column) => column[of]).sort((one, other) => one - other)[Math.floor(numeric.length / 2)];
  const [least, most] = [middle("least"), middle("most")];
  const near = 0.1 * (most - least);
  const alike = numeric.filter(
    (one) => Math.abs(one.least - least) <= near && Math.abs(one.most - most) <= near,
  ).length;
  return alike >= FEWEST_OF_MATRIX && alike >= 0.7 * columns.length ? alike : undefined;
}
