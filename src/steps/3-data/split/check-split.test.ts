import { describe, expect, it } from "vitest";
import { dataSchema } from "../schema.ts";
import { checkLateLabelSplit, checkPictureSplit } from "./check-split.ts";

const splitOf = (facts: Record<string, unknown>) => dataSchema.parse({ split: facts }).split;
const late = (facts: Record<string, unknown>) => checkLateLabelSplit(splitOf(facts));
const pictures = (facts: Record<string, unknown>) => checkPictureSplit(splitOf(facts));
const whereOf = (outcome: ReturnType<typeof late>): string | undefined => (outcome.ok ? "runs" : outcome.failure.where);

describe("a split of cases whose labels arrive late", () => {
  it("follows time in days, or deals rows out, which is measured as written", () => {
    expect(checkLateLabelSplit(undefined).ok).toBe(true);
    for (const by of ["time", "random", "random-stratified", "random-per-member", "k-fold"])
      expect(whereOf(late({ by }))).toBe("runs");
    expect(whereOf(late({ by: "time", train: "28 d", validation: "14 d", test: "7 d" }))).toBe("runs");
    expect(whereOf(late({ by: "random", train: "70%", test: "30%" }))).toBe("runs");
  });

  it("is refused where nothing lays it out so", () => {
    for (const by of [
      "rolling",
      "nested",
      "group",
      "group-and-time",
      "leave-one-out",
      "member-holdout",
      "time-per-member",
    ])
      expect(whereOf(late({ by }))).toBe("3.split.by");
    const rolling = late({ by: "rolling" });
    expect(rolling.ok ? "" : rolling.failure.fix).toMatch(/by: time.*roll already/u);
  });

  it("is refused where a period by time is a share, at that part", () => {
    expect(whereOf(late({ by: "time", train: "70%" }))).toBe("3.split.train");
    expect(whereOf(late({ train: "28 d", validation: "10%" }))).toBe("3.split.validation");
    expect(whereOf(late({ train: "28 d", test: "20%" }))).toBe("3.split.test");
  });
});

describe("a split of pictures", () => {
  it("keeps items whole, or draws photo by photo", () => {
    expect(checkPictureSplit(undefined).ok).toBe(true);
    for (const by of ["group", "random", "random-stratified"])
      expect(whereOf(pictures({ by, validation: "10%", test: "49%" }))).toBe("runs");
  });

  it("is refused where it follows time or people, or where a part is no share below a half", () => {
    for (const by of ["time", "rolling", "member-holdout", "k-fold"])
      expect(whereOf(pictures({ by }))).toBe("3.split.by");
    expect(whereOf(pictures({ test: "14 d" }))).toBe("3.split.test");
    expect(whereOf(pictures({ validation: "50%" }))).toBe("3.split.validation");
    expect(whereOf(pictures({ test: "0%" }))).toBe("3.split.test");
  });
});
