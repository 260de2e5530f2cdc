/** How long a question has stood before somebody: neither other pages count, nor a hidden window, a sleeping machine, a server that is gone. */

import { useEffect, useRef } from "react";
import { dropText, keepText, keptText } from "../../parts/kept-text.ts";
import { useEvents } from "../../parts/use-events.ts";

const TICK_MS = 1000;
/** A tick later than this was held up: nobody looked meanwhile. */
const MOST_MS = 2 * TICK_MS;

export function useTimeSpent(question: string): { seconds(): number; drop(): void } {
  const keep = `practice-seconds:${question}`;
  const contact = useEvents(undefined, {});
  const isAway = useRef(false);
  isAway.current = contact === "away";
  const clock = useRef({ spent: 0, since: 0 });
  const tick = (): void => {
    const at = performance.now();
    const passed = at - clock.current.since;
    clock.current.since = at;
    if (isAway.current || passed > MOST_MS || document.visibilityState !== "visible") return;
    clock.current.spent += passed / 1000;
    keepText(keep, clock.current.spent.toFixed(1));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each question
  useEffect(() => {
    const before = Number(keptText(keep));
    clock.current = { spent: Number.isFinite(before) ? before : 0, since: performance.now() };
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [question]);
  return {
    seconds() {
      tick();
      return clock.current.spent;
    },
    drop: () => dropText(keep),
  };
}
