/** The score sheet: a sentence, nine grades, each with its quotations, what a person says instead and what the next one shows, then what to do. */

import { useState } from "react";
import type { ScoreAnswer } from "../../answers/interview-answers.ts";
import { get, post, type Wrong, wrongOf } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { Mark } from "../../parts/mark.tsx";
import { STEP_NAMES } from "../../parts/step-names.ts";
import { useAnswer } from "../../parts/use-answer.ts";
import { useEvents } from "../../parts/use-events.ts";
import { inWords, plural, sentence, Words, when } from "../../parts/words.tsx";
import { addressOf, designAddress, go, Link } from "../../router.tsx";
import { GradeRow } from "./grade-row.tsx";

export function ScoreSheet({ session }: { readonly session: string }) {
  const { answer, wrong, reload } = useAnswer(session, () => get<ScoreAnswer>("/api/interviews/score", { session }));
  // Another tab may have overruled a grade.
  useEvents(undefined, { interview: reload, back: reload });
  return (
    <div className="sheet">
      <FailureLine wrong={wrong} />
      {answer !== undefined && (answer.isOver ? <Sheet score={answer} reload={reload} /> : <NotOver {...answer} />)}
    </div>
  );
}

function NotOver({ title, session }: ScoreAnswer) {
  return (
    <>
      <h1>{sentence(title)}: this interview is not over, so it has no sheet yet.</h1>
      <p className="acts">
        <Link className="btn first" to={addressOf("/interview", { session })}>
          Go on
        </Link>
      </p>
    </>
  );
}

function Sheet({ score, reload }: { readonly score: ScoreAnswer; readonly reload: () => void }) {
  const { title, endedAt, used, minutes, counts, scores, probes } = score;
  const senior = scores.filter(({ grade }) => grade >= 2).length;
  const below = scores.filter(({ grade }) => grade === 0).map(({ title: one }) => one.toLowerCase());
  const overruled = scores.filter((one) => one.overruled !== null).map(({ title: one }) => one.toLowerCase());
  return (
    <>
      <p className="meta">
        <span>{sentence(title)}</span>
        <span>{when(endedAt)}</span>
        <span>
          {Math.round(used)} of {minutes} min
        </span>
        <span>{sentence(counts)}</span>
      </p>
      <h1>
        {senior === 0 ? "None" : inWords(senior)} of nine dimensions at senior or above, as proposed.
        {below.length > 0 && ` Below mid: ${below.join(", ")}.`}
        {overruled.length > 0 && ` Overruled: ${overruled.join(", ")}.`}
      </h1>
      <p className="lede q2">
        A proposal from the words of the note and of the answers at the end. Each grade quotes what it rests on, so that
        it can be overruled; it cannot tell a good sentence from one that only sounds like it.
      </p>
      <div className="sc">
        <div>
          <Grades score={score} reload={reload} />
          {probes.length > 0 && <Probes probes={probes} />}
        </div>
        <Next score={score} />
      </div>
    </>
  );
}

function Grades({
  score: { session, scores, grades },
  reload,
}: {
  readonly score: ScoreAnswer;
  readonly reload: () => void;
}) {
  /** The dimension whose grade is being overruled. */
  const [open, setOpen] = useState<string>();
  return (
    <table className="grades">
      <thead>
        <tr>
          <th scope="col">Dimension</th>
          <th scope="col">Grade</th>
          <th scope="col">What it rests on, and what the next grade shows</th>
        </tr>
      </thead>
      <tbody>
        {scores.map((one) => (
          <GradeRow
            key={one.dimension}
            session={session}
            score={one}
            grades={grades}
            isOpen={open === one.dimension}
            open={(isOpen) => setOpen(isOpen ? one.dimension : undefined)}
            done={reload}
          />
        ))}
      </tbody>
    </table>
  );
}

/** What was asked at the end, what was answered, and which points rest on that. */
function Probes({ probes }: { readonly probes: ScoreAnswer["probes"] }) {
  return (
    <section className="asked" aria-label="Asked at the end">
      <h2 className="list-head">Asked at the end: {plural(probes.length, "question")}</h2>
      <ol>
        {probes.map(({ question, answer, isAnswered, carries }) => (
          <li key={question}>
            <p className="ask">
              <Words>{sentence(question)}</Words>
            </p>
            <p className="ev">
              {answer.trim() === "" ? (
                <span className="st t-none">
                  <Mark state="none" /> left open
                </span>
              ) : isAnswered ? (
                <q>{answer.trim()}</q>
              ) : (
                <>
                  <span className="st t-none">
                    <Mark state="none" /> no answer:
                  </span>{" "}
                  <q>{answer.trim()}</q>
                </>
              )}
            </p>
            {isAnswered && (
              <p className="small q3">
                {carries.length === 0
                  ? "Nothing of the sheet is quoted from it."
                  : `It carries: ${carries.map(lowered).join("; ")}.`}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Next({ score: { session, drill, next, times, atTheEnd } }: { readonly score: ScoreAnswer }) {
  const [wrong, setWrong] = useState<Wrong>();
  const openNote = async (): Promise<void> => {
    try {
      const { path } = await post<{ path: string }>("/api/interviews/note", { session });
      go(designAddress(path));
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  return (
    <aside aria-label="What next">
      <section>
        <h2>Do next</h2>
        <ol className="nx">
          {next.map((one) => (
            <li key={one}>
              <Words>{sentence(one.replace(/ \(drill it: .*\)$/u, ""))}</Words>
            </li>
          ))}
        </ol>
        <p className="acts">
          <Link className="btn" to={addressOf("/practice", { area: drill.area })}>
            Drill the weakest
          </Link>
        </p>
        <p className="small q3">
          {drill.title}: questions of {lowered(drill.areaTitle)}.
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
          <li>
            <span>Questions at the end</span>
            <span className="num">{atTheEnd.toFixed(1)} min</span>
          </li>
        </ol>
        <p className="small q3">
          Beside the usual minutes. Pauses, closed pages and a sleeping machine are not counted.
        </p>
      </section>
      <section>
        <h2>Keep it</h2>
        <p className="acts">
          <button className="btn" type="button" onClick={() => print()}>
            Print
          </button>
          <button className="btn" type="button" onClick={() => void openNote()}>
            Open the note
          </button>
        </p>
        <FailureLine wrong={wrong} />
        <p className="small q3">
          <code>history/interviews/{session}.jsonl</code>
        </p>
        <p className="small q3">The note becomes a design of this project when it is opened, and is reviewed there.</p>
      </section>
    </aside>
  );
}

/** In the middle of a sentence; `A/B test` stays as it is. */
function lowered(text: string): string {
  return text.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());
}
