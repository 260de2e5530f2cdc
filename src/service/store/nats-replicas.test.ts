import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { describe, expect, it } from "vitest";
import { TURN } from "../../../test/listing-system.ts";
import { alike, endReplicas, replica, servers, streamOf, tell } from "../../../test/nats-replicas.ts";
import { hasNats, WITHOUT_NATS } from "../../../test/nats-servers.ts";
import { filesBelow } from "../../../test/paths-below.ts";

endReplicas();

describe.skipIf(!hasNats)(`services that share what they are told${WITHOUT_NATS}`, () => {
  it("hear of each other's events in the same order, many to a message, and show the same arms", async () => {
    const { url } = await servers(1);
    const [a, b] = [await replica(url), await replica(url)];
    const all: unknown[] = [];
    for (let i = 0; i < 600; i++) {
      all.push(tell(i % 2 === 0 ? a : b, `e${i}`));
      // One after another, as requests come: what is not under way yet travels together.
      await new Promise((resolve) => setImmediate(resolve));
    }
    a.store.exposures().expose("m1", "treated", 5);
    b.store.exposures().expose("m1", "treated", 6);
    b.store.exposures().expose("m2", "control", 6);
    await Promise.all(all);
    await Promise.all([a, b].map(({ store }) => store.exposures().written()));
    await alike(a, b);
    expect(a.system.ids).toHaveLength(600);
    // What no service wrote is passed over by all.
    const stranger = await connect({ servers: url.replace("nats://", "") });
    stranger.publish("heptad.heptad-note.events", "{");
    await stranger.close();
    await tell(b, "behind a stranger");
    await alike(a, b);
    expect((await streamOf(url)).state.last_seq).toBeLessThan(300);
    for (let tries = 0; tries < 100 && a.store.exposures().count("control") === 0; tries++) await sleep(10);
    for (const { store } of [a, b])
      expect(["treated", "control"].map((arm) => store.exposures().count(arm))).toEqual([1, 1]);
    const [rows, same] = [a, b].map(({ store }) => readFileSync(store.exposures().path, "utf8"));
    expect(rows).toBe(same);
    expect(rows.trim().split("\n")).toHaveLength(3);
    a.store.experiment.stop("salt", "harm");
    await a.store.models.promote("x").catch(() => undefined);
    for (let tries = 0; tries < 400 && b.store.experiment.stopped("salt") === undefined; tries++) await sleep(10);
    expect(b.store.experiment.stopped("salt")).toBe("harm");
    const [first, second] = [await a.store.clockOrigin(5, 100), await b.store.clockOrigin(9, 200)];
    expect([first, second]).toEqual([
      { newest: 5, world: 100 },
      { newest: 5, world: 100 },
    ]);
  });

  it("go on from a snapshot and the messages behind it, also where what they had not heard yet was removed", async () => {
    const { url } = await servers(1);
    const [a, late] = [await replica(url, 20), await replica(url)];
    for (let i = 0; i < 130; i++) await tell(a, `e${i}`);
    for (let tries = 0; tries < 100 && (await streamOf(url)).state.first_seq < 20; tries++) await sleep(20);
    const { state } = await streamOf(url);
    expect(state.first_seq).toBeGreaterThan(20);
    expect(state.last_seq).toBe(130);
    await alike(await replica(url), a);
    await alike(late, a);
    // Forgotten: every message up to there goes, and whoever was behind becomes what the snapshot holds.
    await tell(late, "last");
    await a.store.forget("m0");
    expect((await streamOf(url)).state.messages).toBe(0);
    await alike(late, a);
    const fresh = await replica(url);
    await tell(fresh, "behind");
    for (const one of [late, fresh]) await alike(one, a);
    expect(a.system.ids.at(-1)).toBe("behind");
  });

  it("remove nothing that the first snapshot does not hold", async () => {
    const { url } = await servers(1);
    const [a, late] = [await replica(url), await replica(url)];
    for (let i = 0; i < 5; i++) await tell(a, `e${i}`);
    await a.durable.snapshot();
    expect((await streamOf(url)).state).toMatchObject({ first_seq: 1, messages: 5 });
    await alike(late, a);
    await tell(a, "more");
    await a.durable.snapshot();
    expect((await streamOf(url)).state).toMatchObject({ first_seq: 6, messages: 1 });
    await alike(late, a);
    await alike(await replica(url), a);
  });

  it("say that the log is damaged, and pass over nothing, where messages were removed that no snapshot holds", async () => {
    const { url } = await servers(1);
    const a = await replica(url);
    for (let i = 0; i < 5; i++) await tell(a, `e${i}`);
    const stranger = await connect({ servers: url.replace("nats://", "") });
    const manager = await jetstreamManager(stranger, { checkAPI: false });
    await manager.streams.purge("heptad-note-events", { seq: 4 });
    await stranger.close();
    const message = "messages 1 to 3 of the stream heptad-note-events were removed, and no snapshot holds them";
    await expect(replica(url)).rejects.toMatchObject({ failure: { code: "damaged-log", message } });
    await tell(a, "who has heard of all goes on");
    expect(a.durable.problem).toBeUndefined();
  });

  it("are of one note: one of its file name and of another kind is refused, and nobody's are the first one's", async () => {
    const { url } = await servers(1);
    const [stranger, a] = [await replica(url, 1e9, { note: "note", kind: "other" }), await replica(url)];
    await a.store.claim();
    await a.store.claim();
    const message = "what is kept here is of the note `note` (listing), and this one is `note` (other)";
    await expect(stranger.store.claim()).rejects.toMatchObject({ failure: { code: "other-owner", message } });
    await expect(replica(url, 1e9, { note: "note", kind: "other" })).rejects.toThrow(message);
    await expect(replica(url)).resolves.toBeDefined();
    await expect(replica(url, 1e9, { note: "note", kind: undefined })).resolves.toBeDefined();
  });

  it("leave no byte about who is forgotten while others go on telling", async () => {
    const { url, folders } = await servers(1);
    const [a, b] = [await replica(url), await replica(url)];
    const { tell: endpoint } = a.system;
    await a.durable.answer(endpoint, { events: [{ id: "e0", who: "somebody" }] }, TURN);
    await alike(b, a);
    let isOver = false;
    const others = (async () => {
      for (let i = 1; !isOver; i++) await tell(b, `e${i}`);
    })();
    await a.store.forget("somebody");
    isOver = true;
    await others;
    await alike(a, b);
    expect(a.system.ids).not.toContain("e0");
    expect((await streamOf(url)).state.messages).toBeGreaterThan(0);
    const files = filesBelow(folders[0]);
    expect(files.length).toBeGreaterThan(3);
    for (const { path, bytes } of files) expect(bytes, path).not.toContain("somebody");
  });
});
