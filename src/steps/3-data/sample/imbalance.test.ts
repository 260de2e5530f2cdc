import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { dataSchema } from "../schema.ts";
import { type Imbalance, imbalanceOf, NOT_HANDLED, oddsFactor } from "./imbalance.ts";

const read = (written: object) => imbalanceOf(dataSchema.parse({ imbalance: written }).imbalance);
const handled = (written: object): Imbalance => unwrap(read(written));

describe("a note's imbalance", () => {
  it("is nothing where the note says nothing", () => {
    expect(imbalanceOf(undefined)).toEqual({ ok: true, value: NOT_HANDLED });
    expect(handled({ handling: "none" })).toEqual(NOT_HANDLED);
  });

  it("raises the odds by one over the share of negative rows that is kept", () => {
    expect(oddsFactor(handled({ handling: "downsample", keep: "5%" }), 0.01)).toBeCloseTo(20, 12);
  });

  it("raises the odds to the rate that is asked for, and to a half where none is", () => {
    const rateAfter = (factor: number, rate: number) => (rate * factor) / (rate * factor + 1 - rate);
    expect(rateAfter(oddsFactor(handled({ handling: "downsample", "rate-after": "10%" }), 0.008), 0.008)).toBeCloseTo(
      0.1,
      12,
    );
    expect(rateAfter(oddsFactor(handled({ handling: "class-weight" }), 0.008), 0.008)).toBeCloseTo(0.5, 12);
    expect(rateAfter(oddsFactor(handled({ handling: "oversample", "rate-after": "20%" }), 0.05), 0.05)).toBeCloseTo(
      0.2,
      12,
    );
  });

  it.each([
    [{ handling: "smote" }, /invents positives/u, "3.imbalance.handling"],
    [{ handling: "focal" }, /not log-odds/u, "3.imbalance.handling"],
    [{ handling: "none", keep: "5%" }, /`handling` is none/u, "3.imbalance.keep"],
    [{ handling: "class-weight", keep: "5%" }, /`handling` is class-weight/u, "3.imbalance.keep"],
    [{ handling: "downsample" }, /needs the share/u, "3.imbalance.handling"],
    [{ handling: "downsample", keep: "0%" }, /keeps 0%/u, "3.imbalance.keep"],
    [{ handling: "oversample", "rate-after": "100%" }, /nothing to tell apart/u, "3.imbalance.rate-after"],
  ])("is refused for %j, with what can be written instead", (written, message, where) => {
    const outcome = read(written);
    expect(outcome.ok).toBe(false);
    if (outcome.ok) return;
    expect(outcome.failure.message).toMatch(message);
    expect(outcome.failure.where).toBe(where);
    expect(outcome.failure.fix).toMatch(/keep: 10%/u);
  });
});
