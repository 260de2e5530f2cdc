/** The practice history as the studio reads it: files are parsed once, what was appended is read on from there, and nobody waits for long meanwhile. */

import { closeSync, openSync, readSync, statSync } from "node:fs";
import { openTurns } from "../../core/turns.ts";
import { historyFiles } from "../../node/history-folder.ts";
import { type HistoryRecord, readHistory } from "../../practice/history.ts";
import { foldHistory, freshProfile, type Profile } from "../../practice/profile.ts";

export interface HistoryView {
  /** In the order of time. */
  readonly records: readonly HistoryRecord[];
  readonly profile: Profile;
}

/** So much is parsed before others are served again. */
const SLICE_BYTES = 256 * 1024;
const SLICE_RECORDS = 4000;
const TAIL_BYTES = 256;
const MOST_TEXTS = 2000;

interface FileRead {
  /** Bytes that were parsed: whole lines. */
  readonly end: number;
  /** When it was changed last. */
  readonly stamp: number;
  /** What stands before `end`: the same where the file was appended to alone. */
  readonly tail: Buffer;
  /** Counts how often it was read from its beginning. */
  readonly reading: number;
  readonly records: readonly HistoryRecord[];
}

/** What it gives is never older than the call. */
export function openHistoryView(root: string): () => Promise<HistoryView> {
  const files = new Map<string, FileRead>();
  let view: HistoryView = { records: [], profile: freshProfile() };
  const inTurn = openTurns();
  const look = async (): Promise<HistoryView> => {
    const paths = historyFiles(root);
    let isAnew = [...files.keys()].some((path) => !paths.includes(path));
    for (const path of files.keys()) if (!paths.includes(path)) files.delete(path);
    const added: HistoryRecord[] = [];
    for (const path of paths) {
      const known = files.get(path);
      const read = await readOn(path, known);
      if (read === known) continue;
      files.set(path, read);
      if (known !== undefined && read.reading !== known.reading) isAnew = true;
      for (const record of read.records.slice(known?.records.length ?? 0)) added.push(record);
    }
    if (isAnew) view = await viewOf(mergedOf([...files.values()].map(({ records }) => records)));
    else if (added.length > 0) view = await viewAfter(view, mergedOf([added]));
    return view;
  };
  return () => inTurn(look);
}

/** The view after more records: folded on where all of them are later, else anew. */
async function viewAfter(view: HistoryView, added: readonly HistoryRecord[]): Promise<HistoryView> {
  const last = view.records.at(-1);
  const [first] = added;
  if (last === undefined || last.at < first.at) return viewOf(added, view);
  return viewOf(mergedOf([view.records, added]));
}

async function viewOf(
  added: readonly HistoryRecord[],
  { records, profile }: HistoryView = { records: [], profile: freshProfile() },
): Promise<HistoryView> {
  let folded = profile;
  for (let at = 0; at < added.length; at += SLICE_RECORDS) {
    folded = foldHistory(added.slice(at, at + SLICE_RECORDS), folded);
    await breath();
  }
  return { records: [...records, ...added], profile: folded };
}

/** As `readHistory` merges its texts: repeats dropped, sorted by time. */
function mergedOf(lists: readonly (readonly HistoryRecord[])[]): readonly HistoryRecord[] {
  const all = new Map<string, HistoryRecord>();
  for (const list of lists) for (const record of list) if (!all.has(record.id)) all.set(record.id, record);
  return [...all.values()].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The same object where nothing was changed; read on where it was appended to alone, else from its beginning. */
async function readOn(path: string, known: FileRead | undefined): Promise<FileRead> {
  const { size, mtimeMs: stamp } = statSync(path);
  if (known?.end === size && known.stamp === stamp) return known;
  const file = openSync(path, "r");
  try {
    const goesOn = known !== undefined && size > known.end && known.tail.equals(tailBefore(file, known.end));
    let end = goesOn ? known.end : 0;
    const records = goesOn ? [...known.records] : [];
    let rest = Buffer.alloc(0);
    for (let at = end; at < size; ) {
      const slice = bytesAt(file, at, Math.min(SLICE_BYTES, size - at));
      if (slice.length === 0) break;
      at += slice.length;
      rest = Buffer.concat([rest, slice]);
      // The last line of all may have no end.
      const whole = at >= size ? rest.length : rest.lastIndexOf(0x0a) + 1;
      const read = readHistory([rest.subarray(0, whole).toString("utf8")]);
      for (const record of read.records) records.push(withSharedTexts(record));
      const torn = at >= size && read.damaged.length > 0 ? rest.length - (rest.lastIndexOf(0x0a) + 1) : 0;
      end += whole - torn;
      rest = rest.subarray(whole);
      await breath();
    }
    const reading = goesOn ? known.reading : (known?.reading ?? 0) + 1;
    return { end, stamp, tail: tailBefore(file, end), reading, records };
  } finally {
    closeSync(file);
  }
}

/** Texts that many records have alike, held once. */
const TEXTS = new Map<string, string>();

function withSharedTexts(record: HistoryRecord): HistoryRecord {
  if (record.type !== "answer") return record;
  return { ...record, question: shared(record.question), typed: shared(record.typed), mode: shared(record.mode) };
}

function shared(text: string): string {
  const known = TEXTS.get(text);
  if (known !== undefined) return known;
  // Few texts are typed often; the rest stays with its record.
  if (TEXTS.size < MOST_TEXTS) TEXTS.set(text, text);
  return text;
}

function tailBefore(file: number, end: number): Buffer {
  const from = Math.max(0, end - TAIL_BYTES);
  return bytesAt(file, from, end - from);
}

function bytesAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, at));
}

/** Others are served before it goes on. */
function breath(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
