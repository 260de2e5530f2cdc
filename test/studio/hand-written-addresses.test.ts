/** Addresses in the sources of the pages. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

test("no page writes an address by hand: a name between its parts could be read as one of them", () => {
  const files = readdirSync("src/studio", { recursive: true, encoding: "utf8" }).filter((one) => one.endsWith(".tsx"));
  expect(files.length).toBeGreaterThan(50);
  const byHand = files.filter((one) => /`[^`\n]*[?&][a-z]+=\$\{/u.test(readFileSync(join("src/studio", one), "utf8")));
  expect(byHand).toEqual([]);
});
