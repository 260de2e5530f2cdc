import { expect, it } from "vitest";
import { schemasOf } from "./case-schemas.ts";

it("leaves out of an earlier case what nothing reads any more, and makes up nothing that was not told", () => {
  const { one, recall } = schemasOf(
    { values: ["price"], declarations: [] },
    { entities: ["user"], waitsForLabels: true },
    true,
  );
  const told = { id: "a", time: 1, values: { price: 2, age: 3 }, entities: { user: "u" } };
  expect(recall(told)).toEqual({ id: "a", time: 1, values: { price: 2 }, entities: {} });
  expect(() => one.read(recall(told))).not.toThrow();
  expect(() => one.read(recall({ ...told, values: { age: 3 } }))).toThrow();
});
