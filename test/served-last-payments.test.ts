import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY } from "../src/core/day.ts";
import { createRandom } from "../src/core/random.ts";
import { simulatePayments } from "../src/kinds/fraud-detection/simulated-payments.ts";
import { type Duckdb, openDuckdb } from "../src/node/duckdb.ts";
import { createInputFiles } from "../src/node/input-files.ts";
import type { ServedSystem } from "../src/system/served-system.ts";
import { unhurried } from "../src/system/served-system.ts";
import { sealedEnvironment } from "./sealed-environment.ts";
import { smallNote, type TrainedSystem, trainNote } from "./served-systems.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const world = simulatePayments({ customers: 120, terminals: 160, days: 80 }, createRandom(3));
const END = Math.ceil(world.time[world.time.length - 1]);
/** Of one card, long after all others. */
const LAST = Array.from({ length: 6 }, (_, at) => ({ time: END + 3 * DAY + 60 * at, card: 5, shop: at, amount: 10 }));
const ENORMOUS = { time: END + 3 * DAY + 600, card: 6, shop: 1, amount: 900_000 };

let sql: Duckdb;
let trained: TrainedSystem;

beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
  const rows = [
    ...Array.from(world.time, (time, row) => ({
      time,
      card: world.customer[row],
      shop: world.terminal[row],
      amount: world.amount[row],
      fraud: world.fraud[row],
    })),
    ...[...LAST, ENORMOUS].map((one) => ({ ...one, fraud: 0 })),
  ];
  const path = join(temporaryFolder(), "payments.csv");
  const lines = rows.map(({ time, card, shop, amount, fraud }) =>
    [new Date(1000 * time).toISOString(), `c${card}`, `s${shop}`, amount, fraud].join(","),
  );
  writeFileSync(path, ["when,card,shop,eur,stolen", ...lines, ""].join("\n"));
  const source = `{ format: csv, path: ${path}, columns: { customer: card, terminal: shop, amount: eur, fraud: stolen } }`;
  const text = smallNote("fraud-detection").replace(/source: .*/u, `source: ${source}\ntime: when`);
  trained = await trainNote("fraud-detection", text, "last.md", {
    ...sealedEnvironment,
    sql,
    files: createInputFiles(),
  });
}, 180_000);
afterAll(() => sql.close());

function label(system: ServedSystem, event: Readonly<Record<string, unknown>>): unknown {
  const endpoint = system.endpoints.find(({ path }) => path === "/events");
  if (endpoint === undefined) throw new Error("no labels are taken");
  const body = { events: [{ fraud: true, ...event }] };
  return endpoint.answer(endpoint.complete(body, system.newest), unhurried(system.newest)).body;
}

describe("a service whose data ends with payments of one card, days after all others", () => {
  it("remembers them, takes their labels, and says which payment it does not remember", async () => {
    const system = await trained.open("end");
    expect(system.newest).toBe(LAST[5].time);
    for (const { time, card, shop } of LAST)
      expect(label(system, { time, customer: `c${card}`, terminal: `s${shop}` })).toEqual({ taken: 1, refused: [] });
    expect(system.leftOut).toEqual([
      "1 payment of the data: `bad-amount`, an amount is no number, or outside the bounds of its measure",
    ]);
  });

  it("compares all of them with what the run read of them", async () => {
    expect(await (await trained.open("test")).skew?.()).toMatchObject({ differing: 0 });
  });
});
