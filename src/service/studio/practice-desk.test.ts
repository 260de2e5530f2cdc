import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { openPracticeDesk, startSchema } from "./practice-desk.ts";

const START = Date.parse("2026-05-04T10:00:00Z");

test("offers to go on with a sitting only until its time is up, and calls today's set today's on its day alone", async () => {
  let at = START;
  const desk = openPracticeDesk({ root: temporaryFolder(), now: () => new Date(at) });
  const open = async (): Promise<string | null> => (await desk.today()).open;
  expect(await open()).toBeNull();
  await desk.start(startSchema.parse({ mode: "gauntlet", minutes: 5 }));
  expect(await open()).toBe("other");
  at += 4 * 60_000;
  expect(await open()).toBe("other");
  at += 2 * 60_000;
  expect(await open()).toBeNull();
  await desk.start(startSchema.parse({ mode: "daily" }));
  expect(await open()).toBe("today");
  at += 86_400_000;
  expect(await open()).toBe("other");
});
