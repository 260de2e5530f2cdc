/** The feature state of payments: what a payment or a late label tells it, and what is known of a payment that is to be decided. */

import { DAY } from "../../core/day.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { planFeatures } from "../../steps/3-data/features/feature-plan.ts";
import { isNight, isWeekend } from "../../steps/3-data/sources/calendar-flags.ts";
import { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { createFeatureState, type FeatureState } from "../../steps/6-deploy/serve/feature-state.ts";
import { IdOwners } from "../../steps/6-deploy/serve/id-owners.ts";
import type { Keys, Refusal, StateEvent } from "../../steps/6-deploy/serve/state-event.ts";
import { MetMoments } from "./met-moments.ts";
import { OwnIds } from "./own-ids.ts";
import { isKey, paymentVocabulary } from "./payment-vocabulary.ts";
import { isOfRow } from "./row-ids.ts";
import { SharedMoments } from "./shared-moments.ts";
import { ToldLabels } from "./told-labels.ts";
import { TRANSACTION } from "./transaction-stream.ts";
import { LABEL } from "./transactions.ts";

/** A payment as a caller sends it; nothing about it is trusted. */
export interface IncomingPayment {
  readonly id: string | number;
  /** Seconds since 1970, not milliseconds. */
  readonly time: number;
  /** Number of the card or its holder: whole, from 0 and below `KEYS`. One that was never seen is a new card. */
  readonly customer: number;
  /** Number of the terminal, likewise. */
  readonly terminal: number;
  readonly amount: number;
}

/** What became known of a payment later: a chargeback, or that it was none after all. */
export interface PaymentLabel extends Pick<IncomingPayment, "time" | "customer" | "terminal"> {
  /** The payment's own, and refused as `unknown-event` where it is known to be another's; needed only where several have this moment, card and terminal. */
  readonly id?: IncomingPayment["id"] | undefined;
  readonly fraud: boolean;
}

/** Limits beyond which a payment is not believed. Times are in seconds. */
export interface PaymentLimits {
  /** Default 1,000,000. */
  readonly largestAmount?: number;
  /** How far before the newest payment another may lie; default an hour. */
  readonly lateness?: number;
  /** How far one customer alone may move the clock beyond all others, before two others agree; default the lateness, so that honest payments stay in time. */
  readonly step?: number;
  /** How far ahead of the newest payment another may lie before nineteen other customers agree with it; default a day. */
  readonly jump?: number;
  /** How far ahead of its arrival a payment may lie, where that is told; default five minutes, and at most half of the lateness. */
  readonly leeway?: number;
  /** How long a payment that comes again is known by its id, at least; default a day. A label's id is known as long as a window reaches its payment. */
  readonly idSpan?: number;
}

/** Moments are below this, in the year 2242; a time in milliseconds is not. */
const LATEST = 2 ** 33;
/** So many customers in a row that agree on a later time are believed: the service was down, not the clock of one of them wrong. */
const CONFIRMATIONS = 20;
/** Terminals' clocks are some minutes ahead, seldom more. */
const LEEWAY = 300;

/** Why a payment is not taken. */
export type PaymentRefusal = Refusal | "id-of-another";

/** A feature state that speaks of payments. */
export interface PaymentState {
  /** Names of the features, in the order that `read` gives them. */
  readonly names: readonly string[];
  /** The state itself. */
  readonly features: FeatureState;
  /** Why a payment would not be taken; changes nothing. */
  check(payment: IncomingPayment): Refusal | undefined;
  /**
   * Takes a payment, its label unknown, or says why not; what is refused leaves no trace but its count. `arrived` is when it came by the
   * receiver's own clock: with it no number of customers who collude can move the clock ahead. `wasTaken`: after the same payments it was taken before, so
   * that what was checked then need not be. `id-of-another` where a payment of another card, or at another terminal, had its id.
   */
  take(payment: IncomingPayment, arrived?: number, wasTaken?: boolean): PaymentRefusal | undefined;
  /**
   * Takes a payment of the data, which is a fact and came when it says, however long after all others, and whichever other one has its id. Where it stands
   * under its row, no label is held against that.
   */
  takeOfData(payment: IncomingPayment): Refusal | undefined;
  /** Takes a label, or says why not: `unknown-event` for a payment that never was, `several-payments` where only an id would tell which is meant. */
  label(label: PaymentLabel): Refusal | "several-payments" | undefined;
  /** Labels that said what was not known: what is told again, however long after, is counted once. */
  readonly labelled: number;
  /**
   * Fills `values` with what is known of a payment just before `moment`, the payment's own unless told. Where the state refuses, what the
   * payment says of itself stands alone and the rest is NaN.
   */
  read(payment: IncomingPayment, values: Float64Array, moment?: number): Refusal | undefined;
  /** Fills `values` with what the payment says of itself, NaN for all that needs a past. */
  readAlone(payment: IncomingPayment, values: Float64Array): void;
  /** Removes the ids of a customer's payments that shared their moment; gives how many. Whose the number was, the caller forgets. */
  forget(customer: number): number;
  /** Everything, for `restore`. */
  save(): Uint8Array;
  /** Becomes what was saved, from a fresh one. Throws a `FailureError` where that was of other features or limits. */
  restore(snapshot: Uint8Array): void;
}

/** An empty state for the declared features. Throws a `FailureError` for a feature that payments cannot have. */
export function openPaymentState(
  declarations: readonly FeatureDeclaration[],
  limits: PaymentLimits = {},
): PaymentState {
  const { largestAmount = 1e6, lateness = 3600, jump = DAY, idSpan = DAY } = limits;
  const { step = lateness, leeway = Math.min(LEEWAY, lateness / 2) } = limits;
  const own = { amount: new Float64Array(1), weekend: new Float64Array(1), night: new Float64Array(1) };
  const vocabulary = paymentVocabulary(own);
  const plans = planFeatures(declarations, vocabulary);
  const features = createFeatureState(plans, vocabulary, {
    lateness,
    jump,
    step,
    leeway,
    confirmations: CONFIRMATIONS,
    witness: "customer",
    idSpan,
    bounds: { amount: [0, largestAmount] },
  });
  const needsPast = plans.map(({ statistics }) => statistics.some(({ what }) => what !== "attribute"));
  const alone = createFeatureState(
    plans.filter((_, at) => !needsPast[at]),
    vocabulary,
  );
  const aloneValues = new Float64Array(alone.names.length);
  // A label may come as long as a window reaches its payment, and be told again.
  const labelSpan = Math.max(idSpan, features.reach + lateness);
  const ownIds = new OwnIds(labelSpan);
  const met = new MetMoments(labelSpan);
  const shared = new SharedMoments(
    (moment) => features.holds({ time: moment.time, keys: keysOf(moment) }) && !met.isNever(moment, features.newest),
  );
  const toldLabels = new ToldLabels(labelSpan);
  const idOwners = new IdOwners(idSpan);
  let labelled = 0;
  const describe = ({ time, amount }: IncomingPayment): void => {
    own.amount[0] = amount;
    own.weekend[0] = Number.isFinite(time) ? isWeekend(time) : Number.NaN;
    own.night[0] = Number.isFinite(time) ? isNight(time) : Number.NaN;
  };
  const readAlone = (payment: IncomingPayment, values: Float64Array): void => {
    describe(payment);
    alone.read({ time: 0, keys: { [TRANSACTION]: 0 } }, aloneValues);
    let next = 0;
    for (let at = 0; at < values.length; at++) values[at] = needsPast[at] ? Number.NaN : aloneValues[next++];
  };
  const take = (
    payment: IncomingPayment,
    arrived: number | undefined,
    isUnique: boolean,
    wasTaken: boolean,
  ): PaymentRefusal | undefined => {
    if (!isAboutSomebody(payment)) return "missing-entity";
    const before = shared.before(payment);
    const { newest } = features;
    const event = paymentEvent(payment, before);
    const refusal = features.apply(isUnique ? event : { ...event, id: undefined }, arrived, wasTaken);
    if (refusal === undefined) {
      met.taken(payment, newest, features.newest);
      shared.taken(payment, before);
    }
    if (features.newest < newest) {
      shared.setBack();
      ownIds.setBack(features.newest);
      met.setBack(features.newest);
      toldLabels.setBack(features.newest);
      idOwners.setBack(features.newest);
    }
    if (refusal === undefined && (isUnique || !isOfRow(payment.id))) ownIds.taken(payment, newest, features.newest);
    if (refusal === undefined && isUnique) {
      idOwners.add(payment.id, payment.customer, payment.terminal, features.newest);
    }
    const isAnothers =
      refusal === "duplicate" && idOwners.isAnothers(payment.id, payment.customer, payment.terminal, features.newest);
    return isAnothers ? "id-of-another" : refusal;
  };
  return {
    names: features.names,
    features,
    check: (payment) => (isAboutSomebody(payment) ? features.check(paymentEvent(payment)) : "missing-entity"),
    take: (payment, arrived, wasTaken = false) => take(payment, arrived, true, wasTaken),
    takeOfData(payment) {
      const fault = isOfRow(payment.id) ? undefined : features.check(paymentEvent(payment));
      const isUnique = !isOfRow(payment.id) && fault !== "duplicate" && fault !== "bad-id";
      // It came when it says: that the next one paid much later is no fault of a clock.
      const refusal = take(payment, payment.time, isUnique, false);
      return refusal === "id-of-another" ? "duplicate" : refusal;
    },
    label(label) {
      if (!isAboutSomebody(label)) return "missing-entity";
      const { id } = label;
      const isHeld = id !== undefined && !isOfRow(id);
      if (met.isNever(label, features.newest)) return "unknown-event";
      if (isHeld && ownIds.isAnothers({ ...label, id }, features.newest)) return "unknown-event";
      const place = shared.placeOf(label, id, isHeld && ownIds.has({ ...label, id }));
      if (place === undefined) return "several-payments";
      const { revised } = features;
      const refusal = features.revise(paymentEvent({ ...label, id: "", amount: 0 }, place), LABEL, Number(label.fraud));
      if (refusal === undefined && toldLabels.isNews(label, place, features.revised > revised, features.newest))
        labelled++;
      return refusal;
    },
    get labelled() {
      return labelled;
    },
    read(payment, values, moment = payment.time) {
      describe(payment);
      const refusal = features.read({ time: moment, keys: keysOf(payment) }, values);
      if (refusal !== undefined) readAlone(payment, values);
      return refusal;
    },
    readAlone,
    forget: (customer) => shared.forget(customer),
    save() {
      const writer = new ByteWriter();
      const saved = features.save();
      writer.number(saved.length);
      writer.bytes(saved);
      writer.number(IDS_FORMAT);
      shared.save(writer);
      ownIds.save(writer);
      toldLabels.save(writer);
      idOwners.save(writer);
      met.save(writer);
      return writer.finish();
    },
    restore(snapshot) {
      const reader = new ByteReader(snapshot);
      features.restore(reader.bytes(reader.number()));
      const rest = reader.rest();
      const ids = new ByteReader(rest);
      // The oldest that are read say nothing of ids.
      const format = rest.length === 0 ? Number.NaN : ids.number();
      const hasOwners = format === IDS_FORMAT || format === FORMAT_WITHOUT_PAIRS;
      const hasLabels = hasOwners || format === FORMAT_WITHOUT_OWNERS;
      if (rest.length > 0) shared.load(hasLabels ? ids : new ByteReader(rest));
      // Kept otherwise in an older snapshot: then ids are held against payments that come from here on.
      if (hasLabels) {
        ownIds.load(ids);
        toldLabels.load(ids);
      }
      if (hasOwners) idOwners.load(ids);
      else idOwners.beginAt(features.newest);
      if (format === IDS_FORMAT) met.load(ids);
    },
  };
}

/** Where older snapshots had the number of payments that share their moment, which is never negative. */
const IDS_FORMAT = -4;
/** One that does not say which card paid at which terminal. */
const FORMAT_WITHOUT_PAIRS = -3;
/** One that does not say whose each id is. */
const FORMAT_WITHOUT_OWNERS = -2;

/** `place` tells it from others of its moment, card and terminal. */
function paymentEvent(payment: IncomingPayment, place = 0): StateEvent {
  const { id, amount } = payment;
  const time = payment.time >= 0 && payment.time < LATEST ? payment.time : Number.NaN;
  return { id, time, keys: keysOf(payment, place), measures: { amount, [LABEL]: 0 } };
}

type Parties = Pick<IncomingPayment, "customer" | "terminal">;

/** Whom a payment is about; what is no number of a card or terminal is left out, and no features are read for it. */
function keysOf({ customer, terminal }: Parties, place = 0): Readonly<Record<string, Keys>> {
  if (isKey(customer) && isKey(terminal)) return { customer, terminal, [TRANSACTION]: place };
  return { ...(isKey(customer) && { customer }), ...(isKey(terminal) && { terminal }), [TRANSACTION]: place };
}

/** Asked here because a state without features of terminals would not miss one. */
function isAboutSomebody({ customer, terminal }: Parties): boolean {
  return isKey(customer) && isKey(terminal);
}
