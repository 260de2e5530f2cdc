/** The decision about a payment, in process: features, model, threshold and reasons; rules where the model has nothing to stand on. */

import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import type { RuleScorer } from "../../steps/4-model/models/rule-list.ts";
import type { DecidingModel } from "../../steps/5-evaluate/protocols/deciding-model.ts";
import { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import type { ReasonCounts } from "../../steps/6-deploy/serve/state-faults.ts";
import {
  addFault,
  DecisionCounter,
  type DecisionCounts,
  type DecisionTally,
  type PaymentFault,
} from "./decision-counts.ts";
import { openPaymentJudge } from "./payment-judge.ts";
import {
  type IncomingPayment,
  openPaymentState,
  type PaymentLabel,
  type PaymentLimits,
  type PaymentState,
} from "./payment-state.ts";

export interface PaymentDecision {
  readonly decision: "approve" | "review";
  /** Null where the rules decided. */
  readonly probability: number | null;
  readonly by: "model" | "rules";
  /** The fault where there is one; then for a review the features that raised the score most, or the rule that held. */
  readonly reasons: readonly string[];
}

/** What decides. */
export interface PaymentDeciderParts {
  readonly declarations: readonly FeatureDeclaration[];
  /** Made for the names of the declarations. */
  readonly rules: RuleScorer;
  /** Without one the rules decide. */
  readonly model: DecidingModel | undefined;
  readonly limits?: PaymentLimits;
}

/** What is gone when a decision has to do without its memory. */
export type MissingMemory = "no-state" | "not-logged";

export interface PaymentDecider {
  /**
   * Decides, and takes the payment. One with a fault is decided too, and leaves no trace but its count; one with the id of another is for a person to
   * look at. `arrived` is when it came, in
   * seconds by the receiver's own clock: without it customers who collude can move the clock that payments are held against.
   */
  decide(payment: IncomingPayment, arrived?: number): PaymentDecision;
  /** Takes a label that has arrived; features see it once their delay is over. Gives back why not. */
  label(label: PaymentLabel): PaymentFault | undefined;
  readonly counts: DecisionCounts;
}

/** A decider that can be saved. */
export interface RestorableDecider extends PaymentDecider {
  readonly state: PaymentState;
  /** Decides by the rules and takes nothing. Without a state only what the payment says of itself is known. */
  decideWithout(payment: IncomingPayment, missing: MissingMemory): PaymentDecision;
  /** Refuses a label, and counts it. */
  labelWithout(missing: MissingMemory | "bad-label"): PaymentFault;
  /** Does to the state what deciding the payment does, and decides nothing: what that counts, `recount` says. */
  remember(payment: IncomingPayment, arrived?: number): void;
  /** What decisions and labels have counted so far. */
  tally(): DeciderTally;
  /** What is remembered from here on came to this tally, which `recount` takes over then. */
  expect(tally: DeciderTally): void;
  recount(tally: DeciderTally): void;
  /** State, ids, clock and counts, for `restore`. */
  save(): Uint8Array;
  /** Becomes what was saved, from a fresh one. Throws a `FailureError` when that was of other features or limits. */
  restore(snapshot: Uint8Array): void;
}

export interface DeciderTally extends DecisionTally {
  readonly refusedRequests: ReasonCounts;
}

/** A payment like this is looked at by a person: there is nothing that a rule could be asked about. */
const NONSENSE: ReadonlySet<PaymentFault> = new Set([
  "bad-time",
  "bad-amount",
  "bad-id",
  "missing-measure",
  "missing-entity",
]);
/** Such a payment is judged by the model, and the fault is said. */
const JUDGED: ReadonlySet<PaymentFault> = new Set(["duplicate", "cut-window"]);
/** The moment of such a payment is not believed: features are as of the newest one that is. */
const WRONG_CLOCK: ReadonlySet<PaymentFault> = new Set(["bad-time", "from-the-past", "clock-jump"]);

/** A decider that has seen nothing yet. Throws a `FailureError` for features that payments cannot have. */
export function createPaymentDecider({ declarations, rules, model, limits }: PaymentDeciderParts): RestorableDecider {
  const state = openPaymentState(declarations, limits);
  const { names } = state;
  const judge = model === undefined ? undefined : openPaymentJudge(model, names);
  const features = new Float64Array(names.length);
  const counts = new DecisionCounter();
  /** Of payments that are remembered: whoever is refused is counted with the faults. */
  let wereTaken = false;

  const count = (decision: PaymentDecision): PaymentDecision => {
    counts.decided++;
    if (decision.decision === "review") counts.reviewed++;
    return decision;
  };
  const byRules = (fault: PaymentFault): PaymentDecision => {
    addFault(counts.faults, fault);
    const rule = rules.reason((name) => features[names.indexOf(name)]);
    return count({
      decision: rule !== undefined || NONSENSE.has(fault) ? "review" : "approve",
      probability: null,
      by: "rules",
      reasons: rule === undefined ? [fault] : [fault, rule],
    });
  };
  const read = (payment: IncomingPayment, fault: PaymentFault | undefined): PaymentFault | undefined => {
    const isLost = fault !== undefined && WRONG_CLOCK.has(fault);
    return state.read(payment, features, isLost ? state.features.newest : payment.time);
  };

  return {
    state,
    counts,
    decide(payment, arrived) {
      // Taken first: features of a moment do not see the payments of that moment, itself among them.
      const refusal = state.take(payment, arrived);
      if (refusal === "id-of-another") {
        addFault(counts.faults, refusal);
        return count({ decision: "review", probability: null, by: "rules", reasons: [refusal] });
      }
      const isCut = refusal === undefined && payment.time < state.features.wholeFrom;
      const fault = read(payment, refusal) ?? refusal ?? (isCut ? "cut-window" : undefined);
      // The model judges a payment that is sent again as it did the first time: whoever repeats one gets no milder judge.
      if (fault !== undefined && !JUDGED.has(fault)) return byRules(refusal ?? fault);
      if (judge === undefined) return byRules("no-model");
      const judgement = judge(features);
      if (judgement === undefined) return byRules("model-failed");
      if (fault !== undefined) addFault(counts.faults, fault);
      const { isReview, probability, reasons } = judgement;
      return count({
        decision: isReview ? "review" : "approve",
        probability,
        by: "model",
        reasons: fault === undefined ? reasons : [fault, ...reasons],
      });
    },
    decideWithout(payment, missing) {
      const refusal = state.check(payment);
      if (missing === "no-state") state.readAlone(payment, features);
      else read(payment, refusal);
      return byRules(refusal !== undefined && NONSENSE.has(refusal) ? refusal : missing);
    },
    label(label) {
      const { labelled } = state;
      const refusal = state.label(label);
      // Told again it changes nothing, and is as welcome: whoever tells it may not know that it was heard.
      if (refusal === undefined && state.labelled === labelled) addFault(counts.labelFaults, "duplicate");
      else if (refusal === undefined) counts.labelled++;
      else addFault(counts.labelFaults, refusal);
      return refusal;
    },
    remember: (payment, arrived) => void state.take(payment, arrived, wereTaken),
    tally: () => ({ ...counts.tally(), refusedRequests: { ...state.features.refusedRequests } }),
    expect({ faults }) {
      wereTaken = sumOf(Object.values(faults)) === sumOf(counts.faults.values());
    },
    recount(tally) {
      wereTaken = false;
      counts.become(tally);
      state.features.recount(tally.refusedRequests);
    },
    labelWithout(missing) {
      addFault(counts.labelFaults, missing);
      return missing;
    },
    save() {
      const writer = new ByteWriter();
      counts.save(writer);
      writer.bytes(state.save());
      return writer.finish();
    },
    restore(snapshot) {
      const reader = new ByteReader(snapshot);
      counts.load(reader);
      state.restore(reader.rest());
    },
  };
}

function sumOf(counts: Iterable<number>): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
