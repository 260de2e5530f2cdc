/** What a service of decisions about payments is asked and told: one payment or many, and labels that arrive later. */

import { z } from "zod";
import { checkedBody } from "../../system/checked-body.ts";
import { arrivalOf, type ServedAnswer, type ServedEndpoint, type Turn, variantAt } from "../../system/served-system.ts";
import type { PaymentDeciderParts, PaymentDecision, RestorableDecider } from "./payment-decision.ts";
import type { IncomingPayment } from "./payment-state.ts";

const MOST_PAYMENTS = 1000;
/** What decides where an experiment asks for the control. */
export const RULES = "rules";

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
  id: z.string().min(1).max(1024).optional().meta({
    description:
      "The payment's own; needed where several have this moment, card and terminal, and refused as `several-payments` without",
  }),
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

/** Endpoints of one decider, and what its newest answer was read from. */
export interface DecisionEndpoints {
  readonly endpoints: readonly ServedEndpoint[];
  /** Features of the newest payment, by the state's names; NaN before the first. */
  readonly sample: Float64Array;
  /** What the model said of it; NaN where the rules decided. */
  readonly probability: () => number;
}

/** `stage` is the note's name of what decides, whose budget a request has. */
export function openDecisionEndpoints(
  decider: RestorableDecider,
  rules: PaymentDeciderParts["rules"],
  stage: string,
  example: IncomingPayment & { readonly id: string },
): DecisionEndpoints {
  const { names } = decider.state;
  const sample = new Float64Array(names.length).fill(Number.NaN);
  let probability = Number.NaN;

  /** The control of an experiment: the note's rules, which stood before the model. */
  const byRules = (given: IncomingPayment): PaymentDecision => {
    decider.state.read(given, sample);
    const rule = rules.reason((name) => sample[names.indexOf(name)]);
    return {
      decision: rule === undefined ? "approve" : "review",
      probability: null,
      by: "rules",
      reasons: rule === undefined ? [] : [rule],
    };
  };
  /** All payments of a request in one go: the budget of the stage is a request's. */
  const decideAll = (given: readonly z.output<typeof payment>[], turn: Turn): readonly Decided[] =>
    turn.time(stage, () => {
      const made: Decided[] = [];
      for (const [at, { id, customer, terminal, amount, time = turn.now }] of given.entries()) {
        const one = { id, time, customer, terminal, amount };
        const first = decider.decide(one, arrivalOf(turn, time));
        const { decision, probability, by, reasons } =
          variantAt(turn, at) === 0 && first.by === "model" ? byRules(one) : first;
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
  const remember = (given: unknown, turn: Turn): void => {
    const { id, customer, terminal, amount, time = turn.now } = isPayment(given) ? given : payment.parse(given);
    decider.remember({ id, time, customer, terminal, amount }, arrivalOf(turn, time));
  };
  const observe = (one: z.output<typeof payment>, turn: Turn): void => {
    decider.state.read({ ...one, time: one.time ?? turn.now }, sample);
  };
  const decideOne: ServedEndpoint = {
    path: "/decide",
    summary: "Whether a payment is approved or looked at by a person",
    request: payment,
    response: decision,
    example: { id: example.id, customer: example.customer, terminal: example.terminal, amount: example.amount },
    remembers: true,
    unitsOf: (body) => [String(paymentBody.read(body).customer)],
    complete(body, now) {
      const { time = now, ...rest } = paymentBody.read(body);
      return paymentBody.made({ ...rest, time });
    },
    remember,
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
    unitsOf: (body) => paymentsBody.read(body).payments.map(({ customer }) => String(customer)),
    complete: (body, now) =>
      paymentsBody.made({
        payments: paymentsBody
          .read(body)
          .payments.map(({ id, customer, terminal, amount, time = now }) => ({ id, customer, terminal, amount, time })),
      }),
    remember(body, turn) {
      const given = isMany(body) ? body.payments : paymentsBody.read(body).payments;
      for (const one of given) remember(one, turn);
    },
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
    sample,
    probability: () => probability,
  };
}

/** Whether it is what was written into a log, which is asked of so many that the schema would take as long as all else. */
function isPayment(given: unknown): given is z.output<typeof payment> {
  if (typeof given !== "object" || given === null) return false;
  if (!("id" in given && "customer" in given && "terminal" in given && "amount" in given)) return false;
  const { id, customer, terminal, amount } = given;
  const areNumbers = typeof customer === "number" && typeof terminal === "number" && typeof amount === "number";
  return areNumbers && typeof id === "string" && (!("time" in given) || typeof given.time === "number");
}

function isMany(given: unknown): given is { readonly payments: readonly unknown[] } {
  return typeof given === "object" && given !== null && "payments" in given && Array.isArray(given.payments);
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
    unitsOf: () => [],
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
