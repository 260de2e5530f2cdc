/** The decision about payments as a service gives it: one or many at a time, and labels that arrive later. */

import { z } from "zod";
import { numbers } from "../../core/table.ts";
import { FEATURES_STAGE, featureTable } from "../../steps/3-data/features/features-stage.ts";
import { decidingTrees } from "../../steps/5-evaluate/protocols/deciding-model.ts";
import { openSkewTally } from "../../steps/6-deploy/serve/skew-tally.ts";
import { checkedBody } from "../../system/checked-body.ts";
import type {
  Beginning,
  ServedAnswer,
  ServedEndpoint,
  ServedSystem,
  SkewCount,
  Turn,
} from "../../system/served-system.ts";
import type { StageContext } from "../../system/stage.ts";
import type { PaymentDecision, RestorableDecider } from "./payment-decision.ts";
import { openPaymentJudge } from "./payment-judge.ts";
import type { IncomingPayment } from "./payment-state.ts";
import {
  openArrivals,
  openServedPayments,
  paymentAt,
  type ServedPayments,
  type ServedPlan,
} from "./served-payments.ts";
import { openServedDecider } from "./served-state-stage.ts";

const MOST_PAYMENTS = 1000;
/** What decides where an experiment asks for the control. */
const RULES = "rules";
const PREDICTION = "prediction";
/** Values kept of each feature. */
const MOST_VALUES = 20_000;

const payment = z.strictObject({
  id: z.string().min(1).max(1024).meta({
    description:
      "Tells the payment apart: sent again, it is decided again, as of the moment that it says, and counted once",
  }),
  customer: z.number().meta({ description: "Number of the card: whole, from 0" }),
  terminal: z.number().meta({ description: "Number of the terminal: whole, from 0" }),
  amount: z.number(),
  time: z.number().optional().meta({ description: "Seconds since 1970; the service's clock where absent" }),
});

const decision = z.strictObject({
  id: z.string(),
  decision: z.enum(["approve", "review"]),
  probability: z.number().nullable().meta({ description: "Null where the rules decided" }),
  by: z.enum(["model", "rules"]),
  reasons: z.array(z.string()),
});

const manyPayments = z.strictObject({ payments: z.array(payment).min(1).max(MOST_PAYMENTS) });
const manyDecisions = z.strictObject({ decisions: z.array(decision) });

const label = z.strictObject({
  time: z.number().meta({ description: "The payment's own moment" }),
  customer: z.number(),
  terminal: z.number(),
  fraud: z.boolean().meta({ description: "False takes an earlier label back" }),
});
const labelsRequest = z.strictObject({ events: z.array(label).min(1).max(MOST_PAYMENTS) });
const labelsResponse = z.strictObject({
  taken: z.int(),
  refused: z.array(z.strictObject({ at: z.int(), reason: z.string() })),
});

const paymentBody = checkedBody(payment);
const paymentsBody = checkedBody(manyPayments);
const labelsBody = checkedBody(labelsRequest);

/** A decision as it is answered. */
type Decided = { readonly id: string } & Pick<PaymentDecision, keyof PaymentDecision>;

/** The state before the test days is a result of the run: what is opened soonest. */
export async function openServedDecisions(
  plan: ServedPlan,
  input: StageContext["input"],
  begin: Beginning,
): Promise<ServedSystem> {
  const payments = await openServedPayments(plan, input);
  const { parts, transactions } = payments;
  const decider = await openServedDecider(parts, input);
  if (begin === "end") catchUpToEnd(decider, plan, payments);
  const { subject } = decidingTrees(plan);
  const { names } = decider.state;
  const sample = new Float64Array(names.length).fill(Number.NaN);
  const judge = parts.model === undefined ? undefined : openPaymentJudge(parts.model, names);
  let probability = Number.NaN;

  /** The control of an experiment: the note's rules, which stood before the model. */
  const byRules = (given: IncomingPayment): PaymentDecision => {
    decider.state.read(given, sample);
    const rule = parts.rules.reason((name) => sample[names.indexOf(name)]);
    return {
      decision: rule === undefined ? "approve" : "review",
      probability: null,
      by: "rules",
      reasons: rule === undefined ? [] : [rule],
    };
  };
  /** All payments of a request in one go: the budget of the stage is a request's. */
  const decideAll = (given: readonly z.output<typeof payment>[], turn: Turn): readonly Decided[] =>
    turn.time(subject, () => {
      const made: Decided[] = [];
      for (const { id, customer, terminal, amount, time = turn.now } of given) {
        const one = { id, time, customer, terminal, amount };
        const first = decider.decide(one, turn.arrived);
        const { decision, probability, by, reasons } =
          turn.variant === 0 && first.by === "model" ? byRules(one) : first;
        made.push({ id, decision, probability, by, reasons });
      }
      return made;
    });
  const answered = (made: readonly Decided[]): Omit<ServedAnswer, "body"> => {
    const newest = made.at(-1);
    if (newest !== undefined) probability = newest.probability ?? Number.NaN;
    const refusals: Record<string, number> = {};
    for (const { by, reasons } of made)
      if (by === "rules" && reasons.length > 0) refusals[reasons[0]] = (refusals[reasons[0]] ?? 0) + 1;
    return { degraded: [], isObserved: newest?.by === "model", refusals };
  };
  const observe = (one: z.output<typeof payment>, turn: Turn): void => {
    decider.state.read({ ...one, time: one.time ?? turn.now }, sample);
  };
  const example = { ...paymentAt(transactions, transactions.time.length - 1), id: "example-1" };
  const decideOne: ServedEndpoint = {
    path: "/decide",
    summary: "Whether a payment is approved or looked at by a person",
    request: payment,
    response: decision,
    example: { id: example.id, customer: example.customer, terminal: example.terminal, amount: example.amount },
    remembers: true,
    unitOf: (body) => String(paymentBody.read(body).customer),
    complete(body, now) {
      const { time = now, ...rest } = paymentBody.read(body);
      return paymentBody.made({ ...rest, time });
    },
    answer(body, turn) {
      const one = paymentBody.read(body);
      const made = decideAll([one], turn);
      observe(one, turn);
      return { body: made[0], ...answered(made) };
    },
  };
  const decideMany: ServedEndpoint = {
    path: "/decide/many",
    summary: "Many payments at once, decided in their order",
    request: manyPayments,
    response: manyDecisions,
    example: { payments: [decideOne.example] },
    remembers: true,
    unitOf: () => undefined,
    complete: (body, now) =>
      paymentsBody.made({
        payments: paymentsBody
          .read(body)
          .payments.map(({ id, customer, terminal, amount, time = now }) => ({ id, customer, terminal, amount, time })),
      }),
    answer(body, turn) {
      const given = paymentsBody.read(body).payments;
      const made = decideAll(given, turn);
      const last = given.at(-1);
      if (last !== undefined) observe(last, turn);
      return { body: { decisions: made }, ...answered(made) };
    },
  };
  return {
    endpoints: [decideOne, decideMany, labelsEndpoint(decider, example)],
    variants: [RULES, "system"],
    traffic: {
      path: "/decide",
      count: payments.final.test[1] - payments.final.test[0],
      // At the service's own clock: the same payment again is another one.
      body(at, round) {
        const { id, customer, terminal, amount } = paymentAt(transactions, payments.final.test[0] + at);
        return { id: `${round}-${id}`, customer, terminal, amount };
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
    profile: await profileOf(names, judge, input),
    observed: () => new Map([...names.map((name, at) => [name, sample[at]] as const), [PREDICTION, probability]]),
    skew: () => skewOf(decider, plan, payments, input),
    save: () => decider.save(),
    restore: (snapshot) => decider.restore(snapshot),
  };
}

function labelsEndpoint(
  decider: RestorableDecider,
  example: { readonly time: number; readonly customer: number; readonly terminal: number },
): ServedEndpoint {
  const { time, customer, terminal } = example;
  return {
    path: "/events",
    summary: "Labels that have arrived: which payments were fraud, and which were not after all",
    request: labelsRequest,
    response: labelsResponse,
    example: { events: [{ time, customer, terminal, fraud: true }] },
    remembers: true,
    unitOf: () => undefined,
    complete: (body) => labelsBody.made({ events: labelsBody.read(body).events }),
    answer(body) {
      const refused: { at: number; reason: string }[] = [];
      const refusals: Record<string, number> = {};
      const { events } = labelsBody.read(body);
      for (const [at, one] of events.entries()) {
        const reason = decider.label(one);
        if (reason === undefined) continue;
        refused.push({ at, reason });
        refusals[reason] = (refusals[reason] ?? 0) + 1;
      }
      return { body: { taken: events.length - refused.length, refused }, degraded: [], isObserved: false, refusals };
    },
  };
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
    state.take(payment);
  }
  return tally.count;
}

/** From the beginning of the test days, where the run's state stands, to the last payment of the data. */
function catchUpToEnd(decider: RestorableDecider, plan: ServedPlan, { transactions, final }: ServedPayments): void {
  const arrived = openArrivals(plan.declarations, transactions, final.test[0]);
  for (let row = final.test[0]; row < transactions.time.length; row++) {
    for (const one of arrived(row)) decider.state.label(one);
    decider.state.take(paymentAt(transactions, row));
  }
}

/** Features of the run's payments, and what the model says of them; evenly spread over the run. */
async function profileOf(
  names: readonly string[],
  judge: ReturnType<typeof openPaymentJudge> | undefined,
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
    return judge?.(row)?.probability ?? Number.NaN;
  });
  profile.set(PREDICTION, Float64Array.from(said));
  return profile;
}
