/** The decision about payments as a service gives it: one or many at a time, and labels that arrive later. */

import { FailureError } from "../../core/outcome.ts";
import { plural } from "../../core/plural.ts";
import { numbers } from "../../core/table.ts";
import { FEATURES_STAGE, featureTable } from "../../steps/3-data/features/features-stage.ts";
import { decidingTrees } from "../../steps/5-evaluate/protocols/deciding-model.ts";
import { openSkewTally } from "../../steps/6-deploy/serve/skew-tally.ts";
import type { Refusal } from "../../steps/6-deploy/serve/state-event.ts";
import type { Beginning, ServedSystem, SkewCount } from "../../system/served-system.ts";
import type { StageContext } from "../../system/stage.ts";
import { PAYMENT_FAULTS } from "./decision-counts.ts";
import { openDecisionEndpoints, RULES } from "./decision-endpoints.ts";
import { openNamedDecider } from "./named-decider.ts";
import type { RestorableDecider } from "./payment-decision.ts";
import { openPaymentProbability } from "./payment-judge.ts";
import { openRetelling } from "./payment-retelling.ts";
import {
  openArrivals,
  openServedPayments,
  paymentAt,
  type ServedPayments,
  type ServedPlan,
} from "./served-payments.ts";
import { openServedDecider } from "./served-state-stage.ts";

const PREDICTION = "prediction";
/** Values kept of each feature. */
const MOST_VALUES = 20_000;

/** The state before the test days is a result of the run: what is opened soonest. */
export async function openServedDecisions(
  plan: ServedPlan,
  input: StageContext["input"],
  begin: Beginning,
): Promise<ServedSystem> {
  const payments = await openServedPayments(plan, input);
  const { parts, transactions } = payments;
  if (transactions.names === undefined && transactions.source.format !== "simulated") refuseNameless();
  const decider = await openServedDecider(parts, input, begin === "nothing");
  const leftOut = begin === "end" ? catchUpToEnd(decider, plan, payments) : [];
  const { subject } = decidingTrees(plan);
  const { names } = decider.state;
  const judge = parts.model === undefined ? undefined : openPaymentProbability(parts.model, names);
  const example = { ...paymentAt(transactions, transactions.time.length - 1), id: "example-1" };
  const named = openNamedDecider(decider, transactions.names);
  const { endpoints, sample, probability } = openDecisionEndpoints(named, parts.rules, subject, example);
  return {
    endpoints,
    variants: [RULES, "system"],
    traffic: {
      path: "/decide",
      count: payments.final.test[1] - payments.final.test[0],
      // At the service's own clock: the same payment again is another one.
      body(at, round) {
        const row = payments.final.test[0] + at;
        const { customer, terminal, amount } = named.named(paymentAt(transactions, row));
        return { id: `${round}-${row}`, customer, terminal, amount };
      },
    },
    stages: [subject],
    get newest() {
      return decider.state.features.newest;
    },
    counts: () => ({
      payments: decider.state.features.applied,
      decided: decider.counts.decided,
      reviewed: decider.counts.reviewed,
      labelled: decider.counts.labelled,
    }),
    leftOut,
    profile: await profileOf(names, judge, input),
    observed: () => new Map([...names.map((name, at) => [name, sample[at]] as const), [PREDICTION, probability()]]),
    skew: () => skewOf(decider, plan, payments, input),
    retelling: openRetelling(decider),
    save: named.save,
    restore: named.restore,
    ...(named.forget !== undefined && { forget: named.forget }),
  };
}

/** Which card a request means would not be known. */
function refuseNameless(): never {
  throw new FailureError({
    code: "model-without-ids",
    message:
      "this model was built by an earlier version, which did not keep the ids of the data's cards and terminals: no request could say whom it is about",
    fix: "build it again with `heptad model add NOTE --promote`, and begin with the data alone: `heptad serve NOTE --anew`",
  });
}

/** The test days told to the decider's own state, from where the run left it, and what it reads of them compared with the run's features. */
async function skewOf(
  { state }: RestorableDecider,
  plan: ServedPlan,
  { transactions, final }: ServedPayments,
  input: StageContext["input"],
): Promise<SkewCount> {
  const { names } = state;
  const table = featureTable(await input(FEATURES_STAGE), final.test);
  const tally = openSkewTally(
    names,
    names.map((name) => numbers(table, name)),
  );
  const places = new Map(Array.from(final.test, (row, at) => [row, at]));
  const values = new Float64Array(names.length);
  const arrived = openArrivals(plan.declarations, transactions, final.test[0]);
  for (let row = final.test[0]; row <= final.test[final.test.length - 1]; row++) {
    for (const one of arrived(row)) state.label(one);
    const payment = paymentAt(transactions, row);
    const at = places.get(row);
    if (at !== undefined) {
      state.read(payment, values);
      tally.compare(at, values);
    }
    state.takeOfData(payment);
  }
  return tally.count;
}

/** From the beginning of the test days, where the run's state stands, to the last payment of the data. Gives what was not taken, in words. */
function catchUpToEnd(
  decider: RestorableDecider,
  plan: ServedPlan,
  { transactions, final }: ServedPayments,
): readonly string[] {
  const arrived = openArrivals(plan.declarations, transactions, final.test[0]);
  const refused = new Map<Refusal, number>();
  for (let row = final.test[0]; row < transactions.time.length; row++) {
    for (const one of arrived(row)) decider.state.label(one);
    const refusal = decider.state.takeOfData(paymentAt(transactions, row));
    if (refusal !== undefined) refused.set(refusal, (refused.get(refusal) ?? 0) + 1);
  }
  return [...refused].map(
    ([reason, count]) => `${plural(count, "payment")} of the data: \`${reason}\`, ${PAYMENT_FAULTS[reason]}`,
  );
}

/** Features of the run's payments, and what the model says of them; evenly spread over the run. */
async function profileOf(
  names: readonly string[],
  judge: ReturnType<typeof openPaymentProbability> | undefined,
  input: StageContext["input"],
): Promise<ReadonlyMap<string, Float64Array>> {
  const { arrays } = await input(FEATURES_STAGE);
  const columns = names.map((name) => arrays[name]);
  const rows = columns[0]?.length ?? 0;
  const step = Math.max(1, Math.ceil(rows / MOST_VALUES));
  const chosen = Array.from({ length: Math.floor(rows / step) }, (_, at) => at * step);
  const profile = new Map<string, Float64Array>();
  for (const [at, name] of names.entries()) {
    const column = columns[at];
    if (column instanceof Float64Array)
      profile.set(
        name,
        Float64Array.from(chosen, (row) => column[row]),
      );
  }
  const row = new Float64Array(names.length);
  const said = chosen.map((_, index) => {
    for (const [at, name] of names.entries()) row[at] = profile.get(name)?.[index] ?? Number.NaN;
    const probability = judge?.of(row) ?? Number.NaN;
    return Number.isFinite(probability) ? probability : Number.NaN;
  });
  profile.set(PREDICTION, Float64Array.from(said));
  return profile;
}
