import { describe, expect, it } from "vitest";
import { hear } from "./hear.ts";

const heard = (text: string): boolean => hear(text, [["rollback|roll back|retrain"]]) !== undefined;

describe("what is turned down by a class of words", () => {
  it.each([
    "We forgot to retrain.",
    "A rollback can wait.",
    "A rollback is a red herring.",
    "A rollback is simply too expensive.",
    "It is pointless to retrain.",
    "Retraining would only complicate things.",
    "Retraining makes little sense.",
    "The consultants proposed a rollback.",
    "A rollback is what they have at big companies.",
    "A rollback is left to the platform people.",
    "A rollback was on the table, but we passed.",
    "The first version had a rollback; we dropped that.",
    "A rollback takes a minute, so we skipped it.",
    "Once we are rich we retrain.",
    "It'd be lovely to have a rollback.",
    "I'd rather wait than retrain.",
  ])("earns nothing: %s", (text) => {
    expect(heard(text)).toBe(false);
  });

  it.each([
    "We do not forget to retrain.",
    "We can't do without a rollback.",
    "No model goes live without a rollback.",
    "No release if a rollback fails.",
    "Retraining alone is not enough, so we test it.",
    "A rollback isn't an afterthought, it is one switch.",
    "My colleagues proposed a rollback, and they were right.",
    "If latency rises we roll back and drop it.",
    "Two models are ready to roll back, otherwise we might lose an hour.",
  ])("takes nothing from two negatives, remedies and guardrails: %s", (text) => {
    expect(heard(text)).toBe(true);
  });
});
