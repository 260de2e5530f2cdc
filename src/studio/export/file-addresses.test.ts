/** Addresses of an export. */

import { expect, test } from "vitest";
import { fileOf } from "./file-addresses.ts";

test("every page of an export is a file below its root, and what the studio has behind the question mark stands behind the #", () => {
  expect(fileOf("/")).toBe("index.html");
  expect(fileOf("/library")).toBe("library.html");
  expect(fileOf("/library?kind=rule&name=no-fallback")).toBe("library.html#kind=rule&name=no-fallback");
  expect(fileOf("/design?path=designs%2Ffeed.md&tab=run&line=12")).toBe("notes/designs/feed.html#tab=run&line=12");
  expect(fileOf("/report?path=designs%2Ffeed.md&run=0123456789ab")).toBe("notes/designs/feed.report.html");
});

test("a name that means something in an address is written so that it is a file, and a page that is left out has none", () => {
  expect(fileOf(`/design?${new URLSearchParams({ path: "a b/50% #1?.md" })}`)).toBe("notes/a%20b/50%25%20%231%3F.html");
  for (const to of ["/practice", "/interview?session=x", "/new"]) expect(fileOf(to)).toBeUndefined();
});
