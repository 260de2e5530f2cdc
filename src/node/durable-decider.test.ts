import { spawn } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { serialize } from "node:v8";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { isLong, propertyRuns } from "../../test/property-runs.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { unwrap } from "../core/outcome.ts";
import { createRandom } from "../core/random.ts";
import { createTable } from "../core/table.ts";
import {
  createPaymentDecider,
  type PaymentDecider,
  type PaymentDeciderParts,
} from "../kinds/fraud-detection/payment-decision.ts";
import type { IncomingPayment, PaymentLabel, PaymentState } from "../kinds/fraud-detection/payment-state.ts";
import type { FeatureDeclaration } from "../steps/3-data/features/feature-declaration.ts";
import { trainTrees } from "../steps/4-model/models/gradient-boosted-trees.ts";
import { openRules } from "../steps/4-model/models/rule-list.ts";
import type { DecidingModel } from "../steps/5-evaluate/protocols/deciding-model.ts";
import { openDurableDecider } from "./durable-decider.ts";

/** Bytes that the disk still takes. */
const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY }));
vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const writeSync = (file: number, bytes: Uint8Array, at?: number, length = bytes.length, place?: number): number => {
    if (disk.room <= 0) throw new Error("ENOSPC: no space left on device, write");
    const count = Math.min(length, disk.room);
    disk.room -= count;
    return real.writeSync(file, bytes, at, count, place);
  };
  return { ...real, writeSync };
});
afterEach(() => {
  disk.room = Number.POSITIVE_INFINITY;
});

const DAY = 86_400;
const rest = { window: DAY, delay: 0, smoothing: 0 };
const DECLARED: readonly FeatureDeclaration[] = [
  { ...rest, name: "amount", entity: ["transaction"], aggregate: { kind: "value", column: "amount" } },
  { ...rest, name: "count", entity: ["customer"], aggregate: { kind: "count" }, current: "transaction" },
  { ...rest, name: "mean", entity: ["customer"], aggregate: { kind: "mean", measure: "amount" } },
  { ...rest, name: "risk", entity: ["terminal"], aggregate: { kind: "rate", measure: "fraud" }, delay: 600 },
];
const NAMES = DECLARED.map(({ name }) => name);
const PAYMENT = { id: "n", time: 1.5e9, customer: 1, terminal: 2, amount: 10 };
const RULES = ["amount > 900", "risk > 0.5", "count > 30"];

/** Trees on noise: every feature that differs in its last bit may change a decision. */
async function learn(seed: number): Promise<DecidingModel> {
  const random = createRandom(seed);
  const column = (scale: number) => Float64Array.from({ length: 2000 }, () => Math.floor(random.uniform() * scale));
  const features = createTable({ amount: column(1000), count: column(40), mean: column(1000), risk: column(2) });
  const labels = Uint8Array.from({ length: 2000 }, () => random.below(2));
  const trained = unwrap(await trainTrees({ features, labels }, { objective: "log-loss", trees: 20 }, { random }));
  return { trees: trained.model, calibration: { method: "none" }, threshold: 0.55 };
}

type Told = IncomingPayment | PaymentLabel;

/** Payments and labels with everything among them that can be wrong. */
function tell(count: number, seed: number): readonly Told[] {
  const random = createRandom(seed);
  const told: Told[] = [];
  const paid: IncomingPayment[] = [];
  for (let at = 0; at < count; at++) {
    const good = {
      id: `p${at}`,
      time: 1.5e9 + at * 7,
      customer: random.below(40),
      terminal: random.below(20),
      amount: random.below(100_000) / 100,
    };
    const before = paid.length === 0 ? good : paid[random.below(paid.length)];
    const kinds: readonly Told[] = [
      before,
      { ...good, id: before.id },
      { ...good, time: good.time - 1800 - random.below(4000) },
      { ...good, time: good.time + 3e6 + random.below(1e5) },
      { ...good, time: [Number.NaN, Number.POSITIVE_INFINITY, -1][random.below(3)] },
      { ...good, amount: [Number.NaN, -5, 1e12, Number.NEGATIVE_INFINITY][random.below(4)] },
      { ...good, customer: [-1, 0.5, 2 ** 40, Number.NaN][random.below(4)] },
      { ...good, terminal: 1000 + at },
      { ...before, fraud: true },
      { ...before, fraud: false },
      { ...good, fraud: true },
      { ...before, time: Number.NaN, fraud: true },
    ];
    const one = random.uniform() < 0.6 ? good : kinds[random.below(kinds.length)];
    told.push(one);
    if (one === good) paid.push(good);
  }
  return told;
}

function answer(decider: PaymentDecider, one: Told): unknown {
  return "fraud" in one ? (decider.label(one) ?? "taken") : decider.decide(one);
}

let model: DecidingModel;
let parts: PaymentDeciderParts;
beforeAll(async () => {
  model = await learn(1);
  const rules = unwrap(openRules({ format: "heptad rule list", version: 1, rules: RULES }, NAMES));
  parts = { declarations: DECLARED, rules, model };
});

describe("a durable decider", () => {
  it("decides, refuses and counts after every kill -9 as one that never ended", async () => {
    const told = tell(propertyRuns(2400), 3);
    const twin = createPaymentDecider(parts);
    const expected = told.map((one) => JSON.stringify(answer(twin, one)));
    expect(new Set([...twin.counts.faults.keys()])).toEqual(
      new Set([
        ...["duplicate", "id-of-another", "from-the-past", "clock-jump", "bad-time", "bad-amount", "missing-entity"],
      ]),
    );
    expect([...twin.counts.labelFaults.keys()].sort()).toEqual(["bad-time", "duplicate", "unknown-event"]);
    expect(twin.counts.reviewed).toBeGreaterThan(told.length / 12);
    const folder = temporaryFolder();
    const input = join(temporaryFolder(), "told");
    writeFileSync(input, serialize({ declarations: DECLARED, rules: RULES, names: NAMES, model, told }));
    const random = createRandom(Date.now());
    const answers = new Map<number, string>();
    let kills = 0;
    for (let counts: string | undefined; counts === undefined; kills++) {
      counts = await tellUntilKilled(folder, input, 150 + random.below(300), answers);
      if (counts !== undefined) expect(counts).toBe(JSON.stringify(countsOf(twin)));
    }
    expect(kills).toBeGreaterThan(1);
    // What was logged when the signal came, but not said, is decided all the same: no answer is lost but those.
    expect(answers.size).toBeGreaterThan(told.length - 5 * kills);
    for (const [at, said] of answers) expect(said, JSON.stringify(told[at])).toBe(expected[at]);
  }, 120_000);

  it("decides after a restart by the arrivals that it logged, and not by the clock of that moment", () => {
    const folder = temporaryFolder();
    const clock = { now: 1.5e9 };
    const twin = createPaymentDecider(parts);
    const told = Array.from({ length: 90 }, (_, at) => ({
      ...PAYMENT,
      id: `p${at}`,
      // Two in three lie an hour ahead, of many customers.
      time: 1.5e9 + at * 60 + (at % 3 === 0 ? 0 : 3600),
      customer: at,
    }));
    let decider = openDurableDecider(folder, parts, { now: () => clock.now });
    for (const [at, one] of told.entries()) {
      clock.now = 1.5e9 + at * 60 + 1;
      if (at === 60) {
        abandon(folder);
        clock.now = 3e9;
        decider = openDurableDecider(folder, parts, { now: () => clock.now });
        clock.now = 1.5e9 + at * 60 + 1;
      }
      expect(decider.decide(one)).toEqual(twin.decide(one, clock.now));
    }
    expect(countsOf(decider)).toEqual(countsOf(twin));
    expect(twin.counts.faults).toEqual(new Map([["clock-jump", 60]]));
  });

  it("goes on after an unfinished last line", () => {
    const folder = temporaryFolder();
    const told = tell(300, 5);
    const twin = createPaymentDecider(parts);
    const first = openDurableDecider(folder, parts);
    for (const one of told.slice(0, 200)) expect(answer(first, one)).toEqual(answer(twin, one));
    abandon(folder);
    appendFileSync(logPath(folder), '1234abcd [201,{"payment":{"id":"p2');
    const second = openDurableDecider(folder, parts);
    expect(second.problem).toBeUndefined();
    for (const one of told.slice(200)) expect(answer(second, one)).toEqual(answer(twin, one));
    expect(countsOf(second)).toEqual(countsOf(twin));
  });

  it.each([
    ["snapshot", "snapshot", "not what was written"],
    ["line of the log", "log", "not what was written"],
  ])("decides by the rules, says what to do and touches nothing after a damaged %s", (_, which, message) => {
    const folder = temporaryFolder();
    const first = openDurableDecider(folder, parts, { snapshotEvery: 60 });
    for (const one of tell(100, 6)) answer(first, one);
    abandon(folder);
    const path = which === "log" ? logPath(folder) : join(folder, which);
    const bytes = readFileSync(path);
    bytes[40] ^= 1;
    writeFileSync(path, bytes);
    const before = filesOf(folder);
    const decider = openDurableDecider(folder, parts);
    expect(decider.problem?.message).toContain(message);
    expect(decider.problem?.where).toContain(path);
    expect(decider.problem?.fix).toContain("copy");
    const payment = { id: "n", time: 1.5e9 + 5000, customer: 1, terminal: 2, amount: 950 };
    expect(decider.decide(payment)).toMatchObject({
      by: "rules",
      decision: "review",
      reasons: ["no-state", "amount > 900"],
    });
    expect(decider.decide({ ...payment, amount: 10 })).toMatchObject({ decision: "approve", reasons: ["no-state"] });
    expect(decider.label({ ...payment, fraud: true })).toBe("no-state");
    expect(decider.counts.faults).toEqual(new Map([["no-state", 2]]));
    decider.close();
    expect(filesOf(folder)).toEqual(before);
  });

  it("forgets what came from a damaged line on, once the log is cut off before it", () => {
    const folder = temporaryFolder();
    const told = tell(80, 11);
    const first = openDurableDecider(folder, parts);
    for (const one of told) answer(first, one);
    abandon(folder);
    const lines = readFileSync(logPath(folder), "utf8").split("\n");
    const twin = createPaymentDecider(parts);
    for (const one of told.slice(0, 70)) answer(twin, one);
    writeFileSync(logPath(folder), [...lines.slice(0, 70), "\0".repeat(500), ""].join("\n"));
    expect(openDurableDecider(folder, parts).problem).toMatchObject({ where: `${logPath(folder)}:71` });
    writeFileSync(logPath(folder), [...lines.slice(0, 70), ""].join("\n"));
    expect(openDurableDecider(folder, parts).problem?.message).toContain("entries 71 to 80 are missing");
    writeFileSync(join(folder, "reached"), "forget\n");
    expect(countsOf(openDurableDecider(folder, parts))).toEqual(countsOf(twin));
  });

  it("says what is missing where snapshot, log or the end of the log is gone: it opened with nothing decided", () => {
    const closed = temporaryFolder();
    const killed = temporaryFolder();
    for (const folder of [closed, killed]) {
      const decider = openDurableDecider(folder, parts, { snapshotEvery: 60 });
      for (const one of tell(100, 13)) answer(decider, one);
      if (folder === closed) decider.close();
      else abandon(folder);
    }
    const log = basename(logPath(killed));
    const lines = readFileSync(logPath(killed), "utf8").split("\n");
    const harms: readonly [string, string, (folder: string) => void][] = [
      [closed, "a snapshot that is gone", (folder) => rmSync(join(folder, "snapshot"))],
      [killed, "a log that is gone", (folder) => rmSync(join(folder, log))],
      [killed, "a log that is empty", (folder) => writeFileSync(join(folder, log), "")],
      [
        killed,
        "a log cut at a line end",
        (folder) => writeFileSync(join(folder, log), `${lines.slice(0, 9).join("\n")}\n`),
      ],
      [
        killed,
        "a last line end that is another byte",
        (folder) => flip(join(folder, log), lines.join("\n").length - 1),
      ],
      [killed, "a mark that is gone", (folder) => rmSync(join(folder, "reached"))],
      [killed, "a mark with another byte", (folder) => flip(join(folder, "reached"), 9)],
    ];
    for (const [from, name, harm] of harms) {
      const folder = join(temporaryFolder(), "copy");
      cpSync(from, folder, { recursive: true });
      harm(folder);
      const { problem } = openDurableDecider(folder, parts);
      expect(problem?.code, name).toBe("damaged-log");
      expect(problem?.fix, name).toContain("forget");
    }
    const whole = openDurableDecider(killed, parts);
    expect(whole.problem).toBeUndefined();
  });

  it("refuses every flip of a byte of the log: 12 of 700, in separators, were taken", () => {
    const folder = temporaryFolder();
    const decider = openDurableDecider(folder, parts);
    for (const one of tell(6, 14)) answer(decider, one);
    abandon(folder);
    const whole = readFileSync(logPath(folder));
    const firstEnd = whole.indexOf("\n");
    const places = [...whole].flatMap((_, at) =>
      at <= firstEnd || whole[at - 9] === 10 || whole[at] === 10 ? [at] : [],
    );
    const every = isLong ? 1 : 4;
    for (const at of places.filter((_, place) => place % every === 0)) {
      flip(logPath(folder), at);
      expect(openDurableDecider(folder, parts).problem?.code, `byte ${at}`).toBe("damaged-log");
      writeFileSync(logPath(folder), whole);
    }
  });

  it("opens again after labels and payments of every shape: a label with `fraud: 1` shut the folder for ever", () => {
    const folder = temporaryFolder();
    const first = openDurableDecider(folder, parts);
    expect(first.decide(PAYMENT).by).toBe("model");
    const label = { time: PAYMENT.time, customer: 1, terminal: 2 };
    for (const fraud of [1, 0, null, "true", undefined, {}, Number.NaN]) {
      const outcome = first.label(JSON.parse(JSON.stringify({ ...label, fraud }) ?? "{}"));
      expect(outcome).toBe("bad-label");
    }
    for (const given of ["null", "7", '"text"', "[]", "{}", '{"id":{},"time":"x"}'])
      expect(first.decide(JSON.parse(given)).decision).toBe("review");
    expect(first.decide({ ...PAYMENT, id: "x".repeat(5e6), time: PAYMENT.time + 1 }).reasons[0]).toBe("bad-id");
    expect(first.label({ ...label, fraud: true })).toBeUndefined();
    abandon(folder);
    expect(statSync(logPath(folder)).size).toBeLessThan(10_000);
    const second = openDurableDecider(folder, parts);
    expect(second.problem).toBeUndefined();
    // What was refused is counted on, bad labels too: before, a restart forgot them.
    expect(countsOf(second)).toEqual(countsOf(first));
    expect(second.decide(PAYMENT).reasons[0]).toBe("duplicate");
  });

  it("passes over 64 MB of zeros behind its log in about the time of reading them, where it took the square", () => {
    const folder = temporaryFolder();
    const first = openDurableDecider(folder, parts);
    for (const one of tell(50, 15)) answer(first, one);
    abandon(folder);
    truncateSync(logPath(folder), statSync(logPath(folder)).size + 64 * 2 ** 20);
    const second = openDurableDecider(folder, parts);
    expect(second.problem).toBeUndefined();
    expect(countsOf(second)).toEqual(countsOf(first));
    expect(statSync(logPath(folder)).size).toBeLessThan(100_000);
  });

  it("decides by the rules when the snapshot that a log goes on from is gone", () => {
    const folder = temporaryFolder();
    const first = openDurableDecider(folder, parts, { snapshotEvery: 60 });
    for (const one of tell(100, 6)) answer(first, one);
    abandon(folder);
    rmSync(join(folder, "snapshot"));
    expect(openDurableDecider(folder, parts).problem?.message).toBe("entries 1 to 60 are missing");
  });

  it("begins a new folder with payments of the past, once", () => {
    const folder = temporaryFolder();
    const [past, told] = [tell(200, 12), tell(300, 12).slice(200)];
    let times = 0;
    const tellPast = (state: PaymentState): void => {
      times++;
      for (const one of past) if (!("fraud" in one)) state.take(one);
    };
    const twin = createPaymentDecider(parts);
    tellPast(twin.state);
    const first = openDurableDecider(folder, parts, { past: tellPast });
    for (const one of told.slice(0, 50)) expect(answer(first, one)).toEqual(answer(twin, one));
    abandon(folder);
    const second = openDurableDecider(folder, parts, { past: tellPast });
    for (const one of told.slice(50)) expect(answer(second, one)).toEqual(answer(twin, one));
    expect(times).toBe(2);
  });

  it("does not open a folder whose past found no room, and begins again when there is some", () => {
    const folder = temporaryFolder();
    const tellPast = (state: PaymentState): void => void state.take({ ...PAYMENT, id: "past" });
    // Enough for the lock and the mark of how far it has come.
    disk.room = 500;
    const first = openDurableDecider(folder, parts, { past: tellPast });
    expect(first.problem?.code).toBe("unwritable-log");
    expect(first.decide(PAYMENT).reasons).toEqual(["no-state"]);
    disk.room = Number.POSITIVE_INFINITY;
    const second = openDurableDecider(folder, parts, { past: tellPast });
    expect(second.problem).toBeUndefined();
    expect(second.decide({ ...PAYMENT, id: "past" }).reasons[0]).toBe("duplicate");
  });

  it("leaves the folder to the process that holds it", () => {
    const folder = temporaryFolder();
    const first = openDurableDecider(folder, parts);
    const second = openDurableDecider(folder, parts);
    expect(second.problem?.code).toBe("locked");
    expect(second.decide(PAYMENT).reasons).toEqual(["no-state"]);
    expect(first.decide(PAYMENT).by).toBe("model");
    first.close();
    expect(openDurableDecider(folder, parts).decide(PAYMENT).reasons[0]).toBe("duplicate");
  });

  it("decides by the rules and takes nothing while the disk is full, and goes on when it is not", () => {
    const folder = temporaryFolder();
    const told = tell(300, 7);
    const twin = createPaymentDecider(parts);
    const decider = openDurableDecider(folder, parts, { snapshotEvery: 90 });
    for (const one of told.slice(0, 100)) expect(answer(decider, one)).toEqual(answer(twin, one));
    disk.room = 70;
    for (const one of told.slice(100, 150)) {
      const decided = answer(decider, one);
      expect(decided).toEqual("fraud" in one ? twin.labelWithout("not-logged") : twin.decideWithout(one, "not-logged"));
    }
    expect(decider.problem).toMatchObject({ code: "unwritable-log", where: folder });
    expect(decider.counts.faults.get("not-logged")).toBeGreaterThan(20);
    disk.room = Number.POSITIVE_INFINITY;
    for (const one of told.slice(150)) expect(answer(decider, one)).toEqual(answer(twin, one));
    expect(decider.problem).toBeUndefined();
    decider.close();
    const reopened = openDurableDecider(folder, parts);
    expect(countsOf(reopened)).toEqual(countsOf(twin));
    for (const one of tell(400, 7).slice(300)) expect(answer(reopened, one)).toEqual(answer(twin, one));
  });

  it("keeps the log when a snapshot finds no room, and does not try again at once", () => {
    const folder = temporaryFolder();
    const told = tell(260, 8);
    const twin = createPaymentDecider(parts);
    const decider = openDurableDecider(folder, parts, { snapshotEvery: 100 });
    for (const one of told.slice(0, 99)) answer(decider, one);
    disk.room = 2000;
    answer(decider, told[99]);
    expect(decider.problem?.code).toBe("unwritable-log");
    disk.room = Number.POSITIVE_INFINITY;
    for (const one of told.slice(100)) answer(decider, one);
    for (const one of told) answer(twin, one);
    abandon(folder);
    expect(countsOf(openDurableDecider(folder, parts))).toEqual(countsOf(twin));
  });

  it("decides by the rules where the folder cannot be made", () => {
    const file = join(temporaryFolder(), "a-file");
    writeFileSync(file, "");
    const decider = openDurableDecider(join(file, "folder"), parts);
    expect(decider.problem?.code).toBe("unwritable-folder");
    expect(decider.decide(PAYMENT).reasons).toEqual(["no-state"]);
  });

  it("refuses the snapshot of other features, and takes a log for any", () => {
    const folder = temporaryFolder();
    const told = tell(150, 9);
    const first = openDurableDecider(folder, parts);
    for (const one of told) answer(first, one);
    abandon(folder);
    const fewer = DECLARED.filter(({ name }) => name !== "mean");
    const others: PaymentDeciderParts = { ...parts, declarations: fewer, model: undefined, rules: rulesFor(fewer) };
    const twin = createPaymentDecider(others);
    for (const one of told) answer(twin, one);
    const second = openDurableDecider(folder, others);
    expect(countsOf(second)).toEqual(countsOf(twin));
    second.close();
    const third = openDurableDecider(folder, parts);
    expect(third.problem).toMatchObject({ code: "other-state", where: folder });
    expect(third.problem?.fix).toContain("the features, options and version that it was taken with");
  });

  it("replays a log that was written under another model, and decides by the new one", async () => {
    const folder = temporaryFolder();
    const told = tell(400, 10);
    const first = openDurableDecider(folder, { ...parts, model: await learn(2) });
    for (const one of told.slice(0, 200)) answer(first, one);
    abandon(folder);
    const twin = createPaymentDecider(parts);
    for (const one of told.slice(0, 200)) answer(twin, one);
    const second = openDurableDecider(folder, parts);
    for (const one of told.slice(200)) expect(answer(second, one)).toEqual(answer(twin, one));
  });
});

function rulesFor(declarations: readonly FeatureDeclaration[]) {
  const names = declarations.map(({ name }) => name);
  return unwrap(openRules({ format: "heptad rule list", version: 1, rules: RULES }, names));
}

function countsOf({ counts }: PaymentDecider): unknown {
  const { decided, reviewed, labelled, faults, labelFaults } = counts;
  return { decided, reviewed, labelled, faults: [...faults].sort(), labelFaults: [...labelFaults].sort() };
}

/** Leaves the folder as a process that was killed would. */
function abandon(folder: string): void {
  writeFileSync(join(folder, "lock"), "999999999\n");
}

/** Changes one bit of a byte. */
function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] ^= 1;
  writeFileSync(path, bytes);
}

function logPath(folder: string): string {
  const name = readdirSync(folder)
    .filter((one) => one.startsWith("log-"))
    .sort()
    .at(-1);
  return join(folder, name ?? "");
}

function filesOf(folder: string): unknown {
  return readdirSync(folder)
    .filter((name) => name !== "lock")
    .map((name) => [name, readFileSync(join(folder, name), "hex")]);
}

/** Goes on with what was not told yet, and says what came of it, waiting for a byte now and then; at the end the counts. */
const TELLER = `
  import { readFileSync, readSync, writeSync } from "node:fs";
  import { deserialize } from "node:v8";
  const [dist, folder, input] = process.argv.slice(1);
  const { openRules, unwrap } = await import(dist + "index.js");
  const { openDurableDecider } = await import(dist + "node/index.js");
  const { declarations, rules: list, names, model, told } = deserialize(readFileSync(input));
  const rules = unwrap(openRules({ format: "heptad rule list", version: 1, rules: list }, names));
  const decider = openDurableDecider(folder, { declarations, rules, model }, { snapshotEvery: 397 });
  if (decider.problem !== undefined) throw new Error(JSON.stringify(decider.problem));
  const sum = (counts) => [...counts.values()].reduce((total, one) => total + one, 0);
  const { decided, labelled, labelFaults } = decider.counts;
  for (let at = decided + labelled + sum(labelFaults); at < told.length; at++) {
    const said = "fraud" in told[at] ? (decider.label(told[at]) ?? "taken") : decider.decide(told[at]);
    writeSync(1, JSON.stringify({ at, said }) + "\\n");
    if (at % 20 === 0) readSync(0, new Uint8Array(1));
  }
  const { counts } = decider;
  const sorted = (faults) => [...faults].sort();
  writeSync(1, JSON.stringify({ counts: { decided: counts.decided, reviewed: counts.reviewed, labelled: counts.labelled,
    faults: sorted(counts.faults), labelFaults: sorted(counts.labelFaults) } }) + "\\n");
`;

/** Tells in a process of its own that is killed after about so many answers. The counts, where it came to the end. */
async function tellUntilKilled(
  folder: string,
  input: string,
  patience: number,
  answers: Map<number, string>,
): Promise<string | undefined> {
  const dist = new URL("../../dist/src/", import.meta.url).href;
  const child = spawn(process.execPath, ["--input-type=module", "-e", TELLER, dist, folder, input]);
  let [text, errors] = ["", ""];
  let allowed = 0;
  child.stderr.on("data", (part) => {
    errors += String(part);
  });
  child.stdout.on("data", (part) => {
    text += String(part);
    const said = text.split("\n").length - 1;
    for (; allowed < 1 + said / 20; allowed++) child.stdin.write(".");
    if (said >= patience) setTimeout(() => child.kill("SIGKILL"), Math.random() * 3);
  });
  child.stdin.on("error", () => undefined);
  await new Promise((resolve) => child.once("close", resolve));
  expect(errors).toBe("");
  let counts: string | undefined;
  for (const line of text.split("\n").slice(0, -1)) {
    const { at, said, counts: all } = JSON.parse(line);
    if (all !== undefined) counts = JSON.stringify(all);
    else answers.set(at, JSON.stringify(said));
  }
  return counts;
}
