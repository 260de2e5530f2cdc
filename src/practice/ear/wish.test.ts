import { describe, expect, it } from "vitest";
import { hear } from "./hear.ts";

const heard = (text: string): boolean => hear(text, [["rollback|roll back|retrain"]]) !== undefined;

describe("what is only wished for", () => {
  it.each([
    "It would be nice to have a rollback some day.",
    "If only we had the time, we would retrain.",
    "If we had alerts, an engineer would roll back.",
    "I wish there were a rollback.",
    "A rollback is on our wish list.",
    "Perhaps at a later stage we retrain.",
    "Should we retrain weekly, and could we roll back?",
    "A rollback? Some time, hopefully.",
    "In theory we roll back.",
    "Someone could retrain.",
    "A rollback would have been lovely.",
  ])("earns nothing: %s", (text) => {
    expect(heard(text)).toBe(false);
  });

  it.each([
    "It would be nice to have two regions, but for now we roll back with one switch.",
    "I would retrain each night.",
    "If a check fails we roll back.",
    "We roll back within one day.",
    "If only one in three is free, we roll back.",
    "How often do we roll back?",
  ])("takes nothing from what is promised: %s", (text) => {
    expect(heard(text)).toBe(true);
  });
});
