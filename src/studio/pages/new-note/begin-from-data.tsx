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

/** As `heptad new --data` takes them. */
const COLUMNS = [
  { id: "label", name: "To predict", about: "two values" },
  { id: "user", name: "User", about: "who" },
  { id: "item", name: "Item", about: "what somebody did something with" },
  { id: "time", name: "Time", about: "moments that say when" },
];
const COLUMNS_KEPT = "new-columns";

export function BeginFromData() {
  const files = useAnswer("data", () => get<{ files: readonly string[] }>("/api/data"));
  const [typed, setTyped] = useState(keptText("new-data"));
  const [title, setTitle, forgetTitle] = useTitle();
  const [columns, setColumns] = useState<Readonly<Record<string, string>>>(keptColumns);
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
      const said = Object.entries(columns).filter(([, name]) => name.trim() !== "");
      setDrafted(await post<Drafted>("/api/note/draft", { title, data, ...Object.fromEntries(said) }));
      forgetTitle();
      dropText(COLUMNS_KEPT);
      dropText("new-data");
    } catch (error) {
      setWrong(inFields(wrongOf(error)));
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
      <details
        className="columns"
        open={wrong?.code === "cannot-draft" || Object.values(columns).some((name) => name !== "")}
      >
        <summary>Which columns they are, where their names do not show it</summary>
        <div className="fields">
          {COLUMNS.map(({ id, name, about }) => (
            <div key={id}>
              <label className="label" htmlFor={id}>
                {name} <span className="q3">{about}</span>
              </label>
              <input
                id={id}
                className="input mono"
                type="text"
                maxLength={200}
                value={columns[id] ?? ""}
                onChange={(event) => {
                  const next = { ...columns, [id]: event.target.value };
                  setColumns(next);
                  keepText(COLUMNS_KEPT, JSON.stringify(next));
                }}
              />
            </div>
          ))}
        </div>
      </details>
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

/** In the names of the fields here, where the command names its options. */
function inFields({ code, message, fix }: Wrong): Wrong {
  const named = (text: string): string =>
    COLUMNS.reduce((said, { id, name }) => said.replaceAll(new RegExp(`--${id}\\b`, "gu"), `“${name}”`), text);
  return { code, message: named(message), ...(fix === undefined ? {} : { fix: named(fix) }) };
}

function keptColumns(): Readonly<Record<string, string>> {
  try {
    const read: unknown = JSON.parse(keptText(COLUMNS_KEPT) ?? "{}");
    if (typeof read !== "object" || read === null) return {};
    return Object.fromEntries(Object.entries(read).filter(([, name]) => typeof name === "string"));
  } catch {
    return {};
  }
}
