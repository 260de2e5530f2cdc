/** The clock of an interview: what is left, the times by section, what is known so far. */

import { useEffect, useState } from "react";
import type { InterviewAnswer } from "../../answers/interview-answers.ts";
import { STEP_NAMES } from "../../parts/step-names.ts";

interface ClockProps {
  readonly talk: InterviewAnswer;
  readonly isPaused: boolean;
  readonly loadedAt: number;
  readonly pause: () => void;
  readonly resume: () => void;
  /** The laptop slept: what follows is not the candidate's time. */
  readonly slept: () => void;
  readonly end: () => void;
}

/** A page that ticks every second and was away for longer than this has slept. */
const SLEPT_MS = 60_000;

export function Clock({ talk, isPaused, loadedAt, pause, resume, slept, end }: ClockProps) {
  const [now, setNow] = useState(loadedAt);
  useEffect(() => {
    if (isPaused) return;
    let last = Date.now();
    const timer = setInterval(() => {
      const at = Date.now();
      if (at - last > SLEPT_MS) slept();
      last = at;
      setNow(at);
    }, 1000);
    return () => clearInterval(timer);
  }, [isPaused, slept]);
  const since = isPaused ? 0 : Math.max(0, now - loadedAt) / 1000;
  const left = Math.round(talk.left * 60 - since);
  return (
    <div className="left">
      <p className="clock">
        <b>{clockText(left)}</b> <span>{left < 0 ? "over" : `left of ${talk.minutes}:00`}</span>
      </p>
      <p className="acts">
        <button className="btn" type="button" onClick={isPaused ? resume : pause}>
          {isPaused ? "Go on" : "Pause"}
        </button>
        {talk.phase === "sections" && (
          <button className="btn quiet" type="button" onClick={end}>
            End
          </button>
        )}
      </p>
      <ol className="times">
        {talk.times.map(({ step, minutes, usual }) => {
          const spent = minutes + (step === talk.step ? since / 60 : 0);
          const widest = Math.max(...talk.times.map((one) => Math.max(one.usual * 1.6, one.minutes)), 1);
          return (
            <li key={step} className={step === talk.step ? "now" : undefined}>
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
      </ol>
      <p className="small q3">The tick is the usual time.</p>
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
  const plain = Math.abs(seconds);
  return `${seconds < 0 ? "−" : ""}${Math.floor(plain / 60)}:${String(plain % 60).padStart(2, "0")}`;
}
