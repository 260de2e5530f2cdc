import { describe, expect, it } from "vitest";
import { hear } from "./hear.ts";

const FALLBACK = [["fall", "rules", "fail"]];

describe("what others do", () => {
  it.each([
    "Our competitor falls back to the old rules when the model fails, but we do not.",
    "Our competitor falls back to the old rules when the model fails.",
    "Most competitors fall back to rules when the model fails.",
    "My old employer fell back to rules when the model failed; at the old company they fall back to rules if it fails, here we do not.",
    "At my former company they fall back to rules when the model fails.",
    "Other companies fall back to rules when the model fails.",
    "Others fall back to rules when the model fails; we show an error and nothing else.",
    "Netflix falls back to rules when the model fails.",
    "People elsewhere fall back to rules when the model fails.",
    "A team at another bank falls back to rules when the model fails.",
    "The industry falls back to rules when the model fails.",
  ])("earns nothing: %s", (say) => {
    expect(hear(say, FALLBACK)).toBeUndefined();
  });

  it.each([
    "Our competitor falls back to the old rules when the model fails, and so do we.",
    "Our competitor fell over last year, so we fall back to rules when the model fails.",
    "Unlike my old employer we fall back to rules when the model fails.",
    "Payments of others fall back to the rules when the model fails.",
    "PayPal payments fall back to the rules when the model fails.",
    "People fall back on the rules when the model fails.",
    "Others wait; we fall back to rules when the model fails.",
  ])("leaves what we do ourselves: %s", (say) => {
    expect(hear(say, FALLBACK)).toBeDefined();
  });

  it("may be an input: prices of competitors", () => {
    expect(hear("Our competitors' prices are a feature of the forecast.", [["prices", "feature"]])).toBeDefined();
    expect(hear("Competitor prices are a feature of the forecast.", [["prices", "feature"]])).toBeDefined();
  });
});
