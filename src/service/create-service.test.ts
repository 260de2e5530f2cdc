import { appendFileSync, cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance, InjectOptions } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { countingService } from "../../test/counting-service.ts";
import { countingSystem } from "../../test/counting-system.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { FailureError } from "../core/outcome.ts";
import { makeAside } from "../node/write-ahead-log.ts";
import { unhurried } from "../system/served-system.ts";
import { limitCallers } from "./caller-rate.ts";
import { createService, openAdmission, type ServiceOptions } from "./create-service.ts";
import { type DurableSystem, openDurableSystem } from "./durable-system.ts";
import { ownHosts } from "./guard.ts";
import { readMetrics, total } from "./read-metrics.ts";
import { recoverable } from "./replay-log.ts";
import { createServiceMetrics } from "./service-metrics.ts";

const open: { app: FastifyInstance; durable: DurableSystem }[] = [];
afterEach(async () => {
  for (const { app, durable } of open.splice(0)) {
    await app.close();
    durable.close();
  }
});

const NOTHING = { body: {}, degraded: [], isObserved: true };

function service(parts: Partial<ServiceOptions> = {}, within?: string) {
  const { app, durable, metrics, folder } = countingService(parts, within);
  open.push({ app, durable });
  const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
    app.inject({
      method: "POST",
      url,
      payload: JSON.stringify(payload),
      headers: { "content-type": "application/json", ...headers },
    });
  const get = (url: string, headers: InjectOptions["headers"] = {}) => app.inject({ method: "GET", url, headers });
  return { app, durable, metrics, post, get, folder };
}

describe("the service", () => {
  it("answers the example of each endpoint that it describes, and nothing that it does not describe", async () => {
    const { app, post, get } = service();
    const { paths } = (await get("/openapi.json")).json();
    for (const path of ["/add", "/sum"]) {
      const answer = await post(path, paths[path].post.requestBody.content["application/json"].example);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers["x-heptad-model"]).toBe("m1");
      expect(answer.headers["x-heptad-degraded"]).toBeUndefined();
    }
    for (const path of Object.keys(paths).filter((one) => "get" in paths[one])) {
      const answer = await get(path);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers["content-type"]).toContain(Object.keys(paths[path].get.responses["200"].content)[0]);
    }
    expect((await get("/other")).statusCode).toBe(404);
    const other = await get("/add?id=a");
    expect([other.statusCode, other.headers.allow]).toEqual([405, "POST"]);
    expect((await app.inject({ method: "DELETE", url: "/model" })).headers.allow).toBe("GET, POST");
  });

  it("answers 409 where a request is at odds with what is remembered, and shows nobody anything", async () => {
    const { app, durable } = countingService();
    const { system } = durable;
    const endpoints = system.endpoints.map((one) => ({
      ...one,
      conflict: "It is at odds",
      unitsOf: () => ["somebody"],
      answer: () => ({ ...NOTHING, refusals: { "at-odds": 1 }, conflict: "it is at odds" }),
    }));
    const exposed: string[] = [];
    const taking = { ...durable, system: { ...system, endpoints } };
    const other = createService({
      ...{ title: "Sums", version: "1.0", metrics: createServiceMetrics(), budget: {}, admission: openAdmission(10) },
      durable: taking,
      clock: { kind: "world", now: () => 1_700_000_000 },
      guard: { hosts: ownHosts("127.0.0.1"), token: undefined },
      model: () => ({ id: "m1" }),
      change: async () => "m1",
      experiment: {
        ...{ assign: () => ({ arm: "system", variant: 1 }), answered: () => exposed.push("answered") },
        ...{ expose: () => exposed.push("exposed"), written: async () => undefined, outcome: () => undefined },
        ...{ describe: () => ({}), stop: () => undefined, stopped: undefined, hasSampleRatioAlarm: false },
      },
      onAnswer: () => exposed.push("observed"),
    });
    open.push({ app, durable }, { app: other, durable: { ...durable, close: () => undefined } });
    const asked = { method: "POST", url: "/sum", headers: { "content-type": "application/json" } } as const;
    const answer = await other.inject({ ...asked, payload: '{"who":"me"}' });
    expect([answer.statusCode, answer.json()]).toEqual([409, { error: "conflict", message: "it is at odds" }]);
    expect(exposed).toEqual([]);
    const { paths } = (await other.inject({ method: "GET", url: "/openapi.json" })).json();
    expect(paths["/sum"].post.responses["409"].description).toBe("It is at odds");
  });

  it("refuses a body of a hundred thousand brackets as it refuses any other, wherever they stand", async () => {
    const { app } = service();
    const deep = (open: string, inner: string, close: string): string =>
      `${open.repeat(40_000)}${inner}${close.repeat(40_000)}`;
    const list = deep("[", "", "]");
    for (const payload of [list, deep('{"a":', "1", "}"), `{"who":${list}}`, `{"id":"a","add":${list}}`, `[${list},1]`])
      for (const url of ["/sum", "/add", "/model", "/experiment/stop"]) {
        const headers = { "content-type": "application/json" };
        const answer = await app.inject({ method: "POST", url, payload, headers });
        expect([answer.statusCode, answer.json().error]).toEqual([400, "bad-request"]);
      }
  });

  it("answers a path that is none, and a body that is no JSON, in the words of the others", async () => {
    const { app } = service();
    const bad = await app.inject({ method: "GET", url: "/%ff" });
    expect([bad.statusCode, bad.json()]).toEqual([400, { error: "bad-request", message: expect.any(String) }]);
    const headers = { "content-type": "text/plain" };
    const text = await app.inject({ method: "POST", url: "/sum", payload: "{}", headers });
    expect([text.statusCode, text.json().message]).toEqual([415, expect.stringContaining("application/json")]);
  });

  it("stops the experiment for a request without a body, however it calls what it does not send, and keeps a reason that is given", async () => {
    const reasons: string[] = [];
    const { app, get } = service({
      experiment: {
        ...{ assign: () => ({ arm: "system", variant: 1 }), answered: () => undefined, expose: () => undefined },
        ...{ written: async () => undefined, outcome: () => undefined, describe: () => ({}) },
        ...{ stop: (why: string) => void reasons.push(why), stopped: undefined, hasSampleRatioAlarm: false },
      },
    });
    const stop = async (payload?: string, type?: string) => {
      const headers = type === undefined ? {} : { "content-type": type };
      const asked = { method: "POST", url: "/experiment/stop", headers } as const;
      return (await app.inject(payload === undefined ? asked : { ...asked, payload })).statusCode;
    };
    const json = "application/json";
    for (const [payload, type] of [[], [undefined, json], ["", "application/x-www-form-urlencoded"], ["{}", json]])
      expect([payload, type, await stop(payload, type)]).toEqual([payload, type, 200]);
    expect(await stop('{"reason":"complaints"}', json)).toBe(200);
    expect(reasons).toEqual([...Array.from({ length: 4 }, () => "stopped by hand"), "complaints"]);
    for (const payload of ["null", "[]", '{"why":"x"}']) expect(await stop(payload, json)).toBe(400);
    expect(await stop("reason=x", "application/x-www-form-urlencoded")).toBe(415);
    expect(reasons).toHaveLength(5);
    const { paths } = (await get("/openapi.json")).json();
    const needs = (path: string) => paths[path].post.requestBody.required;
    expect([needs("/experiment/stop"), needs("/model")]).toEqual([false, true]);
  });

  it("describes the arm's header, and gives no example of what would change the service for others", async () => {
    const { paths } = (await service().get("/openapi.json")).json();
    expect(Object.keys(paths["/sum"].post.responses["200"].headers)).toContain("x-heptad-arm");
    for (const path of ["/model", "/experiment/stop"])
      expect(paths[path].post.requestBody.content["application/json"].example).toBeUndefined();
  });

  it("counts and times the endpoints of the system, and whoever looks at it apart from them", async () => {
    const { post, get, metrics } = service();
    await post("/sum", { who: "me" });
    await post("/sum", {});
    for (const path of ["/health", "/metrics", "/model", "/nowhere", "/sum"]) await get(path);
    const samples = readMetrics(await metrics.text());
    const paths = (of: string) => [
      ...new Set(samples.flatMap(({ name, labels }) => (name === of ? [labels.path] : []))),
    ];
    expect(total(samples, "heptad_requests_total")).toBe(2);
    expect(total(samples, "heptad_request_seconds_count")).toBe(2);
    expect(paths("heptad_requests_total")).toEqual(["/sum"]);
    expect(paths("heptad_request_seconds_bucket")).toEqual(["/sum"]);
    expect(paths("heptad_other_requests_total").sort()).toEqual(["/health", "/metrics", "/model", "unknown"]);
  });

  it("notes when a request came by its clock, the data's too, so that nothing told is far ahead of it", async () => {
    const { post, folder } = service({ clock: { kind: "data", now: () => 1_000_000_123 } });
    await post("/add", { id: "a", by: 1 });
    const files = readdirSync(join(folder, "events")).map((name) => readFileSync(join(folder, "events", name), "utf8"));
    expect(files.join("")).toContain('"arrived":1000000123');
  });

  it("sends a caller away that asks too often, and goes on saying that it lives", async () => {
    const { post, get } = service({ callerRate: limitCallers(2, () => 0) });
    const asked = [];
    for (let i = 0; i < 4; i++) asked.push(await post("/sum", { who: "me" }));
    expect(asked.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429, 429]);
    expect(asked[3].headers["retry-after"]).toBe("1");
    expect(asked[3].json().error).toBe("too-often");
    expect((await get("/metrics")).statusCode).toBe(429);
    expect((await get("/health")).statusCode).toBe(200);
    expect((await get("/ready")).statusCode).toBe(200);
  });

  it("refuses what is not of the schema, and says where", async () => {
    const { post, app } = service();
    const wrong = [
      {},
      { id: "a" },
      { id: "a", by: "1" },
      { id: "a", by: -1 },
      { id: "a", by: 1.5 },
      { id: "a", by: 1, more: 2 },
      [],
      null,
    ];
    for (const body of wrong) {
      const answer = await post("/add", body);
      expect(answer.statusCode).toBe(400);
      expect(Object.keys(answer.json()).sort()).toEqual(["error", "message"]);
    }
    expect((await post("/add", { id: "a", by: "1" })).json().message).toBe(
      '`by` is "1", but must be a whole number without quotes',
    );
    expect((await post("/add", { id: "a", by: 1, more: 2 })).json().message).toBe(
      "`more` is nothing that the request holds; it holds `id`, `by`",
    );
    const raw = (payload: string, type: string) =>
      app.inject({ method: "POST", url: "/add", payload, headers: { "content-type": type } });
    expect((await raw("{", "application/json")).statusCode).toBe(400);
    const form = await raw("id=a", "application/x-www-form-urlencoded");
    expect([form.statusCode, form.json().message]).toEqual([
      415,
      "this is asked with the header content-type: application/json",
    ]);
    expect((await post("/add", { id: "a".repeat(300_000), by: 1 })).statusCode).toBe(413);
  });

  it("keeps what it acknowledged, and takes nothing that it could not write down", async () => {
    const { post, folder, app, durable } = service();
    expect((await post("/add", { id: "a", by: 2 })).json().sum).toBe(2);
    expect((await post("/add", { id: "a", by: 2 })).json().sum).toBe(2);
    await app.close();
    durable.close();
    open.splice(0);
    const again = service({}, folder);
    expect((await again.post("/sum", { who: "me" })).json().sum).toBe(2);
    const broken: DurableSystem = {
      ...again.durable,
      system: again.durable.system,
      problem: { code: "unwritable-log", message: "the disk is full" },
      logged: 0,
      answer: () => {
        throw new FailureError({ code: "unwritable-log", message: "the disk is full" });
      },
    };
    const full = service({ durable: broken });
    const answer = await full.post("/add", { id: "b", by: 1 });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers["retry-after"]).toBe("1");
    expect(answer.json()).toEqual({ error: "unwritable-log", message: "the disk is full" });
    expect((await full.get("/ready")).statusCode).toBe(503);
    expect((await full.get("/health")).statusCode).toBe(200);
  });

  it("says in body, header and counts what it left out for lateness", async () => {
    const { post, get } = service({ budget: { adding: -1 } });
    const answer = await post("/sum", { who: "me" });
    expect(answer.statusCode).toBe(200);
    expect(answer.json().sum).toBe(-1);
    expect(answer.headers["x-heptad-degraded"]).toBe("adding: left out");
    expect((await get("/metrics")).body).toContain('heptad_degraded_total{path="/sum",why="adding: left out"} 1');
  });

  it("sheds a burst with 503 and Retry-After, and counts it", async () => {
    const { post, get } = service({ admission: openAdmission(-1) });
    const [answer] = await Promise.all([post("/sum", { who: "me" }), post("/sum", { who: "you" })]);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers["retry-after"]).toBe("1");
    expect((await get("/metrics")).body).toMatch(/heptad_shed_total\{path="\/sum"\} [12]/u);
  });

  it("answers nobody who comes from elsewhere, and asks for the token where there is one", async () => {
    const { post, get } = service({ guard: { hosts: ownHosts(), token: "a secret of sixteen" } });
    const unknown = await post("/sum", { who: "me" });
    expect([unknown.statusCode, unknown.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
    const authorization = "Bearer a secret of sixteen";
    expect((await post("/sum", { who: "me" }, { authorization })).statusCode).toBe(200);
    expect((await post("/sum", { who: "me" }, { authorization, host: "evil.example" })).statusCode).toBe(403);
    expect((await post("/sum", { who: "me" }, { authorization, origin: "http://evil.example" })).statusCode).toBe(403);
    expect((await get("/metrics")).statusCode).toBe(401);
    expect((await get("/ready")).statusCode).toBe(200);
    expect((await get("/openapi.json", { authorization })).json().paths["/sum"].post.responses["401"]).toBeDefined();
  });

  it("hands a change of the model on, and says why one is refused", async () => {
    const wishes: unknown[] = [];
    const { post } = service({
      async change(wish) {
        wishes.push(wish);
        const where = "/place/of/the/server";
        if ("rollback" in wish)
          throw new FailureError({ code: "no-way-back", message: "nothing served before", where });
        return "promote" in wish ? wish.promote : wish.shadow;
      },
    });
    expect((await post("/model", { promote: "m2" })).json()).toEqual({ id: "m2" });
    const refused = await post("/model", { rollback: true });
    expect([refused.statusCode, refused.json().error]).toEqual([409, "no-way-back"]);
    const said = async (body: unknown) => (await post("/model", body)).json().message;
    expect(await said({ rollback: false })).toBe("`rollback` is false, but must be true");
    expect(await said({ shadow: null })).toBe("`shadow` is null, but must be a text in quotes");
    expect(await said({})).toBe("`promote`, `rollback` or `shadow` is left out, and one of them is asked for");
    expect(refused.json().message).not.toContain("/place/of/the/server");
    expect(wishes).toEqual([{ promote: "m2" }, { rollback: true }]);
  });

  it("shows a page that fetches nothing from elsewhere", async () => {
    const { get } = service();
    const { body, headers } = await get("/docs");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(body).not.toMatch(/src=|@import|https?:/u);
    expect(body).toContain("POST /add");
  });
});

describe("a durable system", () => {
  it("hands its memory to another model, and keeps the old one where they do not remember alike", () => {
    const durable = openDurableSystem(join(temporaryFolder(), "events"), countingSystem());
    const turn = { now: 0, variant: -1, time: <T>(_: string, work: (late: () => boolean) => T) => work(() => false) };
    const add = () => durable.answer(durable.system.endpoints[0], { id: "a", by: 3 }, turn).body;
    expect(add()).toEqual({ sum: 3, variant: -1 });
    durable.swap(countingSystem(10), "m2");
    expect(add()).toEqual({ sum: 30, variant: -1 });
    expect(() => durable.swap(countingSystem(100, "others"), "m3")).toThrow("other features");
    expect(add()).toEqual({ sum: 30, variant: -1 });
    durable.close();
  });

  it("goes on behind a snapshot and the log that follows it, and refuses a log that another system wrote", async () => {
    const folder = join(temporaryFolder(), "events");
    const turn = { now: 0, variant: -1, time: <T>(_: string, work: (late: () => boolean) => T) => work(() => false) };
    const first = openDurableSystem(folder, countingSystem(), { every: 3 });
    for (let i = 0; i < 8; i++) first.answer(first.system.endpoints[0], { id: String(i), by: 1 }, turn);
    expect(first.logged).toBe(2);
    await first.flush();
    const saved = first.system.save();
    // As after kill -9: the folder is left as it is.
    const log = readdirSync(folder).find((name) => name.startsWith("log-")) ?? "";
    expect(readFileSync(join(folder, log), "utf8").trim().split("\n")).toHaveLength(2);
    first.close();
    const second = openDurableSystem(folder, countingSystem());
    expect(second.system.save()).toEqual(saved);
    second.close();
    appendFileSync(join(folder, "snapshot"), "x");
    expect(() => openDurableSystem(folder, countingSystem())).toThrow("not what was written");
  });

  it("knows after a kill which answers were another model's: later labels say nothing of them", () => {
    const folder = join(temporaryFolder(), "events");
    const told: string[] = [];
    const system = (name: string) => {
      const made = countingSystem();
      return { ...made, disownAnswers: () => told.push(`${name} after ${JSON.stringify(made.counts())}`) };
    };
    const first = openDurableSystem(folder, system("first"));
    const add = (durable: DurableSystem, id: string) =>
      durable.answer(durable.system.endpoints[0], { id, by: 1 }, unhurried(0));
    add(first, "a");
    first.swap(system("second"), "m2");
    add(first, "b");
    expect(told).toEqual(['second after {"ids":1}']);
    const copy = join(temporaryFolder(), "events");
    cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith("lock") });
    const again = openDurableSystem(copy, system("again"));
    expect(told.at(-1)).toBe('again after {"ids":1}');
    expect(again.system.counts()).toEqual({ ids: 2 });
    again.close();
    first.close();
  });

  it("throws a snapshot away that was made beside while a newer one was taken, and goes on where none could be made", async () => {
    const folder = join(temporaryFolder(), "events");
    const turn = unhurried(0);
    const finish: ((made: boolean) => void)[] = [];
    const errors: string[] = [];
    const durable = openDurableSystem(folder, countingSystem(), {
      every: 2,
      makeAside(upTo) {
        const blank = countingSystem();
        const kept = recoverable(() => blank, folder);
        // The second is made at once, and said later: what comes in between is newer.
        const made = finish.length === 0 ? 0 : makeAside(folder, kept, upTo);
        return new Promise((resolve, reject) => {
          finish.push((isMade) => (isMade ? resolve(made) : reject(new Error("no room"))));
        });
      },
      onError: (message) => errors.push(message),
    });
    const add = (id: string) => durable.answer(durable.system.endpoints[0], { id, by: 1 }, turn);
    const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
    for (const id of ["a", "b", "c"]) add(id);
    expect(finish).toHaveLength(1);
    finish[0](false);
    await settled();
    expect(errors).toEqual(["no snapshot was made: no room"]);
    expect(durable.logged).toBe(3);
    add("d");
    expect(finish).toHaveLength(2);
    expect(durable.forget("a")).toBe(1);
    expect(readdirSync(folder).filter((name) => name.startsWith("log-"))).toHaveLength(1);
    add("e");
    finish[1](true);
    await settled();
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
    expect(files.join("")).not.toContain('"a"');
    expect(durable.logged).toBe(1);
    const saved = durable.system.save();
    durable.close();
    const again = openDurableSystem(folder, countingSystem());
    expect(again.system.save()).toEqual(saved);
    again.close();
  });

  it("leaves nothing of a forgotten unit on the disk", () => {
    const folder = join(temporaryFolder(), "events");
    const turn = { now: 0, variant: -1, time: <T>(_: string, work: (late: () => boolean) => T) => work(() => false) };
    const durable = openDurableSystem(folder, countingSystem());
    durable.answer(durable.system.endpoints[0], { id: "somebody", by: 1 }, turn);
    const bytes = () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), "latin1"))
        .join("");
    expect(bytes()).toContain("somebody");
    expect(durable.forget("somebody")).toBe(1);
    expect(bytes()).not.toContain("somebody");
    durable.close();
  });
});
