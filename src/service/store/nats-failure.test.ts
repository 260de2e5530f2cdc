import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { countingSystem } from "../../../test/counting-system.ts";
import { hasNats, type NatsServers, startNats, WITHOUT_NATS } from "../../../test/nats-servers.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createService, openAdmission } from "../create-service.ts";
import { ownHosts } from "../guard.ts";
import { openServiceClock } from "../service-clock.ts";
import { createServiceMetrics } from "../service-metrics.ts";
import { readAddress } from "./nats-address.ts";
import { openNatsStore } from "./nats-store.ts";
import type { ServiceStore } from "./service-store.ts";

const running: NatsServers[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function servers(more = ""): Promise<NatsServers> {
  const started = await startNats(1, more);
  running.push(started);
  return started;
}

function open(url: string): Promise<ServiceStore> {
  const folder = temporaryFolder();
  const owner = { note: "note", kind: "counting" };
  const place = { path: folder, name: "note", owner, models: join(folder, "models") };
  return openNatsStore(place, { url }, { replica: "here" });
}

describe("an address of NATS", () => {
  it("names servers, and a user, a token or nobody", () => {
    expect(readAddress("nats://a, tls://b:5")).toEqual({ servers: ["a:4222", "b:5"], place: "a:4222, b:5", tls: {} });
    expect(readAddress("nats://me:s%40cret@a:4")).toEqual({
      servers: ["a:4"],
      place: "a:4",
      user: "me",
      pass: "s@cret",
    });
    expect(readAddress("nats://t0ken@a")).toEqual({ servers: ["a:4222"], place: "a:4222", token: "t0ken" });
  });

  it("is refused where it is none, without its secret", () => {
    for (const wrong of ["", "foo", "http://a", "nats://a,,nats://b"])
      expect(() => readAddress(wrong)).toThrow("is no address of NATS");
    expect(() => readAddress("http://me:secret@a")).toThrow("`http://a`");
  });
});

describe.skipIf(!hasNats)(`what stands between a service and NATS${WITHOUT_NATS}`, () => {
  it("is said: nobody there, not let in, no JetStream, too small messages", async () => {
    await expect(open("nats://127.0.0.1:9")).rejects.toThrow("no NATS server answers at 127.0.0.1:9");
    const closed = await servers('authorization { user: "me", password: "secret" }');
    await expect(open(closed.url)).rejects.toThrow("does not let us in");
    await (await open(closed.url.replace("nats://", "nats://me:secret@"))).close();
    const small = await servers("max_payload: 100000");
    await expect(open(small.url)).rejects.toThrow("takes messages of 100000 bytes at most");
    const empty = await servers("accounts { A { users: [{ user: a, password: a }] } }\nno_auth_user: a");
    await expect(open(empty.url)).rejects.toThrow("runs without JetStream");
  });

  it("leaves reads going while NATS is gone, refuses what would be forgotten, and takes it once when NATS is back", async () => {
    const nats = await servers();
    const store = await open(nats.url);
    const durable = await store.remember(countingSystem());
    const metrics = createServiceMetrics();
    const app = createService({
      title: "Sums",
      version: "1",
      durable,
      clock: openServiceClock(
        () => Date.now() / 1000,
        () => Date.now() / 1000,
      ),
      metrics,
      guard: { hosts: ownHosts("127.0.0.1"), token: undefined },
      budget: {},
      admission: openAdmission(10),
      model: () => ({ id: "m" }),
      change: async () => "m",
    });
    const post = (url: string, payload: object) => app.inject({ method: "POST", url, payload });
    expect((await post("/add", { id: "a", by: 2 })).json().sum).toBe(2);
    nats.kill(0);
    while (durable.problem === undefined) await sleep(10);
    const refused = await post("/add", { id: "b", by: 5 });
    expect([refused.statusCode, refused.headers["retry-after"], refused.json().error]).toEqual([503, "1", "nats-gone"]);
    expect((await post("/sum", { who: "me" })).json().sum).toBe(2);
    expect((await app.inject("/ready")).statusCode).toBe(503);
    expect((await app.inject("/health")).statusCode).toBe(200);
    await nats.start(0);
    while (durable.problem !== undefined) await sleep(10);
    const again = async () => {
      for (;;) {
        const answer = await post("/add", { id: "b", by: 5 });
        if (answer.statusCode === 200) return answer.json().sum;
      }
    };
    expect([await again(), await again()]).toEqual([7, 7]);
    await app.close();
    metrics.close();
    await durable.close();
    await store.close();
  });
});
