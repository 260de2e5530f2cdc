/** Runs of a note: start, watch its stages, stop; its report in place; the earlier ones, and two of them compared. */

import { useState } from "react";
import type { CompareAnswer, EarlierRun, RunSeen } from "../../answers.ts";
import { get, isExport, post, type Wrong, wrongOf } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { Mark } from "../../parts/mark.tsx";
import { STEP_NAMES } from "../../parts/step-names.ts";
import { useAnswer } from "../../parts/use-answer.ts";
import { useEvents } from "../../parts/use-events.ts";
import { plural, sentence, when } from "../../parts/words.tsx";
import { designAddress, Link } from "../../router.tsx";
import type { PlainReview } from "../../worker/messages.ts";
import { ReportInPlace } from "./report-in-place.tsx";
import { WhatWouldRun } from "./what-would-run.tsx";

export interface RunPanelProps {
  readonly path: string;
  /** Of the note on the disk. */
  readonly version: string;
  readonly review: PlainReview | undefined;
  readonly showReview: () => void;
}

export function RunPanel(props: RunPanelProps) {
  return isExport() ? <ExportedRun path={props.path} /> : <OwnRuns {...props} />;
}

/** The newest run, as it was when the export was made. */
function ExportedRun({ path }: { readonly path: string }) {
  const { answer, wrong } = useAnswer(path, () => get<{ runs: readonly EarlierRun[] }>("/api/runs", { path }));
  const runs = answer?.runs ?? [];
  return (
    <>
      <FailureLine wrong={wrong} />
      {answer !== undefined && <p className="lead">{leadOf(runs, 0)}</p>}
      {runs.length > 0 && <ReportInPlace path={path} run={runs[0].id} />}
    </>
  );
}

function OwnRuns({ path, version, review, showReview }: RunPanelProps) {
  const current = useAnswer("run", () => get<{ run: RunSeen | null }>("/api/run"));
  const earlier = useAnswer(path, () => get<{ runs: readonly EarlierRun[] }>("/api/runs", { path }));
  const [live, setLive] = useState<RunSeen>();
  const [wrong, setWrong] = useState<Wrong>();
  const [open, setOpen] = useState<string>();
  /** Counts how often the server came back: what it could not say is asked again. */
  const [turn, setTurn] = useState(0);
  useEvents(undefined, {
    run: (data) => {
      const seen = readRun(data);
      setLive(seen);
      if (seen !== undefined && seen.state !== "running") earlier.reload();
      if (seen?.state === "done" && seen.path === path) setOpen(seen.run);
    },
    back: () => {
      earlier.reload();
      setTurn(turn + 1);
      setWrong(undefined);
      get<{ run: RunSeen | null }>("/api/run").then(
        // A server that was started again knows of no run: the one that was seen here ended with it.
        ({ run }) => setLive(run ?? (isBusy ? { ...seen, state: "stopped" } : undefined)),
        (error) => setWrong(wrongOf(error)),
      );
    },
  });
  const seen = live ?? current.answer?.run ?? undefined;
  const isBusy = seen?.state === "running" || seen?.state === "stopping";
  const act = async (address: string, body: unknown): Promise<void> => {
    try {
      const { run } = await post<{ run: RunSeen | null }>(address, body);
      setLive(run ?? undefined);
      setWrong(undefined);
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  const errors =
    review?.findings.filter(({ severity, consequence }) => severity === "error" && consequence === "false-figures")
      .length ?? 0;
  const runs = earlier.answer?.runs ?? [];
  return (
    <>
      {seen !== undefined && seen.path === path && seen.state !== "done" ? (
        <Live run={seen} stop={() => act("/api/run/stop", {})} />
      ) : (
        <p className="lead">{leadOf(runs, errors)}</p>
      )}
      {!isBusy && (
        <p className="acts">
          {errors > 0 && (
            <button className="btn first" type="button" onClick={showReview}>
              Mend {errors === 1 ? "it" : `the ${errors}`} first
            </button>
          )}
          <button className={errors > 0 ? "btn" : "btn first"} type="button" onClick={() => act("/api/run", { path })}>
            {errors > 0 ? "Run it all the same" : seen?.state === "stopped" ? "Go on" : "Run it"}
          </button>
          <span className="small q3">Only what changed runs again; what is finished is kept.</span>
        </p>
      )}
      {!isBusy && version !== "" && earlier.answer !== undefined && (
        <WhatWouldRun path={path} version={`${version} ${runs[0]?.id ?? ""} ${runs[0]?.at ?? ""} ${turn}`} />
      )}
      {isBusy && seen.path !== path && (
        <p className="txt">
          A run of <Link to={designAddress(seen.path, "run")}>{seen.path}</Link> is going on; two at once would both be
          measured wrong.
        </p>
      )}
      <FailureLine wrong={wrong ?? earlier.wrong} />
      <Earlier path={path} runs={runs} open={setOpen} />
      {open !== undefined && <ReportInPlace path={path} run={open} close={() => setOpen(undefined)} />}
    </>
  );
}

function leadOf(runs: readonly EarlierRun[], errors: number): string {
  const doubt = errors === 0 ? "" : ` ${plural(errors, "error")} in the note would make its figures false.`;
  const [last] = runs;
  if (last === undefined) return `This note has not been run.${doubt}`;
  if (last.isOlder) return `The last run was written by another version.${doubt}`;
  return `${last.verdict} ${last.doubt}${doubt}`;
}

/** What stands beside the stage that the run is at, or was at. */
const ENDED_AS: Readonly<Record<RunSeen["state"], string>> = {
  running: "now",
  stopping: "now",
  stopped: "begins anew",
  failed: "not finished",
  done: "",
};

function Live({ run, stop }: { readonly run: RunSeen; readonly stop: () => void }) {
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

interface EarlierProps {
  readonly path: string;
  readonly runs: readonly EarlierRun[];
  readonly open: (run: string) => void;
}

function Earlier({ path, runs, open }: EarlierProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [compared, setCompared] = useState<CompareAnswer>();
  const [wrong, setWrong] = useState<Wrong>();
  if (runs.length === 0) return null;
  const compare = async (): Promise<void> => {
    // The older one is what the newer one is held against.
    const [after, before] = runs.filter(({ id }) => chosen.includes(id));
    try {
      setCompared(await get<CompareAnswer>("/api/compare", { path, before: before.id, after: after.id }));
      setWrong(undefined);
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  return (
    <>
      <h2>Earlier runs</h2>
      <table className="all runs">
        <tbody>
          {runs.map(({ id, at, value, bounds, verdict, isOlder, simulated }) => (
            <tr key={id}>
              <td>
                <input
                  type="checkbox"
                  aria-label={`compare run ${id}`}
                  disabled={isOlder}
                  checked={chosen.includes(id)}
                  onChange={(event) =>
                    setChosen(event.target.checked ? [...chosen, id].slice(-2) : chosen.filter((one) => one !== id))
                  }
                />
              </td>
              <td>
                <button className="lnk" type="button" onClick={() => open(id)}>
                  {id}
                </button>
              </td>
              <td className={isOlder ? "q2" : undefined}>
                {isOlder ? "written by another version" : value === "" ? verdict : value}{" "}
                <span className="bounds">{bounds}</span> {simulated && <span className="q3">simulated</span>}
              </td>
              <td className="num q3">{when(at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="acts">
        <button className="btn" type="button" disabled={chosen.length !== 2} onClick={compare}>
          Compare the two
        </button>
        <span className="small q3">Runs of the same data and split are compared request by request.</span>
      </p>
      <FailureLine wrong={wrong} />
      {compared !== undefined && <Compared compared={compared} />}
    </>
  );
}

function Compared({ compared: { differences, why, before, after } }: { readonly compared: CompareAnswer }) {
  return (
    <section aria-label="The two runs compared">
      <h2>Side by side</h2>
      <table className="all compared">
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {after.ledger.map(({ question, verdict, value, bounds }, i) => (
            <tr key={question}>
              <th scope="row">{question}</th>
              <td>
                {before.ledger[i]?.verdict} {before.ledger[i]?.value}{" "}
                <span className="bounds">{before.ledger[i]?.bounds}</span>
              </td>
              <td>
                {verdict} {value} <span className="bounds">{bounds}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {why !== "" && <p className="txt">Not paired: {why}.</p>}
      {differences.length > 0 && (
        <>
          <h2>
            After minus before, request by request <span className="q3">95 % intervals</span>
          </h2>
          <table className="all compared">
            <tbody>
              {differences.map(({ name, subject, slice, value, interval, n }) => (
                <tr key={`${name} ${subject} ${slice}`}>
                  <th scope="row">
                    {sentence(subject)} {slice !== "all" && slice}
                  </th>
                  <td>{name}</td>
                  <td className="num">
                    {signed(value, interval)}{" "}
                    <span className="bounds">
                      {interval === null ? "" : `[${interval.map((one) => plainNumber(one, interval)).join(", ")}]`}
                    </span>
                  </td>
                  <td className="num q3">{n === null ? "" : `n ${n.toLocaleString("en")}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

/** Half the width of the interval keeps two digits, and so do the value and both bounds. */
function decimals(interval: readonly [number, number] | null): number {
  const half = interval === null ? 0.01 : Math.abs(interval[1] - interval[0]) / 2;
  return half > 0 ? Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(half)))) : 3;
}

function plainNumber(value: number, interval: readonly [number, number] | null): string {
  return value.toFixed(decimals(interval)).replace("-", "−");
}

function signed(value: number, interval: readonly [number, number] | null): string {
  return `${value > 0 ? "+" : ""}${plainNumber(value, interval)}`;
}

function readRun(data: unknown): RunSeen | undefined {
  // The server's own event: what it sends is what `/api/run` answers.
  return data === null ? undefined : (data as RunSeen);
}
