/** Sends a system requests as clients would, before anybody does, to endpoints that remember nothing: the first real ones find code that is compiled. */

import { Agent, request } from "node:http";
import type { ServedEndpoint, ServedSystem } from "../system/served-system.ts";
import { createService, openAdmission } from "./create-service.ts";
import type { DurableSystem } from "./durable-system.ts";
import { ownHosts } from "./guard.ts";
import { createServiceMetrics } from "./service-metrics.ts";

/** Requests to each endpoint, and those that are under way at once. */
const REQUESTS = 300;
const AT_ONCE = 4;

/** Does nothing for a system whose endpoints all can be asked for real. */
export async function rehearse(system: ServedSystem): Promise<void> {
  const endpoints = system.rehearsal?.() ?? [];
  if (endpoints.length === 0) return;
  const metrics = createServiceMetrics();
  const app = createService({
    ...{ title: "rehearsal", version: "0", metrics, budget: {} },
    durable: withoutLog({ ...system, endpoints }),
    clock: { kind: "world", now: () => Date.now() / 1000 },
    guard: { hosts: ownHosts(), token: undefined },
    admission: openAdmission(Number.POSITIVE_INFINITY),
    model: () => ({ id: "rehearsal" }),
    change: async () => "rehearsal",
  });
  const agent = new Agent({ keepAlive: true });
  try {
    const url = await app.listen({ port: 0, host: "127.0.0.1" });
    for (const endpoint of endpoints)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, one) => askOften(agent, url, endpoint, one, system)));
  } finally {
    agent.destroy();
    await app.close();
    metrics.close();
  }
}

async function askOften(
  agent: Agent,
  url: string,
  { path, example }: ServedEndpoint,
  first: number,
  { traffic }: ServedSystem,
): Promise<void> {
  for (let at = first; at < REQUESTS; at += AT_ONCE) {
    const isTraffic = traffic.path === path && traffic.count > 0;
    await post(agent, url + path, isTraffic ? traffic.body(at % traffic.count, `rehearsal ${at}`) : example);
  }
}

/** Whatever is answered: nobody waits for it. */
function post(agent: Agent, url: string, body: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
    const call = request(url, { agent, method: "POST", headers }, (answer) => {
      answer.resume();
      answer.once("end", resolve);
    });
    call.once("error", reject);
    call.end(text);
  });
}

function withoutLog(system: ServedSystem): DurableSystem {
  return {
    ...{ system, problem: undefined, logged: 0 },
    answer: (endpoint, body, turn) => endpoint.answer(body, turn),
    swap: () => undefined,
    flush: async () => undefined,
    snapshot: () => undefined,
    close: () => undefined,
  };
}
