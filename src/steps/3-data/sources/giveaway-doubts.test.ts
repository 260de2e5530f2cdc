import { expect, it } from "vitest";
import { giveawayDoubts } from "./giveaway-doubts.ts";
import { isStopping, type MappingFinding } from "./mapping-finding.ts";

const away = (column: string): MappingFinding => ({
  code: "HP338",
  severity: "error",
  message: `\`${column}\` gives the label away: 100% of the positives have 3 there`,
  fact: "3.features",
  where: "a.csv",
  fix: "ask when it is known",
});
const missing: MappingFinding = { ...away("b"), code: "HP336", message: "3 of 10 rows have no amount" };

it("a column that gives the label away is doubted before all else, by its name, and stops no run", () => {
  expect(giveawayDoubts([missing, away("status_code")], [])).toEqual([
    {
      kind: "doubt",
      rank: -1,
      short: "Any figure: `status_code` gives the label away",
      text: "100% of the positives have 3 there. Ask when it is known.",
    },
  ]);
  expect(isStopping(away("status_code"))).toBe(false);
  expect(isStopping(missing)).toBe(true);
});

it("several are one doubt, and those that the note accepts with a reason are none", () => {
  expect(giveawayDoubts([away("a"), away("b"), away("c")], [])[0].short).toBe(
    "Any figure: `a` and 2 more give the label away",
  );
  expect(giveawayDoubts([away("a")], ["HP338"])).toEqual([]);
  expect(giveawayDoubts([away("a")], ["column-gives-label-away"])).toEqual([]);
  expect(giveawayDoubts([missing], [])).toEqual([]);
});
