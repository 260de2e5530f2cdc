/** One finding that opens: why it matters, the lines as they would be, and mend, waive, explain and go there. */

import { useEffect, useRef, useState } from "react";
import { isExport } from "../../../api.ts";
import { dropText, keepText, keptText } from "../../../parts/kept-text.ts";
import { KeyOf } from "../../../parts/key-of.tsx";
import { Markdown } from "../../../parts/markdown.tsx";
import { sentence, Words } from "../../../parts/words.tsx";
import { askWorker } from "../../../worker/ask-worker.ts";
import type { PlainFinding } from "../../../worker/messages.ts";
import type { Note } from "../use-note.ts";

interface RowProps {
  readonly finding: PlainFinding;
  readonly note: Note;
  readonly goTo: (line: number) => void;
  readonly isOpen: boolean;
  readonly clears: readonly string[];
  /** The key that mends mends this one. */
  readonly hasKey: boolean;
  /** Its waiver is asked for from elsewhere: it opens, and says so. */
  readonly isWaived: boolean;
  readonly begun: () => void;
}

/** What a rule found, and not what could not be read. */
export function mayBeWaived({ code }: PlainFinding): boolean {
  return /^(?:HP|T)[1-7]/u.test(code);
}

export function FindingRow({ finding, note, goTo, isOpen, clears, hasKey, isWaived, begun }: RowProps) {
  const { message, line, why, fix, edits, code } = finding;
  const [isWaiving, setWaiving] = useState(false);
  const waiver = useRef<HTMLButtonElement>(null);
  const [page, setPage] = useState<string>();
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (!isWaived) return;
    if (details.current !== null) details.current.open = true;
    setWaiving(true);
    begun();
  }, [isWaived, begun]);
  const mends =
    edits.length > 0 ? `${edits.length === 1 ? "One edit mends it" : `${edits.length} edits mend it`}.` : "";
  const also = clears.length > 0 ? ` Clears ${clears.join(", ")} too.` : "";
  return (
    <details className="f" open={isOpen} ref={details}>
      <summary>
        <span className="m">
          <Words>{sentence(message)}</Words>
        </span>
        <span className="at">line {line}</span>
        {(mends !== "" || also !== "") && (
          <span className="cq">
            {mends}
            {also}
          </span>
        )}
      </summary>
      <div className="body">
        {why !== "" && (
          <p>
            <Words>{sentence(why)}</Words>.
          </p>
        )}
        {edits.length > 0 ? <Difference text={note.text ?? ""} edits={edits} /> : fix !== "" && <FixText fix={fix} />}
        {edits.length === 0 && !isExport() && (
          <p className="q2">
            {code.startsWith("HP0")
              ? "No press mends this: only who wrote it knows what was meant."
              : "No press writes this: it takes a choice or a number that only you have."}
          </p>
        )}
        <p className="acts">
          {edits.length > 0 && !isExport() && (
            <button className={isOpen ? "btn first" : "btn"} type="button" onClick={() => note.mend(finding)}>
              Mend it {hasKey && <KeyOf action="mend" />}
            </button>
          )}
          {mayBeWaived(finding) && !isExport() && (
            <button
              className="btn"
              type="button"
              ref={waiver}
              aria-expanded={isWaiving}
              onClick={() => setWaiving(!isWaiving)}
            >
              Waive, with a reason
            </button>
          )}
          <button
            className="btn quiet"
            type="button"
            aria-expanded={page !== undefined}
            onClick={async () =>
              setPage(page === undefined ? ((await askWorker("explain", { code })) ?? why) : undefined)
            }
          >
            {code} explained
          </button>
          <button className="btn quiet" type="button" onClick={() => goTo(line)}>
            Go to line {line}
          </button>
        </p>
        {isWaiving && (
          <Waive
            finding={finding}
            note={note}
            leave={() => {
              setWaiving(false);
              waiver.current?.focus();
            }}
          />
        )}
        {page !== undefined && <Markdown text={page} />}
      </div>
    </details>
  );
}

/** What a fix says: prose, or lines that can be pasted. */
function FixText({ fix }: { readonly fix: string }) {
  const [first, ...rest] = fix.split("\n");
  return (
    <>
      <p>
        <Words>{sentence(first)}</Words>
      </p>
      {rest.length > 0 && <pre className="diff">{rest.join("\n")}</pre>}
    </>
  );
}

/** The lines that an edit touches, as they are and as they would be. */
function Difference({ text, edits }: { readonly text: string; readonly edits: PlainFinding["edits"] }) {
  return (
    <div className="diff">
      {edits.map(({ from, to, text: put }) => {
        const start = text.lastIndexOf("\n", from - 1) + 1;
        const next = text.indexOf("\n", to);
        const end = next < 0 ? text.length : next;
        const [head, old, tail] = [text.slice(start, from), text.slice(from, to), text.slice(to, end)];
        return (
          <div key={`${from}:${to}`}>
            {(head + old + tail).trim() !== "" && (
              <div className="d">
                − {head.trimStart()}
                {old !== "" && <b>{old}</b>}
                {tail}
              </div>
            )}
            <div className="a">
              + {head.trimStart()}
              <b>{put}</b>
              {tail}
            </div>
          </div>
        );
      })}
    </div>
  );
}

interface WaiveProps {
  readonly finding: PlainFinding;
  readonly note: Note;
  readonly leave: () => void;
}

function Waive({ finding, note, leave }: WaiveProps) {
  const keep = `waiver:${note.path}:${finding.name}`;
  const [reason, setReason] = useState(keptText(keep) ?? "");
  const [wrong, setWrong] = useState("");
  return (
    <form
      className="waive"
      onSubmit={async (event) => {
        event.preventDefault();
        const done = await askWorker("waive", { text: note.text ?? "", name: finding.name, reason });
        if ("text" in done) {
          dropText(keep);
          note.change(done.text);
        } else setWrong(`${done.wrong}: ${done.fix}`);
      }}
    >
      <label className="label" htmlFor={`why-${finding.code}`}>
        Why the team accepts it
      </label>
      <input
        id={`why-${finding.code}`}
        className="input"
        type="text"
        // It was opened to be filled, and Escape leads back.
        autoFocus
        value={reason}
        onKeyDown={(event) => event.key === "Escape" && leave()}
        onChange={(event) => {
          setReason(event.target.value);
          keepText(keep, event.target.value);
        }}
      />
      {wrong !== "" && (
        <p className="failure">
          <Words>{sentence(wrong)}</Words>
        </p>
      )}
      <button className="btn" type="submit" disabled={reason.trim() === ""}>
        Write the waiver into the note
      </button>
    </form>
  );
}
