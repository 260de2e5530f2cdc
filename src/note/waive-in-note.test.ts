/** Waivers written into notes. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { reviewText } from "./review-text.ts";
import { waiveInNote } from "./waive-in-note.ts";

const NOTE = "---\nheptad: 1\ntitle: Feed\nsystem: recommendation\n---\n\n# Feed\n";
const ONE = '  - { rule: no-rollback, reason: "the list is static" }';

test("the first waiver begins the list, the next one ends it, and nothing else changes", () => {
  const one = unwrap(waiveInNote(NOTE, "no-rollback", " the list \n is static "));
  expect(one).toBe(NOTE.replace("---\n\n#", `waive:\n${ONE}\n---\n\n#`));
  const two = unwrap(waiveInNote(one, "HP301", "dates are made up"));
  expect(two).toBe(one.replace(`${ONE}\n`, `${ONE}\n  - { rule: HP301, reason: "dates are made up" }\n`));
  const between = NOTE.replace("title:", `waive:\n${ONE}\ntitle:`);
  expect(unwrap(waiveInNote(between, "HP301", "x"))).toContain(`${ONE}\n  - { rule: HP301, reason: "x" }\ntitle:`);
});

test("lines end as those of the note do", () => {
  const windows = NOTE.replaceAll("\n", "\r\n");
  expect(unwrap(waiveInNote(windows, "HP301", "x")).replaceAll("\r\n", "")).not.toContain("\n");
  // Each keeps its own where there are several kinds.
  const mixed = NOTE.replace("heptad: 1\n", "heptad: 1\r\n").replace("title: Feed\n", "title: Feed\r");
  expect(unwrap(waiveInNote(mixed, "HP301", "x"))).toBe(
    mixed.replace("recommendation\n", 'recommendation\nwaive:\n  - { rule: HP301, reason: "x" }\n'),
  );
});

test("no reason, no front matter and a list in one line are refused, with what to do", () => {
  expect(waiveInNote(NOTE, "HP301", " \n")).toMatchObject({ ok: false, failure: { code: "no-reason" } });
  expect(waiveInNote("# Feed\n", "HP301", "x")).toMatchObject({ ok: false, failure: { code: "no-front-matter" } });
  const flow = NOTE.replace("title:", "waive: [{ rule: HP101, reason: a }]\ntitle:");
  expect(waiveInNote(flow, "HP301", "x")).toMatchObject({
    ok: false,
    failure: { code: "waive-in-one-line", fix: expect.stringContaining('rule: HP301, reason: "x"') },
  });
});

test("whatever the reason holds, it is read back as it was given and makes no error", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 60 }), (reason) => {
      const said = reason.replaceAll(/\s+/gu, " ").trim();
      fc.pre(said !== "");
      const written = waiveInNote(NOTE, "no-rollback", reason);
      if (!written.ok) return;
      const { design } = reviewText(written.value, "note.md") ?? {};
      expect(design?.front.waive?.map(({ reason: own }) => own)).toEqual([said]);
    }),
    { numRuns: 60 },
  );
});
