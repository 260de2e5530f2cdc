/** The first visit: three paths, each usable to its end without leaving the page. */

import type { ListedDesign } from "../answers/design-answers.ts";
import { designAddress, Link } from "../router.tsx";

export interface FirstVisitProps {
  readonly designs: readonly ListedDesign[];
  readonly back: (() => void) | undefined;
}

export function FirstVisit({ designs, back }: FirstVisitProps) {
  const run = designs.find((design) => design.run !== undefined && design.run !== "older");
  const [first] = designs;
  return (
    <div className="empty">
      <p className="kick">
        {run === undefined
          ? "Nothing has been practised here yet."
          : `${run.title} has been run: seven steps, figures with intervals.`}
      </p>
      <h1>
        {run === undefined
          ? "Start with what brings you here."
          : "Read what it found, or start with what brings you here."}
      </h1>
      <p className="acts">
        {run !== undefined && (
          <Link className="btn first" to={designAddress(run.path, "run")}>
            Read the report
          </Link>
        )}
        {first !== undefined && (
          <Link className="btn" to={designAddress((run ?? first).path)}>
            Open its note
          </Link>
        )}
        {back !== undefined && (
          <button className="btn quiet" type="button" onClick={back}>
            All designs
          </button>
        )}
      </p>
      <div className="paths">
        <section>
          <h2>I am going to an interview</h2>
          <ol>
            <li>
              <p>
                <b>Answer ten questions.</b> The first six find your level. Stop whenever you like: every answer is
                kept.
              </p>
              <p className="acts">
                <Link className="btn" to="/practice?begin=1">
                  Begin
                </Link>
              </p>
            </li>
            <li>
              <p>
                <Link to="/interview">
                  <b>Take a mock interview.</b>
                </Link>{" "}
                A problem, a clock, hidden facts; paused whenever you like.
              </p>
            </li>
            <li>
              <p>
                <Link to="/plan">
                  <b>Come back tomorrow.</b>
                </Link>{" "}
                What you are about to forget comes first; a date turns into questions a day.
              </p>
            </li>
          </ol>
          <p className="small q3">
            In a terminal: <code>heptad practice</code>
          </p>
        </section>
        <section>
          <h2>I interview people</h2>
          <ol>
            <li>
              <p>
                <b>Choose a problem.</b> With hidden facts, changes on the way and a rubric.
              </p>
              <p className="acts">
                <Link className="btn" to="/interview?side=interviewer">
                  Choose
                </Link>
              </p>
            </li>
            <li>
              <p>
                <b>Fill a sheet while you listen.</b> Nine dimensions, each with what mid, senior and staff show; or
                print the rubric.
              </p>
            </li>
            <li>
              <p>
                <b>Compare two sheets.</b> Where you and a colleague disagree is what to talk about.
              </p>
            </li>
          </ol>
          <p className="small q3">
            In a terminal: <code>heptad interview --list</code>
          </p>
        </section>
        <section>
          <h2>I have data, or a system to build</h2>
          <ol>
            <li>
              <p>
                <b>Name your data.</b> CSV, TSV, Parquet or JSON Lines. It stays where it is. Or write the problem in a
                sentence, and answer the few facts that decide the most.
              </p>
              <p className="acts">
                <Link className="btn" to="/new?data=1">
                  Choose a file
                </Link>
                <Link className="btn quiet" to="/new">
                  Without data
                </Link>
              </p>
            </li>
            <li>
              <p>
                <b>Mend what the review finds first.</b> Where there is just one mend, one press writes it into the
                note; a choice or a number is yours.
              </p>
            </li>
            <li>
              <p>
                <b>Run it.</b> The baseline first, every figure with its interval, nothing from the future.
              </p>
            </li>
          </ol>
          <p className="small q3">
            In a terminal: <code>heptad new NAME --data FILE</code>
          </p>
        </section>
      </div>
      <p className="foot small q3">
        Everything stays in this folder: notes under <code>designs/</code>, runs under <code>runs/</code>, answers under{" "}
        <code>history/</code>. No account, and nothing is sent anywhere.
      </p>
    </div>
  );
}
