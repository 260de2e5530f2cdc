/** The interview as it goes on: the clock, what was asked and told, the field, and the note in seven sections. */

import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import type { InterviewAnswer } from "../../answers.ts";
import { get, post, type Wrong, wrongOf } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { dropText, keepText, keptText } from "../../parts/kept-text.ts";
import { STEP_NAMES } from "../../parts/step-names.ts";
import { useEvents } from "../../parts/use-events.ts";
import { plural, sentence } from "../../parts/words.tsx";
import { go } from "../../router.tsx";

export function Talk({ session }: { readonly session: string }) {
  const [talk, setTalk] = useState<InterviewAnswer>();
  const [wrong, setWrong] = useState<Wrong>();
  const [isPaused, setPaused] = useState(true);
  const [loadedAt, setLoadedAt] = useState(0);
  const slept = useCallback(() => setPaused(true), []);
  const take = async (ask: () => Promise<InterviewAnswer>): Promise<boolean> => {
    try {
      const next = await ask();
      setTalk(next);
      setLoadedAt(Date.now());
      setWrong(undefined);
      if (next.phase === "ended") go(`/interview?score=${next.session}`, true);
      return true;
    } catch (error) {
      setWrong(wrongOf(error));
      return false;
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each session
  useEffect(() => {
    void take(() => get<InterviewAnswer>("/api/interviews/one", { session }));
  }, [session]);
  useEvents(undefined, { back: () => void take(() => get<InterviewAnswer>("/api/interviews/one", { session })) });
  if (talk === undefined)
    return (
      <div className="sheet">
        <FailureLine wrong={wrong} />
      </div>
    );
  const resume = async (): Promise<void> => {
    if (await take(() => post<InterviewAnswer>("/api/interviews/resume", { session }))) setPaused(false);
  };
  const say = async (line: string): Promise<boolean> => {
    if (isPaused && !(await take(() => post<InterviewAnswer>("/api/interviews/resume", { session })))) return false;
    setPaused(false);
    return take(() => post<InterviewAnswer>("/api/interviews/line", { session, line }));
  };
  return (
    <div className="s-during">
      <div className="iv">
        <Clock
          talk={talk}
          isPaused={isPaused}
          loadedAt={loadedAt}
          pause={async () => {
            // The clock stands still from here: the time up to now is kept, what follows begins with the next word.
            if (await take(() => post<InterviewAnswer>("/api/interviews/line", { session, line: "/pause" })))
              setPaused(true);
          }}
          resume={resume}
          slept={slept}
          end={() => void say("/end")}
        />
        <Conversation talk={talk} say={say} wrong={wrong} />
        <section className="scratch" aria-label="Your note">
          <h2>
            Your note <span className="q3">reviewed while you speak; you are asked about it at the end</span>
          </h2>
          {talk.sections.map(({ number, title, text }) => (
            <div key={number} className={`sec${number === talk.step && talk.phase === "sections" ? " now" : ""}`}>
              <h3>
                <span className="q3">{number}</span> {title}
                {talk.changes.some(({ touches }) => touches.includes(number)) && (
                  <span className="touch">◐ touched by the change</span>
                )}
              </h3>
              {text.split("\n").map((line, i) => line !== "" && <p key={`${i} ${line}`}>{line}</p>)}
            </div>
          ))}
        </section>
      </div>
    </div>
  );
}

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

function Clock({ talk, isPaused, loadedAt, pause, resume, slept, end }: ClockProps) {
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

interface ConversationProps {
  readonly talk: InterviewAnswer;
  readonly say: (line: string) => Promise<boolean>;
  readonly wrong: Wrong | undefined;
}

function Conversation({ talk, say, wrong }: ConversationProps) {
  const keep = `interview:${talk.session}`;
  const [line, setLine] = useState(keptText(keep) ?? "");
  const [isSending, setSending] = useState(false);
  const log = useRef<HTMLDivElement>(null);
  const isProbing = talk.phase === "probes";
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every turn
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [talk]);
  const send = async (text: string): Promise<void> => {
    if (isSending) return;
    setSending(true);
    if (await say(text)) {
      dropText(keep);
      setLine("");
    }
    setSending(false);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || line.trim() === "") return;
    event.preventDefault();
    void send(line);
  };
  return (
    <section className="talk" aria-label="The interview">
      <h1 className="vh">{talk.title}</h1>
      <p className="prompt">“{talk.prompt}”</p>
      <div className="log" ref={log} tabIndex={0} role="log" aria-label="What was said">
        {talk.asked.map(({ text, fact, answer }, i) => (
          <div key={i}>
            <div className="turn you">
              <p>{text}</p>
            </div>
            <div className="turn they">
              <p>{answer ?? "I have no figure for that. Make an assumption and write it down."}</p>
              {fact !== null && (
                <p className="small q3">
                  understood as {fact.replaceAll("-", " ")}{" "}
                  {i === talk.asked.length - 1 && (
                    <button className="lnk" type="button" onClick={() => void send("/not none")}>
                      I meant another fact
                    </button>
                  )}
                </p>
              )}
            </div>
          </div>
        ))}
        {talk.changes.map(({ say: said, touches }) => (
          <div key={said} className="break">
            <p className="label">One moment, something has changed</p>
            <p>{said}</p>
            <p className="small q2">
              It touches section {touches.join(" and ")}: go back, or say here what you would change.
            </p>
          </div>
        ))}
        {talk.probes.map(({ question, answer }) => (
          <div key={question}>
            <div className="turn they">
              <p>{sentence(question)}</p>
            </div>
            <div className="turn you">
              <p>{answer === "" ? "left open" : answer}</p>
            </div>
          </div>
        ))}
        {talk.probe !== null && (
          <div className="turn they">
            <p>{sentence(talk.probe)}</p>
          </div>
        )}
        {talk.said
          .filter((one) => one.startsWith("(") && !one.startsWith("(understood"))
          .map((one) => (
            <p key={one} className="small q3">
              {one}
            </p>
          ))}
      </div>
      <div className="say">
        <label className="vh" htmlFor="line">
          {isProbing ? "Your answer" : "Write into the section, or ask"}
        </label>
        <textarea
          id="line"
          className="field"
          rows={2}
          // As at a question of practice, the next thing to do is to type.
          autoFocus
          value={line}
          onKeyDown={onKey}
          onChange={(event) => {
            setLine(event.target.value);
            keepText(keep, event.target.value);
          }}
        />
        <FailureLine wrong={wrong} />
        <p className="route">
          {isProbing ? (
            <span>answers the interviewer, {plural(talk.probesLeft, "question")} left</span>
          ) : line.trim().endsWith("?") ? (
            <span>asks the interviewer</span>
          ) : (
            <span>
              goes into <b>section {talk.step}</b> <span className="q3">end with ? to ask</span>
            </span>
          )}
          <span className="sp" />
          {isProbing ? (
            <button className="btn quiet" type="button" onClick={() => void send("")}>
              Leave it open
            </button>
          ) : (
            <>
              {talk.step > 1 && (
                <button className="btn quiet" type="button" onClick={() => void send("/back")}>
                  Back
                </button>
              )}
              {talk.step < 7 && (
                <button className="btn" type="button" onClick={() => void send("/next")}>
                  Next section
                </button>
              )}
            </>
          )}
          <button
            className="btn first"
            type="button"
            disabled={line.trim() === "" || isSending}
            onClick={() => void send(line)}
          >
            Send <kbd>Enter</kbd>
          </button>
        </p>
      </div>
    </section>
  );
}
