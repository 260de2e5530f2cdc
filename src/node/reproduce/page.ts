/** docs/reproduced.md: every table that was reproduced, written out of its kept result. */

import type { ReportTable } from "../../report/sections.ts";
import { describeTable } from "./describe.ts";
import type { TableResult } from "./result.ts";
import type { PublishedTable } from "./table.ts";

const BEFORE = `# Published tables, reproduced

Generated out of \`docs/reproduced/*.json\`, which \`heptad reproduce TABLE --data FOLDER --write\` writes. Each table stands beside
its published rows, with the metrics, splits and intervals of \`src/steps/5-evaluate\`. Settings are chosen on validation
only; the test of the chosen settings is read once. Intervals are 95 %, over what a table averages: people, queries or rows of a log. A published figure is taken as printed, without
an interval of its own: *better* says that our whole interval lies above it. The data stays where it is; none of it is here.
`;

/** One result with the table it is of. */
export interface Reproduced {
  readonly table: PublishedTable;
  readonly result: TableResult;
}

export function reproducedPage(all: readonly Reproduced[]): string {
  return [BEFORE, ...all.map(section)].join("\n");
}

function section({ table, result }: Reproduced): string {
  const { rows, verdicts, checks, claims, how } = describeTable(table, result);
  return [
    `## ${table.title}`,
    "",
    `\`heptad reproduce ${result.table} --data FOLDER\`. ${table.about}`,
    "",
    table["as-published"],
    "",
    ...markdownTable(rows),
    "",
    ...verdicts.map((one) => `- ${one}`),
    ...table.doubts.map((doubt) => `- doubt: ${doubt}`),
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
