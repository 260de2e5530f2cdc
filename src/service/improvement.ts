/** From a trigger of the note to another model that serves: a run is started, its model follows in the shadow, and is promoted or dropped by what labels say. */

import { FailureError } from "../core/outcome.ts";
import type { Design } from "../steps/design.ts";
import type { Sample } from "./read-metrics.ts";
import { heldTriggers } from "./retrain-triggers.ts";
import type { ShadowReading } from "./shadow.ts";

export interface ImprovementOptions {
  readonly design: Design;
  /** Starts a run of the note, and gives the id of its model; undefined where it is one that was there before. Absent where nobody asked for it. */
  readonly build?: () => Promise<string | undefined>;
  /** How long ago the model that serves was built, in seconds. */
  readonly age: () => number;
  /** Lets a model follow in the shadow. */
  readonly follow: (id: string) => Promise<unknown>;
  /** What is known of the one that follows; undefined where none does. */
  readonly reading: () => ShadowReading | undefined;
  readonly drop: (reason: string) => void;
  readonly promote: (id: string, why: string) => Promise<unknown>;
  readonly say: (message: string) => void;
}

export interface Improvement {
  /** Looks at the metrics at a moment, in seconds; settles once what it began is done. */
  tick(moment: number, samples: readonly Sample[]): Promise<void>;
}

/** Between two runs by triggers at least: one that gave nothing gives nothing an hour later. */
const REST = 86_400;
/** Pairs before a promotion without a person, however clear they are: a whole kind of case may come late. */
const LEAST_PAIRS = 500;

/** What pairs are compared by. */
const METRIC = "log loss";

export function openImprovement(options: ImprovementOptions): Improvement {
  const { design, say } = options;
  const { deploy, gate, "gate-metric": metric = METRIC } = design.monitor.retrain ?? {};
  // A gate of another metric is not passed by this one.
  const isPassed = (gate === "champion-challenger" || gate === "shadow") && metric.toLowerCase() === METRIC;
  const isAutomatic = deploy === "automatic" && isPassed;
  let isBusy = false;
  let restsUntil = Number.NEGATIVE_INFINITY;
  let told = "";

  const judge = async (reading: ShadowReading): Promise<void> => {
    const { id, verdict, pairs } = reading;
    const why = sayDifference(reading);
    if (verdict === "worse") options.drop(`it is worse: ${why}`);
    if (verdict !== "better" || pairs < LEAST_PAIRS) return;
    if (isAutomatic) {
      await options.promote(id, `challenger better: ${why}`);
      say(`model ${id} was promoted: ${why}; heptad model rollback goes back`);
    } else if (told !== id) {
      told = id;
      const left =
        metric.toLowerCase() === METRIC
          ? "the note leaves its promotion to a person"
          : `the note's gate is ${metric}, which a person has to read`;
      say(`challenger ${id} is better: ${why}; ${left}: heptad model promote`);
    }
  };
  const start = async (moment: number, triggers: readonly string[]): Promise<void> => {
    restsUntil = moment + REST;
    say(`trained anew, since ${triggers.join(" and ")}`);
    const id = await options.build?.();
    if (id === undefined) {
      say("the run gave the model that was there: note and data are as they were");
      return;
    }
    try {
      await options.follow(id);
    } catch (error) {
      if (!(error instanceof FailureError) || error.failure.code !== "no-shadow") throw error;
      say(`model ${id} was built and does not serve: ${error.failure.message}; a person decides: heptad model promote`);
    }
  };
  return {
    async tick(moment, samples) {
      if (isBusy) return;
      isBusy = true;
      try {
        const reading = options.reading();
        if (reading !== undefined && reading.ended === null) await judge(reading);
        else if (options.build !== undefined && moment >= restsUntil) {
          const triggers = heldTriggers(design, samples, options.age());
          if (triggers.length > 0) await start(moment, triggers);
        }
      } finally {
        isBusy = false;
      }
    },
  };
}

/** In the words of a record: it is kept with the promotion. */
function sayDifference({ difference, interval: [low, high], pairs, units }: ShadowReading): string {
  const number = (value: number): string => value.toPrecision(3);
  return `its loss is lower by ${number(difference)} [${number(low)}, ${number(high)}] on ${pairs} labelled cases of ${units} units, at every look`;
}
