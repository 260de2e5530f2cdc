/** Interviews: those left open, the problems, the interviewer's side; then the talk itself, and its score sheet. */

import { useEffect, useState } from "react";
import type { InterviewAnswer, InterviewsAnswer } from "../answers.ts";
import { get, post, type Wrong, wrongOf } from "../api.ts";
import { FailureLine } from "../parts/failure.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { sentence, when } from "../parts/words.tsx";
import { go, Link, usePlace } from "../router.tsx";
import { ScoreSheet } from "./interview/score-sheet.tsx";
import { Talk } from "./interview/talk.tsx";
import "../style/interview.css";
import "../style/interview-more.css";

export function InterviewPage() {
  const { query } = usePlace();
  const session = query.get("session");
  const score = query.get("score");
  useEffect(() => {
    document.title = "Interview · Heptad";
  }, []);
  return (
    <main className="page-interview">
      {score !== null ? (
        <ScoreSheet key={score} session={score} />
      ) : session !== null ? (
        <Talk key={session} session={session} />
      ) : (
        <Choose isInterviewer={query.get("side") === "interviewer"} problem={query.get("problem")} />
      )}
    </main>
  );
}

function Choose({ isInterviewer, problem }: { readonly isInterviewer: boolean; readonly problem: string | null }) {
  const { answer, wrong } = useAnswer("interviews", () => get<InterviewsAnswer>("/api/interviews"));
  const [failed, setFailed] = useState<Wrong>();
  const [rubric, setRubric] = useState<{ name: string; markdown: string }>();
  const begin = async (name: string): Promise<void> => {
    try {
      const { session } = await post<InterviewAnswer>("/api/interviews", { problem: name });
      go(`/interview?session=${session}`);
    } catch (error) {
      setFailed(wrongOf(error));
    }
  };
  const showRubric = async (name: string): Promise<void> => {
    try {
      setRubric({ name, ...(await get<{ markdown: string }>("/api/interviews/rubric", { problem: name })) });
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
          ? "Choose a problem: its facts, changes and rubric are for your eyes."
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
            {open.map(({ session, title, step, left }) => (
              <li key={session}>
                <span>
                  <b>{sentence(title)}</b>
                  <span className="q3">
                    {" "}
                    section {step} of 7, {Math.max(0, Math.ceil(left))} min left
                  </span>
                </span>
                <Link className="btn" to={`/interview?session=${session}`}>
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
            <button
              className="btn"
              type="button"
              onClick={() => (isInterviewer ? showRubric(name) : begin(name))}
              aria-label={`${isInterviewer ? "Show the rubric of" : "Begin"} ${title}`}
            >
              {isInterviewer ? "Rubric" : "Begin"}
            </button>
          </li>
        ))}
      </ul>
      {rubric !== undefined && (
        <section className="rubric" aria-label="For the interviewer">
          <p className="acts">
            <button className="btn" type="button" onClick={() => print()}>
              Print
            </button>
            <span className="small q3">
              A sheet to fill: <code>heptad interview {rubric.name} --sheet</code>
            </span>
          </p>
          <Markdown text={rubric.markdown} />
        </section>
      )}
      {over.length > 0 && !isInterviewer && (
        <>
          <h2 className="list-head">Score sheets</h2>
          <ul className="choices">
            {over.map(({ session, title, lastAt }) => (
              <li key={session}>
                <span>
                  {sentence(title)} <span className="q3">{when(lastAt)}</span>
                </span>
                <Link className="btn quiet" to={`/interview?score=${session}`}>
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
