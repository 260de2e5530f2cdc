/** A new design: the problem in a sentence, then the few facts that decide the most, one at a time; the YAML is written for you. */

import { type FormEvent, useEffect, useState } from "react";
import type { NoteAnswer, SavedAnswer } from "../answers/design-answers.ts";
import { get, post, put, type Wrong, wrongOf } from "../api.ts";
import { FailureLine } from "../parts/failure.tsx";
import { dropText, keepText, keptText } from "../parts/kept-text.ts";
import { STEP_NAMES } from "../parts/step-names.ts";
import { plural, sentence, Words } from "../parts/words.tsx";
import { designAddress, go, Link, usePlace } from "../router.tsx";
import { askWorker } from "../worker/ask-worker.ts";
import type { PlainFact } from "../worker/messages.ts";
import { BeginFromData } from "./new-note/begin-from-data.tsx";
import { TitleField, useTitle } from "./new-note/title-field.tsx";
import "../style/new-note.css";

export function NewNotePage() {
  const { query } = usePlace();
  const path = query.get("path");
  useEffect(() => {
    document.title = "New design · Heptad";
  }, []);
  return (
    <main className="plain-page page-new">
      {path !== null ? (
        <AskFacts key={path} path={path} />
      ) : query.has("data") ? (
        <BeginFromData />
      ) : (
        <Begin isImport={query.has("import")} />
      )}
    </main>
  );
}

function Begin({ isImport }: { readonly isImport: boolean }) {
  const [title, setTitle, forgetTitle] = useTitle();
  const [problem, setProblem] = useState(keptText("new-problem") ?? "");
  const [wrong, setWrong] = useState<Wrong>();
  const begin = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      const body = isImport ? { title, text: problem } : { title, problem };
      const { path } = await post<{ path: string }>("/api/note", body);
      forgetTitle();
      dropText("new-problem");
      go(isImport ? designAddress(path) : `/new?${new URLSearchParams({ path })}`);
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  return (
    <form onSubmit={begin}>
      <h1>{isImport ? "Which note shall be read?" : "What shall the system do?"}</h1>
      <p className="q2 lede">
        {isImport
          ? "Markdown with the seven headings is enough; facts can come later. The file goes into designs/."
          : "A sentence is enough. Then you are asked for the few facts that decide the most; what you do not know becomes an open question."}
      </p>
      <TitleField label="Name" title={title} change={setTitle} />
      <label className="label" htmlFor="problem">
        {isImport ? "The note" : "The problem in a sentence"}
      </label>
      <textarea
        id="problem"
        className={`input${isImport ? " mono" : ""}`}
        rows={isImport ? 18 : 3}
        required={isImport}
        value={problem}
        onChange={(event) => {
          setProblem(event.target.value);
          keepText("new-problem", event.target.value);
        }}
      />
      {isImport && (
        <p className="small">
          <label htmlFor="file">Or a file: </label>
          <input
            id="file"
            type="file"
            accept=".md,text/markdown"
            onChange={async (event) => {
              const [file] = event.target.files ?? [];
              if (file === undefined) return;
              if (file.size > 2 ** 20) return setWrong({ code: "too-large", message: "a note has at most 1 MB" });
              setProblem(await file.text());
              if (title === "") setTitle(file.name.replace(/\.md$/u, ""));
            }}
          />
        </p>
      )}
      <FailureLine wrong={wrong} />
      <p className="acts">
        <button className="btn first" type="submit">
          {isImport ? "Read it" : "Begin the note"}
        </button>
      </p>
    </form>
  );
}

/** A list is written between brackets; who types only its members means it. */
function asWritten({ kind }: PlainFact, typed: string): string {
  return kind.startsWith("a list of") && !typed.trim().startsWith("[") ? `[${typed}]` : typed;
}

function AskFacts({ path }: { readonly path: string }) {
  const [facts, setFacts] = useState<readonly PlainFact[]>([]);
  const [note, setNote] = useState<NoteAnswer>();
  const [passed, setPassed] = useState<readonly string[]>(readPassed(path));
  const [typed, setTyped] = useState("");
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
  const next = (): void => {
    setTyped("");
    setWrong(undefined);
    const all = fact === undefined ? passed : [...passed, fact.key];
    setPassed(all);
    keepText(`passed:${path}`, JSON.stringify(all));
  };
  const write = async (text: string): Promise<void> => {
    if (note === undefined) return;
    const saved = await put<SavedAnswer>("/api/note", { path, text, seen: note.version });
    if (!saved.saved) {
      setNote(saved.disk);
      setWrong({
        code: "changed",
        message: "the file changed on disk meanwhile, and was read again",
        fix: "answer once more",
      });
      return;
    }
    setNote({ ...note, text, version: saved.version });
    next();
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
            <h1>The facts that decide the most are written. The review says what is wrong with them.</h1>
            <p className="acts">
              <Link className="btn first" to={designAddress(path)}>
                Open the note
              </Link>
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
              <select id="fact" className="input" value={typed} onChange={(event) => setTyped(event.target.value)}>
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
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
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
                onClick={() => act((text) => askWorker("ask", { text, step: fact.step, question: fact.question }))}
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
