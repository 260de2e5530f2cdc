import { cpSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { PaymentState } from "../src/kinds/fraud-detection/payment-state.ts";
import { logNames, toldNames } from "../src/node/log-files.ts";
import { openDurableSystem } from "../src/service/durable-system.ts";
import { answer, openDecisions, type Told } from "./deciding-system.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Written by the version whose snapshots were of format 8, and killed: a snapshot of 64 entries, what it was told before and 34 entries behind it. */
const WRITTEN = join(dirname(fileURLToPath(import.meta.url)), "fixtures", "payments-format-8");

function entriesOf(names: readonly string[]): readonly Told[] {
  const lines = names.flatMap((name) => readFileSync(join(WRITTEN, name), "utf8").trimEnd().split("\n"));
  return lines.map((line) => JSON.parse(line.slice(9))[1]);
}

function paymentsIn(body: unknown): readonly { readonly id: string; readonly time: number }[] {
  const { payments = [body] }: { payments?: readonly unknown[] } = Object(body);
  return JSON.parse(JSON.stringify(payments));
}

/** What was spent, and the share of frauds: of one of three customers and two terminals. */
function featuresOf(state: PaymentState, key: number, time: number): readonly number[] {
  const values = new Float64Array(2);
  state.read({ id: "?", time, customer: key % 3, terminal: key % 2, amount: 1 }, values);
  return [...values];
}

it("a folder with a snapshot of format 8 is opened: it decides as a service that never ended, and so after its own snapshot", () => {
  const format = readFileSync(join(WRITTEN, "snapshot")).includes(Buffer.from("[8,", "utf16le"));
  expect(format).toBe(true);
  const [before, behind] = [entriesOf(toldNames(WRITTEN)), entriesOf(logNames(WRITTEN))];
  const lived = openDecisions();
  for (const one of [...before, ...behind]) answer(lived.system, one);
  const folder = temporaryFolder();
  cpSync(WRITTEN, folder, { recursive: true });
  const opened = openDecisions();
  const first = openDurableSystem(folder, opened.system);
  // Else nothing of the snapshot would be looked at.
  expect(opened.decided()).toBeLessThanOrEqual(behind.length);
  first.close();
  const again = openDecisions();
  openDurableSystem(folder, again.system).close();
  expect(readFileSync(join(folder, "snapshot")).includes(Buffer.from("[9,", "utf16le"))).toBe(true);
  const all = [opened, again];
  const decisions = [...before, ...behind]
    .filter(({ path }) => path !== "/events")
    .flatMap(({ body }) => paymentsIn(body));
  const newest = Math.max(...decisions.map(({ time }) => time));
  // What was told before, under its id as of now, and what is new.
  const asked: unknown[] = decisions.map((one, at) => ({ ...one, time: newest + at }));
  for (let at = 0; at < 12; at++)
    asked.push({ id: `new ${at}`, time: newest + 30 * at, customer: at % 3, terminal: at % 2, amount: 10 });
  for (const body of asked) {
    const one = { path: "/decide", body, arrived: newest + 600 };
    const expected = answer(lived.system, one);
    for (const { system } of all) expect(answer(system, one)).toEqual(expected);
  }
  const { duplicate } = lived.decider.state.features.refusedEvents;
  expect(duplicate).toBeGreaterThanOrEqual(decisions.length - 3);
  for (const { decider } of all) {
    expect(decider.tally()).toEqual(lived.decider.tally());
    expect(decider.state.features.refusedEvents).toEqual(lived.decider.state.features.refusedEvents);
    for (let key = 0; key < 6; key++)
      expect(featuresOf(decider.state, key, newest + 700)).toEqual(featuresOf(lived.decider.state, key, newest + 700));
  }
  expect(featuresOf(lived.decider.state, 0, newest + 700)[1]).toBeGreaterThan(0);
});
