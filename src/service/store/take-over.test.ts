import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listingModel, listingSystem, TURN } from "../../../test/listing-system.ts";
import { hasNats, type NatsServers, startNats, WITHOUT_NATS } from "../../../test/nats-servers.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { FailureError } from "../../core/outcome.ts";
import { stageResult } from "../../system/stage.ts";
import { openFileStore } from "./file-store.ts";
import { isToldInFiles, notePlace, refuseLoss, saidElsewhere } from "./kept-elsewhere.ts";
import { openNatsStore } from "./nats-store.ts";
import type { ServiceStore } from "./service-store.ts";
import { takeOver } from "./take-over.ts";

let servers: NatsServers | undefined;
beforeAll(async () => {
  if (hasNats) servers = await startNats();
}, 30_000);
afterAll(() => servers?.stop());

const OWNER = { note: "note", kind: "listing" };
function folderAt(path = temporaryFolder()) {
  return {
    path,
    name: path.replaceAll(/\W/gu, ""),
    owner: OWNER,
    models: join(path, "models"),
    events: join(path, "events"),
    exposures: join(path, "exposures.csv"),
    experiment: join(path, "experiment.json"),
  };
}
type Folder = ReturnType<typeof folderAt>;
const shared = (folder: Folder) => openNatsStore(folder, { url: servers?.url ?? "" }, { replica: "here" });
const open = async () => listingSystem();
const PARTS = { open, isAnew: false, salt: "trial" };
/** What a service's log begins with. */
const BEGINNING = {
  begin: "end",
  data: "d",
  meaning: "m",
  model: "",
  open,
  onRebuilt: () => undefined,
  waysOn: () => "",
} as const;

/** A store that was served from: two models, an event of the first, an exposure, an experiment that was stopped. */
async function serveFrom(store: ServiceStore): Promise<void> {
  const parts = {
    stages: { ranking: "a".repeat(64) },
    results: new Map([["ranking", stageResult({ json: {}, arrays: { weights: Float64Array.of(1, 2) } })]]),
  };
  const ids = [await store.models.add(listingModel("a", parts)), await store.models.add(listingModel("b", parts))];
  await store.models.promote(ids[0]);
  await store.models.promote(ids[1], "it is better");
  const system = listingSystem();
  const durable = await store.remember(system, undefined, { ...BEGINNING, model: ids[0] });
  await durable.answer(system.tell, { events: [{ id: "e1", who: "m" }] }, TURN);
  store.exposures().expose("m", "treated", 5);
  await store.exposures().written();
  store.experiment.stop("trial", "harm");
  await durable.close();
  await store.close();
}

/** What a service that is started with a store finds there. */
async function foundIn(store: ServiceStore, memory: Uint8Array) {
  const system = listingSystem();
  system.restore(memory);
  const durable = await store.remember(system);
  const { models, experiment } = store;
  const weights = await models.open(models.current ?? "")("ranking");
  const again = await durable.answer(system.tell, { events: [{ id: "e1", who: "m" }] }, TURN);
  const found = {
    ids: [...system.ids],
    again: again.body,
    shown: readFileSync(store.exposures().path, "utf8")
      .split("\n")
      .filter((row) => row.endsWith(",0")),
    stopped: experiment.stopped("trial"),
    promoted: models.served.promoted.map(({ why }) => why),
    models: models.list().length,
    weights: weights.arrays.weights,
  };
  await durable.close();
  await store.close();
  return found;
}
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code;
    throw error;
  }
  return "nothing thrown";
};

describe(`what a service kept in one store${WITHOUT_NATS}`, () => {
  it.skipIf(!hasNats).each(["files to NATS", "NATS to files"])("is taken over from %s whole", async (way) => {
    const [there, here] = [folderAt(), folderAt()];
    const toShared = way === "files to NATS";
    await serveFrom(toShared ? openFileStore(there) : await shared(there));
    const from = toShared ? openFileStore(there) : await shared(there);
    const to = toShared ? await shared(here) : openFileStore(here);
    const opened: string[] = [];
    const memory = await takeOver(from, to, {
      ...PARTS,
      async open(model) {
        opened.push(from.models.find(model).note);
        return listingSystem();
      },
    });
    // Files know that the first one remembered, before the other was promoted.
    expect(opened).toEqual([toShared ? "a" : "b"]);
    await from.close();
    expect(await foundIn(to, memory)).toEqual({
      ids: ["e1"],
      again: { taken: 0 },
      shown: ["m,treated,5,0"],
      stopped: "harm",
      promoted: [undefined, "it is better"],
      models: 2,
      weights: Float64Array.of(1, 2),
    });
    // From files that were taken over and told nothing since, it is no other matter.
    expect(isToldInFiles(here)).toBe(!toShared);
  });

  it("is taken over in place of what files held where that shall be emptied, and not where nothing is remembered", async () => {
    const [there, here, unused] = [folderAt(), folderAt(), folderAt()];
    await serveFrom(openFileStore(there));
    const old = openFileStore(here);
    const system = listingSystem();
    const durable = await old.remember(system);
    await durable.answer(system.tell, { events: [{ id: "old", who: "m" }] }, TURN);
    await durable.close();
    await old.close();
    const to = openFileStore(here);
    expect(await codeOf(takeOver(openFileStore(there), to, PARTS))).toBe("kept-in-both");
    // Nothing is removed for what cannot be taken over whole.
    const [{ id }] = openFileStore(there).models.list();
    const weights = join(there.models, id, "a".repeat(64));
    renameSync(weights, join(there.path, "aside"));
    expect(await codeOf(takeOver(openFileStore(there), to, { ...PARTS, isAnew: true }))).toBe("damaged-model");
    expect(await to.holds()).toBe(true);
    renameSync(join(there.path, "aside"), weights);
    const memory = await takeOver(openFileStore(there), to, { ...PARTS, isAnew: true });
    expect((await foundIn(to, memory)).ids).toEqual(["e1"]);
    const { models } = openFileStore(unused);
    await models.promote(await models.add(listingModel("a")));
    expect(await codeOf(takeOver(openFileStore(unused), openFileStore(folderAt()), PARTS))).toBe("nothing-kept");
  });

  it.skipIf(!hasNats)(
    "is not put together with what another one holds, and not taken from where nothing is",
    async () => {
      const [there, here, empty] = [folderAt(), folderAt(), folderAt()];
      await serveFrom(openFileStore(there));
      await serveFrom(await shared(here));
      const to = await shared(here);
      expect(await codeOf(takeOver(openFileStore(there), to, PARTS))).toBe("kept-in-both");
      // What others share is not removed for one of them.
      expect(await codeOf(takeOver(openFileStore(there), to, { ...PARTS, isAnew: true }))).toBe("kept-in-both");
      expect(await codeOf(takeOver(openFileStore(empty), to, PARTS))).toBe("nothing-kept");
      await to.close();
    },
  );
});

describe("a service that is started with another store than before", () => {
  const held = { holds: async () => true };
  const blank = { holds: async () => false };
  const failureOf = async (work: Promise<unknown>) => {
    try {
      await work;
    } catch (error) {
      if (error instanceof FailureError) return error.failure;
      throw error;
    }
    return undefined;
  };

  it("is refused with the ways on where files hold what it was told, and begins where they hold nothing", async () => {
    const folder = folderAt();
    expect(isToldInFiles(folder)).toBe(false);
    await refuseLoss(blank, folder, true, "note.md");
    const store = openFileStore(folder);
    const durable = await store.remember(listingSystem(), undefined, BEGINNING);
    const shown = store.exposures();
    // Served, and never told anything.
    expect(isToldInFiles(folder)).toBe(false);
    shown.expose("m", "treated", 5);
    await durable.close();
    expect(isToldInFiles(folder)).toBe(true);
    await serveFrom(openFileStore(folder));
    expect(isToldInFiles(folder)).toBe(true);
    const refused = await failureOf(refuseLoss(blank, folder, true, "note.md"));
    expect([refused?.code, refused?.where]).toEqual(["kept-elsewhere", folder.path]);
    expect(refused?.fix).toContain("--import files");
    expect((await failureOf(refuseLoss(held, folder, true, "note.md")))?.message).toContain("cannot be put together");
    // Its own files are no other place.
    expect(await failureOf(refuseLoss(held, folder, false, "note.md"))).toBeUndefined();
  });

  it("is refused where it went on in NATS since, until it is said what becomes of that", async () => {
    const folder = folderAt();
    for (const day of ["2026-02-03", "2026-02-04"])
      notePlace(folder, "127.0.0.1:4222 (heptad-note)", () => new Date(`${day}T04:05:06Z`));
    const refused = await failureOf(refuseLoss(blank, folder, false, "a note.md"));
    expect(refused?.message).toBe(
      "since 2026-02-03 what this service is told is kept in NATS at 127.0.0.1:4222 (heptad-note): files would go on without it",
    );
    expect(refused?.fix).toContain("heptad serve 'a note.md' --import URL;");
    expect(saidElsewhere(folder, false)).toContain("since 2026-02-03");
    expect(saidElsewhere(folder, true)).toBeUndefined();
    // Once decided, NATS is gone on with, whatever the files hold.
    await serveFrom(openFileStore(folder));
    await refuseLoss(held, folder, true, "note.md");
    expect(saidElsewhere(folder, true)).toContain(folder.path);
    expect((await failureOf(refuseLoss(held, folder, false, "note.md")))?.fix).toContain("--import URL --anew");
    notePlace(folder, undefined);
    await refuseLoss(held, folder, false, "note.md");
    expect(saidElsewhere(folder, false)).toBeUndefined();
  });

  it("says so where that cannot be read", async () => {
    const folder = folderAt();
    mkdirSync(folder.path, { recursive: true });
    writeFileSync(join(folder.path, "kept-in.json"), "{");
    expect((await failureOf(refuseLoss(blank, folder, false, "note.md")))?.code).toBe("damaged-place");
  });
});
