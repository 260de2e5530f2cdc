/** The plan: a date and hours a week become areas and levels week by week, made anew from what was answered. */

import { type FormEvent, useEffect, useState } from "react";
import type { PlanAnswer } from "../answers/practice-answers.ts";
import { get, post, type Wrong, wrongOf } from "../api.ts";
import { FailureLine } from "../parts/failure.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { plural, sentence } from "../parts/words.tsx";
import { addressOf, Link } from "../router.tsx";
import "../style/practice.css";
import "../style/new-note.css";

export function PlanPage() {
  const loaded = useAnswer("plan", () => get<PlanAnswer>("/api/plan"));
  const [made, setMade] = useState<PlanAnswer>();
  const [wrong, setWrong] = useState<Wrong>();
  useEffect(() => {
    document.title = "Plan · Heptad";
  }, []);
  const answer = made ?? loaded.answer;
  const { plan, stated } = answer ?? {};
  const state = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      setMade(
        await post<PlanAnswer>("/api/plan", {
          until: String(form.get("until")),
          hoursPerWeek: Number(form.get("hours")),
          target: Number(form.get("target")),
        }),
      );
      setWrong(undefined);
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  return (
    <main className="page-practice page-new">
      <div className="w">
        <h1>
          {plan == null
            ? "Name the day, and the weeks up to it are planned."
            : `${plural(Math.round(plan.questionsPerDay), "question")} a day until ${plan.until}.`}
        </h1>
        {plan != null && (
          <p className="q2" role="status">
            {sentence(plan.track)}. The goal, level {plan.target}: {plan.goal}.
          </p>
        )}
        <FailureLine wrong={wrong ?? loaded.wrong ?? answer?.failure} />
        <div className="two">
          {answer !== undefined && (
            <form onSubmit={state}>
              <label className="label" htmlFor="until">
                The day
              </label>
              <input id="until" name="until" className="input" type="date" required defaultValue={stated?.until} />
              <label className="label" htmlFor="hours">
                Hours a week
              </label>
              <input
                id="hours"
                name="hours"
                className="input"
                type="number"
                min="0.5"
                max="100"
                step="0.5"
                required
                defaultValue={stated?.hoursPerWeek ?? 5}
              />
              <label className="label" htmlFor="target">
                The level you want, 1 to 6
              </label>
              <input
                id="target"
                name="target"
                className="input"
                type="number"
                min="1"
                max="6"
                step="0.5"
                required
                defaultValue={stated?.target ?? 5}
              />
              <p className="acts">
                <button className="btn first" type="submit">
                  Make the plan
                </button>
              </p>
            </form>
          )}
          {plan != null && (
            <table className="work weeks">
              <thead>
                <tr>
                  <th scope="col">Week of</th>
                  <th scope="col">Level</th>
                  <th scope="col">Areas</th>
                </tr>
              </thead>
              <tbody>
                {plan.weeks.map(({ firstDay, level, minutes, reviewMinutes, areas }) => (
                  <tr key={firstDay}>
                    <th scope="row">{firstDay}</th>
                    <td>{level.toFixed(1)}</td>
                    <td>
                      {areas.map(({ area, title }, i) => (
                        <span key={area}>
                          {i > 0 && ", "}
                          <Link to={addressOf("/practice", { area })}>{title}</Link>
                        </span>
                      ))}
                      <span className="q3">
                        {" "}
                        {Math.round(minutes)} min, {Math.round(reviewMinutes)} of them again
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      </div>
    </main>
  );
}
