/** Loads what a page shows, again when it is asked to, and says what went wrong. */

import { useCallback, useEffect, useState } from "react";
import { AWAY, type Wrong, wrongOf } from "../api.ts";
import { useEvents } from "./use-events.ts";

export interface Loaded<T> {
  readonly answer: T | undefined;
  readonly wrong: Wrong | undefined;
  reload(): void;
}

/** `ask` is called again whenever `key` changes; what was loaded stays until the new answer is there. */
export function useAnswer<T>(key: string, ask: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ answer?: T; wrong?: Wrong }>({});
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for all that `ask` reads
  useEffect(() => {
    let isGone = false;
    ask().then(
      (answer) => isGone || setState({ answer }),
      (error) => isGone || setState((before) => ({ ...before, wrong: wrongOf(error) })),
    );
    return () => {
      isGone = true;
    };
  }, [key, turn]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  // What nobody could answer is asked again when the server is there.
  useEvents(undefined, {
    back: () => {
      if (state.wrong?.code === AWAY.code) reload();
    },
  });
  return { answer: state.answer, wrong: state.wrong, reload };
}
