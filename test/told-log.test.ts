import { cpSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openDurableSystem } from "../src/service/durable-system.ts";
import { openServiceClock } from "../src/service/service-clock.ts";
import { SERVED_KINDS, type TrainedSystem, trainSystem } from "./served-systems.ts";
import { smallService } from "./small-service.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const MINUTE = 60;
const DAY = 86_400;
/** A night, a weekend, a quarter without a row. */
const PAUSES = [10 * MINUTE, 2 * 3600, 9 * 3600, 3 * DAY, 95 * DAY, 20 * MINUTE];
/** The world's clock stands so long after the data's end. */
const SINCE = 400 * DAY;

describe.each(SERVED_KINDS.filter((kind) => kind !== "visual-search"))("a log told to %s", (kind) => {
  let trained: TrainedSystem;
  beforeAll(async () => {
    trained = await trainSystem(kind);
  }, 120_000);

  async function serve(isReplay: boolean) {
    const system = await trained.open("end");
    const end = system.newest;
    const clock = openServiceClock(
      () => system.newest,
      () => end + SINCE,
      { isReplay },
    );
    const { app, close, durable, folder: whole } = smallService(system, { clock });
    const folder = join(whole, "events");
    const [first, many] = system.endpoints;
    const isEvents = first.path === "/recommend";
    /** One request about these moments. */
    const tell = async (times: readonly number[], round: string): Promise<readonly boolean[]> => {
      const example = Object(first.example);
      const rows = times.map((time, at) => ({ ...example, id: `${round}-${at}`, time }));
      const events = Object(many.example).events ?? [];
      const [path, payload] = isEvents
        ? ["/events", { events: times.map((time, at) => ({ ...events[0], id: `${round}-${at}`, time })) }]
        : times.length === 1
          ? [first.path, rows[0]]
          : [many.path, { [Object.keys(Object(many.example))[0]]: rows }];
      const answer = await app.inject({ method: "POST", url: path, payload });
      const body = answer.json();
      if (answer.statusCode !== 200) return times.map(() => false);
      if (isEvents) return times.map((_, at) => !JSON.stringify(body.refused).includes(`"${round}-${at}"`));
      const answers = body.predictions ?? body.decisions ?? [body];
      return answers.map(
        ({ fault, reasons = [] }: { fault?: string; reasons?: string[] }) =>
          fault == null && !reasons.includes("clock-jump"),
      );
    };
    return { app, clock, close, durable, end, folder, system, tell };
  }

  it("is taken in its order, one by one, however long it paused, and moves the clock to each row's moment", async () => {
    const { clock, close, end, system, tell } = await serve(true);
    let time = end;
    for (const [at, pause] of PAUSES.entries()) {
      time += pause;
      expect([pause, await tell([time], `one${at}`)]).toEqual([pause, [true]]);
      expect(system.newest).toBe(time);
      expect(clock.now() - time).toBeGreaterThan(0);
      expect(clock.now() - time).toBeLessThan(1);
    }
    // By the world's own clock it has not happened yet.
    expect(await tell([end + SINCE + 2 * 3600], "ahead")).toEqual([false]);
    expect(await tell([time + 1], "after")).toEqual([true]);
    await close();
  });

  it("is taken in its order many rows at a time, and remembered alike after a restart", async () => {
    const { close, durable, end, folder, system, tell } = await serve(true);
    const times = PAUSES.map((_, at) => end + PAUSES.slice(0, at + 1).reduce((sum, one) => sum + one, 0));
    expect(await tell(times, "many")).toEqual(times.map(() => true));
    expect(system.newest).toBe(times.at(-1));
    const again = await trained.open("end");
    await durable.flush();
    const copied = temporaryFolder();
    cpSync(folder, copied, { recursive: true, filter: (path) => !path.endsWith("lock") });
    openDurableSystem(copied, again).close();
    expect(again.save()).toEqual(system.save());
    await close();
  });

  it("moves nothing where no replay was asked for", async () => {
    const { clock, close, end, system, tell } = await serve(false);
    expect(await tell([end + 3 * 3600], "far")).toEqual([false]);
    expect(system.newest).toBe(end);
    expect(clock.now() - end).toBeLessThan(10);
    await close();
  });

  if (kind !== "binary-classification") return;

  it("holds labels that came long after the last case, and they move the clock too", async () => {
    const { app, clock, close, end, tell } = await serve(true);
    expect(await tell([end + DAY], "case")).toEqual([true]);
    const payload = { events: [{ id: "case-0", label: true, time: end + 9 * DAY }] };
    const answer = await app.inject({ method: "POST", url: "/events", payload });
    expect([answer.statusCode, answer.json()]).toEqual([200, { taken: 1, refused: [] }]);
    expect(clock.now()).toBeGreaterThan(end + 9 * DAY);
    await close();
  });
});
