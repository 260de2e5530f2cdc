/** What is wrong with a payment as it comes in, before it may touch the state: nothing that is wrong here is remembered. */

/** A payment as a caller sends it; nothing about it is trusted. */
export interface IncomingPayment {
  readonly id: string;
  /** Seconds since 1970. */
  readonly time: number;
  /** Key of the card, a whole number from 0. */
  readonly customer: number;
  readonly terminal: number;
  readonly amount: number;
}

/** Why a payment is not judged by the model. */
export type PaymentFault = "duplicate" | "bad amount" | "bad time" | "from the past" | "clock jump" | "unknown card";

/** Limits beyond which a payment is not believed. */
export interface PaymentLimits {
  /** Default 1,000,000. */
  readonly largestAmount?: number;
  /** Seconds that a payment may be older than the newest one; default an hour. */
  readonly latest?: number;
  /** Seconds that the clock may jump ahead; default a day. */
  readonly jump?: number;
  /** Ids that are remembered; default 100,000. */
  readonly ids?: number;
}

/** Keys beyond this are no keys but garbage: the state's tables are as long as the largest key. */
const LARGEST_KEY = 1 << 26;
/** So many payments in a row that agree on a later time are believed: the service was down, not the clock wrong. */
const AGREEING = 20;

export interface PaymentCheck {
  /** The fault, or undefined for a payment that may be judged; its moment and its id are then remembered. */
  fault(payment: IncomingPayment): PaymentFault | undefined;
}

export function createPaymentCheck(limits: PaymentLimits = {}): PaymentCheck {
  const { largestAmount = 1e6, latest = 3600, jump = 86_400, ids = 100_000 } = limits;
  let newest = Number.NEGATIVE_INFINITY;
  let ahead = 0;
  let [recent, older] = [new Set<string>(), new Set<string>()];
  return {
    fault({ id, time, customer, terminal, amount }) {
      if (recent.has(id) || older.has(id)) return "duplicate";
      if (!(amount >= 0 && amount <= largestAmount)) return "bad amount";
      if (!Number.isFinite(time)) return "bad time";
      if (!isKey(customer) || !isKey(terminal)) return "unknown card";
      if (time < newest - latest) return "from the past";
      if (time > newest + jump && newest !== Number.NEGATIVE_INFINITY) {
        ahead++;
        if (ahead < AGREEING) return "clock jump";
      }
      ahead = 0;
      newest = Math.max(newest, time);
      recent.add(id);
      if (recent.size >= ids) [recent, older] = [new Set<string>(), recent];
      return undefined;
    },
  };
}

function isKey(key: number): boolean {
  return Number.isInteger(key) && key >= 0 && key <= LARGEST_KEY;
}
