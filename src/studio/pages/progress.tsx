/** Progress: a sentence, the areas by level, pale below three answers, and what is still known. */

import { useEffect } from "react";
import type { ProgressAnswer } from "../answers.ts";
import { get } from "../api.ts";
import { FailureLine } from "../parts/failure.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { plural } from "../parts/words.tsx";
import { Link } from "../router.tsx";
import "../style/practice.css";
import "../style/practice-more.css";

/** Fewer say little, and are pale. */
const FEW = 3;

export function ProgressPage() {
  const { answer, wrong } = useAnswer("progress", () => get<ProgressAnswer>("/api/progress"));
  useEffect(() => {
    document.title = "Progress · Heptad";
  }, []);
  return (
    <main className="page-practice">
      <div className="w">
        <FailureLine wrong={wrong} />
        {answer !== undefined && <Shown progress={answer} />}
      </div>
    </main>
  );
}

function Shown({ progress }: { readonly progress: ProgressAnswer }) {
  const { answers, questions, ability, uncertainty, areas, forecast } = progress;
  if (answers === 0)
    return (
      <>
        <h1>Your level stands here after six questions.</h1>
        <p className="acts">
          <Link className="btn first" to="/practice?begin=1">
            Begin
          </Link>
        </p>
      </>
    );
  const seen = areas.filter(({ cells }) => cells.some(({ answers: count }) => count > 0));
  const weakest = [...seen]
    .filter(({ cells }) => cells.reduce((sum, cell) => sum + cell.answers, 0) >= FEW)
    .sort((a, b) => a.ability - b.ability)[0];
  return (
    <>
      <h1>
        Level {ability.toFixed(1)} <span className="bounds">± {uncertainty.toFixed(1)}</span> after{" "}
        {plural(answers, "answer")}.{weakest !== undefined && ` The weakest area is ${weakest.title}.`}
      </h1>
      <div className="pg">
        <div className="heat-box">
          <table className="heat">
            <thead>
              <tr>
                <th scope="col">Area</th>
                {[1, 2, 3, 4, 5, 6].map((level) => (
                  <th key={level} scope="col">
                    {level}
                  </th>
                ))}
                <th scope="col" className="num">
                  level
                </th>
              </tr>
            </thead>
            <tbody>
              {areas.map(({ area, title, ability: own, uncertainty: spread, cells }) => (
                <tr key={area}>
                  <th scope="row">
                    <Link to={`/practice?area=${area}`}>{title}</Link>
                  </th>
                  {cells.map(({ answers: count, share = 0 }, i) => (
                    <td
                      key={i}
                      className={`hc ${count === 0 ? "unseen" : count < FEW ? "few" : `h${1 + Math.min(3, Math.floor(share * 4))}`}`}
                    >
                      {count === 0 ? (
                        <>
                          <span aria-hidden="true">·</span>
                          <span className="vh">not seen</span>
                        </>
                      ) : (
                        <>
                          {Math.round(share * 100)}
                          <small>{count}</small>
                        </>
                      )}
                    </td>
                  ))}
                  <td className="num">
                    {own.toFixed(1)} <span className="bounds">± {spread.toFixed(1)}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="small q3 key">
            Percent right, and the number of answers. Pale: fewer than three answers say little.
          </p>
        </div>
        <aside className="pside" aria-label="What is kept">
          <section>
            <h2>Still known of {plural(questions, "question")}</h2>
            <div className="keep">
              {forecast.map(({ inDays, known }) => (
                <span key={inDays}>
                  <b>{Math.round(known)}</b>
                  {inDays === 0 ? "today" : `in ${inDays} d`}
                </span>
              ))}
            </div>
            <p className="small q3">Expected without further practice.</p>
          </section>
          <section>
            <h2>Plan</h2>
            <p>
              <Link to="/plan">Hours a week turned into areas and levels, up to a date.</Link>
            </p>
          </section>
        </aside>
      </div>
    </>
  );
}
