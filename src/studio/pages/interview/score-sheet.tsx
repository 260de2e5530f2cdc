/** The score sheet: a sentence, nine grades, each with its quotations and what the next one shows, then what to do. */

import type { ScoreAnswer } from "../../answers/interview-answers.ts";
import { get } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { Mark } from "../../parts/mark.tsx";
import { STEP_NAMES } from "../../parts/step-names.ts";
import { useAnswer } from "../../parts/use-answer.ts";
import { inWords, sentence, Words, when } from "../../parts/words.tsx";
import { Link } from "../../router.tsx";

export function ScoreSheet({ session }: { readonly session: string }) {
  const { answer, wrong } = useAnswer(session, () => get<ScoreAnswer>("/api/interviews/score", { session }));
  return (
    <div className="sheet">
      <FailureLine wrong={wrong} />
      {answer !== undefined && <Sheet score={answer} />}
    </div>
  );
}

function Sheet({
  score: { title, session, endedAt, used, minutes, scores, times, next },
}: {
  readonly score: ScoreAnswer;
}) {
  const senior = scores.filter(({ grade }) => grade >= 2).length;
  const below = scores.filter(({ grade }) => grade === 0).map(({ title: one }) => one.toLowerCase());
  return (
    <>
      <p className="meta">
        <span>{title}</span>
        <span>{when(endedAt)}</span>
        <span>
          {Math.round(used)} of {minutes} min
        </span>
      </p>
      <h1>
        {senior === 0 ? "None" : inWords(senior)} of nine dimensions at senior or above.
        {below.length > 0 && ` Below mid: ${below.join(", ")}.`}
      </h1>
      <p className="lede q2">
        The grades are proposals from the words of your note; the evidence is quoted, so that you can overrule them.
      </p>
      <div className="sc">
        <table className="grades">
          <thead>
            <tr>
              <th scope="col">Dimension</th>
              <th scope="col">Grade</th>
              <th scope="col">Evidence</th>
            </tr>
          </thead>
          <tbody>
            {scores.map(({ dimension, title: name, grade, name: word, evidence, missing, above }) => (
              <tr key={dimension}>
                <th scope="row">{name}</th>
                <td className="g">
                  <span className="gr" aria-hidden="true">
                    {[1, 2, 3].map((at) => (
                      <i key={at} className={at <= grade ? "on" : undefined} />
                    ))}
                  </span>
                  {word}
                </td>
                <td>
                  <ul className="ev">
                    {evidence.slice(0, 4).map((one) => (
                      <li key={one}>
                        <Mark state="ok" />
                        <Quoted text={one} />
                      </li>
                    ))}
                    {missing.slice(0, 3).map((one) => (
                      <li key={one}>
                        <Mark state="none" />
                        <span>
                          <Words>{sentence(one)}</Words>
                        </span>
                      </li>
                    ))}
                  </ul>
                  {above !== null && (
                    <p className="up">
                      <span className="q3">{above.name}</span> <Words>{above.shows}</Words>
                    </p>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <aside aria-label="What next">
          <section>
            <h2>Next</h2>
            <ol className="nx">
              {next.map((one) => (
                <li key={one}>
                  <Words>{sentence(one.replace(/ \(drill it: .*\)$/u, ""))}</Words>
                </li>
              ))}
            </ol>
            <p className="acts">
              <Link
                className="btn"
                to={`/practice?area=${scores.toSorted((a, b) => a.grade - b.grade)[0]?.area ?? ""}`}
              >
                Drill the weakest
              </Link>
            </p>
          </section>
          <section>
            <h2>Time by section</h2>
            <ol className="times">
              {times.map(({ step, minutes: spent, usual, isLate }) => (
                <li key={step}>
                  <span>
                    <span className="q3">{step}</span> {STEP_NAMES[step]}
                  </span>
                  <span className="num">
                    {spent.toFixed(1)} of {usual.toFixed(0)} min{isLate && ", long"}
                  </span>
                </li>
              ))}
            </ol>
          </section>
          <section>
            <h2>Keep it</h2>
            <p className="small q3">
              <code>history/interviews/{session}.jsonl</code>
            </p>
            <p className="acts">
              <button className="btn" type="button" onClick={() => print()}>
                Print
              </button>
            </p>
          </section>
        </aside>
      </div>
    </>
  );
}

/** A point with the words that made it, in quotes. */
function Quoted({ text }: { readonly text: string }) {
  const match = /^(?<point>.*?): “(?<quote>.*)”$/su.exec(text)?.groups;
  if (match === undefined)
    return (
      <span>
        <Words>{sentence(text)}</Words>
      </span>
    );
  return (
    <span>
      <Words>{sentence(match.point)}</Words> <q>{match.quote}</q>
    </span>
  );
}
