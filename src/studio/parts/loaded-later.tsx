/** A page whose script is loaded when it is first shown, and that is shown as soon as it is there. */

import { type ComponentType, useEffect, useState } from "react";
import { AWAY } from "../api.ts";
import { FailureLine } from "./failure.tsx";
import { useEvents } from "./use-events.ts";

type Load = () => Promise<ComponentType>;

const loaded = new Map<Load, ComponentType>();

/** Not `lazy` of React: what a Suspense waited for is held back until 300 ms after the page that stands for it was shown. */
export function LoadedLater({ load }: { readonly load: Load }) {
  const [state, setState] = useState<"loading" | "there" | "away">("loading");
  useEffect(() => {
    if (loaded.has(load)) return;
    let isGone = false;
    load().then(
      (page) => {
        loaded.set(load, page);
        if (!isGone) setState("there");
      },
      () => isGone || setState("away"),
    );
    return () => {
      isGone = true;
    };
  }, [load]);
  const Page = loaded.get(load);
  return Page === undefined ? <NotThere isAway={state === "away"} /> : <Page />;
}

/** A browser may keep that a script could not be had: the page is loaded anew when the server is back. */
function NotThere({ isAway }: { readonly isAway: boolean }) {
  useEvents(undefined, { back: () => isAway && location.reload() });
  return (
    <main className="plain-page" aria-busy={!isAway}>
      <FailureLine wrong={isAway ? AWAY : undefined} />
    </main>
  );
}
