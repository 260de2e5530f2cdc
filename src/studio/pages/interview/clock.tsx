/** The clock of an interview: what is left, the times by section, what is known so far. */

import { useEffect, useState } from "react";
import type { InterviewAnswer } from "../../answers/interview-answers.ts";
import { STEP_NAMES } from "../../parts/step-names.ts";

interface ClockProps {
  readonly talk: InterviewAnswer;
  /** When `talk` was right. */
  readonly loadedAt: number;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Asks the server what the clock is: this machine may have slept. */
  readonly look: () => void;
  readonly end: () => void;
}

/** A page that ticks every second and was away for longer than this has slept. */
const SLEPT_MS = 60_000;

export function Clock({ talk, loadedAt, pause, resume, look, end }: ClockProps) {
  const [now, setNow] = useState(loadedAt);
  const { running } = talk;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` is another one at each drawing
  useEffect(() => {
    setNow(Date.now());
    if (!running) return;
    let last = Date.now();
    const timer = setInterval(() => {
      const at = Date.now();
      // The time of a sleep is not shown, not even for a moment: the server says how long it was.
      if (at - last > SLEPT_MS) look();
      else setNow(at);
      last = at;
    }, 1000);
    return () => clearInterval(timer);
  }, [running, loadedAt]);
  const since = running ? Math.max(0, now - loadedAt) / 1000 : 0;
  const left = Math.round(talk.left * 60 - since);
  const isProbing = talk.phase !== "sections";
  const inSections = talk.times.reduce((sum, { minutes }) => sum + minutes, 0);
  const atTheEnd = Math.max(0, (talk.minutes - talk.left - inSections) * 60 + (isProbing ? since : 0));
  return (
    <div className="left">
      <p className="clock">
        <b>{clockText(Math.abs(left))}</b> <span>{left < 0 ? "over" : `left of ${talk.minutes}:00`}</span>
      </p>
      <p className="small q2 counts" role="status">
        {running
          ? ""
          : talk.isAway
            ? "It stands since this page was closed or the machine slept: that is not counted. It goes on with your next word."
            : "Paused, which is not counted. It goes on with your next word."}
      </p>
      <p className="acts">
        <button className="btn" type="button" onClick={running ? pause : resume}>
          {running ? "Pause" : "Go on"}
        </button>
        {talk.phase === "sections" && (
          <button className="btn quiet" type="button" onClick={end}>
            End
          </button>
        )}
      </p>
      <ol className="times">
        {talk.times.map(({ step, minutes, usual }) => {
          const isNow = step === talk.step && !isProbing;
          const spent = minutes + (isNow ? since / 60 : 0);
          const widest = Math.max(...talk.times.map((one) => Math.max(one.usual * 1.6, one.minutes)), spent, 1);
          return (
            <li key={step} className={isNow ? "now" : undefined}>
              <span>
                <span className="q3">{step}</span> {STEP_NAMES[step]}
              </span>
              <span className="num">{clockText(Math.round(spent * 60))}</span>
              <svg width="100%" height="8" aria-hidden="true">
                <line x1="0" x2="100%" y1="4" y2="4" className="grid" />
                <rect x="0" y="2" height="4" width={`${(100 * spent) / widest}%`} className="f-ink" />
                <line
                  x1={`${(100 * usual) / widest}%`}
                  x2={`${(100 * usual) / widest}%`}
                  y1="0"
                  y2="8"
                  className="zero"
                />
              </svg>
            </li>
          );
        })}
        {isProbing && (
          <li className="now">
            <span>At the end</span>
            <span className="num">{clockText(Math.round(atTheEnd))}</span>
          </li>
        )}
      </ol>
      <p className="small q3">
        The tick is the usual time. The clock counts while this page is open; a pause, a closed page and a sleeping
        machine do not count.
      </p>
      <h2>Known so far</h2>
      <ul className="known">
        {talk.known.map((fact) => (
          <li key={fact}>{fact.replaceAll("-", " ")}</li>
        ))}
        {talk.known.length === 0 && <li>nothing: ask</li>}
      </ul>
    </div>
  );
}

function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
