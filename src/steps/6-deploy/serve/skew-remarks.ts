/** What is said of features that training and serving compute apart: how many rows differ, and that a model judged on others is not the one that is served. */

import { formatNumber } from "../../../core/format-figure.ts";
import type { Remark } from "../../../system/stage.ts";

/** Names of features said at most. */
const NAMED = 3;

/** `features` are the names of those that differ; `replayed` says what was replayed, in the plural; `more` comes after it. */
export function skewRemarks(
  {
    differing,
    rows,
    features,
  }: { readonly differing: number; readonly rows: number; readonly features: readonly string[] },
  replayed: string,
  more = "",
): readonly Remark[] {
  const counted = `${formatNumber(differing)} of ${formatNumber(rows)} ${replayed}`;
  const said = `Training and serving compute features apart: ${counted} differ in any feature`;
  if (differing === 0) return [{ kind: "answer", text: `${said}.${more}` }];
  const rest = features.length - NAMED;
  const named = features.slice(0, NAMED).map((name) => `\`${name}\``);
  const which = `${named.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
  return [
    { kind: "warning", text: `${said} (${which}).${more}` },
    {
      kind: "doubt",
      rank: 2,
      short: "That it serves as well as it tested",
      text: `${counted} differ between training and serving in ${which}: the test judged other inputs than the service would have.`,
    },
  ];
}
