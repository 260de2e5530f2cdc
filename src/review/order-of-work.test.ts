import { describe, expect, it } from "vitest";
import { createLocator } from "../design/locate.ts";
import type { Consequence } from "./consequence.ts";
import { inOrderOfWork } from "./order-of-work.ts";
import type { ReviewFinding } from "./review.ts";

const spanAt = createLocator("0123456789", "a.md");
const finding = (
  code: string,
  severity: ReviewFinding["severity"],
  consequence: Consequence | undefined,
  missing = false,
  at = 0,
): ReviewFinding => ({ code, name: "a", severity, message: "a", at: spanAt(at, at + 1), consequence, missing });

describe("the order of work", () => {
  it("is severity, what cannot be read, consequence, written before missing, step, place", () => {
    const ordered = [
      finding("HP010", "error", undefined),
      finding("HP301", "error", "false-figures"),
      finding("HP501", "error", "false-figures"),
      finding("HP322", "error", "false-figures", true),
      finding("HP604", "error", "late"),
      finding("HP618", "error", "no-way-back"),
      finding("HP103", "error", "harm"),
      finding("HP607", "error", "learns-nothing"),
      finding("HP701", "error", "blind"),
      finding("HP302", "warning", "false-figures", false, 1),
      finding("HP302", "warning", "false-figures", false, 5),
      finding("HP101", "advice", "false-figures"),
    ];
    const shuffled = ordered.map((one, i) => ordered[(i * 5 + 3) % ordered.length] ?? one);
    expect(inOrderOfWork(shuffled)).toEqual(ordered);
  });
});
