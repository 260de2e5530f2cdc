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

test("shows a page that is read while another order comes either sitting whole, and then the one that was ordered", async () => {
  const root = temporaryFolder();
  const now = () => new Date(START);
  await openPracticeDesk({ root, now }).start(startSchema.parse({ mode: "gauntlet", count: 100 }));
  const question = "ivfpq-memory";
  // A process that was started anew has to read the bank and the history before it can show what was begun.
  const desk = openPracticeDesk({ root, now });
  await expect(desk.start(startSchema.parse({ question: "none" }))).rejects.toThrow("no question of this name");
  const ordered = desk.start(startSchema.parse({ question }));
  const pages: ReturnType<typeof desk.show>[] = [];
  for (let page = 0; page < 40; page++) {
    await undefined;
    pages.push(desk.show());
  }
  const shown = [...(await Promise.all(pages)), await ordered].map(({ session }) => [
    session?.count,
    session?.asked?.id === question,
  ]);
  expect(shown.filter(([count, isOrdered]) => (count === 1) !== isOrdered)).toEqual([]);
  expect(shown.at(-1)).toEqual([1, true]);
  expect((await desk.show()).session?.asked?.id).toBe(question);
});
