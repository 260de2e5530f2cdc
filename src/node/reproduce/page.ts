/** docs/reproduced.md: every table that was reproduced, written out of its kept result. */

import type { ReportTable } from "../../report/sections.ts";
import { describeTable } from "./describe.ts";
import type { TableResult } from "./result.ts";
import type { PublishedTable } from "./table.ts";

const before = (all: readonly Reproduced[]): string => `# Published tables, reproduced

Generated out of \`docs/reproduced/*.json\`, which \`heptad reproduce TABLE --data FOLDER --write\` writes. Each table stands beside
its published rows, with the metrics, splits and intervals of \`src/steps/5-evaluate\`. Settings are chosen on validation
and judged on the test.${readBefore(all)} Intervals are 95 %, over what a table averages: people, queries or rows of a log. A published figure is taken as printed, without
an interval of its own: *better* says that our whole interval lies above it. The data stays where it is; none of it is here. A table is
made only of data that hold as many rows as the published files. Times are of the machine that made a table; those that come with Heptad were made on two cores that other programs used as well.
`;

/** One result with the table it is of. */
export interface Reproduced {
  readonly table: PublishedTable;
  readonly result: TableResult;
}

export function reproducedPage(all: readonly Reproduced[]): string {
  return [before(all), ...all.map(section)].join("\n");
}

/** Names the tables whose settings were not chosen blindly. */
function readBefore(all: readonly Reproduced[]): string {
  const named = all.flatMap(({ table }) => (table["test-read-before"] === undefined ? [] : [table.title]));
  if (named.length === 0) return "";
  return ` Of some tables a test had been read before their settings were set, and their first doubt says how: ${named.join("; ")}.`;
}

function section({ table, result }: Reproduced): string {
  const { rows, verdicts, cautions, checks, claims, how } = describeTable(table, result);
  return [
    `## ${table.title}`,
    "",
    `\`heptad reproduce ${result.table} --data FOLDER\`. ${table.about}`,
    "",
    table["as-published"],
    "",
    ...markdownTable(rows),
    "",
    ...[...verdicts, ...cautions].map((one) => `- ${one}`),
    "",
    ...[checks, claims].flatMap((one) =>
      one === undefined
        ? []
        : [`${one.title.charAt(0).toUpperCase()}${one.title.slice(1)}:`, "", ...markdownTable(one), ""],
    ),
    `${how}.`,
    "",
  ].join("\n");
}

function markdownTable({ header, rows }: ReportTable): readonly string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), `|${header.map(() => "---").join("|")}|`, ...rows.map(line)];
}
