/** What is doubted where a mapped column gives the label away: every figure of the run, named by that column. */

import { capital } from "../../../core/capital.ts";
import type { Remark } from "../../../system/stage.ts";
import { GIVES_AWAY, type MappingFinding, nameOfMappingCode } from "./mapping-finding.ts";

/** Whatever a run measures with such a column is doubted first; `waived` are codes or names of findings that the note accepts with a reason. */
export function giveawayDoubts(findings: readonly MappingFinding[], waived: readonly string[]): readonly Remark[] {
  const [first, ...others] = findings.filter(
    ({ code }) => code === "HP338" && !waived.includes(code) && !waived.includes(nameOfMappingCode(code)),
  );
  if (first === undefined) return [];
  const [column] = first.message.split(GIVES_AWAY, 1);
  const text = `${first.message.slice(column.length + GIVES_AWAY.length)}${others.map(({ message }) => `; ${message}`).join("")}`;
  return [
    {
      kind: "doubt",
      rank: -1,
      short:
        others.length === 0
          ? `Any figure: ${column} gives the label away`
          : `Any figure: ${column} and ${others.length} more give the label away`,
      text: `${capital(text)}. ${capital(first.fix)}.`,
    },
  ];
}
