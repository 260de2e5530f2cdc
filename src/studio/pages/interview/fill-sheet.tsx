/** A sheet that is filled while one listens: a grade and what it rests on for each of nine dimensions, kept at every key. */

import { useEffect, useRef, useState } from "react";
import type { FilledSheet, InterviewerAnswer, SavedSheetAnswer, SheetAnswer } from "../../answers/interview-answers.ts";
import { get, put, type Wrong, wrongOf } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { dropText, keepText, keptText } from "../../parts/kept-text.ts";
import { saidWhileTyping, sayWhenLate } from "../../parts/late-write.ts";
import { withSent } from "../../parts/unanswered-writes.ts";
import { useEvents } from "../../parts/use-events.ts";

const SAVE_MS = 400;

export function FillSheet({ name, about }: { readonly name: string; readonly about: InterviewerAnswer }) {
  const { sheet, path, said, wrong, other, change, take, keep } = useSheet(name);
  if (sheet === undefined) return <FailureLine wrong={wrong} />;
  return (
    <form className="fill" aria-label="The sheet" onSubmit={(event) => event.preventDefault()}>
      <p className="small q3">
        <code>{path}</code> <span role="status">{said}</span>
      </p>
      <FailureLine wrong={wrong} />
      {other && (
        <p className="acts">
          <span>The sheet was changed elsewhere. Both are kept until you choose.</span>
          <button className="btn" type="button" onClick={keep}>
            Keep what stands here
          </button>
          <button className="btn" type="button" onClick={take}>
            Take the other
          </button>
        </p>
      )}
      <div className="who">
        <label className="label">
          Candidate
          <input
            className="input"
            type="text"
            value={sheet.candidate}
            onChange={(event) => change({ ...sheet, candidate: event.target.value })}
          />
        </label>
        <label className="label">
          Interviewer
          <input
            className="input"
            type="text"
            value={sheet.interviewer}
            onChange={(event) => change({ ...sheet, interviewer: event.target.value })}
          />
        </label>
      </div>
      {about.dimensions.map((dimension) => (
        <Dimension
          key={dimension.name}
          {...dimension}
          grades={about.grades}
          value={sheet.grades[dimension.name] ?? { grade: null, evidence: "" }}
          change={(value) => change({ ...sheet, grades: { ...sheet.grades, [dimension.name]: value } })}
        />
      ))}
    </form>
  );
}

type Graded = FilledSheet["grades"][string];

interface DimensionProps {
  readonly name: string;
  readonly title: string;
  readonly anchors: readonly string[];
  readonly grades: readonly string[];
  readonly value: Graded;
  readonly change: (value: Graded) => void;
}

function Dimension({ name, title, anchors, grades, value, change }: DimensionProps) {
  const choices: readonly (readonly [grade: number | null, word: string])[] = [
    [null, "not seen"],
    ...grades.map((word, grade): [number, string] => [grade, word]),
  ];
  return (
    <fieldset>
      <legend className="label">{title}</legend>
      <div className="seg">
        {choices.map(([grade, word]) => (
          <label key={word}>
            <input
              type="radio"
              name={`grade-${name}`}
              checked={value.grade === grade}
              onChange={() => change({ ...value, grade })}
            />
            <span>{word}</span>
          </label>
        ))}
      </div>
      <p className="small q3">
        {value.grade === null || value.grade === 0
          ? `${grades[1]}: ${anchors[0]}`
          : `${grades[value.grade]}: ${anchors[value.grade - 1]}`}
      </p>
      <textarea
        className="input"
        rows={2}
        aria-label={`${title}: what it rests on`}
        placeholder="what it rests on, in the candidate's words"
        value={value.evidence}
        onChange={(event) => change({ ...value, evidence: event.target.value })}
      />
    </fieldset>
  );
}

/** Loaded, saved by itself, and never over a sheet that the page has not seen. */
function useSheet(name: string) {
  const [shown, setShown] = useState<SheetAnswer>();
  const [said, setSaid] = useState("");
  const [wrong, setWrong] = useState<Wrong>();
  const [other, setOther] = useState<SheetAnswer>();
  const latest = useRef<FilledSheet | undefined>(undefined);
  const seen = useRef("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** One write at a time: another would be told of the first as of somebody else's. */
  const isSaving = useRef(false);
  const sent = useRef<readonly string[]>([]);
  const kept = `sheet:${name}`;
  const set = (sheet: FilledSheet): void => {
    latest.current = sheet;
    setShown((before) => before && { ...before, sheet });
  };
  const keepIt = (sheet: FilledSheet): void =>
    keepText(kept, JSON.stringify({ sheet, seen: seen.current, sent: sent.current }));
  const save = async (): Promise<void> => {
    const sheet = latest.current;
    if (sheet === undefined || isSaving.current) return;
    isSaving.current = true;
    let isOwn = false;
    const unanswered = sent.current;
    sent.current = withSent(unanswered, sameText(sheet));
    keepIt(sheet);
    try {
      const answer = await sayWhenLate(
        put<SavedSheetAnswer>("/api/sheets", { name, sheet, seen: seen.current }),
        setSaid,
      );
      setWrong(undefined);
      sent.current = [];
      // Where its answer was lost, the other is what was sent from here.
      isOwn = !answer.saved && unanswered.includes(sameText(answer.disk.sheet));
      if (!answer.saved && !isOwn) {
        setOther(answer.disk);
        setSaid("not saved");
        return;
      }
      seen.current = answer.saved ? answer.version : answer.disk.version;
      if (answer.saved && latest.current === sheet) {
        dropText(kept);
        setSaid("saved");
      }
    } catch (error) {
      setWrong(wrongOf(error));
      setSaid("kept in this browser");
    } finally {
      isSaving.current = false;
    }
    if (isOwn || latest.current !== sheet) await save();
  };
  const change = (sheet: FilledSheet): void => {
    set(sheet);
    keepIt(sheet);
    setSaid(saidWhileTyping);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), SAVE_MS);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each sheet
  useEffect(() => {
    get<SheetAnswer>("/api/sheets/one", { name }).then(
      (answer) => {
        const left = readLeft(keptText(kept));
        seen.current = left?.seen ?? answer.version;
        sent.current = left?.sent ?? [];
        latest.current = left?.sheet ?? answer.sheet;
        setShown({ ...answer, sheet: latest.current });
        setSaid(left === undefined ? "saved" : "");
        if (left !== undefined) void save();
      },
      (error) => setWrong(wrongOf(error)),
    );
    return () => {
      clearTimeout(timer.current);
      if (keptText(kept) !== undefined) void save();
    };
  }, [name]);
  useEvents(undefined, { back: () => keptText(kept) !== undefined && void save() });
  return {
    sheet: shown?.sheet,
    path: shown?.path ?? "",
    said,
    wrong,
    other: other !== undefined,
    change,
    take: (): void => {
      if (other === undefined) return;
      seen.current = other.version;
      dropText(kept);
      set(other.sheet);
      setOther(undefined);
      setSaid("saved");
    },
    keep: (): void => {
      if (other === undefined) return;
      seen.current = other.version;
      setOther(undefined);
      void save();
    },
  };
}

/** Alike for equal sheets, in whatever order a file gives their fields. */
function sameText({ problem, candidate, interviewer, grades }: FilledSheet): string {
  const graded = Object.entries(grades).map(([name, { grade, evidence }]) => JSON.stringify([name, grade, evidence]));
  return JSON.stringify([problem, candidate, interviewer, graded.sort()]);
}

function readLeft(kept: string | undefined): { sheet: FilledSheet; seen: string; sent: readonly string[] } | undefined {
  try {
    const read = JSON.parse(kept ?? "null");
    if (typeof read?.seen !== "string" || typeof read?.sheet?.problem !== "string") return undefined;
    return { sheet: read.sheet, seen: read.seen, sent: Array.isArray(read.sent) ? read.sent : [] };
  } catch {
    return undefined;
  }
}
