/** What went wrong, in place: what it is, and what to do. */

import { useState } from "react";
import { AWAY, type Wrong } from "../api.ts";
import { Mark } from "./mark.tsx";
import { useEvents } from "./use-events.ts";
import { sentence, Words } from "./words.tsx";

export function FailureLine({ wrong }: { readonly wrong: Wrong | undefined }) {
  const [over, setOver] = useState<Wrong>();
  // That nobody answers is true until somebody does, whoever asked.
  useEvents(undefined, { back: () => setOver(wrong) });
  const isOver = wrong?.code === AWAY.code && wrong === over;
  return (
    <div role="alert" className="failure-slot">
      {wrong !== undefined && !isOver && (
        <p className="failure">
          <Mark state="bad" />{" "}
          <Words>{`${sentence(wrong.message)}${wrong.fix === undefined ? "." : `: ${wrong.fix}`}`}</Words>
        </p>
      )}
    </div>
  );
}
