/** Practice: the question, its values, the answer as it is read while it is typed, how sure, and after it what slipped and why. */

import { type FormEvent, useEffect, useRef, useState } from "react";
import type { AnsweredAnswer, AskedAnswer, GradedAnswer, SessionAnswer } from "../answers.ts";
import { get, post, type Wrong, wrongOf } from "../api.ts";
import { FailureLine } from "../parts/failure.tsx";
import { dropText, keepText, keptText } from "../parts/kept-text.ts";
import { Mark, type State } from "../parts/mark.tsx";
import { useEvents } from "../parts/use-events.ts";
import { useKeys } from "../parts/use-keys.ts";
import { plural, sentence } from "../parts/words.tsx";
import { go, Link, usePlace } from "../router.tsx";
import { Graded } from "./practice/graded.tsx";
import { Rubric } from "./practice/rubric.tsx";
import "../style/practice.css";
import "../style/practice-more.css";

const SURE = [
  { value: 0.25, text: "25 %", word: "a guess" },
  { value: 0.5, text: "50 %", word: "a coin" },
  { value: 0.7, text: "70 %", word: "" },
  { value: 0.85, text: "85 %", word: "" },
  { value: 0.95, text: "95 %", word: "certain" },
];

export function PracticePage() {
  const { query } = usePlace();
  const [session, setSession] = useState<SessionAnswer["session"]>();
  const [graded, setGraded] = useState<GradedAnswer>();
  const [wrong, setWrong] = useState<Wrong>();
  const named = query.get("question") ?? undefined;
  const area = query.get("area") ?? undefined;
  const take = async (ask: () => Promise<SessionAnswer>): Promise<void> => {
    try {
      setSession((await ask()).session);
      setWrong(undefined);
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  const start = (order: unknown): Promise<void> => take(() => post<SessionAnswer>("/api/practice/start", order));
  const load = (): Promise<void> => take(() => get<SessionAnswer>("/api/practice"));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each address
  useEffect(() => {
    document.title = "Practice · Heptad";
    setGraded(undefined);
    if (named !== undefined || area !== undefined || query.has("begin")) {
      void start({ question: named, area, count: named === undefined ? 10 : 1 });
      go("/practice", true);
    } else void load();
  }, [named, area]);
  useEvents(undefined, { back: () => void load() });
  if (session === undefined)
    return (
      <main className="page-practice">
        <div className="w">
          <FailureLine wrong={wrong} />
        </div>
      </main>
    );
  const asked = session?.asked ?? undefined;
  return (
    <main className="page-practice">
      <div className="w">
        <FailureLine wrong={wrong} />
        <div className="grid">
          <div>
            {graded !== undefined ? (
              <Graded graded={graded} next={() => setGraded(undefined)} isLast={asked === undefined} />
            ) : session === null ? (
              <Begin start={start} />
            ) : asked === undefined ? (
              <Summary
                lines={session.summary?.lines ?? []}
                again={() => take(() => post<SessionAnswer>("/api/practice/stop").then(() => ({ session: null })))}
              />
            ) : (
              <Question
                key={`${asked.id} ${asked.number}`}
                asked={asked}
                hint={() => take(() => post<SessionAnswer>("/api/practice/hint", { question: asked.id }))}
                answered={({ session: after, graded: grade }) => {
                  setSession(after);
                  setGraded(grade);
                }}
              />
            )}
          </div>
          {session !== null && (
            <Margin
              session={session}
              stop={() => take(() => post<SessionAnswer>("/api/practice/stop").then(() => ({ session: null })))}
            />
          )}
        </div>
      </div>
    </main>
  );
}

function Begin({ start }: { readonly start: (order: unknown) => void }) {
  return (
    <>
      <h1>Ten questions at your level, or today's set.</h1>
      <p className="acts">
        <button className="btn first" type="button" onClick={() => start({})}>
          Begin ten questions
        </button>
        <button className="btn" type="button" onClick={() => start({ mode: "daily" })}>
          Today's set
        </button>
        <button className="btn" type="button" onClick={() => start({ mode: "gauntlet", count: 100 })}>
          Twenty minutes against the clock
        </button>
        <Link className="btn quiet" to="/progress">
          Progress
        </Link>
        <Link className="btn quiet" to="/plan">
          Plan
        </Link>
      </p>
    </>
  );
}

function Summary({ lines, again }: { readonly lines: readonly string[]; readonly again: () => void }) {
  const [first, ...rest] = lines;
  return (
    <>
      <h1>{sentence(first ?? "nothing was answered")}.</h1>
      {rest.map((line) => (
        <p key={line} className="q2">
          {sentence(line)}
        </p>
      ))}
      <p className="acts">
        <button className="btn first" type="button" onClick={again}>
          Another session
        </button>
        <Link className="btn quiet" to="/progress">
          Progress
        </Link>
      </p>
    </>
  );
}

interface QuestionProps {
  readonly asked: AskedAnswer;
  readonly hint: () => void;
  readonly answered: (answer: AnsweredAnswer) => void;
}

interface ReadAnswer {
  readonly read: string | null;
  readonly why?: string;
  readonly inBase?: { readonly mantissa: string; readonly exponent: string } | null;
  readonly notes?: readonly string[];
}

function Question({ asked, hint, answered }: QuestionProps) {
  const keep = `practice:${asked.id}`;
  const [typed, setTyped] = useState(keptText(keep) ?? "");
  const [sure, setSure] = useState<number>();
  const [read, setRead] = useState<ReadAnswer>();
  const [wrong, setWrong] = useState<Wrong>();
  const [rubric, setRubric] = useState<AnsweredAnswer>();
  const [isSending, setSending] = useState(false);
  const isLong = asked.kind === "explain" || asked.kind === "design";
  const latest = useRef("");
  const type = (text: string): void => {
    // As at the terminal: a question mark alone asks for a hint.
    if (text === "?" && asked.hintsLeft > 0) {
      hint();
      return;
    }
    setTyped(text);
    keepText(keep, text);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed is read again, nothing else
  useEffect(() => {
    latest.current = typed;
    if (!asked.canRead || typed.trim() === "") return setRead(undefined);
    const timer = setTimeout(async () => {
      try {
        const answer = await post<ReadAnswer>("/api/practice/read", { question: asked.id, typed });
        if (latest.current === typed) setRead(answer);
      } catch {
        setRead(undefined);
      }
    }, 120);
    return () => clearTimeout(timer);
  }, [typed]);
  const send = async (text: string, ticks?: readonly boolean[]): Promise<void> => {
    if (isSending) return;
    setSending(true);
    try {
      const answer = await post<AnsweredAnswer>("/api/practice/answer", {
        question: asked.id,
        typed: text,
        confidence: sure,
        ticks,
      });
      if (answer.rubric !== undefined) setRubric(answer);
      else {
        dropText(keep);
        answered(answer);
      }
      setWrong(undefined);
    } catch (error) {
      setWrong(wrongOf(error));
    } finally {
      setSending(false);
    }
  };
  useKeys({
    "?": () => asked.hintsLeft > 0 && hint(),
    "-": () => void send(""),
    ...Object.fromEntries(SURE.map(({ value }, i) => [String(i + 1), () => setSure(value)])),
  });
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (typed.trim() !== "") void send(/^[-−]$/u.test(typed.trim()) ? "" : typed);
      }}
    >
      <p className="meta">
        <span>{asked.area}</span>
        <span>
          level {asked.level}, {asked.kind}
        </span>
        <span>about {plural(asked.minutes, "minute")}</span>
        <span>{asked.reason}</span>
      </p>
      <h1 className={asked.lines.length > 6 ? "long" : undefined}>{asked.ask}</h1>
      {asked.given.length > 0 && (
        <dl className="given">
          {asked.given.map(({ name, text }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      <Lines asked={asked} />
      <div className="ans">
        <label className="label" htmlFor="answer">
          {sentence(asked.prompt)}
        </label>
        {isLong ? (
          <textarea
            id="answer"
            className="input"
            rows={7}
            value={typed}
            onChange={(event) => type(event.target.value)}
          />
        ) : (
          <input
            id="answer"
            className="field"
            type="text"
            autoFocus
            autoComplete="off"
            value={typed}
            onChange={(event) => type(event.target.value)}
          />
        )}
        <p className="read" role="status">
          {read?.read != null && (
            <>
              reads as <b>{read.read}</b>
              {read.inBase != null && (
                <>
                  , that is {read.inBase.mantissa} × 10<sup>{read.inBase.exponent}</sup>
                </>
              )}
              <span className="q3">{read.notes?.join("; ")}</span>
            </>
          )}
          {read?.read === null && read.why !== undefined && <span className="q3">{read.why}</span>}
        </p>
      </div>
      {!asked.isTimed && (
        <fieldset>
          <legend className="label">How sure are you?</legend>
          <div className="seg">
            {SURE.map(({ value, text, word }) => (
              <label key={value}>
                <input type="radio" name="sure" checked={sure === value} onChange={() => setSure(value)} />
                <span>
                  <b>{text}</b> {word !== "" && <small>{word}</small>}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {asked.hints.map((text) => (
        <p key={text} className="hint">
          {sentence(text)}
        </p>
      ))}
      <FailureLine wrong={wrong} />
      {rubric?.rubric !== undefined ? (
        <Rubric
          points={rubric.rubric}
          misconceptions={rubric.misconceptions ?? []}
          done={(ticks) => void send(typed, ticks)}
        />
      ) : (
        <p className="acts">
          <button className="btn first" type="submit" disabled={typed.trim() === "" || isSending}>
            Answer <kbd>Enter</kbd>
          </button>
          {asked.hintsLeft > 0 && (
            <button className="btn" type="button" onClick={hint}>
              Hint, costs a quarter <kbd>?</kbd>
            </button>
          )}
          <button className="btn quiet" type="button" onClick={() => void send("")}>
            Leave open <kbd>−</kbd>
          </button>
        </p>
      )}
    </form>
  );
}

/** Options, items, a note to read: what the question shows below its sentence. */
function Lines({ asked }: { readonly asked: AskedAnswer }) {
  const own = new Set([...asked.ask.split("\n"), ...asked.given.map(({ name, text }) => `  ${name}: ${text}`)]);
  const lines = asked.lines.filter((line) => !own.has(line));
  if (lines.length === 0) return null;
  return (
    <pre className="options" tabIndex={0}>
      {lines.map((line) => line.replace(/^ {2}/u, "")).join("\n")}
    </pre>
  );
}

const STATES: Readonly<Record<string, State>> = { right: "ok", close: "open", wrong: "bad", unanswered: "none" };

function Margin({
  session,
  stop,
}: {
  readonly session: NonNullable<SessionAnswer["session"]>;
  readonly stop: () => void;
}) {
  const { verdicts, count, minutes, level, uncertainty, asked, left } = session;
  const shown = Math.min(count, 10);
  return (
    <aside className="margin" aria-label="This sitting">
      <section>
        <h2>This sitting</h2>
        <ol className="ten">
          {Array.from({ length: shown }, (_, i) => {
            const verdict = verdicts[i];
            return (
              <li key={i} className={i === verdicts.length && asked !== null ? "now" : undefined}>
                {verdict === undefined ? (
                  i + 1
                ) : (
                  <>
                    <Mark state={STATES[verdict] ?? "none"} />
                    <span className="vh">{verdict}</span>
                  </>
                )}
              </li>
            );
          })}
        </ol>
        <p>
          {asked === null ? verdicts.length : asked.number} of {count},{" "}
          {left === null ? `${plural(minutes, "minute")} so far` : `${Math.max(0, Math.ceil(left / 60_000))} min left`}.{" "}
          <button className="lnk" type="button" onClick={stop}>
            Stop here
          </button>
          ; every answer is kept.
        </p>
      </section>
      <section>
        <h2>Where you stand</h2>
        <p>
          Level {level.toFixed(1)} <span className="bounds">± {uncertainty.toFixed(1)}</span>.{" "}
          <Link to="/progress">Progress</Link>
        </p>
      </section>
      <section>
        <h2>Keys</h2>
        <p>
          <kbd>Enter</kbd> answer; outside of the field <kbd>?</kbd> hint, <kbd>−</kbd> leave open, <kbd>1</kbd> to{" "}
          <kbd>5</kbd> how sure
        </p>
      </section>
    </aside>
  );
}
