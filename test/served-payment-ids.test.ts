import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unwrap } from "../src/core/outcome.ts";
import { createRandom } from "../src/core/random.ts";
import { numbers } from "../src/core/table.ts";
import { openNamedDecider } from "../src/kinds/fraud-detection/named-decider.ts";
import { createPaymentDecider } from "../src/kinds/fraud-detection/payment-decision.ts";
import { simulatePayments } from "../src/kinds/fraud-detection/simulated-payments.ts";
import { transactionsFromStored } from "../src/kinds/fraud-detection/transactions.ts";
import { type Duckdb, openDuckdb } from "../src/node/duckdb.ts";
import { createInputFiles } from "../src/node/input-files.ts";
import { openDurableSystem } from "../src/service/durable-system.ts";
import { FEATURES_STAGE, featureTable } from "../src/steps/3-data/features/features-stage.ts";
import { ROUNDS_STAGE, roundsFromStored } from "../src/steps/3-data/split/late-label-split-stage.ts";
import { openRules } from "../src/steps/4-model/models/rule-list.ts";
import type { ServedSystem } from "../src/system/served-system.ts";
import { unhurried } from "../src/system/served-system.ts";
import { sealedEnvironment } from "./sealed-environment.ts";
import { smallNote, type TrainedSystem, trainNote } from "./served-systems.ts";
import { temporaryFolder } from "./temporary-folder.ts";

type Naming = (number: number) => string;
interface Namings {
  readonly card: Naming;
  readonly shop: Naming;
}

/** Cards of six digits in no order of their own; texts with all that a file may hold. */
const NUMBERS: Namings = { card: (at) => String(100_003 + ((at * 7919) % 800_000)), shop: (at) => String(9000 - at) };
const TEXTS: Namings = {
  card: (at) => ["Ünï-", 'q"', "o'", "a/b ", "x,"][at % 5] + at,
  shop: (at) => ["T/", "日本"][at % 2] + at,
};
const ZEROS: Namings = { card: (at) => String(at).padStart(6, "0"), shop: NUMBERS.shop };

const world = simulatePayments({ customers: 120, terminals: 160, days: 80 }, createRandom(3));
let sql: Duckdb;
let folder = "";
const trained = new Map<string, TrainedSystem>();

function train(name: string, { card, shop }: Namings, more: readonly string[] = []): Promise<TrainedSystem> {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = Array.from(world.time, (time, row) =>
    [
      new Date(1000 * time).toISOString(),
      cell(card(world.customer[row])),
      cell(shop(world.terminal[row])),
      world.amount[row],
      world.fraud[row],
    ].join(","),
  );
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, ["when,card,shop,eur,stolen", ...more, ...rows, ""].join("\n"));
  const source = `{ format: csv, path: ${path}, columns: { customer: card, terminal: shop, amount: eur, fraud: stolen } }`;
  const text = smallNote("fraud-detection").replace(/source: .*/u, `source: ${source}\ntime: when`);
  return trainNote("fraud-detection", text, `${name}.md`, { ...sealedEnvironment, sql, files: createInputFiles() });
}

const FIRST = new Date(1000 * (world.time[0] - 5)).toISOString();
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
  folder = temporaryFolder();
  for (const [name, namings, more] of [
    ["numbers", NUMBERS, []],
    // Two ids that sort before all others: every number behind them is another one's.
    ["more numbers", NUMBERS, [`${FIRST},1,1,9.5,0`, `${FIRST},2,2,9.5,0`]],
    ["texts", TEXTS, []],
    ["zeros", ZEROS, []],
  ] as const)
    trained.set(name, await train(name, namings, more));
}, 180_000);
afterAll(() => sql.close());

function trainedAs(name: string): TrainedSystem {
  const found = trained.get(name);
  if (found === undefined) throw new Error(`nothing was trained as ${name}`);
  return found;
}

function ask(system: ServedSystem, path: string, body: unknown, now = system.newest + 1) {
  const endpoint = system.endpoints.find((one) => one.path === path);
  if (endpoint === undefined) throw new Error(`no ${path}`);
  const answer = endpoint.answer(endpoint.complete(body, now), unhurried(now));
  if (answer.conflict === undefined) endpoint.response.parse(answer.body);
  return answer;
}

function filesIn(folder: string): readonly Buffer[] {
  return readdirSync(folder).map((name) => readFileSync(join(folder, name)));
}

/** Written as a log writes it, or a snapshot. */
function holds(files: readonly Buffer[], id: string): boolean {
  const forms = [Buffer.from(id), Buffer.from(JSON.stringify(id).slice(1, -1)), Buffer.from(id, "utf16le")];
  return files.some((file) => forms.some((form) => file.includes(form)));
}

const features = (system: ServedSystem) => [...system.observed()].filter(([name]) => name !== "prediction");

/** Payments of known and of new cards, each asked and with what it was decided by. */
function decideSome(system: ServedSystem, prefix: string, parties: readonly (readonly [unknown, unknown])[]) {
  return parties.map(([customer, terminal], at) => {
    const { body } = ask(system, "/decide", { id: `${prefix}${at}`, customer, terminal, amount: 10 + at });
    return [body, features(system)];
  });
}

describe("a service of payments from a file", () => {
  it.each([
    ["numbers", NUMBERS, Number],
    ["numbers", NUMBERS, String],
    ["texts", TEXTS, String],
    ["zeros", ZEROS, String],
  ] as const)(
    "reads of the %s of the file what the run read of them, asked by %o",
    async (name, { card, shop }, said) => {
      const one = trainedAs(name);
      const system = await one.open("test");
      const stored = transactionsFromStored(await one.input("transactions"));
      const { test } = roundsFromStored(await one.input(ROUNDS_STAGE)).final;
      const table = featureTable(await one.input(FEATURES_STAGE), test);
      const names = [...table.columns.keys()];
      // The rows of the file, in the order of time.
      const row = test[0];
      const time = stored.time[row];
      let compared = 0;
      for (let at = 0; at < test.length && stored.time[test[at]] === time; at++) {
        const where = test[at];
        const body = {
          id: `r${at}`,
          customer: name === "zeros" ? card(world.customer[where]) : said(card(world.customer[where])),
          terminal: name === "zeros" ? shop(world.terminal[where]) : said(shop(world.terminal[where])),
          amount: stored.amount[where],
          time,
        };
        expect(ask(system, "/decide", body).body).toMatchObject({ by: "model" });
        expect(features(system)).toEqual(names.map((feature) => [feature, numbers(table, feature)[at]]));
        compared++;
      }
      expect(compared).toBeGreaterThan(0);
      // Else a stranger would have the same.
      ask(system, "/decide", { id: "s", customer: "nobody", terminal: "nowhere", amount: stored.amount[row], time });
      expect(features(system)).not.toEqual(names.map((feature) => [feature, numbers(table, feature)[0]]));
      const { path, body } = system.traffic;
      expect(ask(system, path, body(0, "load")).body).toMatchObject({ by: "model" });
      expect(body(0, "load")).toMatchObject({
        customer: name === "numbers" ? Number(card(world.customer[row])) : card(world.customer[row]),
      });
    },
  );

  it("takes one that was never met for a new card with a past of its own from then on, and labels for whom they are about", async () => {
    const system = await trainedAs("texts").open("end");
    const newest = system.newest;
    const spent = (id: string, customer: string, amount: number): number => {
      ask(system, "/decide", { id, customer, terminal: TEXTS.shop(1), amount });
      return Number(system.observed().get("customer_mean_amount_30d"));
    };
    expect([spent("a1", "new 1", 10), spent("a2", "new 2", 30), spent("a3", "new 1", 20)]).toEqual([10, 30, 15]);
    const [known, event] = [TEXTS.card(4), { time: newest + 60, terminal: TEXTS.shop(2) }];
    ask(system, "/decide", { id: "a4", customer: known, amount: 5, ...event });
    const events = [known, TEXTS.card(5), "never met"].map((customer) => ({ ...event, customer, fraud: true }));
    expect(ask(system, "/events", { events }).body).toEqual({
      taken: 1,
      refused: [1, 2].map((at) => ({ at, reason: "unknown-event" })),
    });
  });

  it("means the same card once a model of other data has taken over, and after a restart with that", async () => {
    const parties = [3, 4, 5].map((at) => [NUMBERS.card(at), Number(NUMBERS.shop(at))] as const);
    const asked = [...parties, [777_777, 5], ["777777", "5"], ["1", "1"]] as const;
    const lived = await trainedAs("numbers").open("end");
    const events = join(temporaryFolder(), "events");
    const durable = openDurableSystem(events, await trainedAs("numbers").open("end"));
    const [decide] = lived.endpoints;
    for (const [at, [customer, terminal]] of asked.entries()) {
      const body = decide.complete({ id: `p${at}`, customer, terminal, amount: 30 + at }, lived.newest + 1);
      decide.answer(body, unhurried(Number.NaN));
      durable.answer(durable.system.endpoints[0], body, unhurried(Number.NaN));
      // A snapshot holds the first, the log the others.
      if (at === 1) durable.snapshot();
    }
    const next = await trainedAs("more numbers").open("test", true);
    next.restore(durable.system.save());
    // As kill -9 leaves it: only one process may hold the folder.
    durable.close();
    const again = await trainedAs("more numbers").open("test", true);
    const after = openDurableSystem(events, again);
    const expected = decideSome(lived, "later", asked).map(([, seen]) => seen);
    for (const system of [next, again])
      expect(decideSome(system, "later", asked).map(([, seen]) => seen)).toEqual(expected);
    after.close();
    const fresh = await trainedAs("more numbers").open("end");
    expect(decideSome(fresh, "later", asked).map(([, seen]) => seen)).not.toEqual(expected);
  });

  it("refuses a number where the file writes zeros before ids, and says which ids are meant", async () => {
    const system = await trainedAs("zeros").open("end");
    const [decide, many, events] = system.endpoints;
    const payment = { id: "z1", customer: 12, terminal: 9000, amount: 3 };
    expect(() => decide.complete(payment, system.newest)).toThrow();
    expect(() => many.complete({ payments: [payment] }, system.newest)).toThrow();
    expect(() => events.complete({ events: [{ ...payment, time: 5, fraud: true }] }, system.newest)).toThrow();
    expect(JSON.stringify(decide.request.safeParse(payment).error?.issues)).toContain("customer");
    expect(decide.example).toMatchObject({ customer: expect.stringMatching(/^0/u), terminal: expect.any(Number) });
  });

  it("decides nothing about a payment that comes again with another card or terminal, and shows nobody anything", async () => {
    const system = await trainedAs("numbers").open("end");
    const [card, other] = [NUMBERS.card(1), NUMBERS.card(2)];
    const payment = { id: "p1", customer: card, terminal: NUMBERS.shop(1), amount: 5 };
    ask(system, "/decide", payment);
    const before = system.counts().payments;
    for (const change of [{ customer: other }, { customer: "never met" }, { terminal: NUMBERS.shop(2) }]) {
      const { conflict, body } = ask(system, "/decide", { ...payment, ...change });
      expect(conflict).toContain("`p1` is that of a payment of another card, or at another terminal");
      expect(body).toMatchObject({ decision: "review", probability: null, reasons: ["id-of-another"] });
      const { body: many } = ask(system, "/decide/many", { payments: [{ ...payment, ...change }] });
      expect(many).toMatchObject({ decisions: [{ probability: null, reasons: ["id-of-another"] }] });
    }
    expect(system.counts().payments).toBe(before);
    const again = await trainedAs("numbers").open("test", true);
    again.restore(system.save());
    for (const one of [system, again]) {
      expect(ask(one, "/decide", { ...payment, customer: other }).conflict).toContain(
        "`p1` is that of a payment of another",
      );
      const { conflict, body } = ask(one, "/decide", { ...payment, customer: Number(card), time: one.newest + 90 });
      expect([conflict, body]).toEqual([undefined, expect.objectContaining({ by: "model" })]);
      expect(Object(body).reasons[0]).toBe("duplicate");
    }
  });

  it("forgets a card: its name is in no byte of the log or the snapshot, and it comes again as a new one", async () => {
    const system = await trainedAs("texts").open("end");
    const events = join(temporaryFolder(), "events");
    const durable = openDurableSystem(events, system);
    const [decide] = system.endpoints;
    const tell = (id: string, customer: string, amount: number, time = system.newest + 1): void => {
      const body = decide.complete({ id, customer, terminal: TEXTS.shop(3), amount, time }, time);
      durable.answer(decide, body, unhurried(Number.NaN));
    };
    const [known, fresh] = [TEXTS.card(113), "card of Ms Okonkwo"];
    for (const [at, customer] of [known, TEXTS.card(6), fresh].entries()) tell(`f${at}`, customer, 40);
    // Of the same moment: its id is kept with the card.
    tell("twin", fresh, 40, system.newest);
    const bytes = () => filesIn(events);
    expect([holds(bytes(), known), holds(bytes(), fresh)]).toEqual([true, true]);
    expect([durable.forget(known), durable.forget(fresh), durable.forget("never met")]).toEqual([1, 2, 0]);
    expect([holds(bytes(), known), holds(bytes(), fresh)]).toEqual([false, false]);
    expect(holds(bytes(), TEXTS.card(6))).toBe(true);
    durable.close();
    expect([holds(bytes(), known), holds(bytes(), fresh)]).toEqual([false, false]);
    const again = await trainedAs("texts").open("end", true);
    const after = openDurableSystem(events, again);
    for (const customer of [known, fresh]) {
      ask(again, "/decide", { id: `again ${customer}`, customer, terminal: TEXTS.shop(3), amount: 12 });
      expect(again.observed().get("customer_mean_amount_30d")).toBe(12);
    }
    after.close();
  });

  it("goes on with no memory of an earlier version, whose numbers say no ids, and with no model that kept none", async () => {
    const one = trainedAs("numbers");
    const nameless = async (stage: string) => {
      const { arrays, ...rest } = await one.input(stage);
      const kept = Object.entries(arrays).filter(([name]) => !name.startsWith("names."));
      return { ...rest, arrays: Object.fromEntries(kept) };
    };
    await expect(one.open("end", false, nameless)).rejects.toMatchObject({ failure: { code: "model-without-ids" } });
    const rules = unwrap(openRules({ format: "heptad rule list", version: 1, rules: [] }, []));
    const decider = () => createPaymentDecider({ declarations: [], rules, model: undefined });
    const names = { customer: ["7"], terminal: ["8"] };
    expect(() => openNamedDecider(decider(), names).restore(decider().save())).toThrow("places of ids");
    // A simulated world's numbers are its ids.
    const simulated = openNamedDecider(decider(), undefined);
    simulated.restore(decider().save());
    expect(simulated.meet({ id: "p", time: 1, customer: 7, terminal: "8", amount: 1 })).toMatchObject({
      customer: 7,
      terminal: 8,
    });
    expect(() => openNamedDecider(decider(), names).restore(simulated.save())).toThrow("simulated world");
  });
});
