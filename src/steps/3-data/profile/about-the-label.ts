/** Columns that are called after what is predicted, as `churn_reason` and `conversion_timestamp` are: they say more of it, and only once it is known. */

import { speaksOfEarlier } from "./earlier-words.ts";
import type { ProfiledColumn } from "./profiled-table.ts";
import { isCalledLabel, type Role, tidy } from "./seeming-role.ts";

/** Names that say nothing of what is predicted, and things of which more is known before they are. */
const PLAIN = /^(?:label|class|target|y|outcome|response|result|status|book(?:ing|ed)?|order(?:ed)?|purchased?)$/u;
const NO_INPUTS: readonly Role[] = ["label", "id", "list", "constant", "empty", "member", "item"];

/** Also of what else is called as a label is: what is predicted may be a step towards it. */
export function columnsAboutLabel(columns: readonly ProfiledColumn[]): readonly ProfiledColumn[] {
  const label = columns.find(({ role }) => role === "label");
  if (label === undefined) return [];
  const alike = columns.filter((column) => column.role === "attribute" && isCalledLabel(column));
  const stems = [label, ...alike]
    .map(({ name }) =>
      tidy(name)
        .replaceAll(/^(?:is|has|was)_|_(?:flag|label|ind|bool|value)$/gu, "")
        .replaceAll(/^.*_(?=fraud|churn)/gu, ""),
    )
    .filter((stem) => !PLAIN.test(stem));
  return columns.filter(
    (column) =>
      !NO_INPUTS.includes(column.role) &&
      !alike.includes(column) &&
      !speaksOfEarlier(column.name) &&
      stems.some((stem) => tidy(column.name).startsWith(`${stem}_`)),
  );
}
