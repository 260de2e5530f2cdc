/** The interviewer's side of a problem: what the candidate does not see, and the sheets of those who were interviewed. */

import { useState } from "react";
import type { ComparedAnswer, InterviewerAnswer } from "../../answers/interview-answers.ts";
import { get, post, type Wrong, wrongOf } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { Mark } from "../../parts/mark.tsx";
import { Markdown } from "../../parts/markdown.tsx";
import { useAnswer } from "../../parts/use-answer.ts";
import { sentence, when } from "../../parts/words.tsx";
import { addressOf, go, Link } from "../../router.tsx";
import { FillSheet } from "./fill-sheet.tsx";

const DIMENSIONS = 9;

export function Interviewer({ problem, sheet }: { readonly problem: string; readonly sheet: string | null }) {
  const { answer, wrong } = useAnswer(`${problem} ${sheet}`, () =>
    get<InterviewerAnswer>("/api/interviewer", { problem }),
  );
  const [failed, setFailed] = useState<Wrong>();
  const addressAt = (name?: string): string => addressOf("/interview", { side: "interviewer", problem, sheet: name });
  const begin = async (): Promise<void> => {
    try {
      const { name } = await post<{ name: string }>("/api/sheets", { problem });
      go(addressAt(name));
    } catch (error) {
      setFailed(wrongOf(error));
    }
  };
  return (
    <div className="sheet">
      <p className="meta">
        <Link to="/interview?side=interviewer">All problems</Link>
        {sheet !== null && <Link to={addressAt()}>Other sheets of this problem</Link>}
      </p>
      <FailureLine wrong={failed ?? wrong} />
      {answer !== undefined && (
        <>
          <h1>“{answer.prompt}”</h1>
          <p className="acts">
            {sheet === null && (
              <button className="btn first" type="button" onClick={begin}>
                Begin a sheet
              </button>
            )}
            <button className="btn" type="button" onClick={() => print()}>
              Print
            </button>
            {sheet === null && (
              <span className="small q3">
                Say only the sentence above; facts are told when they are asked for. In a terminal:{" "}
                <code>heptad interview {problem} --interviewer</code>
              </span>
            )}
          </p>
          {sheet === null && <Sheets answer={answer} addressAt={addressAt} />}
          <div className={sheet === null ? undefined : "held"}>
            {sheet !== null && <FillSheet key={sheet} name={sheet} about={answer} />}
            <section className="rubric" aria-label="For the interviewer">
              {/* Its first two lines are the heading and the sentence above. */}
              <Markdown text={answer.markdown.slice(answer.markdown.indexOf("## "))} />
            </section>
          </div>
        </>
      )}
    </div>
  );
}

interface SheetsProps {
  readonly answer: InterviewerAnswer;
  readonly addressAt: (name: string) => string;
}

function Sheets({ answer: { sheets }, addressAt }: SheetsProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [compared, setCompared] = useState<ComparedAnswer>();
  const [wrong, setWrong] = useState<Wrong>();
  if (sheets.length === 0) return null;
  const compare = async (): Promise<void> => {
    const [a, b] = chosen;
    try {
      setCompared(await get<ComparedAnswer>("/api/sheets/compare", { a, b }));
      setWrong(undefined);
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  return (
    <>
      <h2 className="list-head">Sheets</h2>
      <ul className="choices">
        {sheets.map(({ name, candidate, interviewer, graded, changed }) => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(name)}
                onChange={(event) => {
                  // What was told of two others stands no longer.
                  setCompared(undefined);
                  setChosen(event.target.checked ? [...chosen, name].slice(-2) : chosen.filter((one) => one !== name));
                }}
              />{" "}
              {candidate === "" ? "no name yet" : candidate}
              <span className="q3">
                {" "}
                {interviewer === "" ? "" : `by ${interviewer}, `}
                {graded} of {DIMENSIONS} graded, {when(changed)}
              </span>
            </label>
            <Link className="btn quiet" to={addressAt(name)}>
              Open <span className="vh">the sheet of {candidate}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="acts">
        <button className="btn" type="button" disabled={chosen.length !== 2} onClick={compare}>
          Compare the two
        </button>
        <span className="small q3">Where two interviewers of one candidate disagree is what to talk about.</span>
      </p>
      <FailureLine wrong={wrong} />
      <div className="told" role="status">
        {compared !== undefined && <Compared {...compared} />}
      </div>
    </>
  );
}

/** Every dimension with both grades; what the comparison cannot say stands first. */
function Compared({ warnings, counts, names, rows }: ComparedAnswer) {
  const graded = rows.filter(({ grades }) => grades.some((grade) => grade !== null));
  const unseen = rows.filter((row) => !graded.includes(row)).map(({ title }) => title);
  return (
    <>
      {warnings.map((one) => (
        <p key={one}>
          <span className="st t-open">
            <Mark state="open" />
          </span>{" "}
          {sentence(one)}.
        </p>
      ))}
      <p>{sentence(counts)}.</p>
      {graded.length > 0 && (
        <table className="compared">
          <thead>
            <tr>
              <th scope="col">Dimension</th>
              {names.map((name) => (
                <th key={name} scope="col">
                  {sentence(name)}
                </th>
              ))}
              <th scope="col">Apart</th>
            </tr>
          </thead>
          <tbody>
            {graded.map(({ title, grades: [one, two], gap }) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                <td>{one ?? "not seen"}</td>
                <td>{two ?? "not seen"}</td>
                <td>
                  {gap === null ? (
                    <span className="q3">one grade</span>
                  ) : gap === 0 ? (
                    <span className="q3">alike</span>
                  ) : gap === 1 ? (
                    "one level"
                  ) : (
                    <b>{gap === 2 ? "two" : "three"} levels: talk about it</b>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {unseen.length > 0 && <p className="small q3">Graded in neither: {unseen.join(", ")}.</p>}
    </>
  );
}
