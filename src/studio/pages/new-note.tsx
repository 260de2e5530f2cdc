/** A new design: the problem in a sentence, then the few facts that decide the most, one at a time; the YAML is written for you. */

import { type FormEvent, useEffect, useState } from "react";
import { post, type Wrong, wrongOf } from "../api.ts";
import { FailureLine } from "../parts/failure.tsx";
import { dropText, keepText, keptText } from "../parts/kept-text.ts";
import { addressOf, designAddress, go, usePlace } from "../router.tsx";
import { AskFacts } from "./new-note/ask-facts.tsx";
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
      go(isImport ? designAddress(path) : addressOf("/new", { path }));
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  return (
    <form onSubmit={begin}>
      <h1>{isImport ? "Which note shall be read?" : "What shall the system do?"}</h1>
      <p className="q2 lede">
        {isImport
          ? "Markdown as you have it, or plain text. Its headings are placed in the seven steps, facts are proposed and marked as such, and no word is lost; what is a design already stays as it is. The file goes into designs/."
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
