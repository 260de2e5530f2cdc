/** The experiment of a note's section 6 on live traffic, with its log and what the metrics show of it. */

import { FailureError, unwrap } from "../core/outcome.ts";
import { parseArmShares } from "../steps/6-deploy/experiment/arm-shares.ts";
import type { Design } from "../steps/design.ts";
import type { ServedSystem } from "../system/served-system.ts";
import { writeCounted } from "./counted-beside.ts";
import { latencyLimitOf } from "./heeded-guardrails.ts";
import { ARMS, type ExperimentPlan, type OnlineExperiment, openOnlineExperiment } from "./online-experiment.ts";
import type { ServiceStore } from "./store/service-store.ts";

export interface WatchedExperiment {
  readonly experiment: OnlineExperiment;
  readonly watched: () => {
    readonly exposed: ReadonlyMap<string, number>;
    readonly alarm: boolean;
    readonly isStopped: boolean;
  };
}

const USUAL_LIMIT = 0.1;

/** Throws a `FailureError` where the note has no experiment, or one of more arms than the system has answers. */
export function openExperiment(
  design: Design,
  { traffic, layer }: Pick<ExperimentPlan, "traffic" | "layer">,
  store: ServiceStore,
  { variants, outcome }: ServedSystem,
  onStop: (message: string) => void,
): WatchedExperiment {
  const facts = design.deploy.experiment;
  if (facts === undefined || facts.skip !== undefined)
    throw new FailureError({
      code: "no-experiment",
      message: "section 6 of the note plans no experiment",
      where: "--experiment",
      fix: "write `experiment: { unit: user, metric: click-through rate, split: 50/50 }`, or leave the option out",
    });
  const [control, treated, ...more] = unwrap(parseArmShares(facts.split ?? "50/50"));
  if (more.length > 0)
    throw new FailureError({
      code: "too-many-arms",
      message: `the note splits into ${more.length + 2} arms; what is served are two: ${variants[0]} and ${variants.at(-1)}`,
      where: "6.experiment.split",
      fix: "write `split: 50/50`",
    });
  const log = store.exposures();
  if (log.path !== "") writeCounted(log.path, facts.metric ?? "its metric", outcome);
  const experiment = openOnlineExperiment(
    {
      salt: saltOf(design),
      shares: [control, treated],
      traffic,
      layer,
      treated: variants.length - 1,
      alpha: facts.alpha?.value ?? 0.05,
      sampleRatioAlpha: facts["srm-check"] === false ? 0 : (facts["srm-alpha"]?.value ?? 0.001),
      slow: design.clarify.latency?.p99?.value ?? USUAL_LIMIT,
      latencies: (facts.guardrails ?? []).flatMap((one) => latencyLimitOf(one) ?? []),
    },
    log,
    store.experiment,
    (reason) => onStop(`the experiment was stopped, everybody gets ${variants[0]}: ${reason}`),
  );
  const watched = () => ({
    exposed: new Map(ARMS.map((arm) => [arm, log.count(arm)])),
    alarm: experiment.hasSampleRatioAlarm,
    isStopped: experiment.stopped !== undefined,
  });
  return { experiment, watched };
}

/** By which an experiment is known, and units are dealt to its arms. */
export function saltOf({ front, deploy }: Design): string {
  return `${front.title}/${deploy.experiment?.metric ?? ""}`;
}
