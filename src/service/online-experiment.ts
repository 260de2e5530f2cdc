/** An experiment on live traffic: who is shown what, what was shown written down, and what stops it by itself. */

import { formatShare } from "../core/format-figure.ts";
import { alwaysValid } from "../steps/6-deploy/experiment/always-valid.ts";
import { assignByHash } from "../steps/6-deploy/experiment/assign-by-hash.ts";
import { checkSampleRatio } from "../steps/6-deploy/experiment/sample-ratio.ts";
import { sampleRatioEvidence } from "../steps/6-deploy/experiment/sequential-sample-ratio.ts";
import { createRatioTally, type RatioTally } from "../steps/6-deploy/rollout/ratio-tally.ts";
import type { Json } from "../system/stage.ts";
import type { ExperimentSwitch } from "./experiment-switch.ts";
import type { ExposureLog } from "./exposure-log.ts";
import { openLatencyGuard } from "./latency-guard.ts";

/** What a unit is shown. */
export interface Shown {
  /** Index into the system's variants. */
  readonly variant: number;
  /** Null for a unit that takes no part: nothing is written down about it. */
  readonly arm: string | null;
}

export interface OnlineExperiment {
  /** Undefined is nobody, who takes no part. */
  assign(unit: string | undefined): Shown;
  /** Writes down that a unit was shown its arm, once; what takes no part is only counted. */
  expose(unit: string | undefined, shown: Shown, moment: number): void;
  /** Settles once all that was written down so far is kept; undefined where it is already. */
  written(): Promise<void> | undefined;
  /** Writes down what a unit did that was shown an arm. */
  outcome(unit: string, moment: number, value: number): void;
  /** Told of every answer to a unit. */
  answered(unit: string, shown: Shown, answer: ServedQuality): void;
  /** The kill switch: everybody gets the control from now on, over restarts too. */
  stop(reason: string): void;
  /** Why it was stopped; undefined while it runs. */
  readonly stopped: string | undefined;
  /** Whether the split of units is not the planned one, by a bound that holds after every unit; it stops the experiment. */
  readonly hasSampleRatioAlarm: boolean;
  describe(): Json;
}

/** How an answer went. */
export interface ServedQuality {
  readonly isFailed: boolean;
  readonly isDegraded: boolean;
  readonly seconds: number;
}

export interface ExperimentPlan {
  /** Names the experiment: another salt shuffles anew. */
  readonly salt: string;
  /** Control first, treated second; they add up to 1. */
  readonly shares: readonly [number, number];
  /** Share of the units that take part; the others get the control. */
  readonly traffic: number;
  /** Where it lies among other experiments; absent where it takes no notice of any. */
  readonly layer?: Layer;
  /** The variant of the treated arm. */
  readonly treated: number;
  /** Two-sided error of the guardrails, all together and over all looks. */
  readonly alpha: number;
  readonly sampleRatioAlpha: number;
  /** Seconds beyond which an answer is slow. */
  readonly slow: number;
  /** The note's own guardrails on percentiles of the latency. */
  readonly latencies?: readonly LatencyLimit[];
}

export interface LatencyLimit {
  /** As the note writes it. */
  readonly name: string;
  /** 0.99 for p99. */
  readonly rank: number;
  /** Seconds by which it may be worse. */
  readonly margin: number;
}

/**
 * The part of a layer's units that an experiment begins at, as a share: experiments of one layer that take disjoint parts have no unit in
 * common, and those of different layers do not exclude each other (Tang and others, KDD 2010).
 */
export interface Layer {
  readonly name: string;
  readonly from: number;
}

export const ARMS = ["control", "treated"] as const;
const ARM_NAMES: readonly string[] = ARMS;

/** What must not get worse: shares of answers. Any harm that is certain stops the experiment. */
const GUARDRAILS = {
  "failed answers": ({ isFailed }: ServedQuality) => isFailed,
  "degraded answers": ({ isDegraded }: ServedQuality) => isDegraded,
  "slow answers": ({ seconds }: ServedQuality, slow: number) => seconds > slow,
} as const;

/** The size of effect that the test is quickest at: two answers of a hundred. Chosen before any answer was seen. */
const TAU = 0.02;
/** Answers between two looks; the bounds hold at every look. */
const LOOK_EVERY = 50;
/** Units with a tally of their own; later ones share, which makes a cluster of them and is safe. */
const UNITS = 2 ** 16;

/** `kept` remembers that it was stopped. */
export function openOnlineExperiment(
  plan: ExperimentPlan,
  log: ExposureLog,
  kept: ExperimentSwitch,
  onStop: (reason: string) => void,
): OnlineExperiment {
  const { salt, shares, traffic, layer, treated, alpha, slow } = plan;
  /** Others may stop it too: asked each time. */
  const reason = (): string | undefined => kept.stopped(salt);
  const numbers = new Map<string, number>();
  const tallies = Object.keys(GUARDRAILS).map(() => ARMS.map(() => createRatioTally(UNITS)));
  const { latencies = [] } = plan;
  const spent = alpha / (tallies.length + latencies.length);
  const guards = latencies.map((one) => ({
    name: one.name,
    guard: openLatencyGuard({ ...one, alpha: spent, units: UNITS }),
  }));
  let answers = 0;
  /** Answers to whoever takes no part. */
  let outside = 0;
  const [place, from] = layer === undefined ? [salt, 0] : [`layer ${layer.name}`, layer.from];

  const stop = (why: string): void => {
    if (reason() !== undefined) return;
    kept.stop(salt, why);
    onStop(why);
  };
  const sampleRatio = () =>
    checkSampleRatio(
      ARMS.map((arm) => log.count(arm)),
      shares,
      plan.sampleRatioAlpha,
    );
  const hasAlarm = (): boolean =>
    sampleRatioEvidence(
      ARMS.map((arm) => log.count(arm)),
      shares,
    ) >= Math.log(1 / plan.sampleRatioAlpha);
  const watch = (): void => {
    for (const [at, name] of Object.keys(GUARDRAILS).entries()) {
      const harm = certainHarm(tallies[at], spent);
      if (harm !== undefined)
        stop(`${name}: ${percent(harm.treated)} of the treated, ${percent(harm.control)} of the control`);
    }
    for (const { name, guard } of guards) {
      const harm = guard.harm();
      if (harm === undefined) continue;
      const { control, treated: other } = harm;
      stop(
        `${name}: ${percent(other.slower)} of the treated answers took more than ${inMs(other.limit)}, ${percent(control.slower)} of the control's more than ${inMs(control.limit)}`,
      );
    }
  };
  const latencyShares = ({ name, guard }: (typeof guards)[number]) => {
    const now = guard.read();
    if (now === undefined) return { name: `${name}: not answers enough yet`, control: null, treated: null };
    const { control, treated: other } = now;
    return {
      name: `${name}: answers of more than ${inMs(control.limit)}, of the treated ${inMs(other.limit)}`,
      control: control.slower,
      treated: other.slower,
    };
  };
  return {
    assign(unit) {
      if (unit === undefined || reason() !== undefined) return { variant: 0, arm: null };
      // A hash of its own: as traffic grows, who takes part already goes on taking part, in the same arm.
      if (assignByHash(unit, `${place}/traffic`, [from, traffic, Math.max(0, 1 - from - traffic)]) !== 1)
        return { variant: 0, arm: null };
      const arm = assignByHash(unit, `${salt}/arm`, shares);
      return { variant: arm === 0 ? 0 : treated, arm: ARMS[arm] };
    },
    expose(unit, { arm }, moment) {
      if (arm === null) outside++;
      if (unit === undefined || arm === null || !log.expose(unit, arm, moment) || !hasAlarm()) return;
      const shown = ARMS.map((name) => log.count(name));
      stop(
        `sample ratio: ${shown.join(" and ")} units were shown the arms, planned ${shares.map(percent).join(" and ")}`,
      );
    },
    written: () => log.written(),
    outcome: (unit, moment, value) => log.outcome(unit, moment, value),
    answered(unit, { arm }, answer) {
      const side = arm === null ? -1 : ARM_NAMES.indexOf(arm);
      if (side < 0 || reason() !== undefined) return;
      const number = numbers.get(unit) ?? numbers.size % UNITS;
      numbers.set(unit, number);
      for (const [at, isHarmed] of Object.values(GUARDRAILS).entries())
        tallies[at][side].add(number, Number(isHarmed(answer, slow)), 1);
      for (const { guard } of guards) guard.add(side, number, answer.seconds);
      if (++answers % LOOK_EVERY === 0) watch();
    },
    stop,
    get stopped() {
      return reason();
    },
    get hasSampleRatioAlarm() {
      return hasAlarm();
    },
    describe() {
      const checked = sampleRatio();
      return {
        salt,
        traffic,
        layer: layer === undefined ? null : { ...layer },
        arms: ARMS.map((name, at) => ({ name, share: shares[at], exposed: log.count(name) })),
        stopped: reason() ?? null,
        sampleRatio: checked.ok ? { pValue: checked.value.pValue, alarm: hasAlarm() } : null,
        guardrails: [
          ...Object.keys(GUARDRAILS).map((name, at) => {
            const [control, other] = tallies[at].map((tally) => tally.read());
            return { name, control: control?.ratio ?? null, treated: other?.ratio ?? null };
          }),
          ...guards.map(latencyShares),
        ],
        answers,
        outside,
      };
    },
  };
}

/** Both shares where the treated one is higher with certainty, by bounds that hold at every look (Johari, Pekelis, Walsh 2015). */
function certainHarm(
  [control, treated]: readonly RatioTally[],
  alpha: number,
): { readonly control: number; readonly treated: number } | undefined {
  const [a, b] = [control.read(), treated.read()];
  if (a === undefined || b === undefined) return undefined;
  const look = { effect: b.ratio - a.ratio, standardError: Math.sqrt(a.variance + b.variance) };
  const read = alwaysValid([look], TAU, alpha);
  return read.ok && read.value[0].interval[0] > 0 ? { control: a.ratio, treated: b.ratio } : undefined;
}

function inMs(seconds: number): string {
  return `${Number((1000 * seconds).toPrecision(3))} ms`;
}

function percent(share: number): string {
  return formatShare(share);
}
