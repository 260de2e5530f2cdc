import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { openRunDesk } from "./run-desk.ts";

test("a run is stopped in the middle of a stage, and the desk takes the next one", async () => {
  const root = temporaryFolder();
  writeFileSync(join(root, "heptad.yaml"), "");
  const note = readFileSync("designs/movie-recommendations.md", "utf8");
  // A world that takes half a minute to make, and leaves nobody a turn meanwhile.
  writeFileSync(join(root, "large.md"), note.replace("members: 1k, items: 600", "members: 20k, items: 4k"));
  const desk = openRunDesk({ root, now: () => new Date() }, () => {
    const stage = desk.current?.stages.at(-1);
    if (desk.current?.state === "running" && stage?.step === 3 && stage.state === "now") desk.stop();
  });
  const ended = (): Promise<void> =>
    expect.poll(() => desk.current?.state, { timeout: 20_000, interval: 50 }).toBe("stopped");
  desk.start("large.md");
  await ended();
  // What was finished is kept, and said as finished; the stage that it was at is not.
  expect(desk.current?.stages.map(({ step, state }) => [step, state])).toEqual([
    [1, "done"],
    [2, "done"],
    [3, "now"],
  ]);
  expect(() => desk.stop()).not.toThrow();
  expect(desk.current?.state).toBe("stopped");
  desk.start("large.md");
  await ended();
  expect(desk.current?.stages.map(({ state }) => state)).toEqual(["kept", "kept", "now"]);
  desk.close();
}, 60_000);
