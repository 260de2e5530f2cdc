import { expect, it } from "vitest";
import { leftOf } from "./typed-line.ts";

it("what was typed behind a line while it was on its way stays, and the line does not", () => {
  expect(leftOf("a cache", "a cache")).toBe("");
  expect(leftOf("a cache\nand a queue", "a cache")).toBe("and a queue");
  expect(leftOf("something else", "a cache")).toBe("something else");
});
