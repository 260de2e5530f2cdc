/** Another grade than the proposed one, with a reason: whoever held the interview overrules it, a candidate sees it otherwise. */

import { useState } from "react";
import type { ScoreAnswer } from "../../answers/interview-answers.ts";
import { post, type Wrong, wrongOf } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { dropText, keepText, keptText } from "../../parts/kept-text.ts";

type Scored = ScoreAnswer["scores"][number];
type By = NonNullable<Scored["overruled"]>["by"];

export interface OverruleProps {
  readonly session: string;
  readonly score: Scored;
  readonly grades: readonly string[];
  readonly done: () => void;
}

/** Who speaks, remembered for the next dimension. */
let speaker: By = "candidate";

export function OverruleForm({
  session,
  score: { dimension, title, grade: proposed, overruled },
  grades,
  done,
  close,
}: OverruleProps & { readonly close: () => void }) {
  const [grade, setGrade] = useState(overruled?.grade ?? proposed);
  const keep = `overrule:${session}:${dimension}`;
  const [reason, setReason] = useState(keptText(keep) ?? overruled?.reason ?? "");
  const [by, setBy] = useState<By>(overruled?.by ?? speaker);
  const [wrong, setWrong] = useState<Wrong>();
  const say = async (given: number | null): Promise<void> => {
    try {
      await post("/api/interviews/overrule", { session, dimension, grade: given, reason, by });
      speaker = by;
      dropText(keep);
      done();
      close();
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  return (
    <form
      className="overrule"
      aria-label={`Another grade for ${title}`}
      onSubmit={(event) => {
        event.preventDefault();
        void say(grade);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <div className="seg">
        {grades.map((word, at) => (
          <label key={word}>
            <input
              type="radio"
              name={`overrule-${dimension}`}
              checked={grade === at}
              // The form was asked for, and its first field is what is chosen.
              autoFocus={grade === at}
              onChange={() => setGrade(at)}
            />
            <span>{word}</span>
          </label>
        ))}
      </div>
      <label className="label">
        Why, in your words
        <textarea
          className="input"
          rows={2}
          value={reason}
          onChange={(event) => {
            setReason(event.target.value);
            keepText(keep, event.target.value);
          }}
        />
      </label>
      <label className="small">
        I am the{" "}
        <select
          value={by}
          onChange={(event) => setBy(event.target.value === "interviewer" ? "interviewer" : "candidate")}
        >
          <option value="candidate">candidate, and see it otherwise</option>
          <option value="interviewer">interviewer, and overrule it</option>
        </select>
      </label>
      <FailureLine wrong={wrong} />
      <p className="acts">
        {grade === proposed && <span className="small q3">This is the proposed grade: choose another.</span>}
        <button className="btn" type="submit" disabled={reason.trim() === "" || grade === proposed}>
          Write it beside the proposal
        </button>
        {overruled !== null && (
          <button className="btn quiet" type="button" onClick={() => void say(null)}>
            Take it back
          </button>
        )}
        <button className="btn quiet" type="button" onClick={close}>
          Leave it
        </button>
      </p>
    </form>
  );
}

export function GradeBar({ grade, word }: { readonly grade: number; readonly word: string }) {
  return (
    <span className="nw">
      <span className="gr" aria-hidden="true">
        {[1, 2, 3].map((at) => (
          <i key={at} className={at <= grade ? "on" : undefined} />
        ))}
      </span>{" "}
      <b>{word}</b>
    </span>
  );
}
