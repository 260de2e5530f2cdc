import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countingSystem } from "../../test/counting-system.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { FailureError } from "../core/outcome.ts";
import { type ServedSystem, unhurried } from "../system/served-system.ts";
import { openDurableSystem } from "./durable-system.ts";
import { openFileStore } from "./store/file-store.ts";
import type { OfferedBeginning } from "./store/service-store.ts";

function offered(open: () => ServedSystem, more: Partial<OfferedBeginning> = {}) {
  const rebuilt: number[] = [];
  const beginning: OfferedBeginning = {
    begin: "end",
    data: "the data",
    meaning: "clicks",
    model: "new",
    open: async () => open(),
    onRebuilt: (requests) => rebuilt.push(requests),
    waysOn: (kept) => `promote ${kept}`,
    ...more,
  };
  return { beginning, rebuilt };
}

const storeIn = (path: string) =>
  openFileStore({
    path,
    owner: { note: "note", kind: "counting" },
    models: join(path, "models"),
    events: join(path, "events"),
    exposures: join(path, "exposures.csv"),
    experiment: join(path, "experiment.json"),
  });

/** Told three times by two starts, with a snapshot between them. */
async function toldOld(): Promise<string> {
  const path = temporaryFolder();
  for (const ids of [["a", "b"], ["c"]]) {
    const old = offered(() => countingSystem(), { model: "old" });
    const durable = await storeIn(path).remember(countingSystem(), undefined, old.beginning);
    for (const id of ids) await durable.answer(durable.system.endpoints[0], { id, by: 5 }, unhurried(0));
    await durable.close();
  }
  return path;
}

async function failureOf(work: Promise<unknown>): Promise<FailureError["failure"] | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof FailureError ? error.failure : undefined;
  }
}

const other = () => countingSystem(1, "squares");

describe("a service whose model has other features than its snapshot", () => {
  it("builds what it remembers again from the data and every request of the log, and says how many", async () => {
    const path = await toldOld();
    const { beginning, rebuilt } = offered(other);
    const durable = await storeIn(path).remember(other(), undefined, beginning);
    expect(rebuilt).toEqual([3]);
    const { body } = await durable.answer(durable.system.endpoints[1], { who: "me" }, unhurried(0));
    expect(body).toMatchObject({ sum: 15 });
    await durable.answer(durable.system.endpoints[0], { id: "d", by: 1 }, unhurried(0));
    await durable.close();
    // From here on it is in the snapshot, and the log goes on behind it.
    const again = offered(other);
    const later = await storeIn(path).remember(other(), undefined, again.beginning);
    expect(again.rebuilt).toEqual([]);
    expect(later.system.counts()).toEqual({ ids: 4 });
    await later.close();
    const back = offered(() => countingSystem(), { model: "old" });
    await (await storeIn(path).remember(countingSystem(), undefined, back.beginning)).close();
    expect(back.rebuilt).toEqual([4]);
  });

  it("stops with what to do where what was told may be in the data too, and leaves everything as it was", async () => {
    const path = await toldOld();
    for (const more of [{ data: "newer data" }, { meaning: "purchases" }]) {
      const { beginning } = offered(other, more);
      const failure = await failureOf(storeIn(path).remember(other(), undefined, beginning));
      expect(failure).toMatchObject({ code: "other-state", fix: "promote old" });
    }
    const began = offered(() => ({ ...other(), newest: 1 }));
    expect((await failureOf(storeIn(path).remember(other(), undefined, began.beginning)))?.message).toContain(
      "ended at another moment",
    );
    const old = offered(() => countingSystem());
    const durable = await storeIn(path).remember(countingSystem(), undefined, old.beginning);
    expect(durable.system.counts()).toEqual({ ids: 3 });
    await durable.close();
  });

  it("keeps nothing of a person who is forgotten, and stops after that", async () => {
    const path = await toldOld();
    const store = storeIn(path);
    const { beginning } = offered(() => countingSystem());
    const durable = await store.remember(countingSystem(), undefined, beginning);
    await store.forget("b");
    await durable.close();
    expect(readdirSync(join(path, "events")).filter((name) => name.startsWith("told-"))).toEqual([]);
    const failure = await failureOf(storeIn(path).remember(other(), undefined, offered(other).beginning));
    expect(failure?.code).toBe("other-state");
    expect(failure?.message).toContain("cannot be built again");
  });

  it("keeps all of what was told or none, by the bytes that it may take", () => {
    const folder = temporaryFolder();
    const durable = openDurableSystem(folder, countingSystem(), { keepTold: 100 });
    const told = () => readdirSync(folder).filter((name) => name.startsWith("told-")).length;
    const counts: number[] = [];
    for (const id of ["a", "b", "c"]) {
      durable.answer(durable.system.endpoints[0], { id, by: 1 }, unhurried(0));
      durable.snapshot();
      counts.push(told());
    }
    expect(counts).toEqual([1, 0, 1]);
    durable.close();
    expect(() => openDurableSystem(folder, other(), { onRetold: () => undefined })).toThrow(
      "entries 1 to 2 are missing",
    );
  });

  it("begins with the data alone where it is told so", async () => {
    const path = await toldOld();
    const store = storeIn(path);
    store.beginAnew();
    expect(await store.holds()).toBe(false);
    expect(existsSync(join(path, "events", "reached"))).toBe(false);
    const durable = await store.remember(other(), undefined, offered(other).beginning);
    expect(durable.system.counts()).toEqual({ ids: 0 });
    await durable.close();
  });
});
