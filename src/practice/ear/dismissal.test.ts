import { describe, expect, it } from "vitest";
import { hear } from "./hear.ts";

const heard = (text: string): boolean => hear(text, [["rollback|roll back|retrain"]]) !== undefined;

describe("what is turned down without a `not`", () => {
  it.each([
    "A rollback was ruled out.",
    "A rollback is what we are going to abolish.",
    "The board vetoed a rollback.",
    "We crossed the rollback off our list.",
    "A rollback has been phased out.",
    "A rollback was considered and turned down.",
    "A rollback was refused by the budget committee.",
    "A rollback is a thing of the past.",
    "The rollback fell victim to the savings.",
    "A rollback was given short shrift, and got lost.",
    "Retraining: we said goodbye to it.",
    "A rollback? Thrown overboard.",
    "Rollbacks are for cowards.",
  ])("earns nothing: %s", (text) => {
    expect(heard(text)).toBe(false);
  });

  it.each([
    "We ruled out training by hand: a rollback takes one switch.",
    "The manual release was abolished, but we roll back with one command.",
    "Leakage is ruled out by a rollback of all features.",
    "A rollback is tested each month.",
    "The rollback was added last year.",
    "We roll back until harm of more than two percent is ruled out.",
    "Retraining? Each night, and the old model stays ready.",
  ])("takes nothing from what is done: %s", (text) => {
    expect(heard(text)).toBe(true);
  });
});
