/** Serving: start and stop the service of a note, ask it by hand, and watch it beside the note's limits. */

import { type RefObject, useEffect, useRef, useState } from "react";
import { get, post, type Wrong, wrongOf } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { useActions } from "../../parts/use-actions.ts";
import { useAnswer } from "../../parts/use-answer.ts";
import { useEvents } from "../../parts/use-events.ts";
import { sentence, Words, when } from "../../parts/words.tsx";
import type { SeenAnswer, ServeAnswer, ServeSeen } from "../../serve-answers.ts";
import { ExperimentNow } from "./serve/experiment-now.tsx";
import { LiveFigures } from "./serve/live-figures.tsx";
import { PhotoByHand } from "./serve/photo-by-hand.tsx";
import { RequestByHand } from "./serve/request-by-hand.tsx";

/** Between two looks of the page; the server looks by itself. */
const LOOK_MS = 2000;
const SHARES = [
  { value: "", name: "none: everybody gets the whole system" },
  { value: "0.1", name: "on 10 % of the units" },
  { value: "0.5", name: "on half of them" },
  { value: "1", name: "on all of them" },
];

export interface ServePanelProps {
  readonly path: string;
  /** Serving is asked for from elsewhere; `begun` is told when it has been begun here. */
  readonly isAsked: boolean;
  readonly begun: () => void;
}

export function ServePanel({ path, isAsked, begun }: ServePanelProps) {
  const { answer, wrong: unread, reload } = useAnswer(path, () => get<ServeAnswer>("/api/serve", { path }));
  const [wrong, setWrong] = useState<Wrong>();
  useEvents(undefined, { serve: reload, back: reload });
  const button = useRef<HTMLButtonElement>(null);
  const hasPressed = useRef(false);
  const state = answer?.serving?.state;
  // What was pressed goes, and the next one takes its place: keys go on from there.
  useEffect(() => {
    if (state === undefined || state === "stopping" || !hasPressed.current) return;
    hasPressed.current = false;
    if (document.activeElement === document.body) button.current?.focus();
  }, [state]);
  const act = async (address: string, body: unknown): Promise<void> => {
    hasPressed.current = true;
    try {
      await post(address, body);
      setWrong(undefined);
    } catch (error) {
      setWrong(wrongOf(error));
    }
    reload();
  };
  const stop = (): void => void act("/api/serve/stop", {});
  const start = (traffic?: number): void =>
    void act("/api/serve", { path, ...(traffic === undefined ? {} : { traffic }) });
  const isUp = state === "starting" || state === "serving" || state === "stopping";
  const canStart = answer !== undefined && !isUp && answer.about.can;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that it is asked, and as soon as it is known whether it can
  useEffect(() => {
    if (!isAsked || answer === undefined) return;
    begun();
    if (canStart) start();
  }, [isAsked, answer]);
  useActions({
    serve: canStart ? () => start() : undefined,
    stopServing: isUp && state !== "stopping" ? stop : undefined,
  });
  if (answer === undefined) return <FailureLine wrong={unread} />;
  const { serving, about } = answer;
  return (
    <>
      {isUp && serving !== null && serving.path === path ? (
        <Up serving={serving} stop={stop} button={button} />
      ) : isUp && serving !== null ? (
        <>
          <p className="lead">{serving.path} is being served, and one is served at a time.</p>
          <p className="acts">
            <button className="btn" type="button" onClick={stop}>
              Stop it
            </button>
          </p>
        </>
      ) : about.can ? (
        <Down
          path={path}
          button={button}
          last={serving?.path === path ? serving : undefined}
          hasExperiment={about.hasExperiment}
          start={(traffic) => start(traffic === "" ? undefined : Number(traffic))}
        />
      ) : (
        <>
          <p className="lead">This note cannot be served.</p>
          <p className="txt">
            <Words>{`${sentence(about.why)}${about.fix === "" ? "" : `: ${about.fix}`}.`}</Words>
          </p>
        </>
      )}
      <FailureLine wrong={wrong ?? unread} />
    </>
  );
}

interface DownProps {
  readonly path: string;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly last: ServeSeen | undefined;
  readonly hasExperiment: boolean;
  readonly start: (traffic: string) => void;
}

function Down({ path, button, last, hasExperiment, start }: DownProps) {
  const [traffic, setTraffic] = useState("");
  return (
    <>
      <p className="lead">
        {last?.state === "failed"
          ? `It could not be served: ${last.message ?? "it ended without a word"}.`
          : last?.state === "ended"
            ? "Stopped. What it was told is kept, and it goes on from there."
            : "Nothing is being served."}
      </p>
      <p className="txt">
        Starts the system that the note's run built as a service on this machine, at 127.0.0.1 only, with the budgets
        and the fallback of section 6. Where results of the run are not kept, it runs first. From then on you see here:
      </p>
      <ul className="plain">
        <li>
          <b>A request by hand.</b> Its answer, and why; change a value and watch.
        </li>
        <li>
          <b>Latency as it is,</b> p50 and p99 beside the limits of the note.
        </li>
        <li>
          <b>Alerts and drift,</b> the conditions of section 7 on what arrives.
        </li>
        <li>
          <b>The experiment as it stands,</b> with its guardrails and the switch that ends it.
        </li>
      </ul>
      {hasExperiment && (
        <p className="choose">
          <label className="label" htmlFor="traffic">
            The experiment of section 6
          </label>
          <select id="traffic" className="input" value={traffic} onChange={(event) => setTraffic(event.target.value)}>
            {SHARES.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </p>
      )}
      <p className="acts">
        <button className="btn first" type="button" ref={button} onClick={() => start(traffic)}>
          Start serving
        </button>
        <span className="small q3">
          or <code>heptad serve {path}</code>
        </span>
      </p>
    </>
  );
}

interface UpProps {
  readonly serving: ServeSeen;
  readonly stop: () => void;
  readonly button: RefObject<HTMLButtonElement | null>;
}

function Up({ serving, stop, button }: UpProps) {
  const { state, url, startedAt, endpoints, uploads, message, path } = serving;
  const [seen, setSeen] = useState<SeenAnswer>();
  const [wrong, setWrong] = useState<Wrong>();
  const isServing = state === "serving";
  useEffect(() => {
    if (!isServing) return;
    let isGone = false;
    const look = async (): Promise<void> => {
      try {
        const next = await get<SeenAnswer>("/api/serve/seen");
        if (!isGone) setSeen(next);
      } catch (error) {
        if (!isGone) setWrong(wrongOf(error));
      }
    };
    void look();
    const timer = setInterval(() => void look(), LOOK_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [isServing]);
  const stopExperiment = async (): Promise<void> => {
    try {
      setSeen(await post<SeenAnswer>("/api/serve/experiment/stop"));
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  return (
    <>
      <p className="lead" role="status">
        {state === "starting"
          ? `It is being opened${message === undefined ? "" : `; ${message}`}.`
          : state === "stopping"
            ? "It answers what has come in, and ends."
            : leadOf(seen, url ?? "", startedAt)}
      </p>
      <p className="acts">
        <button className="btn" type="button" ref={button} disabled={state === "stopping"} onClick={stop}>
          Stop serving
        </button>
        {url !== undefined && (
          <a className="btn quiet" href={`${url}/docs`} target="_blank" rel="noopener noreferrer">
            What it answers to
          </a>
        )}
        {message !== undefined && isServing && (
          <span className="small q3">
            <Words>{sentence(message)}</Words>
          </span>
        )}
      </p>
      <FailureLine wrong={wrong} />
      {isServing && endpoints.length > 0 && <RequestByHand path={path} endpoints={endpoints} />}
      {isServing && uploads.map((upload) => <PhotoByHand key={upload.path} upload={upload} />)}
      {isServing && seen?.view != null && <LiveFigures view={seen.view} />}
      {isServing && seen?.experiment?.arms !== undefined && (
        <ExperimentNow experiment={seen.experiment} stop={() => void stopExperiment()} />
      )}
    </>
  );
}

function leadOf(seen: SeenAnswer | undefined, url: string, startedAt: string): string {
  const since = when(startedAt);
  const time =
    since === "now" ? "since just now" : since.endsWith(" ago") ? `for ${since.slice(0, -4)}` : `since ${since}`;
  const begun = `Serving at ${url} ${time}.`;
  const alerts = seen?.view?.alerts ?? [];
  const firing = alerts.filter(({ state }) => state === "fires").length;
  if (seen?.view == null) return begun;
  if (firing > 0) return `${begun} ${firing === 1 ? "One alert fires" : `${firing} alerts fire`}.`;
  return seen.view.all === 0 ? `${begun} Nothing has been asked yet.` : `${begun} No alert fires.`;
}
