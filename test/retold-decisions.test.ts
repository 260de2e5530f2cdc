import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DAY } from "../src/core/day.ts";
import { createRandom } from "../src/core/random.ts";
import { checkOf, logNames } from "../src/node/log-files.ts";
import { openDurableSystem } from "../src/service/durable-system.ts";
import { unhurried } from "../src/system/served-system.ts";
import { answer, openDecisions, type Told } from "./deciding-system.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Payments one by one and many at a time, and labels of earlier ones; some make no sense, some come twice, some late. */
function requests(count: number): readonly Told[] {
  const random = createRandom(5, "retold");
  const past: { id: string; time: number; customer: number; terminal: number; amount: number }[] = [];
  let now = 1000 * DAY;
  const payment = () => {
    const chance = random.uniform();
    const made = {
      id: `p${chance < 0.1 ? random.below(past.length + 1) : past.length}`,
      time: now - (chance < 0.3 ? random.below(5000) : 0),
      customer: chance > 0.97 ? -1 : random.below(5),
      terminal: random.below(3),
      amount: random.below(50_000) / 100,
    };
    past.push(made);
    return made;
  };
  return Array.from({ length: count }, () => {
    now += random.below(3) === 0 ? 0 : random.below(400);
    const kind = random.uniform();
    if (kind < 0.6) return { path: "/decide", body: payment(), arrived: now };
    const several = Array.from({ length: 1 + random.below(5) }, payment);
    if (kind < 0.8) return { path: "/decide/many", body: { payments: several }, arrived: now };
    const events = several.map(() => {
      const { amount: _, ...label } = past[random.below(past.length)];
      return { ...label, fraud: random.below(2) === 1 };
    });
    return { path: "/events", body: { events }, arrived: now };
  });
}

/** The folder as kill -9 leaves it, its log's entries changed by `change`. */
function killed(folder: string, change: (entry: object, at: number) => object): string {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith("lock") });
  let at = 0;
  for (const name of logNames(copy)) {
    const lines = readFileSync(join(copy, name), "utf8").trimEnd().split("\n");
    const written = lines.map((line) => {
      const [number, entry] = JSON.parse(line.slice(9));
      const text = JSON.stringify([number, change(entry, at++)]);
      return `${checkOf(text)} ${text}\n`;
    });
    writeFileSync(join(copy, name), written.join(""));
  }
  return copy;
}

it("decisions after kill -9 are those of a service that never ended, with tallies in its log, with the last ones gone, and with none", () => {
  const folder = temporaryFolder();
  const all = requests(960);
  const lived = openDecisions();
  // A snapshot holds the first 400.
  const durable = openDurableSystem(folder, lived.system, { every: 400 });
  const [told, later] = [all.slice(0, 760), all.slice(760)];
  for (const { path, body, arrived } of told) {
    const endpoint = lived.system.endpoints.find((one) => one.path === path);
    if (endpoint !== undefined) durable.answer(endpoint, body, unhurried(Number.NaN, -1, { arrived }));
  }
  const reopened = [1000, 150, 0].map((tallies) => {
    const opened = openDecisions();
    const copy = killed(folder, (entry, at) => (at < tallies ? entry : { ...entry, tally: undefined }));
    return { ...opened, after: openDurableSystem(copy, opened.system) };
  });
  const [few, more, most] = reopened.map(({ decided }) => decided());
  expect([few < more, more < most]).toEqual([true, true]);
  for (const { decider } of reopened) {
    expect(decider.tally()).toEqual(lived.decider.tally());
    expect(decider.state.features.refusedEvents).toEqual(lived.decider.state.features.refusedEvents);
  }
  expect(Object.values(lived.decider.tally().refusedRequests).some((count) => count > 1)).toBe(true);
  for (const one of later) {
    const answered = answer(lived.system, one);
    for (const { system } of reopened) expect(answer(system, one)).toEqual(answered);
  }
  for (const { decider, after } of reopened) {
    expect(decider.tally()).toEqual(lived.decider.tally());
    after.close();
  }
  durable.close();
});
