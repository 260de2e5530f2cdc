import { describe, expect, it } from "vitest";
import { z } from "zod";
import { facts, integer, quantity, text } from "./fact.ts";
import type { NoteForm } from "./note-form.ts";
import { setFact } from "./set-fact.ts";

const FORM: NoteForm = {
  front: z.strictObject({}),
  sections: [
    {
      number: 1,
      name: "one",
      title: "One",
      schema: facts("all", {
        goal: text("goal").optional(),
        users: facts("users", {
          total: quantity("count", "all").optional(),
          daily: quantity("count", "a day").optional(),
        }).optional(),
        labels: facts("labels", { count: integer("count").optional(), delay: text("delay").optional() }).optional(),
        stages: z
          .array(facts("stage", { name: text("name"), model: text("m").optional(), factors: integer("f").optional() }))
          .optional(),
      }),
    },
  ],
};

const note = (...lines: readonly string[]): string => ["## 1. One", "", "```yaml", ...lines, "```", ""].join("\n");

function setIn(lines: readonly string[], path: string, value: string): string[] {
  const set = setFact(note(...lines), path, value, FORM);
  if (!set.ok) throw new Error(set.failure.message);
  return set.value.split("\n").slice(3, -2);
}

describe("the mark of a line", () => {
  it.each(["measured", "measured: rows over days", "proposed, line 12", "proposed, asked: how many?"])(
    "goes with the value that it was said of: # %s",
    (mark) => {
      expect(setIn(["labels:", `  count: 80   # ${mark}`], "1.labels.count", "90")).toEqual(["labels:", "  count: 90"]);
      expect(setIn([`users: { total: 12 }   # ${mark}`], "1.users.total", "13")).toEqual(["users: { total: 13 }"]);
      expect(setIn([`users: { total: 12 }   # ${mark}`], "1.users", "{ total: 13 }")).toEqual(["users: { total: 13 }"]);
    },
  );

  it("says nothing of a fact that is typed beside what was measured: it looked measured afterwards", () => {
    expect(setIn(["users: { total: 12 }   # measured: values of `user`", "goal: more"], "1.users.daily", "2M")).toEqual(
      ["users:", "  total: 12   # measured: values of `user`", "  daily: 2M", "goal: more"],
    );
  });

  it("stays with the other facts of its line where one of several is set", () => {
    expect(setIn(["users: { total: 12, daily: 3 }   # measured"], "1.users.daily", "2M")).toEqual([
      "users:",
      "  total: 12   # measured",
      "  daily: 2M",
    ]);
    expect(setIn(["stages: [{ name: a, factors: 64 }, { name: b }]   # proposed"], "1.stages.a.factors", "32")).toEqual(
      ["stages:", "  - name: a   # proposed", "    factors: 32", "  - { name: b }   # proposed"],
    );
    expect(
      setIn(["stages:", "  - { name: a, model: als, factors: 64 }   # proposed, line 9"], "1.stages[0].model", "nn"),
    ).toEqual(["stages:", "  - name: a   # proposed, line 9", "    model: nn", "    factors: 64   # proposed, line 9"]);
  });

  it("that stands behind the key of several lines goes to each but the one that is set, and says its words once", () => {
    const lines = [
      "stages:   # proposed; few",
      "  - name: a   # first",
      "    factors: 64",
      "  - { name: b, factors: 8 }",
    ];
    expect(setIn(lines, "1.stages.a.factors", "32")).toEqual([
      "stages:",
      "  - name: a   # proposed; few; first",
      "    factors: 32",
      "  - { name: b, factors: 8 }   # proposed",
    ]);
    expect(setIn(lines, "1.stages.b.factors", "32")).toEqual([
      "stages:",
      "  - name: a   # proposed; few; first",
      "    factors: 64   # proposed",
      "  - name: b   # proposed",
      "    factors: 32",
    ]);
    expect(setIn(["users:   # measured", "  total: 12"], "1.users.daily", "2M")).toEqual([
      "users:",
      "  total: 12   # measured",
      "  daily: 2M",
    ]);
  });

  it("is none where the sign stands in a text, or in the words of another comment", () => {
    expect(setIn(["users: { total: 12 }   # not measured"], "1.users.daily", "2M")).toEqual([
      "users: { total: 12, daily: 2M }   # not measured",
    ]);
    expect(setIn(['goal: "a # measured one"', "labels: { count: 3 }"], "1.labels.count", "4")).toEqual([
      'goal: "a # measured one"',
      "labels: { count: 4 }",
    ]);
  });
});
