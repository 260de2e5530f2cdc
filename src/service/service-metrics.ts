/** What the service counts and times, in the text format of Prometheus. */

import { monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { LabelledQuality, SkewCount } from "../system/served-system.ts";
import { NOTE_LABEL } from "./note-label.ts";

/** Seconds: fine around the budgets that notes write, coarse beyond them. */
const BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5];

export interface ServiceMetrics {
  /** One to an endpoint of the system: rates, shares and latencies are of these. */
  request(path: string, status: number, seconds: number): void;
  /** One to what watches, describes or steers the service, or to nothing. */
  otherRequest(path: string, status: number): void;
  stage(name: string, seconds: number): void;
  shed(path: string): void;
  degraded(path: string, why: readonly string[]): void;
  refused(refusals: Readonly<Record<string, number>>): void;
  /** Units shown each arm, and whether their split is not the planned one. */
  experiment(
    read: () => { readonly exposed: ReadonlyMap<string, number>; readonly alarm: boolean; readonly isStopped: boolean },
  ): void;
  drift(read: () => ReadonlyMap<string, number>): void;
  /** What late labels say of the newest answers, beside what the run judged. */
  quality(read: () => readonly LabelledQuality[]): void;
  /** The challenger that follows in the shadow; undefined where none does. */
  shadow(
    read: () =>
      | { readonly pairs: number; readonly difference: number; readonly interval: readonly [number, number] }
      | undefined,
  ): void;
  /** What the replay of a model's test window came to. */
  skew(model: string, count: Pick<SkewCount, "compared" | "differing">): void;
  /** An alert that was handed on, or could not be. */
  alert(result: "sent" | "lost"): void;
  /** Told of the model that serves, and of another one that was promoted and does not load. */
  model(id: string, asked?: string): void;
  /** Numbers that are asked for when somebody looks. */
  gauge(name: string, help: string, read: () => number): void;
  text(): Promise<string>;
  /** The same, without beginning anew what is counted since the last look. */
  peek(): Promise<string>;
  readonly contentType: string;
  close(): void;
}

/** `note` is a label of all of them. */
export function createServiceMetrics(note?: string): ServiceMetrics {
  const registry = new Registry();
  if (note !== undefined) registry.setDefaultLabels({ [NOTE_LABEL]: note });
  const registers = [registry];
  const requests = new Counter({
    name: "heptad_requests_total",
    help: "Requests to the endpoints of the system, by path and status",
    labelNames: ["path", "status"],
    registers,
  });
  const others = new Counter({
    name: "heptad_other_requests_total",
    help: "Requests to what watches, describes and steers the service, and to paths that nothing answers to",
    labelNames: ["path", "status"],
    registers,
  });
  const latency = new Histogram({
    name: "heptad_request_seconds",
    help: "From the arrival of a request to an endpoint of the system to its answer",
    labelNames: ["path"],
    buckets: BUCKETS,
    registers,
  });
  const stages = new Histogram({
    name: "heptad_stage_seconds",
    help: "Time in each stage of the note's budget",
    labelNames: ["stage"],
    buckets: BUCKETS,
    registers,
  });
  const shed = new Counter({
    name: "heptad_shed_total",
    help: "Requests sent away because they would have waited longer than the budget allows",
    labelNames: ["path"],
    registers,
  });
  const degraded = new Counter({
    name: "heptad_degraded_total",
    help: "Answers that left something out for lateness; one is counted once",
    labelNames: ["path", "why"],
    registers,
  });
  const refused = new Counter({
    name: "heptad_refused_total",
    help: "Events and cases that were not simply taken, by reason",
    labelNames: ["reason"],
    registers,
  });
  const alerts = new Counter({
    name: "heptad_alerts_total",
    help: "Alerts handed on to the webhook, or lost after all tries",
    labelNames: ["result"],
    registers,
  });
  const compared = new Counter({
    name: "heptad_skew_compared_total",
    help: "Values of the test window that were read as production reads them and held against the run's",
    registers,
  });
  const differing = new Counter({
    name: "heptad_skew_differing_total",
    help: "Those of them that were not the same to the last bit",
    registers,
  });
  const skew = new Gauge({
    name: "heptad_skew_share",
    help: "Share of them that differ, of the model that serves; absent until they were compared",
    labelNames: ["model"],
    registers,
  });
  const model = new Gauge({ name: "heptad_model", help: "1 for the model that serves", labelNames: ["id"], registers });
  const asked = new Gauge({
    name: "heptad_model_asked",
    help: "1 for a model that was promoted and does not load, so that another one serves on; absent where there is none",
    labelNames: ["id"],
    registers,
  });
  let served: string | undefined;
  let isPeeking = false;
  const loop = monitorEventLoopDelay({ resolution: 10 });
  loop.enable();
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  gauge("heptad_event_loop_delay_seconds", "99th percentile of the event loop's delay since the last look", () => {
    const delay = loop.percentile(99) / 1e9;
    if (!isPeeking) loop.reset();
    return Number.isFinite(delay) ? delay : 0;
  });
  gauge("heptad_memory_bytes", "Resident memory of the process", () => process.memoryUsage.rss());
  new Counter({
    name: "heptad_cpu_seconds_total",
    help: "CPU time of the process",
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  return {
    request(path, status, seconds) {
      requests.inc({ path, status: String(status) });
      latency.observe({ path }, seconds);
    },
    otherRequest: (path, status) => others.inc({ path, status: String(status) }),
    stage: (name, seconds) => stages.observe({ stage: name }, seconds),
    shed: (path) => shed.inc({ path }),
    degraded: (path, [why = ""]) => degraded.inc({ path, why }),
    refused(refusals) {
      for (const [reason, count] of Object.entries(refusals)) refused.inc({ reason }, count);
    },
    experiment(read) {
      new Gauge({
        name: "heptad_exposures",
        help: "Units that an arm of the experiment was shown to",
        labelNames: ["arm"],
        registers,
        collect() {
          for (const [arm, count] of read().exposed) this.set({ arm }, count);
        },
      });
      gauge("heptad_sample_ratio_alarm", "1 where the units of the arms are not split as planned", () =>
        Number(read().alarm),
      );
      gauge("heptad_experiment_stopped", "1 once the experiment was stopped", () => Number(read().isStopped));
    },
    drift(read) {
      new Gauge({
        name: "heptad_drift_psi",
        help: "Population stability index against the run's test window; absent until there are samples enough",
        labelNames: ["of"],
        registers,
        collect() {
          for (const [name, value] of read()) this.set({ of: name }, value);
        },
      });
    },
    quality(read) {
      const labelled = (name: string, help: string, value: (one: LabelledQuality) => number): void => {
        new Gauge({
          name,
          help,
          labelNames: ["metric"],
          registers,
          collect() {
            this.reset();
            for (const one of read()) if (!Number.isNaN(value(one))) this.set({ metric: one.metric }, value(one));
          },
        });
      };
      labelled(
        "heptad_quality",
        "Of the newest answers whose labels have come; absent until there are enough",
        (one) => one.value,
      );
      labelled("heptad_quality_judged", "The same on the run's test window", (one) => one.judged);
      labelled("heptad_quality_labelled", "Labelled answers that it was read from", (one) => one.n);
    },
    shadow(read) {
      const told = (
        name: string,
        help: string,
        labels: (one: NonNullable<ReturnType<typeof read>>) => Record<string, number>,
      ) => {
        new Gauge({
          name,
          help,
          labelNames: ["of"],
          registers,
          collect() {
            this.reset();
            const one = read();
            if (one === undefined) return;
            for (const [of, value] of Object.entries(labels(one))) if (!Number.isNaN(value)) this.set({ of }, value);
          },
        });
      };
      told("heptad_shadow_pairs", "Labelled cases that model and challenger both answered", ({ pairs }) => ({ pairs }));
      told(
        "heptad_shadow_difference",
        "Loss of the model that serves less the challenger's, with its interval",
        (one) => ({
          mean: one.difference,
          low: one.interval[0],
          high: one.interval[1],
        }),
      );
    },
    alert: (result) => alerts.inc({ result }),
    skew(id, count) {
      compared.inc(count.compared);
      differing.inc(count.differing);
      skew.reset();
      if (count.compared > 0) skew.set({ model: id }, count.differing / count.compared);
    },
    model(id, wanted) {
      model.reset();
      // What another model read says nothing of this one.
      if (id !== served) skew.reset();
      served = id;
      model.set({ id }, 1);
      asked.reset();
      if (wanted !== undefined) asked.set({ id: wanted }, 1);
    },
    gauge,
    text: () => registry.metrics(),
    async peek() {
      isPeeking = true;
      try {
        return await registry.metrics();
      } finally {
        isPeeking = false;
      }
    },
    contentType: registry.contentType,
    close: () => loop.disable(),
  };
}
