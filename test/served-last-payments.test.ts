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
/** Two of one moment, card and terminal: labels tell them apart by their ids alone. */
const TWICE = [20, 21].map((amount) => ({ time: END + 3 * DAY + 400, card: 7, shop: 2, amount }));
const ENORMOUS = { time: END + 3 * DAY + 600, card: 6, shop: 1, amount: 900_000 };

let sql: Duckdb;
let trained: TrainedSystem;
/** Of a note that maps no ids. */
let nameless: TrainedSystem;
let firstOfLast = 0;

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
    ...[...LAST, ...TWICE, ENORMOUS].map((one) => ({ ...one, fraud: 0 })),
  ];
  const path = join(temporaryFolder(), "payments.csv");
  const lines = rows.map(({ time, card, shop, amount, fraud }, row) =>
    [`p${row}`, new Date(1000 * time).toISOString(), `c${card}`, `s${shop}`, amount, fraud].join(","),
  );
  firstOfLast = rows.length - 9;
  writeFileSync(path, ["id,when,card,shop,eur,stolen", ...lines, ""].join("\n"));
  const train = (more: string): Promise<TrainedSystem> => {
    const columns = `{ customer: card, terminal: shop, amount: eur, fraud: stolen${more} }`;
    const source = `{ format: csv, path: ${path}, columns: ${columns} }`;
    const text = smallNote("fraud-detection").replace(/source: .*/u, `source: ${source}\ntime: when`);
    return trainNote("fraud-detection", text, "last.md", { ...sealedEnvironment, sql, files: createInputFiles() });
  };
  trained = await train(", id: id");
  nameless = await train("");
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
    expect(system.newest).toBe(TWICE[0].time);
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

const refusedAs = (reason: string) => ({ taken: 0, refused: [{ at: 0, reason }] });
const TAKEN = { taken: 1, refused: [] };

function asTold({ time, card, shop }: (typeof LAST)[number], id?: string) {
  return { time, customer: `c${card}`, terminal: `s${shop}`, ...(id !== undefined && { id }) };
}

describe("labels of payments of the data", () => {
  it.each(["begins", "begins again"])(
    "are held against the ids that the data gives them, when the service %s",
    async (which) => {
      let system = await trained.open("end");
      if (which === "begins again") {
        const saved = system.save();
        system = await trained.open("end", true);
        system.restore(saved);
      }
      const id = (at: number): string => `p${firstOfLast + at}`;
      for (const wrong of ["nope", id(1), id(6), "0", String(firstOfLast)])
        expect(label(system, asTold(LAST[0], wrong))).toEqual(refusedAs("unknown-event"));
      expect(label(system, asTold(LAST[0], id(0)))).toEqual(TAKEN);
      expect(label(system, asTold(TWICE[0]))).toEqual(refusedAs("several-payments"));
      expect(label(system, asTold(TWICE[0], "nope"))).toEqual(refusedAs("unknown-event"));
      const labelled = (): number => system.counts().labelled;
      expect(labelled()).toBe(1);
      for (const at of [6, 7]) expect(label(system, asTold(TWICE[0], id(at)))).toEqual(TAKEN);
      expect(labelled()).toBe(3);
      // Said before of neither, and taken back of the first alone: the second stays what it is.
      expect(label(system, { ...asTold(TWICE[0], id(6)), fraud: false })).toEqual(TAKEN);
      expect(label(system, asTold(TWICE[0], id(7)))).toEqual(TAKEN);
      expect(labelled()).toBe(4);
    },
  );

  it("whose ids the note does not map go by moment, card and terminal, and by no id where several have these in common", async () => {
    const system = await nameless.open("end");
    expect(label(system, asTold(LAST[0], "any"))).toEqual(TAKEN);
    for (const id of [undefined, "any", `p${firstOfLast + 6}`])
      expect(label(system, asTold(TWICE[0], id))).toEqual(refusedAs("several-payments"));
  });

  it("know a payment of the data that is sent again by its id", async () => {
    const system = await trained.open("end");
    const decide = system.endpoints.find(({ path }) => path === "/decide");
    const { payments } = system.counts();
    const { time, customer, terminal } = asTold(LAST[5]);
    const body = { id: `p${firstOfLast + 5}`, time, customer, terminal, amount: 10 };
    const answer = decide?.answer(decide.complete(body, system.newest), unhurried(system.newest));
    expect(answer?.body).toMatchObject({ reasons: expect.arrayContaining(["duplicate"]) });
    expect(system.counts().payments).toBe(payments);
  });
});
