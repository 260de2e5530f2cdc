import { expect, it } from "vitest";
import { countParts } from "./split.ts";
import { accountOf, drawnRemarks, splitRemarks } from "./split-remarks.ts";

const WORDS = { units: "readers" };
const said = (all: number, asked: number, isCut: boolean): string =>
  drawnRemarks({ all, asked, isCut }, WORDS)
    .map(({ text }) => text)
    .join();

it("says who is asked only where somebody is left out, and where it was validation alone that the test is whole", () => {
  expect(said(300, 300, false)).toBe("");
  expect(said(9_000, 300, true)).toMatch(/^Of 9,000 readers who could ask in the test 300 were drawn at random/u);
  const whole = said(300, 300, true);
  expect(whole).toMatch(/^All 300 readers who could ask in the test were asked; of validation/u);
  expect(whole).not.toContain("intervals");
});

it("accounts for each event, and names what lies in no part only where something does", () => {
  const parts = (part: number[]) =>
    countParts({ description: "", part: Uint8Array.from(part), validationStart: 0, testStart: 0 });
  const used = [0, 1, 2].flatMap((code) => [code, code]);
  expect(accountOf(parts(used))).toBe("Of 6 events 6 are in a part.");
  const { unused, ...others } = parts(used);
  expect(accountOf({ ...others, unused: unused + 3 })).toBe(
    "Of 9 events 6 are in a part, 3 lie in a gap, before training or were known too late.",
  );
});

it("says how many of those who are active were never seen before, and of nobody that none were", () => {
  const units = (active: number, seenBefore: number) => ({
    units: { active, seenBefore, withoutRelevant: 0, onlyHad: 0 },
  });
  const told = (active: number, seen: number) => splitRemarks("by time", units(active, seen), WORDS, "All.")[0].text;
  expect(told(200, 150)).toBe(
    "Split by time. All. Readers active after the test cut: 200, of them seen before it 150. 25% of the readers start cold.",
  );
  expect(told(0, 0)).toMatch(/ 0% of the readers start cold\.$/u);
});
