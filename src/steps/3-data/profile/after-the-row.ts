/** Columns whose name speaks of what comes after the moment a row stands for: known too late to be an input, unless somebody says otherwise. */

import { asWords, speaksOfEarlier } from "./earlier-words.ts";
import type { ProfiledColumn } from "./profiled-table.ts";
import type { Role } from "./seeming-role.ts";

/** Words for what was undone: returned, refunded, cancelled, charged back. A word stands at its beginning. */
export const UNDONE = /(?:^|[^a-z])(?:return|refund|cancel|storn|retour|r[uü]ckgabe|annul|devol|charge_?back)/iu;

/** Words for how something ended, or was decided. */
const ENDED =
  /(?:^|[^a-z])(?:(?:re)?solved?(?:$|[^a-z])|resolution|clos(?:ed|ure)|exit(?:ed)?|ended|churn(?:ed)?|terminat|deactivat|unsubscri|dispute|settle[dm]|repaid|recover(?:ed|y)|written_?off|charged?_?off|write_?off|outcome|verdict|attrition|quit|resign|discharge|deceased|death|final(?:$|[^a-z])|decision|escalat|reopen|converted|confirmed|investigat|reimburs|payout|paid_?(?:at|on|date|out|off)(?:$|[^a-z]))/iu;

/** Words for what somebody did about the row, or how long it took them. */
const HANDLED =
  /(?:^|[^a-z])(?:repl(?:y(?!_?to)|ie[ds])|respon(?:se|d)|answered|handled|handl(?:e|ing)_?(?:time|min|sec|hour|day)|deliver(?:ed|y_?(?:time|status|duration))|shipped|received_?(?:at|on|date)|complet(?:ed(?:$|_?(?:at|on|date|time))|ion)|finish|after(?:$|[^a-z])|actual|csat|time_?spent|(?:time|seconds|minutes|hours|days)[_ ]to[_ ](?!work|due|expir|renew|matur|depart|check))/iu;

/** How long something took; a term that is agreed, such as a loan's, is known from the start. */
const DURATION = /(?:^|[^a-z])duration(?![_ ]?(?:in[_ ]?)?(?:month|year))/iu;
const AGREED =
  /(?:^|[^a-z])(?:loan|credit|contract|lease|policy|subscription|plan|planned|warranty|scheduled|expected|booked)/iu;

export function speaksOfAfter(name: string): boolean {
  if (speaksOfEarlier(name)) return false;
  const words = asWords(name);
  return [UNDONE, ENDED, HANDLED].some((one) => one.test(words)) || (DURATION.test(words) && !AGREED.test(words));
}

const NO_INPUTS: readonly Role[] = ["label", "id", "list", "constant", "empty"];

/** Columns that a drafted model would see, were it not for what their names speak of. */
export function columnsFromAfter(columns: readonly ProfiledColumn[]): readonly ProfiledColumn[] {
  return columns.filter(
    ({ role, name, distinct, missing }) =>
      !NO_INPUTS.includes(role) && (distinct > 1 || missing > 0) && speaksOfAfter(name),
  );
}
