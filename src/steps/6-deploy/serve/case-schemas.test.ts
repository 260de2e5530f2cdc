import { expect, it } from "vitest";
import { schemasOf } from "./case-schemas.ts";

it("leaves out of an earlier case what nothing reads any more, and makes up nothing that was not told", () => {
  const { one, recall } = schemasOf(
    { values: ["price"], declarations: [] },
    { entities: ["user"], flags: new Set<string>(), waitsForLabels: true },
    true,
  );
  const told = { id: "a", time: 1, values: { price: 2, age: 3 }, entities: { user: "u" } };
  expect(recall(told)).toEqual({ id: "a", time: 1, values: { price: 2 }, entities: {} });
  expect(() => one.read(recall(told))).not.toThrow();
  expect(() => one.read(recall({ ...told, values: { age: 3 } }))).toThrow();
});

it("takes yes and no in the words of a table where the data says nothing else, and no words for a number", () => {
  const { one } = schemasOf(
    { values: ["price", "senior"], declarations: [] },
    { entities: [], flags: new Set(["senior"]), waitsForLabels: true },
    true,
  );
  const told = (values: Record<string, unknown>) => () => one.read({ id: "a", time: 1, values });
  for (const word of ["Yes", "no", "TRUE", "f", true, 1, null]) expect(told({ price: 2, senior: word })).not.toThrow();
  expect(told({ price: 2, senior: "perhaps" })).toThrow();
  expect(told({ price: "Yes", senior: 1 })).toThrow();
});
