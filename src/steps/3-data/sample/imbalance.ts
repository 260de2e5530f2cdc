/** What a note does about rare positives, as plain data: training rows weighted or left out, and by how much that raises the odds. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { DataFacts } from "../schema.ts";

/** JSON as it stands: part of the key of what is trained. */
export type Imbalance = {
  /** `oversample` counts each positive several times, which for a sum over rows is the same as its weight. */
  readonly handling: "none" | "class-weight" | "downsample" | "oversample";
  /** How many times the odds of a positive in training are those of the world; null where `rateAfter` decides. */
  readonly odds: number | null;
  /** Share of positives in training afterwards, by weight; beside `odds` it is what the note claims will come out. */
  readonly rateAfter: number | null;
  /** Whether log-odds are lowered afterwards by the logarithm of what the odds were raised by. */
  readonly corrected: boolean;
};

export const NOT_HANDLED: Imbalance = { handling: "none", odds: 1, rateAfter: null, corrected: false };

/** Classes of equal weight, where the note gives neither a weight nor a rate (scikit-learn's `balanced`). */
const BALANCED = 0.5;

/** As step 3 writes it. Fails for what cannot be trained, and for facts that do not belong together. */
export function imbalanceOf(facts: DataFacts["imbalance"]): Outcome<Imbalance> {
  const { handling = "none", keep, corrected = false } = facts ?? {};
  const rateAfter = facts?.["rate-after"]?.value ?? null;
  if (handling === "smote" || handling === "focal") return refuse(NOT_TRAINED[handling], "handling", "instead, write");
  if (keep !== undefined && handling !== "downsample")
    return refuse(
      `\`keep\` is the share of negative rows that down-sampling keeps, and \`handling\` is ${handling}`,
      "keep",
      "leave it out, or write",
    );
  if (handling === "none") return succeed(NOT_HANDLED);
  if (rateAfter !== null && !(rateAfter > 0 && rateAfter < 1))
    return refuse("a share of positives of 0% or 100% leaves nothing to tell apart", "rate-after", "write");
  if (handling !== "downsample") return succeed({ handling, odds: null, rateAfter: rateAfter ?? BALANCED, corrected });
  if (keep !== undefined && !(keep.value > 0))
    return refuse("down-sampling that keeps 0% of the negative rows leaves nothing to tell apart", "keep", "write");
  if (keep !== undefined) return succeed({ handling, odds: 1 / keep.value, rateAfter, corrected });
  if (rateAfter !== null) return succeed({ handling, odds: null, rateAfter, corrected });
  return refuse("down-sampling needs the share of negative rows that is kept", "handling", "write");
}

const NOT_TRAINED = {
  smote:
    "`smote` is not trained: it invents positives between neighbouring ones, which never were, and moves probabilities by an amount nobody can take back",
  focal:
    "`focal` is not trained: its scores are not log-odds, so that no correction gives back probabilities, and a threshold by cost needs them",
} as const;

function refuse(message: string, key: string, lead: string): Outcome<never> {
  return fail({
    code: "bad-imbalance",
    message,
    where: `3.imbalance.${key}`,
    fix: `${lead} \`imbalance: { handling: downsample, applied-to: train, keep: 10%, corrected: true }\` or \`handling: class-weight\``,
  });
}

/** How many times the odds of a positive in training are those of the rows, where positives have the share `rate` of the rows. */
export function oddsFactor({ odds, rateAfter }: Imbalance, rate: number): number {
  if (odds !== null) return odds;
  return rateAfter === null ? 1 : rateAfter / (1 - rateAfter) / (rate / (1 - rate));
}
