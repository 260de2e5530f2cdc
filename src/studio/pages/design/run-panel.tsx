/** Runs of a note: start, watch, stop; the report in place; the earlier ones. */

import { useEffect, useRef, useState } from "react";
import type { EarlierRun, RunSeen } from "../../answers/run-answers.ts";
import { AWAY, get, isExport, post, type Wrong, wrongOf } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { useActions } from "../../parts/use-actions.ts";
import { useAnswer } from "../../parts/use-answer.ts";
import { useEvents } from "../../parts/use-events.ts";
import { plural } from "../../parts/words.tsx";
import { designAddress, Link } from "../../router.tsx";
import type { PlainReview } from "../../worker/messages.ts";
import { Earlier } from "./earlier-runs.tsx";
import { Live } from "./live-run.tsx";
import { ReportInPlace } from "./report-in-place.tsx";
import { type Again, WhatWouldRun } from "./what-would-run.tsx";

export interface RunPanelProps {
  readonly path: string;
  /** Of the note on the disk. */
  readonly version: string;
  /** The note itself says why it cannot be run. */
  readonly isRefused: boolean;
  readonly review: PlainReview | undefined;
  readonly showReview: () => void;
  /** When what was typed is on the disk: a run reads the file. */
  readonly written: () => Promise<void>;
  /** A run is asked for from elsewhere; `begun` is told when it has been begun here. */
  readonly isAsked: boolean;
  readonly begun: () => void;
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

function OwnRuns({ path, version, isRefused, review, showReview, written, isAsked, begun }: RunPanelProps) {
  const current = useAnswer("run", () => get<{ run: RunSeen | null }>("/api/run"));
  const earlier = useAnswer(path, () => get<{ runs: readonly EarlierRun[] }>("/api/runs", { path }));
  const [live, setLive] = useState<RunSeen>();
  const [wrong, setWrong] = useState<Wrong>();
  const [open, setOpen] = useState<string>();
  /** How many stages would run again: what the last run said is of the note before. Undefined until it is known. */
  const [again, setAgain] = useState<Again>();
  const [isPressed, setPressed] = useState(false);
  /** Counts how often the server came back: what it could not say is asked again. */
  const [turn, setTurn] = useState(0);
  /** Counts what the server told of runs. */
  const heard = useRef(0);
  useEvents(undefined, {
    run: (data) => {
      heard.current++;
      const seen = readRun(data);
      setLive(seen);
      // What would run again was said of the time before: it is asked anew when the run is over.
      if (seen?.state === "running") setAgain(undefined);
      if (seen !== undefined && seen.state !== "running") earlier.reload();
      if (seen?.state === "done" && seen.path === path) setOpen(seen.run);
    },
    back: () => {
      earlier.reload();
      setTurn(turn + 1);
      setWrong((before) => (before?.code === AWAY.code ? undefined : before));
      const before = heard.current;
      get<{ run: RunSeen | null }>("/api/run").then(
        // A server that was started again knows of no run: the one that was seen here ended with it.
        ({ run }) => {
          if (heard.current === before) setLive(run ?? (isBusy ? { ...seen, state: "stopped" } : undefined));
          if (isBusy && run?.state === "done" && run.path === path) setOpen(run.run);
        },
        (error) => setWrong(wrongOf(error)),
      );
    },
  });
  const seen = live ?? current.answer?.run ?? undefined;
  const isBusy = seen?.state === "running" || seen?.state === "stopping";
  const act = async (address: string, body: unknown): Promise<void> => {
    try {
      const before = heard.current;
      const { run } = await post<{ run: RunSeen | null }>(address, body);
      // What was told meanwhile is newer than the answer: a run may have stopped before it says that it stops.
      if (heard.current === before) setLive(run ?? undefined);
      setWrong(undefined);
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  const run = async (): Promise<void> => {
    await written();
    await act("/api/run", { path });
  };
  const stop = (): void => void act("/api/run/stop", {});
  // A run that would fail at once is not begun: what is asked for waits until that is known.
  const isSettled = again !== undefined || isBusy || earlier.wrong !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that it is asked
  useEffect(() => {
    if (!isSettled || !(isAsked || isPressed)) return;
    setPressed(false);
    if (isAsked) begun();
    if (again !== "refused") void run();
  }, [isAsked, isPressed, isSettled]);
  useActions({ stopRun: seen?.state === "running" ? stop : undefined });
  const errors =
    review?.findings.filter(({ severity, consequence }) => severity === "error" && consequence === "false-figures")
      .length ?? 0;
  const runs = earlier.answer?.runs ?? [];
  /** Whether the list knows of the run that has just ended: before that its first line is of another one. */
  const isListed = seen?.state !== "done" || seen.path !== path || runs.some(({ id }) => id === seen.run);
  return (
    <>
      {seen !== undefined && seen.path === path && seen.state !== "done" ? (
        <Live run={seen} stop={stop} />
      ) : (
        <p className="lead">
          {isListed ? leadOf(runs, errors, typeof again === "number" ? again : 0) : "The run is done."}
        </p>
      )}
      {!isBusy && (
        <p className="acts">
          {errors > 0 && (
            <button className="btn first" type="button" onClick={showReview}>
              Mend {errors === 1 ? "it" : `the ${errors}`} first
            </button>
          )}
          {again !== "refused" && !isRefused && (
            <>
              <button className={errors > 0 ? "btn" : "btn first"} type="button" onClick={() => setPressed(true)}>
                {errors > 0 ? "Run it all the same" : seen?.state === "stopped" ? "Go on" : "Run it"}
              </button>
              <span className="small q3">Only what changed runs again; what is finished is kept.</span>
            </>
          )}
        </p>
      )}
      {!isBusy && version !== "" && earlier.answer !== undefined && (
        <WhatWouldRun
          path={path}
          version={`${version} ${runs[0]?.id ?? ""} ${runs[0]?.at ?? ""} ${turn}`}
          told={setAgain}
        />
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

function leadOf(runs: readonly EarlierRun[], errors: number, again = 0): string {
  const doubt = errors === 0 ? "" : ` ${plural(errors, "error")} in the note would make its figures false.`;
  const [last] = runs;
  if (last === undefined) return `This note has not been run.${doubt}`;
  if (last.isOlder) return `The last run was written by another version.${doubt}`;
  const before = again === 0 ? "" : `Of the last run, of which ${plural(again, "stage")} would run again now: `;
  return `${before}${last.verdict} ${last.doubt}${doubt}`;
}

function readRun(data: unknown): RunSeen | undefined {
  // The server's own event: what it sends is what `/api/run` answers.
  return data === null ? undefined : (data as RunSeen);
}
