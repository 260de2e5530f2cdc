import { expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { gradeOrder } from "./grade-order.ts";
import { prepareQuestion } from "./prepare.ts";
import { sampleQuestion } from "./sample-question.ts";
import { drawVariant } from "./variant.ts";

it("is close for two neighbours swapped, and wrong for first and last", () => {
  const question = sampleQuestion({
    kind: "order",
    given: undefined,
    answer: undefined,
    ask: "Order these.",
    items: ["one", "two", "three", "four"],
    why: "counting",
    mistakes: [
      { order: [4, 3, 2, 1], why: "backwards" },
      { order: [2, 3, 4, 1], why: "one comes first" },
    ],
  });
  if (question.kind !== "order") throw new Error("not an order");
  const variant = drawVariant(unwrap(prepareQuestion(question)), 1);
  const verdictOf = (...order: readonly number[]) =>
    unwrap(gradeOrder(question, variant, order.map((item) => "abcd"[variant.shown.indexOf(item - 1)]).join(" ")))
      .verdict;
  expect(verdictOf(1, 2, 3, 4)).toBe("right");
  expect(verdictOf(1, 3, 2, 4)).toBe("close");
  expect(verdictOf(4, 2, 3, 1)).toBe("wrong");
});
