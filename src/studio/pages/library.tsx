/** The library: rules, questions, problems, patterns, estimates and works, found while one types; each with its page. */

import { useEffect, useState } from "react";
import type { LibraryAnswer } from "../answers/library-answers.ts";
import { get, isExport } from "../api.ts";
import { FailureLine } from "../parts/failure.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { plural, sentence } from "../parts/words.tsx";
import { addressOf, Link, usePlace } from "../router.tsx";
import "../style/library.css";

const KINDS: Readonly<Record<string, string>> = {
  pattern: "what is built again and again: when it helps, what it costs, how it fails",
  rule: "what the review looks for in a note, why it matters and what mends it",
  estimate: "what follows from the numbers of a note, with its formula",
  question: "what practice asks; each can be answered here",
  problem: "what an interview is about, and what is told when one asks",
  work: "the books and papers behind it",
};

export function LibraryPage() {
  const { query } = usePlace();
  const [kind, name] = [query.get("kind"), query.get("name")];
  const isOpen = kind !== null && name !== null;
  const [words, setWords] = useState("");
  const [only, setOnly] = useState<string>();
  const { answer, wrong } = useAnswer(`${only} ${words}`, () =>
    get<LibraryAnswer>("/api/library", { q: words, kind: only }),
  );
  useEffect(() => {
    document.title = "Library · Heptad";
  }, []);
  return (
    <main className={`plain-page page-library${isOpen ? " has-page" : ""}`}>
      <div className="two">
        <section className="find" aria-label="Find">
          {!isOpen && <h1 className="vh">Library</h1>}
          <label className="label" htmlFor="words">
            Find in the library
          </label>
          <input
            id="words"
            className="input"
            type="search"
            value={words}
            placeholder="position bias"
            onChange={(event) => setWords(event.target.value)}
          />
          <p className="kinds">
            {Object.keys(KINDS).map((one) => (
              <button
                key={one}
                type="button"
                className="lnk"
                aria-pressed={only === one}
                onClick={() => setOnly(only === one ? undefined : one)}
              >
                {one}s{answer !== undefined && <span className="q3"> {answer.kinds[one] ?? 0}</span>}
              </button>
            ))}
          </p>
          <FailureLine wrong={wrong} />
          <p className="small q3" role="status">
            {answer !== undefined && (answer.total === 0 ? "Nothing holds all of these words." : countWords(answer))}
            {answer !== undefined && answer.takenFor.length > 0 && `, taken for ${answer.takenFor.join(", ")}`}
          </p>
          <ul className="hits">
            {(answer?.hits ?? []).map((hit) => (
              <li key={`${hit.kind} ${hit.name}`}>
                <Link
                  to={addressOf("/library", { kind: hit.kind, name: hit.name })}
                  isCurrent={hit.kind === kind && hit.name === name}
                >
                  {sentence(hit.title)}
                </Link>
                <span className="q3"> {hit.kind}</span>
              </li>
            ))}
          </ul>
        </section>
        <section aria-label="Page">
          {isOpen ? (
            <>
              <p className="back">
                <Link to="/library">All of the library</Link>
              </p>
              <Entry key={`${kind} ${name}`} kind={kind} name={name} />
            </>
          ) : (
            <About show={setOnly} />
          )}
        </section>
      </div>
    </main>
  );
}

/** What there is, before anything was chosen. */
function About({ show }: { readonly show: (kind: string) => void }) {
  return (
    <div className="about">
      <h2>What is in it</h2>
      <dl>
        {Object.entries(KINDS).map(([kind, about]) => (
          <div key={kind}>
            <dt>
              <button type="button" className="lnk" onClick={() => show(kind)}>
                {sentence(kind)}s
              </button>
            </dt>
            <dd>{sentence(about)}.</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function countWords({ total, hits }: LibraryAnswer): string {
  const all = plural(total, "entry", "entries");
  return hits.length < total ? `${all}, the first ${hits.length} here` : all;
}

function Entry({ kind, name }: { readonly kind: string; readonly name: string }) {
  const { answer, wrong } = useAnswer(`${kind} ${name}`, () =>
    get<{ title: string; markdown: string }>("/api/library/page", { kind, name }),
  );
  return (
    <>
      <FailureLine wrong={wrong} />
      {answer !== undefined && (
        <>
          <h1>{sentence(answer.title)}</h1>
          {kind === "question" && !isExport() && (
            <p className="acts">
              <Link className="btn first" to={addressOf("/practice", { question: name })}>
                Answer it
              </Link>
            </p>
          )}
          {kind === "problem" && !isExport() && (
            <p className="acts">
              <Link className="btn first" to={addressOf("/interview", { problem: name })}>
                Take the interview
              </Link>
            </p>
          )}
          <Markdown text={answer.markdown} />
        </>
      )}
    </>
  );
}
