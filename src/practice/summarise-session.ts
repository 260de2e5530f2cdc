/** What is said at the end of a practice session: how many were right, the level, and what to look at again. */

import { levelOnScale } from "./ability.ts";
import type { AnswerRecord } from "./history.ts";
import { isPlaced, type Profile, secondsOf, streak } from "./profile.ts";

/** How a session of practice went. */
export interface SessionEnd {
  readonly answered: readonly AnswerRecord[];
  /** The answer that a gauntlet's clock overtook: kept in the history, not counted here. */
  readonly late: AnswerRecord | undefined;
  readonly isTimeUp: boolean;
  readonly before: Profile;
  readonly after: Profile;
  readonly day: number;
  readonly mode: string;
}

/** The figures of the session and the lines that a person reads. */
export function summariseSession({ answered, late, isTimeUp, before, after, day, mode }: SessionEnd) {
  const right = answered.filter(({ verdict }) => verdict === "right").length;
  const open = answered.filter(({ verdict }) => verdict === "unanswered").length;
  const seconds = Math.round(secondsOf(answered));
  const level = (profile: Profile): string => levelOnScale(profile.ability).toFixed(1);
  const spread = (1.96 * Math.sqrt(after.ability.general.variance)).toFixed(1);
  const moved = !isPlaced(before) ? "" : ` (was ${level(before)})`;
  const days = streak(after, day);
  const clock =
    late === undefined ? "time is up" : "time is up: the last answer came too late; it is kept, and not counted";
  const again =
    mode === "gauntlet"
      ? [...answered, ...(late === undefined ? [] : [late])].filter(({ verdict }) => verdict !== "right")
      : [];
  const lines = [
    ...(isTimeUp ? [clock] : []),
    ...(answered.length === 0
      ? [
          mode === "daily"
            ? "nothing is left of today's set"
            : isTimeUp
              ? "nothing was answered in time"
              : "nothing was answered",
        ]
      : [
          `${right} of ${answered.length} right${open === 0 ? "" : `, ${open} left open`}, ${seconds < 60 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`}`,
          `${isPlaced(after) ? `your level: ${level(after)} ± ${spread}${moved}` : "your level is not known before the first answer"}${days > 1 ? `, day ${days} in a row` : ""}`,
        ]),
    ...again.map(({ question, seed }) => `  worked out: heptad bank show ${question} --seed ${seed}`),
  ];
  return {
    answered: answered.length,
    right,
    open,
    late: late === undefined ? 0 : 1,
    seconds,
    level: levelOnScale(after.ability),
    uncertainty: Number(spread),
    lines,
  };
}
