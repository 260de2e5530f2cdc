import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ListingSystem, listingModel, listingSystem, TURN } from "../../../test/listing-system.ts";
import { hasNats, type NatsServers, startNats, WITHOUT_NATS } from "../../../test/nats-servers.ts";
import { filesBelow, pathsBelow } from "../../../test/paths-below.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { stageResult } from "../../system/stage.ts";
import type { DurableSystem } from "../durable-system.ts";
import { openFileStore } from "./file-store.ts";
import { openNatsStore } from "./nats-store.ts";
import type { ServiceStore } from "./service-store.ts";

interface Opened {
  readonly store: ServiceStore;
  readonly durable: DurableSystem;
  readonly system: ListingSystem;
}

/** What the suite asks of an implementation besides the store. */
interface Place {
  /** `known` is what the system was told before it was opened. */
  open(known?: string): Promise<Opened>;
  /** Ends one as kill -9 would, and opens what it has left. */
  crash(opened: Opened): Promise<Opened>;
  /** All bytes on the disk. */
  bytes(): string;
  /** Folders of snapshots, which are packed: where there is a new one, the old one is gone. */
  states(): readonly string[];
  readonly snapshots: number;
}

let servers: NatsServers | undefined;
const running = new Set<Opened>();

beforeAll(async () => {
  if (hasNats) servers = await startNats();
}, 30_000);
afterAll(() => servers?.stop());
afterEach(async () => {
  for (const one of running) await end(one);
});

async function end(one: Opened): Promise<void> {
  running.delete(one);
  await one.durable.close();
  await one.store.close();
}

async function remember(store: ServiceStore, known?: string): Promise<Opened> {
  const system = listingSystem();
  if (known !== undefined) system.tell.answer({ events: [{ id: known, who: "m" }] }, TURN);
  const opened = { store, system, durable: await store.remember(system) };
  running.add(opened);
  return opened;
}

const OWNER = { note: "note", kind: "recommendation" };

function files(): Place {
  let folder = temporaryFolder();
  const open = (known?: string) =>
    remember(
      openFileStore({
        path: folder,
        owner: OWNER,
        models: join(folder, "models"),
        events: join(folder, "events"),
        exposures: join(folder, "exposures.csv"),
        experiment: join(folder, "experiment.json"),
      }),
      known,
    );
  return {
    open,
    crash() {
      const copy = join(temporaryFolder(), "copy");
      cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith("lock") });
      folder = copy;
      return open();
    },
    bytes: () =>
      filesBelow(folder)
        .map((file) => file.bytes)
        .join(""),
    states: () => [],
    snapshots: 0,
  };
}

let places = 0;
function nats(): Place {
  const name = `place${places++}`;
  const open = async (known?: string) => {
    const folder = temporaryFolder();
    const store = await openNatsStore(
      { path: folder, name, owner: OWNER, models: join(folder, "models") },
      { url: servers?.url ?? "" },
      { replica: "here" },
    );
    return remember(store, known);
  };
  return {
    open,
    async crash(opened) {
      running.delete(opened);
      await opened.store.close();
      return open();
    },
    bytes: () =>
      (servers?.folders ?? [])
        .flatMap(filesBelow)
        .map(({ bytes }) => bytes)
        .join(""),
    states: () =>
      (servers?.folders ?? [])
        .flatMap(pathsBelow)
        .filter((path) => path.endsWith("msgs") && path.includes(`heptad-${name}-state-`)),
    snapshots: 1,
  };
}

const tell = async ({ durable, system }: Opened, ...events: readonly (readonly [id: string, who: string])[]) => {
  const body = { events: events.map(([id, who]) => ({ id, who })) };
  return (await durable.answer(system.tell, system.tell.complete(body, 0), { ...TURN, arrived: 4711.5 })).body;
};

const built = listingModel("a", {
  stages: { ranking: "a".repeat(64) },
  results: new Map([["ranking", stageResult({ json: { note: "a" }, arrays: { weights: Float64Array.of(1, 2) } })]]),
});

const implementations: readonly (readonly [string, boolean, () => Place])[] = [
  ["files", true, files],
  [`NATS${WITHOUT_NATS}`, hasNats, nats],
];

describe.each(implementations)("a store in %s", (_, isThere, make) => {
  describe.skipIf(!isThere)("keeps", () => {
    it("what it was told, in its order, over a kill, each id once", async () => {
      const place = make();
      let one = await place.open();
      for (let i = 0; i < 30; i++) expect(await tell(one, [`e${i}`, "m"])).toEqual({ taken: 1 });
      expect(await tell(one, ["e3", "m"], ["e30", "m"])).toEqual({ taken: 1 });
      one = await place.crash(one);
      const ids = Array.from({ length: 31 }, (_, i) => `e${i}`);
      expect(one.system.ids).toEqual(ids);
      expect(one.system.arrivals).toEqual(ids.map(() => 4711.5));
      expect(await tell(one, ["e30", "m"])).toEqual({ taken: 0 });
      await one.durable.snapshot();
      await tell(one, ["after", "m"]);
      one = await place.crash(one);
      expect(one.system.ids).toEqual([...ids, "after"]);
      await end(one);
      expect((await place.open()).system.ids).toEqual([...ids, "after"]);
    });

    it("all that many callers tell at once, in an order that stays", async () => {
      const place = make();
      const one = await place.open();
      const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => tell(one, [`e${i}`, "m"])));
      expect(answers).toEqual(Array.from({ length: 500 }, () => ({ taken: 1 })));
      const { ids } = one.system;
      expect([...ids].sort()).toEqual(Array.from({ length: 500 }, (_, i) => `e${i}`).sort());
      expect((await place.crash(one)).system.ids).toEqual(ids);
    });

    it("a long one, and refuses one that is longer than it can keep without losing the next", async () => {
      const place = make();
      let one = await place.open();
      const long = Array.from({ length: 500 }, (_, i) => [`${"é".repeat(200)}${i}`, "m"] as const);
      expect(await tell(one, ...long)).toEqual({ taken: 500 });
      expect(await tell(one, ["next", "m"])).toEqual({ taken: 1 });
      one = await place.crash(one);
      expect(one.system.ids).toHaveLength(501);
    });

    it("what the first system knew before the first event, whatever later ones know", async () => {
      const place = make();
      const one = await place.open("early");
      expect(await one.store.holds()).toBe(true);
      await tell(one, ["e1", "m"]);
      await end(one);
      expect((await place.open("other")).system.ids).toEqual(["early", "e1"]);
    });

    it("who was shown what once, and their outcomes, over a kill", async () => {
      const place = make();
      let one = await place.open();
      let exposures = one.store.exposures();
      expect(exposures.expose("m1", "treated", 5)).toBe(true);
      expect(exposures.expose("m1", "treated", 6)).toBe(false);
      expect(exposures.expose("m2", "control", 7)).toBe(true);
      await exposures.written();
      const body = one.system.tell.complete({ events: [{ id: "wanted", who: "m1" }] }, 0);
      // As the service does.
      for (const { unit, moment, value } of (await one.durable.answer(one.system.tell, body, TURN)).outcomes ?? [])
        exposures.outcome(unit, moment, value);
      const rows = readFileSync(exposures.path, "utf8");
      expect(rows.trim().split("\n").slice(1)).toEqual(["m1,treated,5,0", "m2,control,7,0", "m1,treated,5,1"]);
      one = await place.crash(one);
      exposures = one.store.exposures();
      expect(exposures.expose("m1", "treated", 9)).toBe(false);
      expect([exposures.count("treated"), exposures.count("control")]).toEqual([1, 1]);
      expect(readFileSync(exposures.path, "utf8")).toBe(rows);
    });

    it("nothing about who is forgotten: memory, exposures, and no byte on the disk", async () => {
      const place = make();
      let one = await place.open();
      await tell(one, ["e1", "somebody"], ["e2", "other"]);
      await one.durable.snapshot();
      await tell(one, ["e3", "somebody"], ["e4", "other"]);
      const exposures = one.store.exposures();
      exposures.expose("somebody", "treated", 5);
      exposures.expose("other", "control", 5);
      await exposures.written();
      expect(place.bytes()).toContain("somebody");
      expect(await one.store.forget("somebody")).toEqual({ entries: 2, exposures: 1 });
      expect(place.bytes()).not.toContain("somebody");
      for (const path of place.states()) expect(path).toContain("state-1");
      expect(place.states()).toHaveLength(place.snapshots);
      expect(one.system.ids).toEqual(["e2", "e4"]);
      await tell(one, ["e5", "other"]);
      one = await place.crash(one);
      expect(one.system.ids).toEqual(["e2", "e4", "e5"]);
      expect(one.store.exposures().count("control")).toBe(1);
      expect(one.store.exposures().count("treated")).toBe(0);
      expect(place.bytes()).not.toContain("somebody");
    });

    it("why an experiment was stopped, and nothing of another one", async () => {
      const place = make();
      const one = await place.open();
      expect(one.store.experiment.stopped("movies")).toBeUndefined();
      one.store.experiment.stop("movies", "harm");
      expect(one.store.experiment.stopped("movies")).toBe("harm");
      expect(one.store.experiment.stopped("others")).toBeUndefined();
      await sleep(50);
      expect((await place.crash(one)).store.experiment.stopped("movies")).toBe("harm");
    });

    it("models, which of them serves, and the way back", async () => {
      const place = make();
      let one = await place.open();
      const [a, b] = [await one.store.models.add(built), await one.store.models.add({ ...built, note: "b" })];
      expect(await one.store.models.add(built)).toBe(a);
      expect(one.store.models.current).toBeUndefined();
      await one.store.models.promote(a);
      await expect(one.store.models.rollback()).rejects.toThrow("no model served before");
      await one.store.models.promote(b.slice(0, 8));
      one = await place.crash(one);
      const { models } = one.store;
      expect([models.current, models.find(a).note]).toEqual([b, "a"]);
      expect((await models.open(a)("ranking")).arrays.weights).toEqual(Float64Array.of(1, 2));
      expect(await models.rollback()).toBe(a);
      await expect(models.promote("zzzz")).rejects.toThrow("there is no model");
      expect(models.list().map(({ id }) => id)).toHaveLength(2);
      expect((await place.crash(one)).store.models.current).toBe(a);
    });
  });
});
