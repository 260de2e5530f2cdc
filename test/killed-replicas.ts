/**
 * Services that share three servers of NATS, killed at moments under load that a seed spreads over all that they do, servers too, beside a twin on files
 * that never ends.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { createRandom } from "../src/core/random.ts";
import { type KillMoment, killMoments } from "./kill-moments.ts";
import {
  begin,
  eventAt,
  get,
  LEAST,
  MEMBERS,
  post,
  projectThatRan,
  type Served,
  type Survived,
  serve,
  told,
  twoModels,
  wholeAnswer,
} from "./killed-service.ts";
import { type NatsServers, startNats } from "./nats-servers.ts";

const SERVICES = 2;
const CALLERS = 4;
/** Between two events of a caller: what is killed starts again beside the load. */
const PAUSE_MS = 40;
/** Two models of a note of recommendation, which remember alike. */
const RERANKING = ["diversity: 0.2", "diversity: 0.6"] as const;
/** A snapshot is due after five megabytes at most: requests of some 240 kB. */
const BULK = { requests: 25, events: 350, together: 5 };

export interface SurvivedTogether extends Survived {
  readonly moments: readonly KillMoment[];
  /** Events that were not taken though nothing is wrong with them, and why. */
  readonly refusals: readonly string[];
  /** The first message that the shared log still has: those before it are in a snapshot. */
  readonly firstMessage: number;
  /** Which model serves at last, here and by the twin. */
  readonly models: readonly unknown[];
}

/** Kills so many times. What was not acknowledged is sent again, to whichever service answers. */
export async function surviveTogether(note: string, kills: number, seed: number): Promise<SurvivedTogether> {
  const folder = projectThatRan(note);
  const cluster = await startNats(3);
  const running = new Set<Pick<Served, "process">>();
  const place = (state: string): string => join(folder, state, note.replace(".md", ""));
  const start = async (state: string, ...more: readonly string[]): Promise<Served> => {
    const served = await serve(folder, note, place(state), ...more);
    running.add(served);
    return served;
  };
  const beginService = (at: number): Pick<Served, "process"> => {
    const begun = { process: begin(folder, note, place(`service${at}`), "--nats", cluster.url) };
    running.add(begun);
    return begun;
  };
  try {
    const twin = await start("twin");
    const startService = (at: number): Promise<Served> => start(`service${at}`, "--nats", cluster.url);
    const services: Served[] = [];
    for (let at = 0; at < SERVICES; at++) services.push(await startService(at));
    const places = [
      ["--state", place("service0"), "--nats", cluster.url],
      ["--state", place("twin")],
    ];
    const models = twoModels(folder, note, RERANKING, places);
    return await killed({ twin, services, cluster, models, start: startService, begin: beginService }, kills, seed);
  } finally {
    for (const one of running) one.process.kill("SIGKILL");
    await cluster.stop();
  }
}

interface Parts {
  readonly twin: Served;
  readonly services: Served[];
  readonly cluster: NatsServers;
  readonly models: readonly [string, string];
  start(at: number): Promise<Served>;
  /** Starts one and does not wait for it. */
  begin(at: number): Pick<Served, "process">;
}

async function killed(parts: Parts, kills: number, seed: number): Promise<SurvivedTogether> {
  const { twin, services, cluster, models, start } = parts;
  const random = createRandom(seed, "kills");
  const base = (await get(twin.url, "/model")).clock.now + 10;
  const acknowledged: number[] = [];
  const arms = new Map<string, string>();
  const moved: string[] = [];
  const refusals: string[] = [];
  let [next, underWay, sending, isOver] = [0, 0, 0, false];
  const call = async (): Promise<void> => {
    while (!isOver) {
      const number = next++;
      const event = eventAt(number, base);
      await sleep(PAUSE_MS);
      for (let tries = number; ; tries++) {
        const { url } = services[tries % SERVICES];
        sending++;
        try {
          const told = await post(url, "/events", { events: [event] });
          if (told.status !== 200) throw new Error("not taken");
          const reason = told.body.refused[0]?.reason ?? "duplicate";
          if (reason !== "duplicate") refusals.push(`${event.id}: ${reason}`);
          acknowledged.push(number);
          const asked = await post(url, "/recommend", { member: event.member });
          const arm = asked.headers.get("x-heptad-arm") ?? "none";
          if (asked.status === 200 && (arms.get(event.member) ?? arm) !== arm) moved.push(event.member);
          if (asked.status === 200) arms.set(event.member, arm);
          break;
        } catch {
          if (acknowledged.at(-1) === number || acknowledged.includes(number)) break;
          await sleep(30);
        } finally {
          sending--;
        }
      }
    }
  };
  const callers = Array.from({ length: CALLERS }, call);
  const lost = new Set<string>();
  const moments = killMoments(kills, random);
  for (const [kill, moment] of moments.entries()) {
    for (const enough = acknowledged.length + LEAST; acknowledged.length < enough; ) await sleep(5);
    await sleep(random.below(100));
    // On a quiet machine most moments lie between two requests.
    for (let tries = 0; sending === 0 && tries < 100; tries++) await sleep(1);
    if (sending > 0) underWay++;
    const at = kill % SERVICES;
    if (moment === "snapshot") await bulk(services[at].url);
    // The change that is killed is heard of by nobody, or by all.
    else if (moment === "swap") void promote(services[at].url, models[random.below(2)]);
    await sleep(random.below(moment === "load" ? 1 : 300));
    const before = acknowledged.slice(-30);
    if (moment === "server") {
      const server = random.below(3);
      cluster.kill(server);
      await sleep(random.below(300));
      await cluster.start(server);
      await whole(cluster.url);
    } else {
      services[at].process.kill("SIGKILL");
      if (moment === "start") {
        const begun = parts.begin(at);
        await sleep(random.below(3000));
        begun.process.kill("SIGKILL");
      }
      services[at] = await start(at);
    }
    const { refused } = await toldTogether(
      services[kill % SERVICES].url,
      before.map((number) => eventAt(number, base)),
    );
    const duplicates = new Set(refused.filter(({ reason }) => reason === "duplicate").map(({ id }) => id));
    for (const number of before) if (!duplicates.has(`e${number}`)) lost.add(`e${number}`);
  }
  isOver = true;
  await Promise.all(callers);
  const all = [...new Set(acknowledged)].sort((a, b) => a - b);
  for (let from = 0; from < all.length; from += 100)
    await told(
      twin.url,
      all.slice(from, from + 100).map((number) => eventAt(number, base)),
    );
  const served: unknown[] = [];
  for (const { url } of [services[0], twin]) {
    for (let tries = 0; tries < 100 && (await promote(url, models[0])) !== models[0]; tries++) await sleep(100);
  }
  for (const { url } of [...services, twin]) {
    const model = async (): Promise<unknown> => (await get(url, "/model")).id;
    for (let tries = 0; tries < 100 && (await model()) !== models[0]; tries++) await sleep(100);
    served.push(await model());
  }
  const answers: (readonly [unknown, unknown])[] = [];
  for (let member = 1; member <= MEMBERS; member++) {
    const body = { member: String(member), time: base + next + 100 };
    const ours = await wholeAnswer(twin.url, body);
    for (const { url } of services) answers.push([await wholeAnswer(url, body), ours]);
  }
  // A moment in which what one has shown reaches the other.
  await sleep(1000);
  const holds = [(await get(services[0].url, "/model")).holds, (await get(twin.url, "/model")).holds] as const;
  const files = services.map(({ exposures }) => readFileSync(exposures, "utf8"));
  const rows = files[0].split("\n").filter((row) => row.endsWith(",0"));
  const exposures = [...arms.keys()].filter(
    (member) => rows.filter((row) => row.startsWith(`${member},`)).length !== 1,
  );
  if (files[0] !== files[1]) exposures.push("the two files differ");
  const { stopped } = await get(services[0].url, "/experiment");
  const said = { underWay, acknowledged: all.length, lost: [...lost], moved, stopped, exposures, answers, holds };
  return { ...said, refusals, moments, models: served, firstMessage: await firstMessageOf(cluster.url) };
}

/** Undefined where nobody answers any more. */
async function promote(url: string, model: string): Promise<unknown> {
  try {
    return (await post(url, "/model", { promote: model })).body.id;
  } catch {
    return undefined;
  }
}

/** Tells what is refused, so that the log grows and nothing else, until a snapshot is due. */
async function bulk(url: string): Promise<void> {
  const long = "x".repeat(200);
  const event = { id: long, member: long, title: long, event: "view" };
  const body = { events: Array.from({ length: BULK.events }, () => event) };
  for (let sent = 0; sent < BULK.requests; sent += BULK.together)
    await Promise.all(Array.from({ length: BULK.together }, () => post(url, "/events", body).catch(() => undefined)));
}

async function firstMessageOf(url: string): Promise<number> {
  const connection = await connect({ servers: url.replaceAll("nats://", "").split(",") });
  try {
    const manager = await jetstreamManager(connection, { checkAPI: false });
    return (await manager.streams.info("heptad-tiny-recommendation-events")).state.first_seq;
  } finally {
    await connection.close();
  }
}

async function toldTogether(url: string, events: readonly unknown[]) {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await post(url, "/events", { events });
    if (answer.status === 200) {
      const { refused }: { refused: readonly { id: string; reason: string }[] } = answer.body;
      return { refused };
    }
    await sleep(50);
  }
  throw new Error(`${url} takes no events`);
}

/** Until every server has what the others have. */
async function whole(url: string): Promise<void> {
  const connection = await connect({ servers: url.replaceAll("nats://", "").split(",") });
  try {
    const manager = await jetstreamManager(connection, { checkAPI: false });
    for (let tries = 0; tries < 300; tries++) {
      const streams = await manager.streams
        .list()
        .next()
        .catch(() => []);
      const isWhole = ({ cluster }: (typeof streams)[number]): boolean =>
        cluster?.leader !== undefined &&
        (cluster.replicas ?? []).every(({ current, offline }) => current && offline !== true);
      if (streams.length > 0 && streams.every(isWhole)) return;
      await sleep(100);
    }
    throw new Error("the servers do not come together");
  } finally {
    await connection.close();
  }
}
