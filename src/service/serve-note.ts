/** Serves a note: builds its model where there is none, opens what is remembered, and listens. */

import type { FastifyInstance } from "fastify";
import { FailureError } from "../core/outcome.ts";
import { programVersion } from "../node/code-version.ts";
import type { Design } from "../steps/design.ts";
import { openSystem } from "./build-model.ts";
import { limitCallers } from "./caller-rate.ts";
import { builtBy, chooseModel } from "./choose-model.ts";
import { createService, type ModelWish, now, openAdmission } from "./create-service.ts";
import { openDriftWatch, USUAL_WINDOW } from "./drift-watch.ts";
import type { DurableSystem } from "./durable-system.ts";
import { isLoopback, ownHosts } from "./guard.ts";
import { ignoredFacts } from "./ignored-facts.ts";
import { openImprovement } from "./improvement.ts";
import { refusePlaceTaken, saidWhere } from "./listening-place.ts";
import { openExperiment } from "./open-experiment.ts";
import { saidWhileServing, told, waysOn } from "./other-features.ts";
import { readMetrics } from "./read-metrics.ts";
import type { ServeNoteOptions } from "./serve-note-options.ts";
import { openServiceClock } from "./service-clock.ts";
import { type ServiceFolder, serviceFolder } from "./service-folder.ts";
import { createServiceMetrics } from "./service-metrics.ts";
import { describeShadow, openShadow, type Shadow } from "./shadow.ts";
import { openSnapshotMaker } from "./snapshot-beside.ts";
import { openStore } from "./store/open-store.ts";
import type { ServiceStore } from "./store/service-store.ts";
import { warmUp } from "./warm-up.ts";
import { openWatch } from "./watch-note.ts";

export interface RunningService {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly durable: DurableSystem;
  /** What a person has to know of the model that serves, and of what it remembers. */
  readonly notes: readonly string[];
  /** Answers what has come in, writes down what is remembered, and ends. */
  close(): Promise<void>;
}

/** Seconds that a request may wait where the note has no limit for the whole. */
const USUAL_WAIT = 0.1;
/** Seconds it may wait where the stages' budgets leave nothing of the whole. */
const LEAST_WAIT = 0.005;
/** How often the service looks at itself. */
const WATCH_EVERY_MS = 15_000;
/** How often a promotion from outside is looked for. */
const LOOK_EVERY_MS = 500;

export async function serveNote(options: ServeNoteOptions): Promise<RunningService> {
  const { run, host, say } = options;
  if (!isLoopback(host) && options.token === undefined)
    throw new FailureError({
      code: "no-token",
      message: `${host} can be reached from other machines, and whoever reaches it could read and change what it knows`,
      where: "--host",
      fix: "put a secret into a file and name it with --token-file; or leave --host out",
    });
  const folder = serviceFolder(run.path, options.state);
  await refusePlaceTaken(host, options.port);
  const store = await openStore(folder, options.nats, {
    replica: replicaOf(options),
    say,
    onError: options.onError,
  });
  try {
    return await serveFrom(store, folder, options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

function replicaOf({ port }: ServeNoteOptions): string {
  return port === 0 ? `any-${process.pid}` : String(port);
}

async function serveFrom(
  store: ServiceStore,
  folder: ServiceFolder,
  options: ServeNoteOptions,
): Promise<RunningService> {
  const { run, host, say } = options;
  const registry = store.models;
  const notes: string[] = [];
  const note = (message: string): void => {
    notes.push(message);
    say(message);
  };
  let current = await chooseModel(store, folder, { ...options, say: note });
  // Whichever model is loaded becomes what is remembered: only the very first knows the data.
  let isBlank = await store.holds();
  const load = async (id: string) =>
    openSystem(registry.find(id).note, run.path, registry.open(id), { begin: options.begin, isBlank });
  if (options.isAnew) {
    store.beginAnew();
    isBlank = await store.holds();
  }
  const { system: opened, design } = await load(current);
  const remembers = opened.endpoints.some((one) => one.remembers);
  const beside = !remembers
    ? undefined
    : openSnapshotMaker({
        path: run.path,
        state: options.state,
        nats: options.nats,
        replica: `${replicaOf(options)}-aside`,
        model: () => current,
      });
  const durable = await store.remember(opened, beside?.make, {
    begin: options.begin,
    model: current,
    ...told(registry.find(current), design),
    open: async (begin) =>
      (await openSystem(registry.find(current).note, run.path, registry.open(current), { begin, isBlank: false }))
        .system,
    onRebuilt: (requests) =>
      note(
        `what was remembered was of other features: it was built again from the data and ${requests} ${requests === 1 ? "request" : "requests"} of the log`,
      ),
    waysOn: (kept) => waysOn(options, kept),
  });
  const { system } = durable;
  store.remembersBy(current);
  isBlank = true;
  await warmUp(system);
  const metrics = createServiceMetrics();
  metrics.model(current);

  const budget = Object.fromEntries(
    Object.entries(design.deploy.serving?.budget ?? {}).map(([name, { value }]) => [name, value]),
  );
  const whole = design.clarify.latency?.p99?.value;
  const planned = Object.values(budget).reduce((sum, one) => sum + one, 0);
  // What the stages do not need of the whole is what a request may wait.
  const admission = openAdmission(whole === undefined ? USUAL_WAIT : Math.max(LEAST_WAIT, whole - planned));
  const about = (id: string) => {
    const { kind, title, built: at, version, commit, data, metrics: judged, bytes } = registry.find(id);
    return { id, kind, title, built: at, version, commit, data, metrics: judged, bytes };
  };
  let shown = about(current);
  let shadow: Shadow | undefined;
  const follow = async (given: string): Promise<string> => {
    const { id } = registry.find(given);
    const refuse = (message: string, fix: string): never => {
      throw new FailureError({ code: "no-shadow", message, where: id, fix });
    };
    if (id === current) refuse(`model ${id} serves: it cannot follow itself`, "name another model");
    if (options.nats !== undefined)
      refuse(
        "with --nats each service sees its own share of the requests alone",
        "let it follow a service with a store of its own",
      );
    if (durable.system.disownAnswers === undefined)
      refuse(
        "no label tells how good an answer of this system was that nobody saw: there is nothing to compare by",
        "show it to some and compare what they do: --experiment",
      );
    admission.excuse(Number.POSITIVE_INFINITY);
    try {
      const { system: challenger } = await load(id);
      shadow?.end(`model ${id} follows in its place`);
      const onEnd = (reason: string): void => say(`model ${id} follows no more: ${reason}`);
      shadow = openShadow({ id, challenger, champion: durable.system, later: setImmediate, onEnd });
    } finally {
      admission.excuse(now());
    }
    say(`model ${id} follows in the shadow`);
    return id;
  };
  const takeOver = async (id: string): Promise<void> => {
    // Loading holds the process up; whoever asks meanwhile waits for it rather than being sent away.
    admission.excuse(Number.POSITIVE_INFINITY);
    try {
      const next = await load(id);
      const before = durable.system;
      try {
        durable.swap(next.system, id);
      } catch (error) {
        throw saidWhileServing(error, run.path, id);
      }
      await warmUp(next.system);
      shadow?.end(`model ${id} serves now`);
      await before.close?.();
      drift = openDriftWatch(next.system.profile, driftWindow(next.design));
    } finally {
      admission.excuse(now());
    }
    current = id;
    store.remembersBy(id);
    shown = about(id);
    metrics.model(id);
    say(`model ${id} serves`);
  };
  const change = async (wish: ModelWish, why?: string): Promise<string> => {
    if ("shadow" in wish) return await follow(wish.shadow);
    if ("promote" in wish) {
      const { id } = registry.find(wish.promote);
      // First loaded, then written down: a model that does not load is never what serves after a restart.
      if (id !== current) await takeOver(id);
      await registry.promote(id, why);
    } else {
      const before = registry.served.promoted.at(-2)?.id;
      if (before !== undefined) await takeOver(before);
      await registry.rollback();
    }
    return current;
  };
  let refused: string | undefined;
  const look = async (): Promise<void> => {
    const wanted = registry.current;
    if (wanted === undefined || wanted === current || wanted === refused) return;
    try {
      await takeOver(wanted);
      refused = undefined;
    } catch (error) {
      refused = wanted;
      const why = error instanceof FailureError ? saidWhole(error) : String(error);
      options.onError(`model ${wanted} does not load, ${current} serves on: ${why}`);
    }
  };

  const clock = openServiceClock(
    () => durable.system.newest,
    () => Date.now() / 1000,
    await store.clockOrigin(durable.system.newest, Date.now() / 1000),
  );
  metrics.gauge(
    "heptad_newest_event_age_seconds",
    "How long ago the newest event happened, by the service's clock",
    () => clock.now() - durable.system.newest,
  );
  const trial =
    options.traffic === undefined
      ? undefined
      : openExperiment(design, { traffic: options.traffic, layer: options.layer }, store, system, options.onError);
  for (const { name, help, read } of store.gauges) metrics.gauge(name, help, read);
  if (trial !== undefined) metrics.experiment(trial.watched);
  let drift = openDriftWatch(system.profile, driftWindow(design));
  metrics.drift(() => new Map([...drift.psi].map(([name, { value }]) => [name, value])));
  metrics.quality(() => durable.system.quality?.() ?? []);
  metrics.shadow(() => (shadow?.read().ended === null ? shadow.read() : undefined));
  const watchAlerts = openWatch(options, design, durable.system, metrics);
  const improvement = openImprovement({
    design,
    build: options.improve === undefined ? undefined : () => builtBy(options.improve, registry),
    age: () => (Date.now() - Date.parse(registry.find(current).built)) / 1000,
    follow,
    reading: () => shadow?.read(),
    drop: (reason) => shadow?.end(reason),
    promote: (id, why) => change({ promote: id }, why),
    say,
  });
  const watch = async (): Promise<void> => {
    const samples = readMetrics(await metrics.peek());
    watchAlerts(samples);
    await improvement.tick(Date.now() / 1000, samples);
  };
  const ignored = ignoredFacts(design, {
    traffic: options.traffic,
    improves: options.improve !== undefined,
    forgets: system.forget !== undefined,
    profile: new Set(system.profile.keys()),
    baseline: system.variants[0] ?? "",
  });
  if (ignored.length > 0) {
    say("the note states these, and the service does otherwise:");
    for (const { path, says } of ignored) say(`  ${path}: ${says}`);
  }
  const app = createService({
    title: design.front.title,
    version: programVersion(),
    durable,
    clock,
    metrics,
    guard: { hosts: ownHosts(host, ...options.allowedHosts), token: options.token },
    callerRate: options.callerRate === undefined ? undefined : limitCallers(options.callerRate, now),
    budget,
    admission,
    model: () => shown,
    change,
    shadow: () => (shadow === undefined ? null : describeShadow(shadow.read())),
    onAnswered: (request) => shadow?.follow(request),
    experiment: trial?.experiment,
    onAnswer: (answering) => drift.observe(answering.observed()),
    onError: options.onError,
  });
  const timers = [
    setInterval(() => void watch().catch((error) => options.onError(String(error))), WATCH_EVERY_MS),
    setInterval(() => void look().catch((error) => options.onError(String(error))), LOOK_EVERY_MS),
    setInterval(async () => {
      try {
        await durable.flush();
      } catch (error) {
        options.onError(error instanceof Error ? error.message : String(error));
      }
    }, options.flushEvery),
  ];
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    for (const timer of timers) clearInterval(timer);
    await app.close();
    metrics.close();
    beside?.close();
    await durable.close();
    await store.close();
    await durable.system.close?.();
  };
  try {
    if (options.shadow !== undefined) await follow(options.shadow);
    const url = await saidWhere(host, options.port, () => app.listen({ port: options.port, host }));
    return { app, url, durable, notes, close: () => (closing ??= close()) };
  } catch (error) {
    await close();
    throw error;
  }
}

function saidWhole({ failure: { message, fix } }: FailureError): string {
  return fix === undefined ? message : `${message}: ${fix}`;
}

/** Values of a drift window: as the note says, or the usual ones. */
function driftWindow({ monitor }: Design): number {
  const written = (monitor.drift ?? []).flatMap(({ current }) => (current === undefined ? [] : [current.value]));
  return written.length === 0 ? USUAL_WINDOW : Math.max(100, Math.round(Math.min(...written)));
}
