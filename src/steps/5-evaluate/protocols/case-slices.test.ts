import { expect, it } from "vitest";
import { caseSlice } from "./case-slices.ts";

const shape = { units: "people", entities: ["person", "country", "items"], stake: "fee" };

it("names the slices by the plural of what the note names: `countrys` and `itemss` were offered", () => {
  const outcome = caseSlice("new countrys", shape);
  expect(outcome).toMatchObject({
    failure: {
      code: "unknown-slice",
      fix: "use `new people`, `new countries`, `new items`, `fees under 50`, `fees 50 to 200` or `fees over 200`",
    },
  });
  for (const name of ["new countries", "New items", "fees under 50", "fees over 200", "fees from 50 to 200"])
    expect(caseSlice(name, shape).ok).toBe(true);
  expect(caseSlice("amounts under 50", shape).ok).toBe(false);
});
