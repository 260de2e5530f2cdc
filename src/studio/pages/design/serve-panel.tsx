/** Serving: what it starts and what one will see, until it can be started from here. */

import type { EarlierRun } from "../../answers.ts";
import { get } from "../../api.ts";
import { useAnswer } from "../../parts/use-answer.ts";

export function ServePanel({ path, showRun }: { readonly path: string; readonly showRun: () => void }) {
  const { answer } = useAnswer(path, () => get<{ runs: readonly EarlierRun[] }>("/api/runs", { path }));
  const isRun = (answer?.runs.length ?? 0) > 0;
  return (
    <>
      <p className="lead">
        Nothing is being served.{" "}
        {isRun ? "The last run holds what would be." : "Serving begins with a run, and there is none yet."}
      </p>
      <p className="txt">
        Serving starts the system that a run trained as a service on this machine, at 127.0.0.1 only, with the fallback
        and the timeout of section 6. It cannot be started from this page yet. It will show:
      </p>
      <ul className="plain">
        <li>
          <b>A request by hand.</b> Its answer, and why.
        </li>
        <li>
          <b>Latency as it is,</b> p50 and p99 beside the limit of section 1.
        </li>
        <li>
          <b>Drift and alerts,</b> the conditions of section 7 on what arrives.
        </li>
        <li>
          <b>The experiment as it stands,</b> with the looks that were planned and no others.
        </li>
      </ul>
      <p className="acts">
        <button className="btn first" type="button" onClick={showRun}>
          {isRun ? "See the last run" : "Run it first"}
        </button>
      </p>
    </>
  );
}
