/** Beside the question: how far the sitting is, where one stands, and the keys. */

import type { SessionAnswer } from "../../answers/practice-answers.ts";
import { KeyOf } from "../../parts/key-of.tsx";
import { Mark, type State } from "../../parts/mark.tsx";
import { useActions } from "../../parts/use-actions.ts";
import { plural } from "../../parts/words.tsx";
import { Link } from "../../router.tsx";

const STATES: Readonly<Record<string, State>> = { right: "ok", close: "open", wrong: "bad", unanswered: "none" };

export function SittingMargin({
  session,
  isOver,
  stop,
}: {
  readonly session: NonNullable<SessionAnswer["session"]>;
  /** Its last answer was read: nothing is left to stop. */
  readonly isOver: boolean;
  readonly stop: () => void;
}) {
  const { verdicts, count, minutes, level, uncertainty, asked, left, waiting } = session;
  const shown = Math.min(count, 10);
  useActions({ stopSitting: isOver ? undefined : stop });
  return (
    <aside className="margin" aria-label="This sitting">
      <section>
        <h2>This sitting</h2>
        <ol className="ten">
          {Array.from({ length: shown }, (_, i) => {
            const verdict = verdicts[i];
            return (
              <li key={i} className={i === verdicts.length && asked !== null ? "now" : undefined}>
                {verdict === undefined ? (
                  i + 1
                ) : (
                  <>
                    <Mark state={STATES[verdict] ?? "none"} />
                    <span className="vh">{verdict}</span>
                  </>
                )}
              </li>
            );
          })}
        </ol>
        <p>
          {asked === null ? verdicts.length : asked.number} of {count},{" "}
          {left === null ? `${plural(minutes, "minute")} so far` : `${Math.max(0, Math.ceil(left / 60_000))} min left`}.{" "}
          {!isOver && (
            <>
              <button className="lnk" type="button" onClick={stop}>
                Stop here
              </button>
              ; every answer is kept.
            </>
          )}
        </p>
        {waiting > 0 && (
          <p>
            {plural(waiting, "sitting")} begun before {waiting === 1 ? "goes" : "go"} on when this one ends.
          </p>
        )}
      </section>
      <section>
        <h2>Where you stand</h2>
        <p>
          {level === null ? (
            "No question was answered yet."
          ) : (
            <>
              Level {level.toFixed(1)} <span className="bounds">± {uncertainty.toFixed(1)}</span>.
            </>
          )}{" "}
          <Link to="/progress">Progress</Link>
        </p>
      </section>
      {!isOver && (
        <section>
          <h2>Keys</h2>
          <p>
            <kbd>Enter</kbd> answer; outside of the field <KeyOf action="hint" /> hint, <KeyOf action="leaveOpen" />{" "}
            leave open, <KeyOf action="sure25" /> to <KeyOf action="sure95" /> how sure.{" "}
            <Link to="/keys">All keys</Link>
          </p>
        </section>
      )}
    </aside>
  );
}
