/** A run as it goes on, or as it ended: its stages by step, and the way to stop it. */

import type { RunSeen } from "../../answers/run-answers.ts";
import { Mark } from "../../parts/mark.tsx";
import { STEP_NAMES } from "../../parts/step-names.ts";

/** What stands beside the stage that the run is at, or was at. */
const ENDED_AS: Readonly<Record<RunSeen["state"], string>> = {
  running: "now",
  stopping: "now",
  stopped: "begins anew",
  failed: "not finished",
  done: "",
};

export function Live({ run, stop }: { readonly run: RunSeen; readonly stop: () => void }) {
  const { stages, state, message } = run;
  const now = stages.find((stage) => stage.state === "now");
  const isBusy = state === "running" || state === "stopping";
  const said =
    state === "failed"
      ? `The run failed: ${message ?? ""}`
      : state === "stopped"
        ? "Stopped. What is finished is kept; the next run goes on from there."
        : state === "stopping"
          ? "Stopping."
          : now === undefined
            ? "The run begins."
            : `Step ${now.step} of 7: ${now.title}.${now.usual === undefined ? "" : ` About ${Math.max(1, Math.round(now.usual))} s.`}`;
  return (
    <>
      <p className="lead" role="status">
        {said}
      </p>
      {state === "running" && (
        <p className="acts">
          <button className="btn" type="button" onClick={stop}>
            Stop
          </button>
          <span className="small q3">
            It ends at once: finished stages are kept, this one begins anew the next time.
          </span>
        </p>
      )}
      <table className="stages">
        {[1, 2, 3, 4, 5, 6, 7]
          .filter((step) => stages.some((stage) => stage.step === step))
          .map((step) => (
            <tbody key={step}>
              <tr className="g">
                <th scope="row">{step}</th>
                <td colSpan={2}>
                  <b>{STEP_NAMES[step]}</b>
                </td>
              </tr>
              {stages
                .filter((stage) => stage.step === step)
                .map((stage) => (
                  <tr key={stage.title} className={stage.state !== "now" ? "ok" : isBusy ? "now" : "none"}>
                    <td>
                      {stage.state !== "now" ? (
                        <Mark state="ok" />
                      ) : isBusy ? (
                        <span className="spin" aria-hidden="true" />
                      ) : (
                        <Mark state={state === "failed" ? "bad" : "none"} />
                      )}
                    </td>
                    <td>
                      {stage.title}
                      {stage.figures.map((figure) => (
                        <small key={figure}>{figure}</small>
                      ))}
                    </td>
                    <td className="num">
                      {stage.state === "kept" ? (
                        <span className="q3">kept</span>
                      ) : stage.seconds === undefined ? (
                        ENDED_AS[state]
                      ) : (
                        `${stage.seconds.toFixed(1)} s`
                      )}
                    </td>
                  </tr>
                ))}
            </tbody>
          ))}
      </table>
    </>
  );
}
