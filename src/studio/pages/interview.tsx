/** Interviews: those left open, the problems, the interviewer's side; then the talk itself, and its score sheet. */

import { useEffect, useState } from "react";
import type { InterviewAnswer, InterviewsAnswer } from "../answers/interview-answers.ts";
import { get, post, type Wrong, wrongOf } from "../api.ts";
import { FailureLine } from "../parts/failure.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { sentence, when } from "../parts/words.tsx";
import { addressOf, go, Link, usePlace } from "../router.tsx";
import { Interviewer } from "./interview/interviewer.tsx";
import { ScoreSheet } from "./interview/score-sheet.tsx";
import { Talk } from "./interview/talk.tsx";
import "../style/interview.css";
import "../style/interview-more.css";

export function InterviewPage() {
  const { query } = usePlace();
  const session = query.get("session");
  const score = query.get("score");
  const problem = query.get("problem");
  const isInterviewer = query.get("side") === "interviewer";
  useEffect(() => {
    document.title = "Interview · Heptad";
  }, []);
  return (
    <main className="page-interview">
      {score !== null ? (
        <ScoreSheet key={score} session={score} />
      ) : session !== null ? (
        <Talk key={session} session={session} />
      ) : isInterviewer && problem !== null ? (
        <Interviewer key={problem} problem={problem} sheet={query.get("sheet")} />
      ) : (
        <Choose isInterviewer={isInterviewer} problem={problem} />
      )}
    </main>
  );
}

/** The problems, for a candidate to begin or an interviewer to hold. */
function Choose({ isInterviewer, problem }: { readonly isInterviewer: boolean; readonly problem: string | null }) {
  const { answer, wrong } = useAnswer("interviews", () => get<InterviewsAnswer>("/api/interviews"));
  const [failed, setFailed] = useState<Wrong>();
  const begin = async (name: string): Promise<void> => {
    try {
      const { session } = await post<InterviewAnswer>("/api/interviews", { problem: name });
      go(addressOf("/interview", { session }));
    } catch (error) {
      setFailed(wrongOf(error));
    }
  };
  const open = answer?.interviews.filter(({ ended }) => !ended) ?? [];
  const over = answer?.interviews.filter(({ ended }) => ended) ?? [];
  const problems = (answer?.problems ?? []).filter(({ name }) => problem === null || name === problem);
  return (
    <div className="sheet">
      <h1>
        {isInterviewer
          ? "Choose a problem: its facts, changes and rubric are for your eyes, and a sheet to fill while you listen."
          : "A vague problem, 45 minutes, seven sections. Ask for what you need; what you are not told, assume and write down."}
      </h1>
      <p className="acts">
        <Link className="btn quiet" to={isInterviewer ? "/interview" : "/interview?side=interviewer"}>
          {isInterviewer ? "I am the candidate" : "I interview people"}
        </Link>
      </p>
      <FailureLine wrong={failed ?? wrong} />
      {open.length > 0 && !isInterviewer && (
        <>
          <h2 className="list-head">Left open</h2>
          <ul className="choices">
            {open.map(({ session, title, step, isProbing, left }) => (
              <li key={session}>
                <span>
                  <b>{sentence(title)}</b>
                  <span className="q3">
                    {" "}
                    {isProbing ? "the questions at the end" : `section ${step} of 7`},{" "}
                    {left < 0 ? `${Math.ceil(-left)} min over` : `${Math.ceil(left)} min left`}
                  </span>
                </span>
                <Link className="btn" to={addressOf("/interview", { session })}>
                  Go on
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 className="list-head">Problems</h2>
      <ul className="choices">
        {problems.map(({ name, title, prompt }) => (
          <li key={name}>
            <span>
              <b>{sentence(title)}</b>
              <q>{prompt}</q>
            </span>
            {isInterviewer ? (
              <Link className="btn" to={addressOf("/interview", { side: "interviewer", problem: name })}>
                Hold it <span className="vh">: {title}</span>
              </Link>
            ) : (
              <button className="btn" type="button" onClick={() => begin(name)} aria-label={`Begin ${title}`}>
                Begin
              </button>
            )}
          </li>
        ))}
      </ul>
      {over.length > 0 && !isInterviewer && (
        <>
          <h2 className="list-head">Score sheets</h2>
          <ul className="choices">
            {over.map(({ session, title, lastAt }) => (
              <li key={session}>
                <span>
                  {sentence(title)} <span className="q3">{when(lastAt)}</span>
                </span>
                <Link className="btn quiet" to={addressOf("/interview", { score: session })}>
                  Read it
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
