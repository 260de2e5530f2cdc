/** Payments told to a decider again after a restart: they change the state without being decided, and a tally in the log says what deciding counted. */

import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import { noCounts } from "../../steps/6-deploy/serve/state-faults.ts";
import type { Retelling } from "../../system/served-system.ts";
import type { DeciderTally, RestorableDecider } from "./payment-decision.ts";

const count = z.int().nonnegative();
const counts = z.record(z.string(), count);
const tally = z.strictObject({
  decided: count,
  reviewed: count,
  labelled: count,
  faults: counts,
  labelFaults: counts,
  refusedRequests: counts,
});

export function openRetelling(decider: RestorableDecider): Retelling {
  return {
    hurry: (isHurried) => decider.state.features.putOff(isHurried),
    tally() {
      const { refusedRequests, ...told } = decider.tally();
      return { ...told, refusedRequests: withoutZeros(refusedRequests) };
    },
    expect: (given) => decider.expect(tallyIn(given)),
    recount: (given) => decider.recount(tallyIn(given)),
  };
}

function tallyIn(given: unknown): DeciderTally {
  const read = tally.safeParse(given);
  if (!read.success)
    throw new FailureError({
      code: "other-log",
      message: "the log holds a tally of decisions that is none of this version",
      fix: "open it with the version of the program that wrote it",
    });
  const { refusedRequests, ...told } = read.data;
  return { ...told, refusedRequests: { ...noCounts(), ...refusedRequests } };
}

function withoutZeros(given: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value > 0));
}
