/** Beside the designs: practice today, and an interview left open. */

import type { InterviewsAnswer } from "../../answers/interview-answers.ts";
import type { TodayAnswer } from "../../answers/practice-answers.ts";
import { KeyOf } from "../../parts/key-of.tsx";
import { plural, sentence, Words } from "../../parts/words.tsx";
import { addressOf, Link } from "../../router.tsx";

export function PracticeToday({ today }: { readonly today: TodayAnswer }) {
  const shown = today.questions.slice(0, 4);
  const rest = today.questions.length - shown.length;
  return (
    <section>
      <h2>Practice today</h2>
      {today.questions.length === 0 ? (
        <p className="big">Today's set is done. A session at your level is always there.</p>
      ) : (
        <p className="big">
          {plural(today.questions.length, "question")}, about {plural(today.minutes, "minute")}
        </p>
      )}
      <ul className="qs">
        {shown.map(({ id, title, area }) => (
          <li key={id}>
            <span>{title}</span> <span className="q3">{area}</span>
          </li>
        ))}
        {rest > 0 && <li className="q3">and {rest} more</li>}
      </ul>
      <p className="acts">
        <Begin today={today} />
        <Link className="btn quiet" to="/progress">
          {today.level === null ? "Progress" : `Level ${today.level.toFixed(1)} ± ${today.uncertainty.toFixed(1)}`}
        </Link>
      </p>
    </section>
  );
}

/** Today's set, and beside it another sitting that was begun: going on with that one is not what the list above offers. */
function Begin({ today: { open, questions } }: { readonly today: TodayAnswer }) {
  const goOn = (
    <Link className="btn" to="/practice">
      {open === "other" ? "Go on with what was begun" : open === "today" ? "Go on" : "Practise"}{" "}
      <KeyOf action="practise" />
    </Link>
  );
  if (open === "today" || questions.length === 0) return goOn;
  return (
    <>
      <Link className="btn" to="/practice?begin=daily">
        Begin
      </Link>
      {open === "other" && goOn}
    </>
  );
}

export function OpenInterview({ interviews }: { readonly interviews: InterviewsAnswer | undefined }) {
  const open = interviews?.interviews.find(({ ended }) => !ended);
  if (open === undefined) return null;
  return (
    <section>
      <h2>Interview left open</h2>
      <p>
        <Words>{sentence(open.title)}</Words>, section {open.step} of 7. {Math.max(0, Math.ceil(open.left))} minutes
        left; the clock stands still.
      </p>
      <p className="acts">
        <Link className="btn" to={addressOf("/interview", { session: open.session })}>
          Go on
        </Link>
      </p>
    </section>
  );
}
