/** The service over HTTP: a system's endpoints with admission, deadlines, limits and the log behind them, and what describes and watches it. */

import { default as Fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { z } from "zod";
import { FailureError } from "../core/outcome.ts";
import {
  keptArrival,
  type RefusedUpload,
  type ServedAnswer,
  type ServedEndpoint,
  type ServedSystem,
  type ServedUpload,
  type Turn,
} from "../system/served-system.ts";
import type { Json } from "../system/stage.ts";
import { Admission } from "./admission.ts";
import type { CallerRate } from "./caller-rate.ts";
import type { DurableSystem } from "./durable-system.ts";
import { addExperimentRoutes } from "./experiment-routes.ts";
import { type GuardOptions, refusalOf } from "./guard.ts";
import type { OnlineExperiment } from "./online-experiment.ts";
import { describeService, exampleRoutes } from "./openapi.ts";
import { type ModelWish, ROUTES, wishSchema } from "./plain-routes.ts";
import { referencePage } from "./reference-page.ts";
import type { ServiceClock } from "./service-clock.ts";
import type { ServiceMetrics } from "./service-metrics.ts";
import type { FollowedRequest } from "./shadow.ts";
import { openTurn } from "./stage-turn.ts";
import { systemPathsOf } from "./system-paths.ts";
import { addUploadRoutes } from "./upload-routes.ts";
import { answerNoRequest, describeError, errorOf, sayFailure } from "./wrong-request.ts";

export interface ServiceOptions {
  readonly title: string;
  readonly version: string;
  readonly durable: DurableSystem;
  readonly clock: ServiceClock;
  readonly metrics: ServiceMetrics;
  readonly guard: GuardOptions;
  /** How often one address may ask; absent where there is no limit. `/health` and `/ready` are never counted. */
  readonly callerRate?: CallerRate;
  /** Seconds by stage, as the note plans them. */
  readonly budget: Readonly<Record<string, number>>;
  readonly admission: Admission;
  /** Who is shown what; absent where everybody gets the whole system. */
  readonly experiment?: OnlineExperiment;
  /** What `/model` says of the model that serves. */
  readonly model: () => { readonly id: string; readonly [key: string]: Json };
  /** Another model takes over; gives the id of the one that serves then. */
  readonly change: (wish: ModelWish) => Promise<string>;
  /** The challenger that follows in the shadow, as `/model` shows it; null where none does. */
  readonly shadow?: () => Json;
  /** Told of each request of the system's own endpoints once it is answered. */
  readonly onAnswered?: (request: FollowedRequest) => void;
  /** Whole answers of the model, for watching drift. */
  readonly onAnswer?: (system: ServedSystem) => void;
  readonly onError?: (message: string) => void;
}

/** Monotonic seconds. */
export const now = (): number => performance.now() / 1000;

/** Admission on this process's clock and loop. `limit` is the seconds that a request may wait. */
export function openAdmission(limit: number): Admission {
  return new Admission({ limit, now, later: setImmediate });
}

/** Bytes of a request: a log entry stays well below the longest line of the log. */
const BODY_LIMIT = 256 * 1024;
const SLOW_CLIENT_MS = 10_000;

export function createService(options: ServiceOptions): FastifyInstance {
  const { title, version, durable, clock, metrics, guard, budget, experiment, admission } = options;
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    connectionTimeout: SLOW_CLIENT_MS,
    requestTimeout: SLOW_CLIENT_MS,
    keepAliveTimeout: 65_000,
    frameworkErrors: (error, _, reply: FastifyReply) => {
      const { status, body } = describeError(error);
      void reply.code(status).send(body);
    },
    clientErrorHandler: answerNoRequest,
    routerOptions: { maxParamLength: 100 },
    // A request says what it means: a text is no number, and what no schema names is a mistake.
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, strict: false, verbose: true },
    },
  });

  // What a caller expects besides an answer, Node would refuse without a word.
  app.server.on("checkExpectation", (request, response) => app.server.emit("request", request, response));
  // What is asked is JSON, or a photo: a text is neither.
  app.removeContentTypeParser("text/plain");
  app.addHook("onRequest", async (request, reply) => {
    const { host, origin, authorization } = request.headers;
    const isProbe = request.url === "/health" || request.url === "/ready";
    const refused = refusalOf({ host, origin, authorization }, isProbe ? { ...guard, token: undefined } : guard);
    if (refused?.status === 401) reply.header("www-authenticate", "Bearer");
    if (refused !== undefined) return reply.code(refused.status).send(errorOf("refused", refused.message));
    const wait = isProbe ? undefined : options.callerRate?.ask(request.ip);
    if (wait !== undefined) {
      reply.header("retry-after", String(wait));
      return reply
        .code(429)
        .send(errorOf("too-often", "this caller asks more often than it may: wait as long as Retry-After says"));
    }
    // Before a body is looked at: what it is does not matter where nobody reads it.
    return request.is404 ? answerNowhere(request, reply) : undefined;
  });
  const counted = new Set(systemPathsOf(durable.system));
  app.addHook("onResponse", async (request, reply) => {
    const path = request.routeOptions.url ?? "unknown";
    if (counted.has(path)) metrics.request(path, reply.statusCode, reply.elapsedTime / 1000);
    else metrics.otherRequest(path, reply.statusCode);
  });
  const uploads = durable.system.uploads ?? [];
  const routes = [...ROUTES, ...exampleRoutes(uploads)];
  const asked = [...counted].map((path) => ({ method: "post", path }));
  function answerNowhere(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const [path] = request.url.split("?", 1);
    const allowed = [...routes, ...asked].filter((one) => one.path === path).map(({ method }) => method.toUpperCase());
    const message = `nothing answers to ${request.method} here; GET /docs lists what does`;
    if (allowed.length === 0) return reply.code(404).send(errorOf("not-found", message));
    reply.header("allow", allowed.join(", "));
    return reply.code(405).send(errorOf("other-method", message));
  }
  app.setNotFoundHandler(answerNowhere);
  app.setErrorHandler((error, request, reply) => {
    const upload = uploads.find(({ path }) => path === request.routeOptions.url);
    const { status, body } = describeError(error, upload?.types);
    if (error instanceof FailureError) options.onError?.(error.message);
    else if (status >= 500) options.onError?.(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (status === 503) reply.header("retry-after", "1");
    return reply.code(status).send(body);
  });
  metrics.gauge("heptad_waiting", "Requests that wait for their turn", () => admission.waiting);
  metrics.gauge("heptad_log_entries", "Entries of the log since the last snapshot", () => durable.logged);

  for (const { path, request, response } of durable.system.endpoints) {
    const schema = {
      body: z.toJSONSchema(request, { target: "draft-7" }),
      response: { 200: z.toJSONSchema(response, { target: "draft-7" }) },
    };
    app.post(path, { schema }, (call, reply) => serve(path, call, reply));
  }

  addUploadRoutes(app, uploads, {
    find: (path) => uploadOf(durable.system, path),
    isFull: () => admission.isFull,
    shed: (path, reply) => shed(path, reply, 1),
    take,
    refuse: (message) => errorOf("bad-request", message),
  });

  function serve(path: string, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    return take(path, reply, (moment, until) => {
      // Looked up each time: another model may have taken over.
      const endpoint = endpointOf(durable.system, path);
      const body = endpoint.complete(request.body, moment, until);
      return { units: endpoint.unitsOf(body), body, answer: (turn) => durable.answer(endpoint, body, turn) };
    });
  }

  function shed(path: string, reply: FastifyReply, seconds: number): FastifyReply {
    metrics.shed(path);
    reply.header("retry-after", String(seconds));
    return reply.code(503).send(errorOf("busy", "the service is busy: try again later"));
  }

  async function take(
    path: string,
    reply: FastifyReply,
    asked: Asked | ((moment: number, until: number | undefined) => Asked),
  ): Promise<unknown> {
    const admitted = await admission.enter(now() - reply.elapsedTime / 1000);
    if (admitted.isShed) return shed(path, reply, admitted.retryAfter);
    const started = now();
    const moment = clock.now();
    const until = clock.until?.();
    const { units, answer: work, body, isLong = false } = typeof asked === "function" ? asked(moment, until) : asked;
    const shown = experiment === undefined ? [] : units.map((unit) => ({ unit, ...experiment.assign(unit) }));
    const turn = openTurn(
      { budget, now, onStage: metrics.stage },
      { moment, until, variants: shown.map(({ variant }) => variant) },
    );
    let worked: number | undefined;
    const tell = (isFailed: boolean, isDegraded: boolean): void => {
      // What several arms took together says nothing of either.
      const [only, another] = shown;
      if (only?.unit !== undefined && another === undefined)
        experiment?.answered(only.unit, only, { isFailed, isDegraded, seconds: now() - started });
    };
    try {
      const made = work(turn);
      // What waits for another machine keeps nobody else waiting; what is still worked on does.
      worked = now() - started;
      const answer = made instanceof Promise ? await (isLong ? admission.hold(made) : made) : made;
      if (isLong) worked = now() - started;
      if ("isRefused" in answer) return await reply.code(422).send(errorOf(answer.code, answer.message));
      if (answer.refusals !== undefined) metrics.refused(answer.refusals);
      if (answer.conflict !== undefined) return await reply.code(409).send(errorOf("conflict", answer.conflict));
      if (answer.degraded.length > 0) {
        metrics.degraded(path, answer.degraded);
        reply.header("x-heptad-degraded", answer.degraded.join("; "));
      }
      if (answer.isObserved) options.onAnswer?.(durable.system);
      const { grades = [] } = answer;
      if (!isLong) options.onAnswered?.({ path, body, moment, arrival: keptArrival(turn), grades });
      for (const outcome of answer.outcomes ?? []) experiment?.outcome(outcome.unit, outcome.moment, outcome.value);
      for (const [at, one] of shown.entries())
        if (!answer.unanswered?.has(at)) experiment?.expose(one.unit, one, moment);
      if (shown.some(({ arm }) => arm !== null)) await experiment?.written();
      const arms = new Set(shown.map(({ arm }) => arm));
      const [arm] = arms;
      if (arms.size === 1 && arm != null) reply.header("x-heptad-arm", arm);
      reply.header("x-heptad-model", options.model().id);
      tell(false, answer.degraded.length > 0);
      return answer.body;
    } catch (error) {
      tell(true, false);
      throw error;
    } finally {
      admission.took(worked ?? now() - started);
    }
  }

  const status = (): { status: string; problem: string | null } => ({
    status: durable.problem === undefined ? "ok" : "degraded",
    problem: durable.problem?.message ?? null,
  });
  app.get("/health", async () => ({ status: "ok", problem: null }));
  app.get("/ready", async (_, reply) => reply.code(durable.problem === undefined ? 200 : 503).send(status()));
  app.get("/metrics", async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  app.get("/model", async () => ({
    ...options.model(),
    variants: [...durable.system.variants],
    holds: durable.system.counts(),
    clock: { kind: clock.kind, now: clock.now() },
    shadow: options.shadow?.() ?? null,
  }));
  app.post(
    "/model",
    { schema: { body: z.toJSONSchema(wishSchema, { target: "draft-7" }) } },
    async (request, reply) => {
      try {
        return { id: await options.change(wishSchema.parse(request.body)) };
      } catch (error) {
        if (!(error instanceof FailureError)) throw error;
        return reply.code(409).send(errorOf(error.failure.code, sayFailure(error.failure)));
      }
    },
  );
  addExperimentRoutes(app, experiment);
  const description = describeService({
    title,
    version,
    endpoints: durable.system.endpoints,
    uploads,
    routes,
    needsToken: guard.token !== undefined,
  });
  app.get("/openapi.json", async () => description);
  app.get("/docs", async (_, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
      .send(referencePage(title, durable.system, routes)),
  );
  return app;
}

/** A request as it is answered once its turn has come. */
interface Asked {
  /** Whom each of its answers is about. */
  readonly units: readonly (string | undefined)[];
  readonly answer: (turn: Turn) => ServedAnswer | Promise<ServedAnswer | RefusedUpload>;
  /** What is told to whoever follows, once it is answered. */
  readonly body?: unknown;
  /** Whether its work goes on after its turn of the loop: nobody else's begins meanwhile. */
  readonly isLong?: boolean;
}

function uploadOf(system: ServedSystem, path: string): ServedUpload {
  const found = system.uploads?.find((one) => one.path === path);
  if (found === undefined) throw new Error(`the system answers no ${path}`);
  return found;
}

function endpointOf(system: ServedSystem, path: string): ServedEndpoint {
  const found = system.endpoints.find((one) => one.path === path);
  if (found === undefined) throw new Error(`the system answers no ${path}`);
  return found;
}
