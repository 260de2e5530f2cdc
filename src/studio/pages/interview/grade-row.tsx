/** One dimension of a score sheet: the proposed grade, what it rests on, and what a person says instead. */

import { useRef } from "react";
import type { ScoreAnswer } from "../../answers/interview-answers.ts";
import { Mark } from "../../parts/mark.tsx";
import { sentence, Words } from "../../parts/words.tsx";
import { GradeBar, OverruleForm, type OverruleProps } from "./overrule.tsx";

interface RowProps extends OverruleProps {
  readonly isOpen: boolean;
  readonly open: (isOpen: boolean) => void;
}

export function GradeRow({ isOpen, open, ...about }: RowProps) {
  const opener = useRef<HTMLButtonElement>(null);
  const { title, grade, name, overruled, evidence, missing, above } = about.score;
  const close = (): void => {
    open(false);
    // What was pressed to come here has the focus again.
    opener.current?.focus();
  };
  return (
    <>
      <tr className={isOpen ? "is-open" : undefined}>
        <th scope="row">{title}</th>
        <td className="g">
          <GradeBar grade={grade} word={name} />
          {overruled !== null && (
            <span className="instead">
              <span className="q3">proposed</span>
              <GradeBar grade={overruled.grade} word={overruled.name} />
              <span className="q3">says the {overruled.by}</span>
            </span>
          )}
          <button className="lnk" type="button" ref={opener} aria-expanded={isOpen} onClick={() => open(!isOpen)}>
            {overruled === null ? "overrule" : "change"}
            <span className="vh"> the grade of {title}</span>
          </button>
        </td>
        <td>
          {overruled !== null && (
            <p className="reason">
              {sentence(overruled.by)}: <q>{overruled.reason}</q>
            </p>
          )}
          <ul className="ev">
            {evidence.map((one) => (
              <li key={`${one.says} ${one.place}`}>
                <Mark state="ok" />
                <Quoted {...one} />
              </li>
            ))}
            {missing.map((text) => (
              <li key={text}>
                <Mark state="none" />
                <span>
                  <Words>{sentence(text)}</Words>
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
      {isOpen && (
        <tr className="overrule-row">
          <td colSpan={3}>
            <OverruleForm {...about} close={close} />
          </td>
        </tr>
      )}
    </>
  );
}

/** A point with the words that made it, in quotes, and where they stand. */
function Quoted({ says, quote, place }: ScoreAnswer["scores"][number]["evidence"][number]) {
  return (
    <span>
      <Words>{sentence(says)}</Words>
      {quote !== undefined && (
        <>
          {" "}
          <q>{quote}</q> <span className="q3 nw">{place}</span>
        </>
      )}
    </span>
  );
}
