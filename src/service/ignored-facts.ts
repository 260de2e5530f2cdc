/** What a note states of serving and watching that the service does not do: said when it starts, so that nobody counts on it. Pure. */

import { formatValue } from "../core/format-figure.ts";
import { driftTarget } from "../steps/7-monitor/drift-target.ts";
import type { Design } from "../steps/design.ts";
import type { CountedOutcome } from "../system/served-system.ts";
import { alertRulesOf } from "./alert-rules.ts";
import { isHeeded } from "./heeded-guardrails.ts";

export interface IgnoredFact {
  /** `6.rollout` */
  readonly path: string;
  /** What is not done, or done otherwise. */
  readonly says: string;
}

/** How the service was started. */
export interface ServedAs {
  /** Share of the units that the experiment is run on; absent where there is none. */
  readonly traffic?: number;
  /** Whether the note's triggers start runs. */
  readonly improves: boolean;
  /** Whether a new model can be compared with the one that serves by labels that come. */
  readonly compares: boolean;
  /** Whether it remembers anything about somebody. */
  readonly forgets: boolean;
  /** Whether it keeps anything that it is told. */
  readonly remembers: boolean;
  /** Features that drift is watched on. */
  readonly profile: ReadonlySet<string>;
  /** What the experiment's log counts; absent where no deed is heard. */
  readonly outcome?: CountedOutcome | undefined;
  /** What answers where the system is late. */
  readonly baseline: string;
}

/** What comes with a request and is nobody who could be recognised. */
const PASSING_UNITS = /^(?:session|request|query|page|device|region|day|cookie|impression)s?\b/iu;
/** Checks on what comes in that are made of every request. */
const CHECKED: ReadonlySet<string> = new Set(["schema"]);

/** The note's facts that the service takes no notice of, in the note's order. */
export function ignoredFacts(design: Design, served: ServedAs): readonly IgnoredFact[] {
  return [...ofServing(design, served), ...ofExperiment(design, served), ...ofMonitoring(design, served)];
}

function ofServing({ deploy }: Design, { baseline }: ServedAs): readonly IgnoredFact[] {
  const { serving, rollout, rollback } = deploy;
  const fallback = serving?.fallback;
  const onFault = (["on-missing-features", "on-model-error", "on-empty"] as const).filter(
    (cause) => fallback?.[cause] !== undefined,
  );
  return whereStated([
    serving?.mode !== undefined && serving.mode !== "online"
      ? ["6.serving.mode", `every request is answered when it comes, not in a ${serving.mode}`]
      : undefined,
    serving?.cache && ["6.serving.cache", "no answer is kept for the next request"],
    fallback?.["on-timeout"] !== undefined && [
      "6.serving.fallback",
      `what is late is answered by ${baseline}, whatever is named there`,
    ],
    onFault.length > 0 && [
      `6.serving.fallback`,
      `only lateness falls back: ${onFault.join(", ")} are answered as the model answers, or as an error`,
    ],
    rollout && ["6.rollout", "no step is taken by itself: grow --experiment by hand"],
    rollout?.["abort-on"] && [
      "6.rollout.abort-on",
      "what stops an experiment are failed, degraded and slow answers, its guardrails on p99 latency and the sample ratio",
    ],
    rollback?.kind === "automatic" && ["6.rollback", "no model is rolled back by itself: heptad model rollback"],
  ]);
}

function ofExperiment({ deploy: { experiment } }: Design, { traffic, outcome }: ServedAs): readonly IgnoredFact[] {
  if (experiment === undefined || experiment.skip !== undefined) return [];
  if (traffic === undefined) return [{ path: "6.experiment", says: "it is not run without --experiment" }];
  const { unit, design: kind, guardrails = [], duration } = experiment;
  const unguarded = guardrails.filter((one) => !isHeeded(one)).map(({ metric }) => metric);
  const planned = experiment.traffic?.value;
  const metric = experiment.metric ?? "its metric";
  return whereStated([
    outcome === undefined
      ? [
          "6.experiment.metric",
          `${metric} is not counted: the log holds who was shown which arm, and nothing that they did`,
        ]
      : !outcome.isMetric && ["6.experiment.metric", `${metric} is not counted: in its place are ${outcome.says}`],
    planned !== undefined &&
      planned !== traffic && [
        "6.experiment.traffic",
        `--experiment decides: ${percent(traffic)}, planned ${percent(planned)}`,
      ],
    unit !== undefined &&
      PASSING_UNITS.test(unit) && ["6.experiment.unit", `whoever a request is about is assigned, not each ${unit}`],
    kind !== undefined && kind !== "ab" && ["6.experiment.design", `arms are assigned by unit, not as a ${kind} needs`],
    unguarded.length > 0 && [
      "6.experiment.guardrails",
      `${unguarded.join(" and ")}: nothing stops the experiment for it, and its log does not hold it`,
    ],
    duration && ["6.experiment.duration", "it runs until somebody ends it"],
  ]);
}

function ofMonitoring(
  design: Design,
  { improves, compares, forgets, remembers, profile }: ServedAs,
): readonly IgnoredFact[] {
  const { monitor, clarify } = design;
  const { retrain, drift = [], slices = [], deletion = [] } = monitor;
  const unwatched = alertRulesOf(design, "").left.map(({ path, metric, why }) => ({ path, says: `${metric}: ${why}` }));
  const strangers = drift.flatMap((facts, at) =>
    driftTarget(facts) === "features" && facts.of !== undefined && !profile.has(facts.of)
      ? [{ path: `7.drift[${at}]`, says: `${facts.of} is no feature of the model that serves` }]
      : [],
  );
  const checks = (monitor["data-quality"] ?? []).filter(
    (check) => !(CHECKED.has(check) || (check === "freshness" && clarify.freshness !== undefined)),
  );
  const unreached = deletion.filter((place) => /^(?:raw|training-set|embeddings|index)$/u.test(place));
  return [
    ...unwatched,
    ...strangers.filter(({ path }) => !unwatched.some((one) => one.path === path)),
    ...whereStated([
      checks.length > 0 && ["7.data-quality", `${checks.join(", ")}: not checked on what comes in`],
      slices.length > 0 && ["7.slices", "no metric is kept by slice"],
      retrain !== undefined &&
        retrain.skip === undefined &&
        !improves && ["7.retrain", "nothing is trained anew without --improve"],
      retrain !== undefined &&
        retrain.skip === undefined &&
        improves &&
        !compares && ["7.retrain", "no label tells here which model is better: a person promotes what is trained anew"],
      monitor["fast-response"] && monitor["fast-response"].by !== "none" && ["7.fast-response", "a person takes it"],
      monitor.audit && ["7.audit", "no case is handed to a person"],
      monitor["skew-check"] && [
        "7.skew-check",
        "what each model that begins to serve reads of its test window is compared with the run, all of it; later requests are not",
      ],
      monitor.logs && ["7.logs", "no prediction is written down; what was told and shown is"],
      deletion.length > 0 &&
        !forgets &&
        remembers && ["7.deletion", "heptad forget removes nobody from a system of this kind"],
      unreached.length > 0 && forgets && ["7.deletion", `heptad forget does not reach ${unreached.join(", ")}`],
    ]),
  ];
}

type Stated = readonly [path: string, says: string] | false | 0 | undefined;

function whereStated(given: readonly Stated[]): readonly IgnoredFact[] {
  return given.flatMap((one) => (one ? [{ path: one[0], says: one[1] }] : []));
}

function percent(share: number): string {
  return formatValue({ value: share, unit: "share" });
}
