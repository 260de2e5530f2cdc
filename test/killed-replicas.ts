/** Services that share three servers of NATS, both killed at random moments under load, beside a twin on files that never ends. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { createRandom } from "../src/core/random.ts";
import {
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
  wholeAnswer,
} from "./killed-service.ts";
import { type NatsServers, startNats } from "./nats-servers.ts";

const SERVICES = 2;
const CALLERS = 4;
/** Between two events of a caller: what is killed starts again beside the load. */
const PAUSE_MS = 40;
/** Every so many kills it is a server of NATS. */
const SERVER_EVERY = 4;

/** Kills so many times. What was not acknowledged is sent again, to whichever service answers. */
export async function surviveTogether(note: string, kills: number, seed: number): Promise<Survived> {
  const folder = projectThatRan(note);
  const cluster = await startNats(3);
  const running = new Set<Served>();
  const start = async (state: string, ...more: readonly string[]): Promise<Served> => {
    const served = await serve(folder, note, join(folder, state, note.replace(".md", "")), ...more);
    running.add(served);
    return served;
  };
  try {
    const twin = await start("twin");
    const services: Served[] = [];
    for (let at = 0; at < SERVICES; at++) services.push(await start(`service${at}`, "--nats", cluster.url));
    return await killed({ twin, services, cluster, start }, kills, seed);
  } finally {
    for (const one of running) one.process.kill("SIGKILL");
    await cluster.stop();
  }
}

interface Parts {
  readonly twin: Served;
  readonly services: Served[];
  readonly cluster: NatsServers;
  start(state: string, ...more: readonly string[]): Promise<Served>;
}

async function killed({ twin, services, cluster, start }: Parts, kills: number, seed: number): Promise<Survived> {
  const random = createRandom(seed, "kills");
  const base = (await get(twin.url, "/model")).clock.now + 10;
  const acknowledged: number[] = [];
  const arms = new Map<string, string>();
  const moved: string[] = [];
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
          if ((await post(url, "/events", { events: [event] })).status !== 200) throw new Error("not taken");
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
  for (let kill = 0; kill < kills; kill++) {
    for (const enough = acknowledged.length + LEAST; acknowledged.length < enough; ) await sleep(5);
    await sleep(random.below(100));
    // On a quiet machine most moments lie between two requests.
    for (let tries = 0; sending === 0 && tries < 100; tries++) await sleep(1);
    if (sending > 0) underWay++;
    const before = acknowledged.slice(-30);
    if (kill % SERVER_EVERY === SERVER_EVERY - 1) {
      const at = random.below(3);
      cluster.kill(at);
      await sleep(random.below(300));
      await cluster.start(at);
      await whole(cluster.url);
    } else {
      const at = kill % SERVICES;
      services[at].process.kill("SIGKILL");
      services[at] = await start(`service${at}`, "--nats", cluster.url);
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
  return { underWay, acknowledged: all.length, lost: [...lost], moved, stopped, exposures, answers, holds };
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
