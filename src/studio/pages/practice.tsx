/** Practice: a sitting from its beginning over question and graded answer to its end. */

import { useEffect, useState } from "react";
import type { GradedAnswer, SessionAnswer } from "../answers/practice-answers.ts";
import { AWAY, get, post, type Wrong, wrongOf } from "../api.ts";
import { FailureLine } from "../parts/failure.tsx";
import { useEvents } from "../parts/use-events.ts";
import { sentence } from "../parts/words.tsx";
import { go, Link, usePlace } from "../router.tsx";
import { Graded } from "./practice/graded.tsx";
import { Question } from "./practice/question.tsx";
import { SittingMargin } from "./practice/sitting-margin.tsx";
import "../style/practice.css";
import "../style/practice-more.css";

export function PracticePage() {
  const { query } = usePlace();
  const [session, setSession] = useState<SessionAnswer["session"]>();
  const [graded, setGraded] = useState<GradedAnswer>();
  const [wrong, setWrong] = useState<Wrong>();
  /** What was asked for while a sitting goes on: nothing is set aside before somebody has said so. */
  const [waits, setWaits] = useState<Order>();
  const asked = query.toString();
  /** Whether it was answered. */
  const take = async (ask: () => Promise<SessionAnswer>): Promise<boolean> => {
    try {
      setSession((await ask()).session);
      setWrong(undefined);
      return true;
    } catch (error) {
      setWrong(wrongOf(error));
      return false;
    }
  };
  const start = (order: Order, aside = true): Promise<boolean> =>
    take(async () => {
      const answer = await post<SessionAnswer>("/api/practice/start", { ...order, aside });
      setWaits(answer.standsInTheWay === true ? order : undefined);
      return answer;
    });
  const load = (): Promise<boolean> => take(() => get<SessionAnswer>("/api/practice"));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each address
  useEffect(() => {
    document.title = "Practice · Heptad";
    setGraded(undefined);
    if (asked === "") {
      void load();
      return;
    }
    let isHere = true;
    // The plain address asks for the sitting as it stands: before the new one has begun that is the last one, whose question would show.
    // One question is soon answered, and what was begun goes on behind it.
    void start(orderOf(query), query.has("question")).then((begun) => {
      if (begun && isHere) go("/practice", true);
    });
    return () => {
      isHere = false;
    };
  }, [asked]);
  useEvents(undefined, { back: () => wrong?.code === AWAY.code && void load() });
  if (session === undefined)
    return (
      <main className="page-practice">
        <div className="w">
          <FailureLine wrong={wrong} />
        </div>
      </main>
    );
  const question = session?.asked ?? undefined;
  return (
    <main className="page-practice">
      <div className="w">
        <FailureLine wrong={wrong} />
        <div className="grid">
          <div>
            {waits !== undefined && session !== null ? (
              <InTheWay session={session} goOn={() => setWaits(undefined)} begin={() => void start(waits)} />
            ) : graded !== undefined ? (
              <Graded
                graded={graded}
                level={session?.level ?? null}
                uncertainty={session?.uncertainty ?? 0}
                next={() => setGraded(undefined)}
                isLast={question === undefined}
              />
            ) : session === null ? (
              <Begin start={start} />
            ) : question === undefined ? (
              <Summary
                lines={session.summary?.lines ?? []}
                waiting={session.waiting}
                again={() => take(() => post<SessionAnswer>("/api/practice/stop"))}
              />
            ) : (
              <Question
                key={`${question.id} ${question.number}`}
                asked={question}
                hint={() => take(() => post<SessionAnswer>("/api/practice/hint", { question: question.id }))}
                answered={({ session: after, graded: grade }) => {
                  setSession(after);
                  setGraded(grade);
                }}
              />
            )}
          </div>
          {session !== null && (
            <SittingMargin
              session={session}
              isOver={question === undefined && graded === undefined}
              stop={() => take(() => post<SessionAnswer>("/api/practice/stop"))}
            />
          )}
        </div>
      </div>
    </main>
  );
}

/** What an address asks to begin: a question by its name, an area, or one of the ways to practise. */
function orderOf(query: URLSearchParams): Order {
  const [question, area] = [query.get("question") ?? undefined, query.get("area") ?? undefined];
  if (question !== undefined) return { question, count: 1 };
  switch (query.get("begin")) {
    case "daily":
      return DAILY;
    case "gauntlet":
      return GAUNTLET;
    default:
      return { area, count: 10 };
  }
}

interface Order {
  readonly mode?: "practice" | "daily" | "gauntlet";
  readonly count?: number;
  readonly area?: string;
  readonly question?: string;
}

const DAILY: Order = { mode: "daily" };
const GAUNTLET: Order = { mode: "gauntlet", count: 100 };

interface InTheWayProps {
  readonly session: NonNullable<SessionAnswer["session"]>;
  readonly goOn: () => void;
  readonly begin: () => void;
}

/** Another sitting was asked for while one goes on. */
function InTheWay({ session: { verdicts, count }, goOn, begin }: InTheWayProps) {
  return (
    <>
      <h1>
        A sitting goes on: {verdicts.length} of {count} are answered.
      </h1>
      <p className="q2 lede">Go on with it, or set it aside for the one that was asked for; it goes on after that.</p>
      <p className="acts">
        <button className="btn first" type="button" onClick={goOn}>
          Go on with it
        </button>
        <button className="btn" type="button" onClick={begin}>
          Set it aside and begin the other
        </button>
      </p>
    </>
  );
}

function Begin({ start }: { readonly start: (order: Order) => unknown }) {
  return (
    <>
      <h1>Ten questions at your level, or today's set.</h1>
      <p className="acts">
        <button className="btn first" type="button" onClick={() => start({})}>
          Begin ten questions
        </button>
        <button className="btn" type="button" onClick={() => start(DAILY)}>
          Today's set
        </button>
        <button className="btn" type="button" onClick={() => start(GAUNTLET)}>
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

interface SummaryProps {
  readonly lines: readonly string[];
  readonly waiting: number;
  readonly again: () => void;
}

function Summary({ lines, waiting, again }: SummaryProps) {
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
          {waiting > 0 ? "Go on with what was begun before" : "Another session"}
        </button>
        <Link className="btn quiet" to="/progress">
          Progress
        </Link>
      </p>
    </>
  );
}
