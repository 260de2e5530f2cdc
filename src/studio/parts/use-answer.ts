/** Loads what a page shows, again when it is asked to, and says what went wrong. */

import { useCallback, useEffect, useState } from "react";
import { AWAY, type Wrong, wrongOf } from "../api.ts";
import { useEvents } from "./use-events.ts";

export interface Loaded<T> {
  readonly answer: T | undefined;
  readonly wrong: Wrong | undefined;
  /** Whether what stands here was said of another key: this one's is not there yet. */
  readonly isOld: boolean;
  reload(): void;
}

/** `ask` is called again whenever `key` changes; what was loaded stays until the new answer is there. */
export function useAnswer<T>(key: string, ask: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ answer?: T; wrong?: Wrong; of?: string }>({});
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for all that `ask` reads
  useEffect(() => {
    let isGone = false;
    ask().then(
      (answer) => isGone || setState({ answer, of: key }),
      (error) => isGone || setState((before) => ({ ...before, wrong: wrongOf(error), of: key })),
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
  return { answer: state.answer, wrong: state.wrong, isOld: state.of !== key, reload };
}
