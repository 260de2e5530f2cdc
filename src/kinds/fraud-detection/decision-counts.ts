/** What can be wrong with a payment or its label, in words, and how often it was. */

import type { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { REASONS, reasons } from "../../steps/6-deploy/serve/state-event.ts";

/** Each way in which a payment is not simply taken and judged by the model, or a label not simply taken. */
export const PAYMENT_FAULTS = {
  ...REASONS,
  "id-of-another": "its id is that of a payment of another card, or at another terminal",
  "cut-window": "the clock stood ahead for a while: its windows may lack payments of before",
  "no-model": "there is no model",
  "model-failed": "the model gave no number",
  "no-state": "what is known of earlier payments is missing",
  "bad-label": "it does not say true or false",
  "several-payments": "several payments have this moment, card and terminal, and it names the id of none",
  "not-logged": "it could not be written to the log, so that a restart would not know it",
} as const;

/** Why the model did not judge, or a label was not taken. */
export type PaymentFault = keyof typeof PAYMENT_FAULTS;

const FAULTS: readonly PaymentFault[] = [
  ...reasons,
  "id-of-another",
  "cut-window",
  "no-model",
  "model-failed",
  "no-state",
  "not-logged",
  "bad-label",
  "several-payments",
];

/** How often each thing happened. */
export interface DecisionCounts {
  readonly decided: number;
  readonly reviewed: number;
  /** Labels that said something new. */
  readonly labelled: number;
  /** Payments by their fault. */
  readonly faults: ReadonlyMap<PaymentFault, number>;
  /** Labels that were not taken, by why, and as `duplicate` those that said what was known. */
  readonly labelFaults: ReadonlyMap<PaymentFault, number>;
}

/** All counts as a log holds them. */
export interface DecisionTally extends Pick<DecisionCounts, "decided" | "reviewed" | "labelled"> {
  readonly faults: Readonly<Record<string, number>>;
  readonly labelFaults: Readonly<Record<string, number>>;
}

/** Counts while they are being counted. */
export class DecisionCounter implements DecisionCounts {
  decided = 0;
  reviewed = 0;
  labelled = 0;
  readonly faults = new Map<PaymentFault, number>();
  readonly labelFaults = new Map<PaymentFault, number>();

  save(writer: ByteWriter): void {
    for (const number of [this.decided, this.reviewed, this.labelled]) writer.number(number);
    for (const faults of [this.faults, this.labelFaults]) {
      writer.number(faults.size);
      for (const [fault, count] of faults) {
        writer.text(fault);
        writer.number(count);
      }
    }
  }

  tally(): DecisionTally {
    const { decided, reviewed, labelled } = this;
    return {
      ...{ decided, reviewed, labelled },
      faults: Object.fromEntries(this.faults),
      labelFaults: Object.fromEntries(this.labelFaults),
    };
  }

  become({ decided, reviewed, labelled, faults, labelFaults }: DecisionTally): void {
    [this.decided, this.reviewed, this.labelled] = [decided, reviewed, labelled];
    for (const [mine, told] of [
      [this.faults, faults],
      [this.labelFaults, labelFaults],
    ] as const) {
      mine.clear();
      for (const fault of FAULTS) if (told[fault] !== undefined) mine.set(fault, told[fault]);
    }
  }

  load(reader: ByteReader): void {
    [this.decided, this.reviewed, this.labelled] = [reader.number(), reader.number(), reader.number()];
    for (const faults of [this.faults, this.labelFaults]) {
      for (let left = reader.number(); left > 0; left--) {
        const name = reader.text();
        const count = reader.number();
        const fault = FAULTS.find((one) => one === name);
        if (fault !== undefined) faults.set(fault, count);
      }
    }
  }
}

/** One more of a fault. */
export function addFault(faults: Map<PaymentFault, number>, fault: PaymentFault): void {
  faults.set(fault, (faults.get(fault) ?? 0) + 1);
}
