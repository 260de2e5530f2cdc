/** Whether the window is too narrow for two halves beside each other: then the note is a tab among the others. */

import { useSyncExternalStore } from "react";

/** As `style/design.css` has it. */
const NARROW = "(max-width:760px)";

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}

function subscribe(changed: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}
