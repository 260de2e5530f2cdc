/** A decider that is asked about cards and terminals by the ids of the data, which travel with what it remembers: another model numbers its own data otherwise. */

import { FailureError } from "../../core/outcome.ts";
import { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { type PartyId, PartyIds } from "./party-ids.ts";
import type { RestorableDecider } from "./payment-decision.ts";
import type { IncomingPayment, PaymentLabel } from "./payment-state.ts";
import type { Transactions } from "./transactions.ts";

/** What is said of either by id. */
interface Named {
  readonly customer: PartyId;
  readonly terminal: PartyId;
}
type NamedPayment = Omit<IncomingPayment, "customer" | "terminal"> & Named;
type NamedLabel = Omit<PaymentLabel, "customer" | "terminal"> & Named;

export interface NamedDecider {
  readonly decider: RestorableDecider;
  readonly customers: PartyIds;
  readonly terminals: PartyIds;
  /** The payment as the decider knows it; whoever was never met gets a number. */
  meet(payment: NamedPayment): IncomingPayment;
  label(label: NamedLabel): ReturnType<RestorableDecider["label"]>;
  /** A payment of the data as a caller would send it. */
  named(payment: IncomingPayment): NamedPayment;
  /** Takes a card's name away, and what was kept by it: what is left leads to nobody. Gives how much went. Absent where the data is made up. */
  readonly forget?: (customer: PartyId) => number;
  save(): Uint8Array;
  /** Throws a `FailureError` for what an earlier version saved of a team's data: its numbers are the places of ids that it did not keep. */
  restore(snapshot: Uint8Array): void;
}

/** Where earlier versions had the number of decisions, which is never negative. */
const FORMAT = -1;

/** `names` are the ids of the data, by number; absent where they are whole numbers from 0, as in simulated worlds. */
export function openNamedDecider(decider: RestorableDecider, names: Transactions["names"]): NamedDecider {
  const customers = new PartyIds(names?.customer);
  const terminals = new PartyIds(names?.terminal);
  const forget = (customer: PartyId): number => {
    const number = customers.forget(customer);
    return number === undefined ? 0 : 1 + decider.state.forget(number);
  };
  return {
    decider,
    customers,
    terminals,
    meet: ({ id, time, customer, terminal, amount }) => ({
      id,
      time,
      customer: customers.meet(customer),
      terminal: terminals.meet(terminal),
      amount,
    }),
    label: (label) =>
      decider.label({
        ...label,
        customer: customers.numberOf(label.customer),
        terminal: terminals.numberOf(label.terminal),
      }),
    named: (payment) => ({
      ...payment,
      customer: customers.idOf(payment.customer),
      terminal: terminals.idOf(payment.terminal),
    }),
    ...(names === undefined ? {} : { forget }),
    save() {
      const writer = new ByteWriter();
      writer.number(FORMAT);
      customers.save(writer);
      terminals.save(writer);
      writer.bytes(decider.save());
      return writer.finish();
    },
    restore(snapshot) {
      const reader = new ByteReader(snapshot);
      if (reader.number() === FORMAT) {
        customers.load(reader);
        terminals.load(reader);
        decider.restore(reader.rest());
        return;
      }
      if (names !== undefined) refuseNumbers();
      decider.restore(snapshot);
    },
  };
}

function refuseNumbers(): never {
  throw new FailureError({
    code: "numbers-for-ids",
    message:
      "what is remembered was told to an earlier version, which took the places of ids in the sorted data for cards and terminals: which ids they were asked by is not known",
    fix: "begin with the data alone: heptad serve NOTE --anew (with --nats, remove the streams and buckets of this note first), and tell it what came since by the ids of the data",
  });
}
