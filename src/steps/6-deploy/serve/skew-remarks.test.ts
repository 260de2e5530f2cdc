import { expect, it } from "vitest";
import { skewRemarks } from "./skew-remarks.ts";

it("features that are the same to the last bit are an answer, and any that differ are doubted", () => {
  expect(skewRemarks({ differing: 0, rows: 365, features: [] }, "replayed cases")).toEqual([
    {
      kind: "answer",
      text: "Training and serving compute features apart: 0 of 365 replayed cases differ in any feature.",
    },
  ]);
  const remarks = skewRemarks(
    { differing: 3, rows: 365, features: ["a", "b", "c", "d", "e"] },
    "replayed cases",
    " And more.",
  );
  expect(remarks[0]).toMatchObject({ kind: "warning", text: expect.stringMatching(/^Training .* And more\.$/u) });
  expect(remarks[1]).toMatchObject({
    kind: "doubt",
    rank: 2,
    text: expect.stringContaining(
      "3 of 365 replayed cases differ between training and serving in `a`, `b`, `c` and 2 more: the test",
    ),
  });
});
