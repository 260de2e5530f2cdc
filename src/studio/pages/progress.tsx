/** Progress: a sentence, the areas by level, pale below three answers, by step, how sure and how right, and what is still known. */

import { useEffect } from "react";
import type { ProgressAnswer } from "../answers/practice-answers.ts";
import { get } from "../api.ts";
import { FailureLine } from "../parts/failure.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { plural } from "../parts/words.tsx";
import { Link } from "../router.tsx";
import { AreaMap, FEW } from "./practice/area-map.tsx";
import { BySteps } from "./practice/by-steps.tsx";
import { HowSure } from "./practice/how-sure.tsx";
import "../style/practice.css";
import "../style/practice-more.css";

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
  const { answers, leftOpen, questions, bank, minutesLastWeek, streak, ability, uncertainty, areas, forecast } =
    progress;
  if (answers === 0)
    return (
      <>
        <h1>Your level stands here from the first answer on; six find it.</h1>
        {leftOpen > 0 && <p className="q2">{plural(leftOpen, "question")} left open, none answered yet.</p>}
        <p className="acts">
          <Link className="btn first" to="/practice?begin=1">
            Begin
          </Link>
        </p>
      </>
    );
  const seen = areas.filter(({ cells }) => cells.reduce((sum, cell) => sum + cell.answers, 0) >= FEW);
  const weakest = seen.toSorted((a, b) => a.ability - b.ability)[0];
  return (
    <>
      <p className="meta">
        <span>
          {plural(answers, "answer")}; {questions.toLocaleString("en")} of {plural(bank, "question")} seen
        </span>
        <span>{plural(minutesLastWeek, "minute")} this week</span>
        <span>{plural(streak, "day")} in a row</span>
      </p>
      <h1>
        Level {ability.toFixed(1)} <span className="bounds">± {uncertainty.toFixed(1)}</span>.
        {weakest !== undefined && ` The weakest area is ${weakest.title}.`}
      </h1>
      <div className="pg">
        <AreaMap areas={areas} />
        <aside className="pside" aria-label="By step, how sure, and what is kept">
          <BySteps steps={progress.steps} />
          {progress.calibration !== null && <HowSure calibration={progress.calibration} />}
          <section>
            <h2>Still known of {plural(questions, "question")} without practice</h2>
            <div className="keep">
              {forecast.map(({ inDays, known }) => (
                <span key={inDays}>
                  <b>{Math.round(known)}</b>
                  {inDays === 0 ? "today" : `in ${inDays}\u202fd`}
                </span>
              ))}
            </div>
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
