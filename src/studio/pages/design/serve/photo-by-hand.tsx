/** A photo by hand: dropped, chosen or the service's own example, sent as a caller would, and what was found shown below it. */

import { type DragEvent, useEffect, useState } from "react";
import { getFile, send, type Wrong, wrongOf } from "../../../api.ts";
import { FailureLine } from "../../../parts/failure.tsx";
import { Words } from "../../../parts/words.tsx";
import type { HandAnswer, OfferedUpload } from "../../../serve-answers.ts";
import { AnswerView } from "./answer-view.tsx";
import { plainBytes } from "./plain-value.ts";
import { formOf } from "./request-form.ts";

/** After the last key, before the photo is sent again. */
const WATCH_MS = 250;

export function PhotoByHand({ upload }: { readonly upload: OfferedUpload }) {
  const { path, summary, types, limit, query } = upload;
  const fields = formOf(query)?.fields ?? [];
  const [photo, setPhoto] = useState<{ blob: Blob; name: string; shown: string }>();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [answer, setAnswer] = useState<HandAnswer>();
  const [wrong, setWrong] = useState<Wrong>();
  const take = async (blob: Blob, name: string): Promise<void> => {
    setAnswer(undefined);
    if (!types.includes(blob.type))
      return setWrong({
        code: "no-photo",
        message: `${name} is no photo that it takes`,
        fix: `send ${types.join(", ")}`,
      });
    if (blob.size > limit)
      return setWrong({
        code: "too-large",
        message: `${name} has ${plainBytes(blob.size)}`,
        fix: `send at most ${plainBytes(limit)}`,
      });
    setWrong(undefined);
    setPhoto({ blob, name, shown: await shownAs(blob) });
  };
  const takeExample = async (): Promise<void> => {
    try {
      await take(await getFile("/api/serve/example", { endpoint: path }), "the example");
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each service
  useEffect(() => {
    void takeExample();
  }, [path]);
  const asked = new URLSearchParams(Object.entries(values).filter(([, value]) => value.trim() !== "")).toString();
  useEffect(() => {
    if (photo === undefined) return;
    let isGone = false;
    const timer = setTimeout(async () => {
      try {
        const given = await send<HandAnswer>("/api/serve/upload", { endpoint: path, query: asked }, photo.blob);
        if (isGone) return;
        setAnswer(given);
        setWrong(undefined);
      } catch (error) {
        if (!isGone) setWrong(wrongOf(error));
      }
    }, WATCH_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [photo, path, asked]);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file !== undefined) void take(file, file.name);
  };
  return (
    <section aria-label="A photo by hand">
      <h2>A photo by hand</h2>
      <p className="small q2">
        <Words>{summary}</Words>. It is asked anew at every change; nothing is remembered.
      </p>
      <div className="by-hand photo-by-hand">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the file field in it does the same by keys */}
        <div className="drop" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
          {photo !== undefined && <img src={photo.shown} alt={`Sent: ${photo.name}`} />}
          <div>
            <label className="label" htmlFor="hand-photo">
              Drop a photo here, or choose one
            </label>
            <input
              id="hand-photo"
              type="file"
              accept={types.join(",")}
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                if (file !== undefined) void take(file, file.name);
              }}
            />
            <p className="small q3">At most {plainBytes(limit)}. It is sent to the service on this machine alone.</p>
            <button className="lnk" type="button" onClick={() => void takeExample()}>
              The service's own example
            </button>
          </div>
        </div>
        <div className="fields">
          {fields.map(({ name, about }) => (
            <div key={name}>
              <label className="label" htmlFor={`photo-${name}`}>
                {name} <span className="q3">may be left out</span>
              </label>
              <input
                id={`photo-${name}`}
                className="input mono"
                type="text"
                value={values[name] ?? ""}
                aria-describedby={`photo-${name}-about`}
                onChange={(event) => setValues({ ...values, [name]: event.target.value })}
              />
              <p className="small q3" id={`photo-${name}-about`}>
                {about}
              </p>
            </div>
          ))}
        </div>
        <FailureLine wrong={wrong} />
        <div role="status">
          {answer !== undefined && photo !== undefined && (
            <AnswerView body={asked === "" ? path : `${path}?${asked}`} answer={answer} isNewest />
          )}
        </div>
      </div>
    </section>
  );
}

/** As an address that the page's policy lets in. */
function shownAs(blob: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(typeof reader.result === "string" ? reader.result : "");
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}
