/** The edit that makes a block readable where it can be meant in one way only; whoever asks holds it against the reader before it is offered. */

export interface YamlEdit {
  /** Offsets in the block. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Edits for what is wrong from `from` to `to`, none of them overlapping; empty where more than one text could be meant. */
export function yamlEdits(source: string, from: number, to: number): readonly YamlEdit[] {
  const marked = source.slice(from, to);
  if (/^\t+$/u.test(marked)) return spacesForTabs(source);
  if (/^[a-z][a-z0-9-]*:$/u.test(marked)) return [{ from: to, to, text: " " }];
  if (/^>=?[^"\\]*$/u.test(marked)) return [{ from, to, text: `"${marked}"` }];
  const closing = CLOSING[marked[0]];
  return closing === undefined ? [] : closedAtLineEnd(source, from, closing);
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", "[": "]", "{": " }" };

/** Two spaces a tab in all of the block: of one line alone they would part what belongs together. */
function spacesForTabs(source: string): readonly YamlEdit[] {
  return [...source.matchAll(/^( *)(\t[\t ]*)/gmu)].map(({ index, 1: spaces, 2: tabs }) => ({
    from: index + spaces.length,
    to: index + spaces.length + tabs.length,
    text: tabs.replaceAll("\t", "  "),
  }));
}

/** A mark that is opened last in its line, above a line that begins another fact: it is closed where the line ends. */
function closedAtLineEnd(source: string, from: number, closing: string): readonly YamlEdit[] {
  const feed = source.indexOf("\n", from);
  const end = feed < 0 ? source.length : feed;
  const line = source.slice(source.lastIndexOf("\n", from - 1) + 1, end);
  const next = source.slice(end).trimStart();
  const beginsAnother = next === "" || /^(?:- |[a-z][a-z0-9-]*:(?:\s|$))/u.test(next);
  // A comma wants another value, and a comment may have swallowed what was written.
  if (!beginsAnother || /,\s*$|\s#/u.test(line)) return [];
  const at = end - (source.slice(from, end).length - source.slice(from, end).trimEnd().length);
  return [{ from: at, to: at, text: closing }];
}

export function withYamlEdits(source: string, edits: readonly YamlEdit[]): string {
  return edits
    .toReversed()
    .reduce((text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to), source);
}
