/** Decisions about payments that outlive their process: after kill -9 the next one decides, refuses and counts as if nothing had happened. */

import { z } from "zod";
import { type Failure, FailureError } from "../core/outcome.ts";
import {
  createPaymentDecider,
  type PaymentDecider,
  type PaymentDeciderParts,
  type RestorableDecider,
} from "../kinds/fraud-detection/payment-decision.ts";
import type { IncomingPayment, PaymentLabel, PaymentState } from "../kinds/fraud-detection/payment-state.ts";
import { LONGEST_ID } from "../steps/6-deploy/serve/feature-state.ts";
import { openWriteAheadLog, type WriteAheadLog } from "./write-ahead-log.ts";

export interface DurableDeciderOptions {
  /** Payments and labels between two snapshots; default 100,000. Infinity leaves it to `snapshot`, for a quiet hour. */
  readonly snapshotEvery?: number;
  /**
   * Seconds since 1970 by this machine's clock, which bounds how far ahead a payment may say that it happened; default the system's. What it
   * said is logged with each payment, so that a replay decides the same.
   */
  readonly now?: () => number;
  /** Fills the state of a new folder with payments and labels of the past, which are taken and not decided. A snapshot follows. */
  readonly past?: (state: PaymentState) => void;
}

export interface DurableDecider extends PaymentDecider {
  /**
   * What keeps decisions from being durable at this moment, and what to do about it; undefined when all is well. Where the folder could
   * not be opened this stays: rules decide without a state, and the folder is left as it is. A full disk passes: payments that cannot be
   * logged are decided by the rules and not taken, and each is tried anew.
   */
  readonly problem: Failure | undefined;
  /** Waits until the disk has every payment: survives the loss of power too. */
  flush(): void;
  /** Writes a snapshot and begins a new log. Decisions wait for as long as it takes to write the state. */
  snapshot(): void;
  /** Ends with a snapshot, and lets another process have the folder. */
  close(): void;
}

/**
 * Opens the decider that the folder remembers, or a new one. Payments and labels are logged before they are taken; what was refused is
 * refused again when the log is replayed, so that decisions, faults and counts go on as in a process that never ended. Never throws for
 * what it finds in the folder: `problem` says it.
 */
export function openDurableDecider(
  folder: string,
  parts: PaymentDeciderParts,
  options: DurableDeciderOptions = {},
): DurableDecider {
  const { snapshotEvery = 100_000, past, now = () => Date.now() / 1000 } = options;
  const opened = open(folder, parts, past);
  const { decider, log } = opened;
  let { problem } = opened;
  let snapshotAt = snapshotEvery;

  /** Whether the disk did as it was told. */
  const attempt = (work: () => void): boolean => {
    try {
      work();
      problem = opened.problem;
    } catch (error) {
      problem = error instanceof FailureError ? error.failure : diskProblem(folder, error);
    }
    return problem === undefined;
  };
  const snapshot = (): void => {
    if (log === undefined) return;
    snapshotAt = attempt(() => log.snapshot()) ? snapshotEvery : log.length + snapshotEvery;
  };
  /** Acts on what is in the log for good; undefined where it could not be put there. */
  const logged = <T>(entry: unknown, act: () => T): T | undefined => {
    if (log === undefined || !attempt(() => log.append(entry))) return undefined;
    const result = act();
    if (log.length >= snapshotAt) snapshot();
    return result;
  };
  const missing = log === undefined ? "no-state" : "not-logged";

  return {
    get problem() {
      return problem;
    },
    counts: decider.counts,
    decide(given) {
      const payment = readable(given);
      const arrived = now();
      return (
        logged({ payment, arrived }, () => decider.decide(payment, arrived)) ?? decider.decideWithout(payment, missing)
      );
    },
    label(given) {
      // What is logged passes what replay asks: else the folder would never open again.
      const label = readableLabel(given);
      if (label === undefined) {
        const counted = logged({ refused: "bad-label" }, () => ({ refusal: decider.labelWithout("bad-label") }));
        return counted?.refusal ?? decider.labelWithout("bad-label");
      }
      const outcome = logged({ label }, () => ({ refusal: decider.label(label) }));
      return outcome === undefined ? decider.labelWithout(missing) : outcome.refusal;
    },
    flush: () => void attempt(() => log?.flush()),
    snapshot,
    close() {
      snapshot();
      attempt(() => log?.close());
    },
  };
}

interface Opened {
  readonly decider: RestorableDecider;
  readonly log: WriteAheadLog | undefined;
  readonly problem: Failure | undefined;
}

/** Where the folder cannot be opened, the decider is one that has seen nothing: half a state is none. */
function open(folder: string, parts: PaymentDeciderParts, past: DurableDeciderOptions["past"]): Opened {
  const decider = createPaymentDecider(parts);
  try {
    const { save, restore } = decider;
    const log = openWriteAheadLog(folder, { save, restore, replay: (entry) => replay(decider, entry) });
    if (past !== undefined) begin(log, () => past(decider.state));
    return { decider, log, problem: undefined };
  } catch (error) {
    const problem = error instanceof FailureError ? { where: folder, ...error.failure } : diskProblem(folder, error);
    return { decider: createPaymentDecider(parts), log: undefined, problem };
  }
}

/** Fills a new folder and writes that down: without its snapshot the past would be gone after a restart. */
function begin(log: WriteAheadLog, fill: () => void): void {
  if (!log.isEmpty) return;
  try {
    fill();
    log.snapshot();
  } catch (error) {
    log.close();
    throw error;
  }
}

const asNumber = (value: unknown): number => (Number.isFinite(value) ? Number(value) : Number.NaN);

/** What a caller gave, whatever it is: one that is no object says nothing. */
function partsOf(given: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof given === "object" && given !== null ? Object.entries(given) : []);
}

/** The payment as the log gives it back: what is no number is NaN, and an id that is neither text nor number is none. */
function readable(given: unknown): IncomingPayment {
  const parts = partsOf(given);
  return {
    id: idOf(parts),
    time: asNumber(parts.get("time")),
    customer: asNumber(parts.get("customer")),
    terminal: asNumber(parts.get("terminal")),
    amount: asNumber(parts.get("amount")),
  };
}

/** Empty where it is neither text nor number. One that is too long is refused by its first characters as well, and takes no megabytes in the log. */
function idOf(parts: ReadonlyMap<string, unknown>): string {
  const id = parts.get("id");
  return typeof id === "string" || typeof id === "number" ? String(id).slice(0, LONGEST_ID + 1) : "";
}

/** Undefined where it does not say in so many words whether the payment was fraud: 1, null or a text may mean anything. */
function readableLabel(given: unknown): PaymentLabel | undefined {
  const parts = partsOf(given);
  const fraud = parts.get("fraud");
  if (typeof fraud !== "boolean") return undefined;
  const [time, customer, terminal] = ["time", "customer", "terminal"].map((name) => asNumber(parts.get(name)));
  const id = idOf(parts);
  return { ...(id !== "" && { id }), time, customer, terminal, fraud };
}

const aNumber = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const whose = { time: aNumber, customer: aNumber, terminal: aNumber };
const anEntry = z.union([
  z.object({ payment: z.object({ id: z.string(), ...whose, amount: aNumber }), arrived: z.number().optional() }),
  z.object({ label: z.object({ id: z.string().optional(), ...whose, fraud: z.boolean() }) }),
  // What was refused before it was read: only its count goes on.
  z.object({ refused: z.literal("bad-label") }),
]);

function replay(decider: RestorableDecider, entry: unknown): void {
  const read = anEntry.safeParse(entry);
  if (!read.success) {
    throw new FailureError({
      code: "other-log",
      message: "the log holds something that is neither a payment nor a label",
      fix: "open it with the version of the program that wrote it",
    });
  }
  if ("payment" in read.data) decider.decide(read.data.payment, read.data.arrived);
  else if ("label" in read.data) decider.label(read.data.label);
  else decider.labelWithout(read.data.refused);
}

function diskProblem(folder: string, error: unknown): Failure {
  return {
    code: "unwritable-log",
    message: `payments cannot be logged: ${error instanceof Error ? error.message : String(error)}`,
    where: folder,
    fix: "give the disk room and this process the right to write; payments are decided by the rules until then",
  };
}
