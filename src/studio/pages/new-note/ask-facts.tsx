/** The few facts that decide the most, asked one at a time; what is typed is read at once as the review would read it. */

import { useEffect, useState } from "react";
import type { NoteAnswer, SavedAnswer } from "../../answers/design-answers.ts";
import { get, put, type Wrong, wrongOf } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { dropText, keepText, keptText } from "../../parts/kept-text.ts";
import { STEP_NAMES } from "../../parts/step-names.ts";
import { plural, sentence, Words } from "../../parts/words.tsx";
import { designAddress, go, Link } from "../../router.tsx";
import { askWorker } from "../../worker/ask-worker.ts";
import type { PlainFact } from "../../worker/messages.ts";
import { keepNote } from "../design/kept-note.ts";
import { endOf } from "./end-of-questions.ts";
import { ReadAs } from "./read-as.tsx";

/** A list is written between brackets; who types only its members means it. */
function asWritten({ kind }: PlainFact, typed: string): string {
  return kind.startsWith("a list of") && !typed.trim().startsWith("[") ? `[${typed}]` : typed;
}

export function AskFacts({ path }: { readonly path: string }) {
  const [facts, setFacts] = useState<readonly PlainFact[]>([]);
  const [note, setNote] = useState<NoteAnswer>();
  const [passed, setPassed] = useState<readonly string[]>(readPassed(path));
  const [edited, setEdited] = useState<{ readonly key: string; readonly text: string }>();
  const [wrong, setWrong] = useState<Wrong>();
  useEffect(() => {
    get<NoteAnswer>("/api/note", { path }).then(
      async (disk) => {
        setFacts(await askWorker("facts", { text: disk.text }));
        setNote(disk);
      },
      (error) => setWrong(wrongOf(error)),
    );
  }, [path]);
  // What the note says already is not asked again, and what was passed over is not either.
  const at = facts.findIndex(({ key, isStated }) => !isStated && !passed.includes(key));
  const fact = facts.at(at === -1 ? facts.length : at);
  const keep = `fact:${path}:${fact?.key}`;
  const typed = edited !== undefined && edited.key === fact?.key ? edited.text : (keptText(keep) ?? "");
  const type = (text: string): void => {
    setEdited({ key: fact?.key ?? "", text });
    keepText(keep, text);
    setWrong(undefined);
  };
  const next = (): void => {
    setEdited(undefined);
    dropText(keep);
    setWrong(undefined);
    const all = fact === undefined ? passed : [...passed, fact.key];
    setPassed(all);
    keepText(`passed:${path}`, JSON.stringify(all));
  };
  const askAgain = (): void => {
    setPassed([]);
    keepText(`passed:${path}`, "[]");
  };
  const write = async (text: string): Promise<void> => {
    if (note === undefined) return;
    const saved = await put<SavedAnswer>("/api/note", { path, text, seen: note.version });
    if (saved.saved) {
      setFacts(await askWorker("facts", { text }));
      setNote({ ...note, text, version: saved.version });
      next();
    } else if (saved.disk === null) {
      // The page of the note asks what shall become of it.
      keepNote(path, { text, seen: note.version, base: note.text, sent: [] });
      go(designAddress(path));
    } else {
      setNote(saved.disk);
      setWrong({
        code: "changed",
        message: "the file changed on disk meanwhile, and was read again",
        fix: "answer once more",
      });
    }
  };
  const act = async (
    make: (text: string) => Promise<{ text: string } | { wrong: string; fix: string }>,
  ): Promise<void> => {
    try {
      const made = await make(note?.text ?? "");
      if ("wrong" in made)
        setWrong({ code: "not-read", message: made.wrong, ...(made.fix === "" ? {} : { fix: made.fix }) });
      else await write(made.text);
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  if (note === undefined || facts.length === 0) return <FailureLine wrong={wrong} />;
  return (
    <div className="two">
      <div>
        {fact === undefined ? (
          <>
            <h1>{endOf(facts)}</h1>
            <p className="acts">
              <Link className="btn first" to={designAddress(path)}>
                Open the note
              </Link>
              {facts.some(({ isStated }) => !isStated) && (
                <button className="btn" type="button" onClick={askAgain}>
                  Ask what was left for later
                </button>
              )}
            </p>
          </>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void act((text) => askWorker("set", { text, facts: [[fact.key, asWritten(fact, typed)]] }));
            }}
          >
            <p className="q3 small">
              Step {fact.step}, {STEP_NAMES[fact.step].toLowerCase()} · {at + 1} of {facts.length}
            </p>
            <h1>{fact.question}</h1>
            <label className="label" htmlFor="fact">
              {sentence(fact.kind)}
              {fact.example !== "" && <span className="q3">, as in {fact.example}</span>}
            </label>
            {fact.choices.length > 0 ? (
              <select id="fact" className="input" value={typed} onChange={(event) => type(event.target.value)}>
                <option value="">choose one</option>
                {fact.choices.map((choice) => (
                  <option key={choice}>{choice}</option>
                ))}
              </select>
            ) : (
              <input
                id="fact"
                key={fact.key}
                className="input mono"
                type="text"
                autoFocus
                value={typed}
                onChange={(event) => type(event.target.value)}
              />
            )}
            {wrong === undefined && <ReadAs text={note.text} fact={fact} value={asWritten(fact, typed)} />}
            <FailureLine wrong={wrong} />
            <p className="small q2 why">
              <b>Why it is asked.</b> <Words>{sentence(fact.about)}</Words>
              {fact.about.endsWith(".") || fact.about === "" ? " " : ". "}
              {fact.rules > 0
                ? `${plural(fact.rules, "rule")} of the review ${fact.rules === 1 ? "reads" : "read"} it.`
                : ""}
            </p>
            <p className="acts">
              <button className="btn first" type="submit" disabled={typed.trim() === ""}>
                Write it <kbd>Enter</kbd>
              </button>
              <button
                className="btn"
                type="button"
                onClick={() =>
                  act((text) => askWorker("ask", { text, ask: fact.question, step: fact.step, topic: fact.topic }))
                }
              >
                I do not know
              </button>
              <button className="btn quiet" type="button" onClick={next}>
                Not now
              </button>
              <Link className="btn quiet" to={designAddress(path)}>
                Open the note
              </Link>
            </p>
          </form>
        )}
      </div>
      <section aria-label="The note so far">
        <h2 className="label">The note so far</h2>
        <pre className="so-far" tabIndex={0}>
          {note.text}
        </pre>
      </section>
    </div>
  );
}

/** Keys of facts that were answered or passed over in this browser. */
function readPassed(path: string): readonly string[] {
  try {
    const read: unknown = JSON.parse(keptText(`passed:${path}`) ?? "[]");
    return Array.isArray(read) ? read.filter((one): one is string => typeof one === "string") : [];
  } catch {
    return [];
  }
}
