/** Beside a field of the form: what its text would be read as in the note, and what the review would say of it. */

import { useEffect, useState } from "react";
import { Mark, stateOf } from "../../parts/mark.tsx";
import { sentence, Words } from "../../parts/words.tsx";
import { askWorker } from "../../worker/ask-worker.ts";
import type { Answers, PlainFact } from "../../worker/messages.ts";

/** After the last key. */
const READ_MS = 120;

interface ReadAsProps {
  /** The note as it stands. */
  readonly text: string;
  readonly fact: PlainFact;
  readonly value: string;
}

export function ReadAs({ text, fact: { key }, value }: ReadAsProps) {
  const [read, setRead] = useState<Answers["read"]>();
  useEffect(() => {
    setRead(undefined);
    if (value.trim() === "" || value === "[]") return;
    let isOld = false;
    const timer = setTimeout(() => {
      // Where nobody answers, the writing of it says why.
      askWorker("read", { text, key, value }).then(
        (answer) => isOld || setRead(answer),
        () => undefined,
      );
    }, READ_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [text, key, value]);
  return (
    <div className="read-as small" role="status">
      {read !== undefined && "wrong" in read && (
        <p>
          <Mark state="open" /> <Words>{`${sentence(read.wrong)}${read.fix === "" ? "." : `: ${read.fix}`}`}</Words>
        </p>
      )}
      {read !== undefined && "findings" in read && (
        <>
          {read.reads !== undefined && (
            <p className="q2">
              reads as <b>{read.reads}</b>
            </p>
          )}
          {read.findings.map(({ code, message, severity, fix }) => (
            <p key={`${code} ${message}`}>
              <Mark state={stateOf(severity)} /> {code} <Words>{message}</Words>
              {fix !== "" && (
                <span className="q2">
                  : <Words>{fix}</Words>
                </span>
              )}
            </p>
          ))}
        </>
      )}
    </div>
  );
}
