/** Splits whole groups (units, cards, shops): no group is both trained on and tested on, so the test speaks of new ones. */

import type { Random } from "../../../core/random.ts";
import { groupRows, listAt } from "../row-lists.ts";
import type { Shares } from "./random.ts";
import { partCode, type Split } from "./split.ts";

/**
 * Groups are shuffled and dealt out until test, then validation, have their share of the rows (default 25 % and none); a group
 * that would take a part past its share by more than it lacks goes to the next. Training gets the rest.
 */
export function splitByGroup(
  group: Int32Array,
  groupCount: number,
  { validation = 0, test = 0.25 }: Shares,
  random: Random,
): Split {
  const rowsOfGroup = groupRows(group, groupCount);
  const order = random.shuffle(Int32Array.from({ length: groupCount }, (_, one) => one));
  const part = new Uint8Array(group.length).fill(partCode("train"));
  let testLeft = test * group.length;
  let validationLeft = validation * group.length;
  for (const one of order) {
    const rows = listAt(rowsOfGroup, one);
    if (rows.length <= 2 * testLeft) {
      for (const row of rows) part[row] = partCode("test");
      testLeft -= rows.length;
    } else if (rows.length <= 2 * validationLeft) {
      for (const row of rows) part[row] = partCode("validation");
      validationLeft -= rows.length;
    }
  }
  return { description: "by group: no group is on both sides", part };
}
