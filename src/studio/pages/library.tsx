/** The library: rules, questions, problems, patterns, estimates and works, found while one types; each with its page. */

import { useEffect, useState } from "react";
import type { LibraryAnswer } from "../answers.ts";
import { get, isExport } from "../api.ts";
import { FailureLine } from "../parts/failure.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { plural, sentence } from "../parts/words.tsx";
import { Link, usePlace } from "../router.tsx";
import "../style/library.css";

const KINDS = ["pattern", "rule", "estimate", "question", "problem", "work"];

export function LibraryPage() {
  const { query } = usePlace();
  const [kind, name] = [query.get("kind"), query.get("name")];
  const [words, setWords] = useState("");
  const [only, setOnly] = useState<string>();
  const { answer, wrong } = useAnswer(`${only} ${words}`, () =>
    get<LibraryAnswer>("/api/library", { q: words, kind: only }),
  );
  useEffect(() => {
    document.title = "Library · Heptad";
  }, []);
  return (
    <main className="plain-page page-library">
      <div className="two">
        <section aria-label="Find">
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
            {KINDS.map((one) => (
              <button
                key={one}
                type="button"
                className="lnk"
                aria-pressed={only === one}
                onClick={() => setOnly(only === one ? undefined : one)}
              >
                {one}s
              </button>
            ))}
          </p>
          <FailureLine wrong={wrong} />
          <p className="small q3" role="status">
            {answer !== undefined &&
              (answer.total === 0 ? "Nothing holds all of these words." : plural(answer.total, "entry", "entries"))}
            {answer !== undefined && answer.takenFor.length > 0 && `, taken for ${answer.takenFor.join(", ")}`}
          </p>
          <ul className="hits">
            {(answer?.hits ?? []).map((hit) => (
              <li key={`${hit.kind} ${hit.name}`}>
                <Link
                  to={`/library?${new URLSearchParams({ kind: hit.kind, name: hit.name })}`}
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
          {kind !== null && name !== null && <Entry key={`${kind} ${name}`} kind={kind} name={name} />}
        </section>
      </div>
    </main>
  );
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
              <Link className="btn first" to={`/practice?question=${name}`}>
                Answer it
              </Link>
            </p>
          )}
          {kind === "problem" && !isExport() && (
            <p className="acts">
              <Link className="btn first" to={`/interview?problem=${name}`}>
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
