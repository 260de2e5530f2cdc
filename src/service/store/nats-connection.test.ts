import { setTimeout as sleep } from "node:timers/promises";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { expect, it } from "vitest";
import { listingModel } from "../../../test/listing-system.ts";
import { endReplicas, replica, servers } from "../../../test/nats-replicas.ts";
import { hasNats, WITHOUT_NATS } from "../../../test/nats-servers.ts";
import { isFrom, untilAnswered } from "./nats-connection.ts";

endReplicas();

it("knows from which version on servers purge what they are told, and no more when they start again", () => {
  const first = [2, 9, 18];
  for (const version of ["2.9.18", "2.9.19", "2.10.0", "3.0.1", "2.10.7-beta.1"])
    expect([version, isFrom(version, first)]).toEqual([version, true]);
  for (const version of ["2.9.10", "2.9.17", "2.8.99", "1.99.99", "", "unknown"])
    expect([version, isFrom(version, first)]).toEqual([version, false]);
});

it("asks again where an answer never comes, and takes the one that does", async () => {
  let asked = 0;
  const work = (): Promise<string> => (++asked === 1 ? new Promise(() => undefined) : Promise.resolve("here"));
  expect(await untilAnswered(work, "somewhere", 20)).toBe("here");
  expect(asked).toBe(2);
});

it.skipIf(!hasNats)(
  `leaves nothing at the servers however long it looks at what others promote${WITHOUT_NATS}`,
  async () => {
    const { url } = await servers(1);
    const { store } = await replica(url);
    const connection = await connect({ servers: url.replaceAll("nats://", "").split(",") });
    const manager = await jetstreamManager(connection, { checkAPI: false });
    const consumers = async () => (await manager.streams.info("KV_heptad-note")).state.consumer_count;
    const other = await replica(url);
    const [first, second] = [await store.models.add(listingModel("a")), await store.models.add(listingModel("b"))];
    const before = await consumers();
    for (let tries = 0; tries < 100 && other.store.models.list().length < 2; tries++) await sleep(100);
    expect(
      other.store.models
        .list()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([first, second].sort());
    await sleep(2500);
    expect(await consumers()).toBe(before);
    await connection.close();
  },
);
