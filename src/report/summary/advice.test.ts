import { describe, expect, it } from "vitest";
import { firstOf } from "./advice.ts";

const short = (text: string) =>
  firstOf([{ step: 6, kind: "next", text }], "next", 3).map((one) => [one.short, one.text]);

describe("advice without a short form", () => {
  it("is called by its first clause, and says all where that was cut", () => {
    expect(short("write the rollout: it was not tried.")).toEqual([["Write the rollout", "It was not tried."]]);
    const cut = "write `rollout: { steps: [shadow] }`, and the run replays it; without it nothing is tried.";
    expect(short(cut)).toEqual([["Write rollout", cut.replace("write", "Write")]]);
    const long = "one two three four five six seven eight nine ten: eleven.";
    expect(short(long)).toEqual([["One two three four five six seven eight …", long.replace("one", "One")]]);
  });
});
