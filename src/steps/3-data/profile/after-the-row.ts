/** Columns whose name speaks of what comes after the moment a row stands for: known too late to be an input, unless somebody says otherwise. */

import type { ProfiledColumn } from "./profiled-table.ts";
import type { Role } from "./seeming-role.ts";

/** Words for what was undone: returned, refunded, cancelled, charged back. A word stands at its beginning. */
export const UNDONE = /(?:^|[^a-z])(?:return|refund|cancel|storn|retour|r[uü]ckgabe|annul|devol|charge_?back)/iu;

/** Words for how something ended, or was decided. */
const ENDED =
  /(?:^|[^a-z])(?:resol(?:ved|ution)|clos(?:ed|ure)|exit(?:ed)?|ended|churn(?:ed)?|terminat|deactivat|unsubscri|dispute|settle[dm]|repaid|recover(?:ed|y)|written_?off|charged?_?off|write_?off|outcome|verdict|attrition|quit|resign|discharge|deceased|death)/iu;

/** What happened before, a rule, or somebody who comes back: known when the row is. */
const EARLIER =
  /(?:^|[^a-z])(?:prev|prior|past|last|earlier|histor|hist|before|former|num_|n_|count|rate|ratio|polic|avg|mean|total_(?:return|cancel))|policy|able(?:$|[^a-z])|returning|(?:^|[^a-z])\d+_?d(?:$|[^a-z])|_\d+(?:d|h|w|m)$/iu;

/** `isReturned` and `chargeBackDate` as the words that they are. */
function asWords(name: string): string {
  return name.replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1_$2");
}

export function speaksOfAfter(name: string): boolean {
  const words = asWords(name);
  return (UNDONE.test(words) || ENDED.test(words)) && !EARLIER.test(words);
}

const NO_INPUTS: readonly Role[] = ["label", "id", "list", "constant", "empty"];

/** Columns that a drafted model would see, were it not for what their names speak of. */
export function columnsFromAfter(columns: readonly ProfiledColumn[]): readonly ProfiledColumn[] {
  return columns.filter(({ role, name, distinct }) => !NO_INPUTS.includes(role) && distinct > 1 && speaksOfAfter(name));
}
