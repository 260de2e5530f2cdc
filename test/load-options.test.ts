import { expect, it } from "vitest";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

it("a load that is to begin beyond the most that is tried is refused, with both ways out, before anything is run", async () => {
  const { status, stdout, stderr } = await heptadHere(temporaryFolder(), [
    "load",
    "note.md",
    "--start",
    "100",
    "--most",
    "50",
  ]);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("--start 100 is more than the most that is to be tried, 50 requests a second");
  expect(stderr).toContain("give 50 or less, or a --most of 100 or more");
});
