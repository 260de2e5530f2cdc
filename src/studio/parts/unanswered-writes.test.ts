import { expect, it } from "vitest";
import { withSent } from "./unanswered-writes.ts";

it("keeps the first text that was sent and the last, each once", () => {
  const one = withSent([], "a");
  expect(one).toEqual(["a"]);
  expect(withSent(one, "a")).toEqual(["a"]);
  expect(withSent(one, "b")).toEqual(["a", "b"]);
  expect(withSent(["a", "b"], "c")).toEqual(["a", "c"]);
});
