/** A service that is killed at random moments while several callers speak to it, beside a twin that never ends. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../src/core/random.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const PROGRAM = join(import.meta.dirname, "..", "bin", "heptad.js");
export const CALLERS = 6;
export const MEMBERS = 60;
/** Events that are acknowledged between two kills at least, however slow the machine is. */
export const LEAST = 10;

export interface Survived {
  /** Kills that found a request under way. */
  readonly underWay: number;
  readonly acknowledged: number;
  /** Acknowledged events that a service started anew took as if it had never seen them. */
  readonly lost: readonly string[];
  /** Members who were shown another arm than before. */
  readonly moved: readonly string[];
  /** Why the experiment was stopped, by which everybody is moved; null where it runs. */
  readonly stopped: unknown;
  /** Members whom an exposure is missing of, or stands twice. */
  readonly exposures: readonly string[];
  /** What each member is answered at last, here and by the twin. */
  readonly answers: readonly (readonly [unknown, unknown])[];
  readonly holds: readonly [unknown, unknown];
}

/** Kills the service of a note of recommendation so many times. What was not acknowledged is sent again, as a caller would. */
export async function survive(note: string, kills: number, seed: number): Promise<Survived> {
  const folder = projectThatRan(note);
  const running = new Set<ChildProcess>();
  const start = async (state: string) => {
    const served = await serve(folder, note, join(folder, state));
    running.add(served.process);
    return served;
  };
  try {
    return await killed(start, join(folder, "killed", "exposures.csv"), kills, seed);
  } finally {
    for (const one of running) one.kill("SIGKILL");
  }
}

/** A folder with a note that has run. */
export function projectThatRan(note: string): string {
  const folder = temporaryFolder();
  const text = readFileSync(join(import.meta.dirname, "fixtures", note), "utf8");
  // What is slow on a busy machine would stop the experiment, as it should, and move everybody.
  writeFileSync(join(folder, note), text.replace("latency: { p99: 100 ms }", "latency: { p99: 60 s }"));
  writeFileSync(join(folder, "heptad.yaml"), "");
  const made = spawnSync(process.execPath, [PROGRAM, "run", note, "--threads", "1", "--json"], { cwd: folder });
  if (made.status !== 0) throw new Error(String(made.stderr));
  return folder;
}

/** The models of a note whose re-ranking is `from` and then `to`: adds the second to each place, and gives both ids, the one that serves first. */
export function twoModels(
  folder: string,
  note: string,
  [from, to]: readonly [string, string],
  places: readonly (readonly string[])[],
): readonly [string, string] {
  const path = join(folder, note);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${note} does not say ${from}`);
  writeFileSync(path, text.replace(from, to));
  const heptad = (...words: readonly string[]): string => {
    const done = spawnSync(process.execPath, [PROGRAM, "model", ...words], { cwd: folder });
    if (done.status !== 0) throw new Error(String(done.stderr));
    return String(done.stdout);
  };
  try {
    for (const place of places) heptad("add", note, "--threads", "1", ...place);
    const { current, models }: { current: string; models: readonly { readonly id: string }[] } = JSON.parse(
      heptad("list", note, "--json", ...places[0]),
    );
    const other = models.find(({ id }) => id !== current);
    if (other === undefined) throw new Error("the changed note gave no other model");
    return [current, other.id];
  } finally {
    writeFileSync(path, text);
  }
}

export interface Served {
  readonly url: string;
  readonly process: ChildProcess;
  /** Where the exposures are of a service that shares them. */
  readonly exposures: string;
}

async function killed(
  start: (state: string) => Promise<Served>,
  exposuresPath: string,
  kills: number,
  seed: number,
): Promise<Survived> {
  const random = createRandom(seed, "kills");
  const twin = await start("twin");
  let served = await start("killed");
  const base = (await get(twin.url, "/model")).clock.now + 10;
  const event = (number: number) => eventAt(number, base);
  const acknowledged: number[] = [];
  const arms = new Map<string, string>();
  const moved: string[] = [];
  let [next, underWay, sending] = [0, 0, 0];
  let pending: number[] = [];
  /** Sends until the service dies: what is not answered stays pending. */
  const call = async (): Promise<void> => {
    for (;;) {
      const number = pending.shift() ?? next++;
      sending++;
      try {
        await told(served.url, [event(number)]);
        acknowledged.push(number);
        const { member } = event(number);
        const asked = await post(served.url, "/recommend", { member });
        const arm = asked.headers.get("x-heptad-arm") ?? "none";
        if (asked.status === 200 && (arms.get(member) ?? arm) !== arm) moved.push(member);
        if (asked.status === 200) arms.set(member, arm);
      } catch {
        if (!acknowledged.includes(number)) pending.push(number);
        return;
      } finally {
        sending--;
      }
    }
  };
  const lost: string[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const callers = Array.from({ length: CALLERS }, call);
    const enough = acknowledged.length + LEAST;
    while (acknowledged.length < enough) await sleep(5);
    await sleep(random.below(150));
    if (sending > 0) underWay++;
    served.process.kill("SIGKILL");
    await Promise.all(callers);
    served = await start("killed");
    // Whoever sends an event again that is known is told so; of an old one the id may be forgotten, not of these.
    for (const number of acknowledged.slice(-30)) {
      const { refused } = await told(served.url, [event(number)]);
      if (refused[0]?.reason !== "duplicate") lost.push(`e${number}`);
    }
    pending = [...new Set(pending)].sort((a, b) => a - b);
  }
  for (const number of pending) {
    await told(served.url, [event(number)]);
    acknowledged.push(number);
  }
  // The twin is told the same once, in an order of its own: what is late by a few seconds goes to its place in time.
  const all = [...new Set(acknowledged)].sort((a, b) => a - b);
  for (let from = 0; from < all.length; from += 100) await told(twin.url, all.slice(from, from + 100).map(event));
  const answers: (readonly [unknown, unknown])[] = [];
  for (let member = 1; member <= MEMBERS; member++) {
    const body = { member: String(member), time: base + next + 100 };
    answers.push([await wholeAnswer(served.url, body), await wholeAnswer(twin.url, body)]);
  }
  const rows = readFileSync(exposuresPath, "utf8")
    .split("\n")
    .filter((row) => row.endsWith(",0"));
  const exposures = [...arms.keys()].filter(
    (member) => rows.filter((row) => row.startsWith(`${member},`)).length !== 1,
  );
  const holds = [(await get(served.url, "/model")).holds, (await get(twin.url, "/model")).holds] as const;
  const { stopped } = await get(served.url, "/experiment");
  return { underWay, acknowledged: all.length, lost, moved, stopped, exposures, answers, holds };
}

/** Event `number` of a fixed stream, a second behind the one before. */
export function eventAt(number: number, base: number) {
  const chance = createRandom(number, "events");
  const member = String(1 + chance.below(MEMBERS));
  return {
    id: `e${number}`,
    member,
    title: String(1 + chance.below(40)),
    event: "rating",
    value: 1 + chance.below(5),
    time: base + number,
  };
}

export function serve(folder: string, note: string, state: string, ...more: readonly string[]): Promise<Served> {
  return served(begin(folder, note, state, ...more), state);
}

/** A process that is on its way to serve. */
export function begin(folder: string, note: string, state: string, ...more: readonly string[]): ChildProcess {
  const fixed = ["--port", "0", "--threads", "1", "--state", state, "--experiment", "100%", "--replay"];
  return spawn(process.execPath, [PROGRAM, "serve", note, ...fixed, ...more], { cwd: folder });
}

/** Settles once it serves. */
function served(child: ChildProcess, state: string): Promise<Served> {
  let errors = "";
  child.stderr?.on("data", (text) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    let out = "";
    child.stdout?.on("data", (text) => {
      out += text;
      const url = /on (http:\S+)/u.exec(out)?.[1];
      if (url !== undefined) resolve({ url, process: child, exposures: join(state, `exposures-any-${child.pid}.csv`) });
    });
    child.on("exit", (code) => reject(new Error(`ended with ${code}: ${errors}`)));
  });
}

export async function post(url: string, path: string, body: unknown) {
  const answer = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

/** Sent until it is acknowledged: a service that is busy sheds. */
export async function told(
  url: string,
  events: readonly unknown[],
): Promise<{ refused: readonly { reason: string }[] }> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await post(url, "/events", { events });
    if (answer.status === 200) return answer.body;
  }
  throw new Error(`${url} takes no events`);
}

/** Asked again where a stage was late or the queue long, as happens on a machine that others use. */
export async function wholeAnswer(url: string, body: unknown): Promise<unknown> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await post(url, "/recommend", body);
    if (answer.status === 200 && answer.body.degraded.length === 0) return answer.body;
  }
  throw new Error(`${url} gives no whole answer`);
}

export async function get(url: string, path: string) {
  return (await fetch(url + path)).json();
}
