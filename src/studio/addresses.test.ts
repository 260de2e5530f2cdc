/** Addresses of the studio and of an export: whatever a thing is called, its address leads to it. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf, designAddress } from "./addresses.ts";
import { fileOf } from "./export/file-addresses.ts";

/** What means something in an address, in Markdown or to a computer, between letters of several scripts. */
const NAME = fc
  .array(fc.constantFrom(..."#%?&+=/;:@!$'()*,[]\"\\<>|^`{}~ .aé推\u{1f600}", "%2F", "%41", "&amp;", "../"), {
    minLength: 1,
    maxLength: 12,
  })
  .map((signs) => signs.join(""));

test("whatever a name holds, the address that is written for it is read as that name and as nothing besides", () => {
  fc.assert(
    fc.property(NAME, NAME, (path, session) => {
      const design = new URL(designAddress(path, "run", 12), "http://studio");
      expect([design.pathname, design.hash]).toEqual(["/design", ""]);
      expect(Object.fromEntries(design.searchParams)).toEqual({ path, tab: "run", line: "12" });
      const other = new URL(addressOf("/interview", { session, score: undefined }), "http://studio");
      expect([other.pathname, other.hash]).toEqual(["/interview", ""]);
      expect([...other.searchParams]).toEqual([["session", session]]);
    }),
  );
});

test("a note of any name has a file of an export, which is found by its address", () => {
  const name = fc.array(NAME.map((one) => one.replaceAll("/", "-"))).filter((parts) => parts.length > 0);
  fc.assert(
    fc.property(name, (parts) => {
      const path = parts.map((part) => `n${part}`).join("/");
      const file = new URL(fileOf(designAddress(`${path}.md`)) ?? "", "http://studio/");
      expect(decodeURIComponent(file.pathname)).toBe(`/notes/${path}.html`);
      expect([file.search, file.hash]).toEqual(["", ""]);
    }),
  );
});
