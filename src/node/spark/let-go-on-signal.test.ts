import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import { letGoOnSignal } from "./let-go-on-signal.ts";

class Signalled extends EventEmitter {
  readonly pid = 4711;
  readonly killed: string[] = [];
  kill(pid: number, signal: string): void {
    // The signal ends the process: whoever listened for it has let go by then.
    this.killed.push(`${pid} ${signal} ${this.listenerCount(signal)}`);
  }
}

it("lets go once, however often the signal comes, and then ends the process by it", async () => {
  const self = new Signalled();
  let letGo = 0;
  let fail: (error: Error) => void = () => undefined;
  const work = new Promise<void>((_, reject) => {
    fail = reject;
  });
  const done = letGoOnSignal(work, async () => void letGo++, self);
  self.emit("SIGINT");
  self.emit("SIGINT");
  self.emit("SIGTERM");
  fail(new Error("the session is gone"));
  await expect(done).rejects.toThrow("the session is gone");
  expect([letGo, self.killed]).toEqual([1, ["4711 SIGINT 0"]]);
});

it("waits for no server that hangs", async () => {
  const self = new Signalled();
  const done = letGoOnSignal(new Promise<void>(() => undefined), () => new Promise(() => undefined), self, 1);
  self.emit("SIGTERM");
  await expect.poll(() => self.killed).toEqual(["4711 SIGTERM 0"]);
  void done;
});

it("leaves the end to whoever else listens, and listens to nothing once the work is done", async () => {
  const self = new Signalled();
  self.on("SIGINT", () => undefined);
  let letGo = 0;
  const done = letGoOnSignal(Promise.resolve(3), async () => void letGo++, self);
  self.emit("SIGINT");
  expect(await done).toBe(3);
  expect([letGo, self.killed]).toEqual([1, []]);
  expect([self.listenerCount("SIGINT"), self.listenerCount("SIGTERM")]).toEqual([1, 0]);
});
