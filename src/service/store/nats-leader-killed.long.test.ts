import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { alike, drop, endReplicas, replica, servers, streamOf, tell } from "../../../test/nats-replicas.ts";
import { hasNats, WITHOUT_NATS } from "../../../test/nats-servers.ts";
import { FailureError } from "../../core/outcome.ts";

endReplicas();

describe.skipIf(!hasNats)(`services that share what they are told${WITHOUT_NATS}`, () => {
  it("lose nothing that was acknowledged and do nothing twice, on three servers whose leader is killed and a service too", async () => {
    const cluster = await servers(3);
    const [a, b] = [await replica(cluster.url, 200), await replica(cluster.url, 200)];
    let speaking = a;
    const acknowledged: string[] = [];
    let [next, isOver] = [0, false];
    const call = async (): Promise<void> => {
      while (!isOver) {
        const id = `e${next++}`;
        for (let isKept = false; !isKept; ) {
          try {
            await tell(next % 2 === 0 ? speaking : b, id);
            isKept = true;
          } catch (error) {
            if (!(error instanceof FailureError)) throw error;
            await sleep(50);
          }
        }
        acknowledged.push(id);
      }
    };
    const callers = Array.from({ length: 4 }, call);
    const more = async (count: number): Promise<void> => {
      for (const enough = acknowledged.length + count; acknowledged.length < enough; ) await sleep(10);
    };
    await more(200);
    const leader = (await streamOf(cluster.url)).cluster?.leader ?? "";
    expect(leader).toMatch(/^n[012]$/u);
    cluster.kill(Number(leader.slice(1)));
    await more(100);
    await cluster.start(Number(leader.slice(1)));
    await more(100);
    const before = a;
    speaking = b;
    await drop(before);
    speaking = await replica(cluster.url, 200);
    await more(100);
    isOver = true;
    await Promise.all(callers);
    await alike(speaking, b);
    await alike(await replica(cluster.url), b);
    const { ids } = b.system;
    expect(new Set(ids).size).toBe(ids.length);
    expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
    expect((await streamOf(cluster.url)).config.num_replicas).toBe(3);
  }, 120_000);
});
