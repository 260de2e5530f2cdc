/** The name of a new design, kept by the browser until the note is written. */

import { useState } from "react";
import { dropText, keepText, keptText } from "../../parts/kept-text.ts";

const KEEP = "new-title";

/** What was typed last, what changes it, and what forgets it when it is written. */
export function useTitle(): readonly [title: string, change: (title: string) => void, forget: () => void] {
  const [title, setTitle] = useState(keptText(KEEP) ?? "");
  const change = (next: string): void => {
    setTitle(next);
    keepText(KEEP, next);
  };
  return [title, change, () => dropText(KEEP)];
}

export interface TitleFieldProps {
  readonly label: string;
  readonly title: string;
  readonly change: (title: string) => void;
}

export function TitleField({ label, title, change }: TitleFieldProps) {
  return (
    <>
      <label className="label" htmlFor="title">
        {label}
      </label>
      <input
        id="title"
        className="input"
        type="text"
        required
        maxLength={120}
        placeholder="Podcast recommendations"
        value={title}
        onChange={(event) => change(event.target.value)}
      />
    </>
  );
}
