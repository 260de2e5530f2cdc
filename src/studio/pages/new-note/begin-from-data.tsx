/** A new design from the user's own files: each fact is measured, proposed or asked, and the files stay where they are. */

import { type FormEvent, useState } from "react";
import { get, post, type Wrong, wrongOf } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { dropText, keepText, keptText } from "../../parts/kept-text.ts";
import { useAnswer } from "../../parts/use-answer.ts";
import { plural, sentence } from "../../parts/words.tsx";
import { addressOf, designAddress, Link } from "../../router.tsx";
import { TitleField, useTitle } from "./title-field.tsx";

interface Drafted {
  readonly path: string;
  readonly system: string;
  readonly why: string;
  readonly questions: readonly string[];
}

export function BeginFromData() {
  const files = useAnswer("data", () => get<{ files: readonly string[] }>("/api/data"));
  const [typed, setTyped] = useState(keptText("new-data"));
  const [title, setTitle, forgetTitle] = useTitle();
  const [label, setLabel] = useState("");
  const [drafted, setDrafted] = useState<Drafted>();
  const [wrong, setWrong] = useState<Wrong>();
  const [isReading, setReading] = useState(false);
  const known = files.answer?.files ?? [];
  // Where there is one file there is nothing to choose.
  const data = typed ?? (known.length === 1 ? known[0] : "");
  const begin = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setReading(true);
    setWrong(undefined);
    try {
      const order = { title, data, ...(label.trim() === "" ? {} : { label }) };
      setDrafted(await post<Drafted>("/api/note/draft", order));
      forgetTitle();
      dropText("new-data");
    } catch (error) {
      setWrong(wrongOf(error));
    }
    setReading(false);
  };
  if (drafted !== undefined) return <What drafted={drafted} />;
  return (
    <form onSubmit={begin}>
      <h1>Which data shall it learn from?</h1>
      <p className="q2 lede">
        The file or folder is read where it lies, in this project, and nothing of it is copied or sent. What its columns
        show is written into a note; what no data can answer becomes a question.
      </p>
      <label className="label" htmlFor="data">
        File or folder
      </label>
      <input
        id="data"
        className="input mono"
        type="text"
        required
        list="data-files"
        placeholder={known[0] ?? "data/events.csv"}
        value={data}
        onChange={(event) => {
          setTyped(event.target.value);
          keepText("new-data", event.target.value);
        }}
      />
      <datalist id="data-files">
        {known.map((file) => (
          <option key={file} value={file} />
        ))}
      </datalist>
      <p className="small q3">
        {files.answer === undefined
          ? ""
          : known.length === 0
            ? "No CSV, TSV, Parquet or JSON Lines file lies in this project yet: put one there, or start the studio in the folder that holds it."
            : `${plural(known.length, "file")} in this project: ${known.slice(0, 6).join(", ")}${known.length > 6 ? " and more" : ""}`}
      </p>
      <TitleField label="Name of the design" title={title} change={setTitle} />
      <label className="label" htmlFor="label">
        Column to predict <span className="q3">only where the columns do not show it</span>
      </label>
      <input
        id="label"
        className="input mono"
        type="text"
        value={label}
        onChange={(event) => setLabel(event.target.value)}
      />
      <FailureLine wrong={wrong ?? files.wrong} />
      <p className="acts">
        <button className="btn first" type="submit" disabled={isReading}>
          Draft the note
        </button>
        <span className="small q3" role="status">
          {isReading ? "Reading the files." : ""}
        </span>
      </p>
    </form>
  );
}

function What({ drafted: { path, system, why, questions } }: { readonly drafted: Drafted }) {
  return (
    <>
      <h1>
        {sentence(system.replaceAll("-", " "))}, because {why}.
      </h1>
      <p className="q2 lede">
        Written to <code>{path}</code>. {plural(questions.length, "question stands", "questions stand")} in it that the
        data cannot answer.
      </p>
      <ul className="asked">
        {questions.slice(0, 6).map((question) => (
          <li key={question}>{sentence(question)}</li>
        ))}
        {questions.length > 6 && <li className="q3">and {questions.length - 6} more</li>}
      </ul>
      <p className="acts">
        <Link className="btn first" to={designAddress(path)}>
          Open the note
        </Link>
        <Link className="btn" to={addressOf("/new", { path })}>
          Answer what decides the most
        </Link>
        <Link className="btn quiet" to={designAddress(path, "run")}>
          See what would run
        </Link>
      </p>
    </>
  );
}
