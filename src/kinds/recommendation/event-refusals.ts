/** Why an event of a member is not taken, in words: for the service's own description. */

import { REASONS, type Reason } from "../../steps/6-deploy/serve/state-event.ts";

const OF_STATE: readonly Reason[] = ["bad-time", "from-the-past", "clock-jump", "bad-id", "duplicate", "bad-amount"];

export const EVENT_REFUSALS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(OF_STATE.map((reason) => [reason, REASONS[reason]])),
  "missing-measure": "a rating without its `value`",
  "unknown-title": "the data holds no such title",
  "unknown-event-kind": "it is none of the kinds that are taken: `event` names them",
  "too-many-members": "no more members can be told apart",
};

export function describeRefusals(): string {
  const all = Object.entries(EVENT_REFUSALS).map(([reason, says]) => `\`${reason}\`: ${says}`);
  return `Why it was not taken. ${all.join("; ")}`;
}

/** Which names of kinds are taken. `beside` is the one that only the experiment counts. */
export function describeKinds(taken: readonly string[], beside: string | undefined): string {
  const names = `The name of a kind of event: ${[...taken, ...(beside === undefined ? [] : [beside])].join(", ")}`;
  return beside === undefined
    ? names
    : `${names}. The data holds no ${beside}: it is counted for the experiment, and no list follows it`;
}
