/** What a service of decisions about payments is asked and told: one payment or many, and labels that arrive later. */

import { z } from "zod";
import { checkedBody } from "../../system/checked-body.ts";
import { arrivalOf, type ServedAnswer, type ServedEndpoint, type Turn, variantAt } from "../../system/served-system.ts";
import type { NamedDecider } from "./named-decider.ts";
import type { PartyId } from "./party-ids.ts";
import { checkParties, type PartySchemas, partySchemas, toldParty } from "./party-schemas.ts";
import type { PaymentDeciderParts, PaymentDecision } from "./payment-decision.ts";
import type { IncomingPayment } from "./payment-state.ts";

const MOST_PAYMENTS = 1000;
/** What decides where an experiment asks for the control. */
export const RULES = "rules";

/** A payment whose card and terminal are stated as `Party` has them. */
function paymentOf<Party extends z.ZodType<PartyId>>({ customer, terminal }: PartySchemas<Party>) {
  return z.strictObject({
    id: z.string().min(1).max(1024).meta({
      description:
        "Tells the payment apart: sent again, it is decided again, as of the moment that it says, and counted once. The id of a payment of another card, or at another terminal, is refused as `id-of-another`",
    }),
    customer,
    terminal,
    amount: z.number(),
    time: z.number().optional().meta({ description: "Seconds since 1970; the service's clock where absent" }),
  });
}

const decision = z.strictObject({
  id: z.string(),
  decision: z.enum(["approve", "review"]),
  probability: z.number().nullable().meta({ description: "Null where the rules decided" }),
  by: z.enum(["model", "rules"]),
  reasons: z.array(z.string()),
});

const manyDecisions = z.strictObject({ decisions: z.array(decision) });

function manyOf<One extends z.ZodType>(one: One) {
  return z.strictObject({ payments: z.array(one).min(1).max(MOST_PAYMENTS) });
}

function labelsOf<Party extends z.ZodType<PartyId>>({ customer, terminal }: PartySchemas<Party>) {
  const label = z.strictObject({
    id: z.string().min(1).max(1024).optional().meta({
      description:
        "The payment's own; needed where several have this moment, card and terminal, and refused as `several-payments` without",
    }),
    time: z.number().meta({ description: "The payment's own moment" }),
    customer,
    terminal,
    fraud: z.boolean().meta({ description: "False takes an earlier label back" }),
  });
  return z.strictObject({ events: z.array(label).min(1).max(MOST_PAYMENTS) });
}
const labelsResponse = z.strictObject({
  taken: z.int(),
  refused: z.array(z.strictObject({ at: z.int(), reason: z.string() })),
});

/** As they stand in the log: what another model's data calls its cards may be asked for otherwise. */
const told = { customer: toldParty, terminal: toldParty };
const payment = paymentOf(told);
const paymentBody = checkedBody(payment);
const paymentsBody = checkedBody(manyOf(payment));
const labelsBody = checkedBody(labelsOf(told));

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
  named: NamedDecider,
  rules: PaymentDeciderParts["rules"],
  stage: string,
  example: IncomingPayment & { readonly id: string },
): DecisionEndpoints {
  const { decider } = named;
  const { names } = decider.state;
  const sample = new Float64Array(names.length).fill(Number.NaN);
  let probability = Number.NaN;
  const parties = partySchemas(named);
  const [askedPayment, askedLabels] = [paymentOf(parties), labelsOf(parties)];
  const shown = named.named(example);

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
  /** The newest payment that was asked about. */
  let newest: IncomingPayment | undefined;
  const meet = ({ id, customer, terminal, amount, time }: z.output<typeof payment>, turn: Turn): IncomingPayment =>
    named.meet({ id, time: time ?? turn.now, customer, terminal, amount });
  /** All payments of a request in one go: the budget of the stage is a request's. */
  const decideAll = (given: readonly z.output<typeof payment>[], turn: Turn): readonly Decided[] =>
    turn.time(stage, () => {
      const made: Decided[] = [];
      for (const [at, told] of given.entries()) {
        const { id } = told;
        const one = meet(told, turn);
        newest = one;
        const first = decider.decide(one, arrivalOf(turn, one.time));
        const { decision, probability, by, reasons } =
          variantAt(turn, at) === 0 && first.by === "model" ? byRules(one) : first;
        made.push({ id, decision, probability, by, reasons });
      }
      return made;
    });
  const answered = (made: readonly Decided[]): Omit<ServedAnswer, "body"> => {
    const last = made.at(-1);
    if (last !== undefined) probability = last.probability ?? Number.NaN;
    const unanswered = new Set<number>();
    const refusals: Record<string, number> = {};
    for (let at = 0; at < made.length; at++) {
      const { by, reasons } = made[at];
      if (by === "model" || reasons.length === 0) continue;
      refusals[reasons[0]] = (refusals[reasons[0]] ?? 0) + 1;
      if (reasons[0] === "id-of-another") unanswered.add(at);
    }
    return { degraded: [], isObserved: last?.by === "model", refusals, unanswered };
  };
  const remember = (given: unknown, turn: Turn): void => {
    const one = meet(isPayment(given) ? given : payment.parse(given), turn);
    decider.remember(one, arrivalOf(turn, one.time));
  };
  const observe = (): void => {
    if (newest !== undefined) decider.state.read(newest, sample);
  };
  const decideOne: ServedEndpoint = {
    path: "/decide",
    summary: "Whether a payment is approved or looked at by a person",
    request: askedPayment,
    response: decision,
    example: { id: example.id, customer: shown.customer, terminal: shown.terminal, amount: example.amount },
    conflict: "The id is that of a payment of another card, or at another terminal",
    remembers: true,
    unitsOf: (body) => [unitOf(paymentBody.read(body))],
    complete(body, now) {
      const { id, customer, terminal, amount, time = now } = paymentBody.read(body);
      checkParties(named, { customer, terminal });
      return paymentBody.made({ id, customer, terminal, amount, time });
    },
    remember,
    answer(body, turn) {
      const one = paymentBody.read(body);
      const made = decideAll([one], turn);
      observe();
      const said = answered(made);
      return { body: made[0], ...said, ...(said.unanswered?.has(0) && { conflict: saidConflict(one.id) }) };
    },
  };
  const decideMany: ServedEndpoint = {
    path: "/decide/many",
    summary: "Many payments at once, decided in their order",
    request: manyOf(askedPayment),
    response: manyDecisions,
    example: { payments: [decideOne.example] },
    remembers: true,
    unitsOf: (body) => paymentsBody.read(body).payments.map(unitOf),
    complete: (body, now) =>
      paymentsBody.made({
        payments: paymentsBody.read(body).payments.map((one) => {
          const { id, customer, terminal, amount, time = now } = one;
          checkParties(named, one);
          return { id, customer, terminal, amount, time };
        }),
      }),
    remember(body, turn) {
      const given = isMany(body) ? body.payments : paymentsBody.read(body).payments;
      for (const one of given) remember(one, turn);
    },
    answer(body, turn) {
      const given = paymentsBody.read(body).payments;
      const made = decideAll(given, turn);
      observe();
      return { body: { decisions: made }, ...answered(made) };
    },
  };
  return {
    endpoints: [
      decideOne,
      decideMany,
      labelsEndpoint(named, askedLabels, { time: example.time, customer: shown.customer, terminal: shown.terminal }),
    ],
    sample,
    probability: () => probability,
  };
}

function unitOf({ customer }: { readonly customer: PartyId }): string {
  return String(customer).trim();
}

function saidConflict(id: string): string {
  return `the id \`${id}\` is that of a payment of another card, or at another terminal: nothing was decided or taken. A payment that is sent again has its own id, card and terminal, and another payment an id of its own`;
}

/** Whether it is what was written into a log, which is asked of so many that the schema would take as long as all else. */
function isPayment(given: unknown): given is z.output<typeof payment> {
  if (typeof given !== "object" || given === null) return false;
  if (!("id" in given && "customer" in given && "terminal" in given && "amount" in given)) return false;
  const { id, customer, terminal, amount } = given;
  if (!(isParty(customer) && isParty(terminal) && typeof amount === "number")) return false;
  return typeof id === "string" && (!("time" in given) || typeof given.time === "number");
}

function isParty(given: unknown): boolean {
  return typeof given === "number" || typeof given === "string";
}

function isMany(given: unknown): given is { readonly payments: readonly unknown[] } {
  return typeof given === "object" && given !== null && "payments" in given && Array.isArray(given.payments);
}

function labelsEndpoint(
  named: NamedDecider,
  request: ReturnType<typeof labelsOf<z.ZodType<PartyId>>>,
  { time, customer, terminal }: { readonly time: number; readonly customer: PartyId; readonly terminal: PartyId },
): ServedEndpoint {
  return {
    path: "/events",
    summary: "Labels that have arrived: which payments were fraud, and which were not after all",
    request,
    response: labelsResponse,
    example: { events: [{ time, customer, terminal, fraud: true }] },
    remembers: true,
    unitsOf: () => [],
    complete(body) {
      const { events } = labelsBody.read(body);
      for (const one of events) checkParties(named, one);
      return labelsBody.made({ events });
    },
    answer(body) {
      const refused: { at: number; reason: string }[] = [];
      const refusals: Record<string, number> = {};
      const { events } = labelsBody.read(body);
      for (const [at, one] of events.entries()) {
        const reason = named.label(one);
        if (reason === undefined) continue;
        refused.push({ at, reason });
        refusals[reason] = (refusals[reason] ?? 0) + 1;
      }
      return { body: { taken: events.length - refused.length, refused }, degraded: [], isObserved: false, refusals };
    },
  };
}
