import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { planFeatures } from "../steps/3-data/features/feature-plan.ts";
import { createFeatureState, type FeatureState } from "../steps/6-deploy/serve/feature-state.ts";
import type { StateEvent } from "../steps/6-deploy/serve/state-event.ts";
import { openDurableState } from "./durable-state.ts";

const base = mkdtempSync(join(tmpdir(), "durable-state-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const newFolder = (): string => mkdtempSync(join(base, "state-"));

function emptyState(): FeatureState {
  const vocabulary = {
    entities: new Map([["customer", { count: 10, rows: new Int32Array(0) }]]),
    measures: new Map([["amount", { values: new Float64Array(0) }]]),
    attributes: new Map(),
  };
  const rest = { entity: ["customer"], delay: 0, smoothing: 0 };
  const declared = [
    { ...rest, name: "mean", aggregate: { kind: "mean", measure: "amount" }, window: 500 },
    { ...rest, name: "all", aggregate: { kind: "count" }, window: Number.POSITIVE_INFINITY },
  ] as const;
  return createFeatureState(planFeatures(declared, vocabulary), vocabulary, { lateness: 1, jump: 1e4 });
}

/** Mostly payments, with duplicates, events from the past and amounts that are no numbers among them. */
function eventAt(at: number): StateEvent {
  const time = at % 11 === 10 ? at - 7 : at;
  const amount = at % 13 === 12 ? Number.NaN : (at * 37) % 1000;
  return { time, id: at % 17 === 16 ? at - 1 : at, keys: { customer: at % 12 }, measures: { amount } };
}

/** All that can be seen of a state. */
function answers(state: FeatureState, time: number): unknown {
  const values = new Float64Array(state.names.length);
  const seen = Array.from({ length: 10 }, (_, customer) => [
    state.read({ time, keys: { customer } }, values),
    ...values,
  ]);
  return [seen, state.applied, state.refusedEvents];
}

function plain(count: number): FeatureState {
  const state = emptyState();
  for (let at = 0; at < count; at++) state.apply(eventAt(at));
  return state;
}

describe("a durable feature state", () => {
  it("answers after kill -9 as if it had never ended", async () => {
    const folder = newFolder();
    const acknowledged = await killWriter(folder);
    expect(acknowledged).toBeGreaterThan(1000);
    const state = emptyState();
    openDurableState(folder, state).close();
    // What was written but not acknowledged when the signal came may be there too.
    const count = Object.values(state.refusedEvents).reduce((sum, one) => sum + one, state.applied);
    const total = count - state.refusedEvents["unknown-entity"];
    expect(total).toBeGreaterThanOrEqual(acknowledged);
    expect(answers(state, total + 1)).toEqual(answers(plain(total), total + 1));
  }, 60_000);

  it("goes on after an unfinished last line, and refuses a damaged one before it", () => {
    const folder = newFolder();
    const first = openDurableState(folder, emptyState());
    for (let at = 0; at < 50; at++) first.apply(eventAt(at));
    first.close();
    const [name] = readdirSync(folder).filter((one) => one.endsWith(".jsonl"));
    const path = join(folder, name);
    appendFileSync(path, '{"number":51,"event":{"time":5');
    const state = emptyState();
    const second = openDurableState(folder, state);
    for (let at = 50; at < 60; at++) second.apply(eventAt(at));
    second.close();
    expect(answers(state, 60)).toEqual(answers(plain(60), 60));
    writeFileSync(path, readFileSync(path, "utf8").replace('"number":20', '"number":2x'));
    expect(() => openDurableState(folder, emptyState())).toThrow("no event that follows");
  });

  it("refuses a snapshot that is not what was written", () => {
    const folder = newFolder();
    const durable = openDurableState(folder, emptyState(), { snapshotEvery: 10 });
    for (let at = 0; at < 25; at++) durable.apply(eventAt(at));
    durable.close();
    const path = join(folder, "state.snapshot");
    const bytes = readFileSync(path);
    bytes[bytes.length - 5] ^= 1;
    writeFileSync(path, bytes);
    expect(() => openDurableState(folder, emptyState())).toThrow("not what was written");
  });
});

/** The same features and events in a process of its own, which says every hundredth event how many it has taken. */
const WRITER = `
  const [dist, folder] = process.argv.slice(1);
  const { planFeatures } = await import(dist + "steps/3-data/features/feature-plan.js");
  const { createFeatureState } = await import(dist + "steps/6-deploy/serve/feature-state.js");
  const { openDurableState } = await import(dist + "node/durable-state.js");
  const vocabulary = {
    entities: new Map([["customer", { count: 10, rows: new Int32Array(0) }]]),
    measures: new Map([["amount", { values: new Float64Array(0) }]]),
    attributes: new Map(),
  };
  const rest = { entity: ["customer"], delay: 0, smoothing: 0 };
  const declared = [
    { ...rest, name: "mean", aggregate: { kind: "mean", measure: "amount" }, window: 500 },
    { ...rest, name: "all", aggregate: { kind: "count" }, window: Infinity },
  ];
  const state = createFeatureState(planFeatures(declared, vocabulary), vocabulary, { lateness: 1, jump: 1e4 });
  const durable = openDurableState(folder, state, { snapshotEvery: 700 });
  for (let at = 0; ; at++) {
    const time = at % 11 === 10 ? at - 7 : at;
    const amount = at % 13 === 12 ? NaN : (at * 37) % 1000;
    durable.apply({ time, id: at % 17 === 16 ? at - 1 : at, keys: { customer: at % 12 }, measures: { amount } });
    if (at % 100 === 99) process.stdout.write(at + 1 + "\\n");
    if (at % 100 === 99) await new Promise((resolve) => setImmediate(resolve));
  }
`;

/** Starts a process that applies events without end, kills it in the middle, and gives how many it said were taken. */
async function killWriter(folder: string): Promise<number> {
  const dist = new URL("../../dist/src/", import.meta.url).href;
  const child = spawn(process.execPath, ["--input-type=module", "-e", WRITER, dist, folder]);
  let said = 0;
  let errors = "";
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.stderr.on("data", (text) => {
    errors += String(text);
  });
  child.stdout.on("data", (text) => {
    said = Number(String(text).trim().split("\n").at(-1));
    if (said > 2000) child.kill("SIGKILL");
  });
  await ended;
  expect(errors).toBe("");
  return said;
}
