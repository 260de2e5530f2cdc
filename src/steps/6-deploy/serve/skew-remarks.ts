/** What is said of features that training and serving compute apart: how many rows differ, and that a model judged on others is not the one that is served. */

import { formatNumber } from "../../../core/format-figure.ts";
import type { Remark } from "../../../system/stage.ts";

/** `replayed` says what was replayed, in the plural; `more` comes after it. */
export function skewRemarks(
  { differing, rows }: { readonly differing: number; readonly rows: number },
  replayed: string,
  more = "",
): readonly Remark[] {
  const counted = `${formatNumber(differing)} of ${formatNumber(rows)} ${replayed}`;
  const said = `Training and serving compute features apart: ${counted} differ in any feature.${more}`;
  if (differing === 0) return [{ kind: "answer", text: said }];
  return [
    { kind: "warning", text: said },
    {
      kind: "doubt",
      rank: 2,
      short: "That it serves as well as it tested",
      text: `${counted} differ in a feature between training and serving: the test judged other inputs than the service would have.`,
    },
  ];
}
