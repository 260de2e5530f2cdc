/** Serves a note: builds its model where there is none, opens what is remembered, and listens. */

import type { FastifyInstance } from "fastify";
import { FailureError } from "../core/outcome.ts";
import { programVersion } from "../node/code-version.ts";
import type { Design } from "../steps/design.ts";
import { type OpenedSystem, openSystem } from "./build-model.ts";
import { limitCallers } from "./caller-rate.ts";
import { builtBy, chooseModel, orSayWayOn } from "./choose-model.ts";
import { createService, now, openAdmission } from "./create-service.ts";
import { openDriftWatch, USUAL_WINDOW } from "./drift-watch.ts";
import type { DurableSystem } from "./durable-system.ts";
import { isLoopback, ownHosts, saidOfNames } from "./guard.ts";
import { ignoredFacts } from "./ignored-facts.ts";
import { openImprovement } from "./improvement.ts";
import { refusePlaceTaken, saidWhere } from "./listening-place.ts";
import { servedInstead } from "./model-manifest.ts";
import { openExperiment } from "./open-experiment.ts";
import { told, waysOn } from "./other-features.ts";
import { openProcessBeside } from "./process-beside.ts";
import { readMetrics } from "./read-metrics.ts";
import type { ServeNoteOptions } from "./serve-note-options.ts";
import { openServiceClock } from "./service-clock.ts";
import { type ServiceFolder, serviceFolder } from "./service-folder.ts";
import { createServiceMetrics } from "./service-metrics.ts";
import { openServingModel } from "./serving-model.ts";
import { describeShadow } from "./shadow.ts";
import { openSkewWatch } from "./skew-watch.ts";
import { noteName } from "./state-owner.ts";
import { notePlace, refuseLoss } from "./store/kept-elsewhere.ts";
import { openStore } from "./store/open-store.ts";
import type { OfferedBeginning, ServiceStore } from "./store/service-store.ts";
import { takeOverFrom } from "./take-over-from.ts";
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
  const isShared = options.nats !== undefined;
  if (!options.isAnew && options.takeFrom === undefined) await refuseLoss(store, folder, isShared, run.path);
  const taken = options.takeFrom === undefined ? undefined : await takeOverFrom(store, folder, options);
  const chosen = await chooseModel(store, folder, options);
  const first = chosen.id;
  await store.claim();
  // Whichever model is loaded becomes what is remembered: only the very first knows the data.
  const isAnew = options.isAnew === true && taken === undefined;
  let isBlank = taken !== undefined || ((isShared || !isAnew) && (await store.holds()));
  const load = async (id: string) =>
    openSystem(registry.find(id).note, run.path, registry.open(id), { begin: options.begin, isBlank });
  let modelNow = (): string => first;
  const { system: opened, design } = await orSayWayOn(() => load(first), chosen, options);
  // Not before the model is loaded: with one that is lost, what was told would be lost too.
  if (isAnew) store.beginAnew();
  if (taken !== undefined) opened.restore(taken);
  const remembers = opened.endpoints.some((one) => one.remembers);
  const beside = openProcessBeside({
    path: run.path,
    state: options.state,
    nats: options.nats,
    replica: `${replicaOf(options)}-aside`,
    model: () => modelNow(),
  });
  const beginning: OfferedBeginning = {
    begin: options.begin,
    model: first,
    ...told(registry.find(first), design),
    open: async (begin) =>
      (await openSystem(registry.find(first).note, run.path, registry.open(first), { begin, isBlank: false })).system,
    onRebuilt: (requests) =>
      note(
        `what was remembered was of other features: it was built again from the data and ${requests} ${requests === 1 ? "request" : "requests"} of the log`,
      ),
    waysOn: (kept) => waysOn(options, kept),
  };
  // What was taken over is not what the data say: from those it could not be built again.
  const durable = await store.remember(
    opened,
    remembers ? beside.snapshot : undefined,
    taken === undefined ? beginning : undefined,
  );
  if (chosen.why !== undefined) note(chosen.why);
  if (isAnew && isBlank)
    note("NATS holds what services of this note were told: --anew leaves that there, and it goes on with it");
  const instead = servedInstead(registry.find(first));
  if (instead !== undefined) note(instead);
  for (const what of opened.leftOut ?? []) note(`what it remembers begins without ${what}`);
  notePlace(folder, isShared ? store.models.place : undefined);
  const { system } = durable;
  store.remembersBy(first);
  isBlank = true;
  await warmUp(system);
  const metrics = createServiceMetrics(noteName(run.path));
  metrics.model(first);

  const budget = Object.fromEntries(
    Object.entries(design.deploy.serving?.budget ?? {}).map(([name, { value }]) => [name, value]),
  );
  const whole = design.clarify.latency?.p99?.value;
  const planned = Object.values(budget).reduce((sum, one) => sum + one, 0);
  // What the stages do not need of the whole is what a request may wait.
  const admission = openAdmission(whole === undefined ? USUAL_WAIT : Math.max(LEAST_WAIT, whole - planned));
  let drift = openDriftWatch(system.profile, driftWindow(design));
  const onTaken = (next: OpenedSystem): void => {
    drift = openDriftWatch(next.system.profile, driftWindow(next.design));
  };
  const serving = openServingModel(first, { options, store, durable, admission, metrics, load, onTaken });
  modelNow = () => serving.current;

  const clock = openServiceClock(
    () => durable.system.newest,
    () => Date.now() / 1000,
    { origin: await store.clockOrigin(durable.system.newest, Date.now() / 1000), isReplay: options.isReplay },
  );
  if (options.isReplay === true && clock.kind === "world")
    note("--replay changes nothing: the clock is the world's, which no event moves");
  metrics.gauge(
    "heptad_newest_event_age_seconds",
    "How long ago the newest event happened, or the service began where none came since, by its clock",
    // Events may be ahead of the clock a little.
    () => Math.max(0, clock.now() - durable.system.newest),
  );
  const trial =
    options.traffic === undefined
      ? undefined
      : openExperiment(design, { traffic: options.traffic, layer: options.layer }, store, system, options.onError);
  for (const { name, help, read } of store.gauges) metrics.gauge(name, help, read);
  if (trial !== undefined) metrics.experiment(trial.watched);
  metrics.drift(() => new Map([...drift.psi].map(([name, { value }]) => [name, value])));
  metrics.quality(() => durable.system.quality?.() ?? []);
  metrics.shadow(() => {
    const reading = serving.shadow?.read();
    return reading?.ended === null ? reading : undefined;
  });
  const watchAlerts = openWatch(options, design, metrics);
  const improvement = openImprovement({
    design,
    build: options.improve === undefined ? undefined : () => builtBy(options.improve, registry),
    age: () => (Date.now() - Date.parse(registry.find(serving.current).built)) / 1000,
    follow: serving.follow,
    reading: () => serving.shadow?.read(),
    drop: (reason) => serving.shadow?.end(reason),
    promote: (id, why) => serving.change({ promote: id }, why),
    say,
  });
  const watchSkew = openSkewWatch({
    replay: beside.skew,
    model: () => serving.current,
    onCounted: metrics.skew,
    say,
  });
  const watch = async (): Promise<void> => {
    const samples = readMetrics(await metrics.peek());
    watchAlerts(samples);
    void watchSkew();
    await improvement.tick(Date.now() / 1000, samples);
  };
  const ignored = ignoredFacts(design, {
    traffic: options.traffic,
    improves: options.improve !== undefined,
    compares: system.disownAnswers !== undefined && options.nats === undefined,
    forgets: system.forget !== undefined,
    remembers,
    outcome: system.outcome,
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
    model: () => serving.shown,
    change: serving.change,
    shadow: () => (serving.shadow === undefined ? null : describeShadow(serving.shadow.read())),
    onAnswered: (request) => serving.shadow?.follow(request),
    experiment: trial?.experiment,
    onAnswer: (answering) => drift.observe(answering.observed()),
    onError: options.onError,
  });
  const timers = [
    setInterval(() => void watch().catch((error) => options.onError(String(error))), WATCH_EVERY_MS),
    setInterval(() => void serving.look().catch((error) => options.onError(String(error))), LOOK_EVERY_MS),
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
    beside.close();
    await durable.close();
    await store.close();
    await durable.system.close?.();
  };
  try {
    if (options.shadow !== undefined) await serving.follow(options.shadow);
    const url = await saidWhere(host, options.port, () => app.listen({ port: options.port, host }));
    const names = saidOfNames(host, options.allowedHosts);
    if (names !== undefined) note(names);
    return { app, url, durable, notes, close: () => (closing ??= close()) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Values of a drift window: as the note says, or the usual ones. */
function driftWindow({ monitor }: Design): number {
  const written = (monitor.drift ?? []).flatMap(({ current }) => (current === undefined ? [] : [current.value]));
  return written.length === 0 ? USUAL_WINDOW : Math.max(100, Math.round(Math.min(...written)));
}
