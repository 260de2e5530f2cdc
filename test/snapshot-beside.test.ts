import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeAside } from "../src/node/write-ahead-log.ts";
import { openDurableSystem } from "../src/service/durable-system.ts";
import { recoverable } from "../src/service/replay-log.ts";
import { type ServedSystem, unhurried } from "../src/system/served-system.ts";
import { SERVED_KINDS, trainSystem } from "./served-systems.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const REMEMBERING = SERVED_KINDS.filter((kind) => kind !== "visual-search");

/** Tells the system's examples again and again, each under another id and a little later; gives what was answered. */
function tell(durable: ReturnType<typeof openDurableSystem>, from: number, until: number): readonly unknown[] {
  const { endpoints, newest } = durable.system;
  const answers: unknown[] = [];
  for (let at = from; at < until; at++)
    for (const endpoint of endpoints) {
      const text = JSON.stringify(endpoint.example).replaceAll("example-1", `told-${at}`);
      const body = endpoint.complete(JSON.parse(text), newest + 1);
      answers.push(durable.answer(endpoint, body, unhurried(newest + 1, -1)).body);
    }
  return answers;
}

describe.each(REMEMBERING)("a snapshot made beside a service of %s", (kind) => {
  it("holds what the service remembers, and what was told while it was made comes after it", async () => {
    const trained = await trainSystem(kind);
    const blank = (): Promise<ServedSystem> => trained.open("end", true);
    const [folder, copy] = [temporaryFolder(), temporaryFolder()].map((one) => join(one, "events"));
    const maker = await blank();
    let finish: (() => void) | undefined;
    const made = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const makes: number[] = [];
    const durable = openDurableSystem(folder, await trained.open("end"), {
      every: 12,
      // On a machine that others use answers take long: here only entries count.
      now: () => 0,
      async makeAside(upTo) {
        makes.push(upTo);
        await made;
        makeAside(
          folder,
          recoverable(() => maker, folder),
          upTo,
        );
      },
    });
    tell(durable, 0, 20);
    expect(makes).toHaveLength(1);
    expect(makes[0]).toBe(12);
    // Killed here, nothing is lost: both logs are there.
    cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith("lock") });
    finish?.();
    for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
    const left = durable.logged;
    expect(left).toBeLessThan(60 - 12 + 1);
    const again = join(temporaryFolder(), "events");
    cpSync(folder, again, { recursive: true, filter: (path) => !path.endsWith("lock") });
    const answers = tell(durable, 20, 25);
    for (const where of [copy, again]) {
      const second = openDurableSystem(where, await blank());
      expect(tell(second, 20, 25)).toEqual(answers);
      expect(second.system.counts()).toEqual(durable.system.counts());
      second.close();
    }
    durable.close();
    expect(readdirSync(folder).filter((name) => name.startsWith("aside"))).toEqual([]);
  }, 60_000);

  it("is begun once answering the log again would take a second, and the next one after a quarter of what the last took", async () => {
    const trained = await trainSystem(kind);
    let seconds = 0;
    const makes: number[] = [];
    const durable = openDurableSystem(join(temporaryFolder(), "events"), await trained.open("end"), {
      // Each look at the clock takes a sixteenth of a second: so does each answer.
      now: () => (seconds += 1 / 16),
      async makeAside(upTo) {
        makes.push(upTo);
        seconds += 100;
        throw new Error("no room");
      },
    });
    const [endpoint] = durable.system.endpoints.filter(({ remembers }) => remembers);
    const { newest } = durable.system;
    const answer = async (at: number): Promise<void> => {
      const text = JSON.stringify(endpoint.example).replaceAll("example-1", `told-${at}`);
      durable.answer(endpoint, endpoint.complete(JSON.parse(text), newest + 1), unhurried(newest + 1, -1));
      await new Promise((resolve) => setImmediate(resolve));
    };
    for (let at = 0; at < 30; at++) await answer(at);
    expect(makes).toEqual([16]);
    seconds += 20;
    await answer(30);
    expect(makes).toEqual([16]);
    seconds += 5;
    await answer(31);
    expect(makes).toEqual([16, 32]);
    durable.close();
  }, 60_000);

  it("is made by the service itself where three seconds of work stand behind the last, and another process comes to no end", async () => {
    const trained = await trainSystem(kind);
    let seconds = 0;
    const errors: string[] = [];
    let giveUp: ((error: Error) => void) | undefined;
    const folder = join(temporaryFolder(), "events");
    const durable = openDurableSystem(folder, await trained.open("end"), {
      // Each look at the clock takes a sixteenth of a second: so does each answer.
      now: () => (seconds += 1 / 16),
      makeAside: () =>
        new Promise((_, reject) => {
          giveUp = reject;
        }),
      onError: (message) => errors.push(message),
    });
    const [endpoint] = durable.system.endpoints.filter(({ remembers }) => remembers);
    const { newest } = durable.system;
    const lengths = Array.from({ length: 60 }, (_, at) => {
      const text = JSON.stringify(endpoint.example).replaceAll("example-1", `told-${at}`);
      durable.answer(endpoint, endpoint.complete(JSON.parse(text), newest + 1), unhurried(newest + 1, -1));
      return durable.logged;
    });
    expect(lengths.slice(0, 47)).toEqual(Array.from({ length: 47 }, (_, at) => at + 1));
    expect(lengths[47]).toBe(0);
    expect(lengths[59]).toBe(12);
    giveUp?.(new Error("what it reads is gone"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(errors).toEqual([]);
    const counts = durable.system.counts();
    durable.close();
    const again = openDurableSystem(folder, await trained.open("end", true));
    expect(again.system.counts()).toEqual(counts);
    again.close();
  }, 60_000);
});
