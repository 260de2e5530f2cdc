/** What went wrong, in place: what it is, and what to do. */

import type { Wrong } from "../api.ts";
import { Mark } from "./mark.tsx";
import { sentence, Words } from "./words.tsx";

export function FailureLine({ wrong }: { readonly wrong: Wrong | undefined }) {
  return (
    <div role="alert" className="failure-slot">
      {wrong !== undefined && (
        <p className="failure">
          <Mark state="bad" />{" "}
          <Words>{`${sentence(wrong.message)}${wrong.fix === undefined ? "." : `: ${wrong.fix}`}`}</Words>
        </p>
      )}
    </div>
  );
}
