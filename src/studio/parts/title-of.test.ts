/** The title of a note as a page shows it. */

import { expect, test } from "vitest";
import { titleOf } from "./title-of.ts";

const titled = (title: string): string | undefined => titleOf(`---\nheptad: 1\ntitle: ${title}\n---\n\n# A heading\n`);

test("a title is shown as it reads, without the quotes, escapes and comments of its line", () => {
  expect(titled('"Films #1? 100% \\"mine\\""')).toBe('Films #1? 100% "mine"');
  expect(titled("'it''s films'")).toBe("it's films");
  expect(titled("films   # for now")).toBe("films");
  expect(titled("C# films")).toBe("C# films");
  expect(titled('"caf\\xe9"')).toBe("café");
});

test("a note without one has its first heading, and no key of its facts", () => {
  expect(titleOf("# Feed\n\n```yaml\ntitle: a column\n```\n")).toBe("Feed");
  expect(titleOf("prose")).toBe(undefined);
  expect(titleOf(undefined)).toBe(undefined);
});
