/** Says in plain words what the YAML reader did not understand, and how to mend it. */

export interface YamlMend {
  readonly message: string;
  readonly fix: string;
  /** Offsets in the block of the text that is to be mended. */
  readonly from: number;
  readonly to: number;
}

/** `code`, `message` and `pos` are the reader's; the line that they speak of often says more. */
export function mendYaml(code: string, message: string, source: string, pos: readonly [number, number]): YamlMend {
  const from = Math.min(pos[0], source.length);
  const to = Math.min(Math.max(pos[1], from + 1), source.length);
  const lineStart = source.lastIndexOf("\n", from - 1) + 1;
  const lineEnd = endOfLine(source, from);
  const line = source.slice(lineStart, Math.min(lineEnd, lineStart + MAXIMUM_LINE));
  const hint = hintOf(code, line, lineStart) ?? openMark(code, message, source, from);
  if (hint !== undefined) return hint;
  const known = MENDS[code];
  const plain = message.split("\n", 1)[0];
  return {
    message: known?.message ?? `this is no YAML: ${plain.charAt(0).toLowerCase()}${plain.slice(1)}`,
    fix: known?.fix ?? "check quotes, brackets and indentation",
    from,
    to,
  };
}

const MAXIMUM_LINE = 1000;

function endOfLine(source: string, from: number): number {
  const end = source.indexOf("\n", from);
  return end < 0 ? source.length : end;
}

const MENDS: Readonly<Record<string, { readonly message: string; readonly fix: string }>> = {
  NOT_A_MAP: { message: "facts are `key: value` lines", fix: "write `goal: …` and so on, one fact a line" },
  TAB_AS_INDENT: { message: "YAML is not indented with tabs", fix: "indent with spaces" },
  BAD_INDENT: {
    message: "this line is indented differently from the ones it belongs to",
    fix: "give the facts of one map the same indentation",
  },
  MULTIPLE_DOCS: { message: "a line of `---` or `...` ends the facts here", fix: "remove that line" },
  MISSING_CHAR: {
    message: "something is missing here: a quote, a comma, a bracket or the space after a colon",
    fix: 'close every `"`, `[` and `{`, and put a comma between values',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "`: ` begins a value, and this line has two",
    fix: "put text that holds `: ` in quotes",
  },
  MULTILINE_IMPLICIT_KEY: {
    message: "a key stands on one line and ends with `: `",
    fix: "write `key: value`, with a space after the colon",
  },
  BAD_SCALAR_START: { message: "text cannot begin with this character", fix: "put the text in quotes" },
  UNEXPECTED_TOKEN: {
    message: "this does not belong here",
    fix: "check that every `[` and `{` is closed, and put text that holds `: ` or `, ` in quotes",
  },
  BAD_DQ_ESCAPE: { message: "this escape is not known", fix: "write `\\\\` for a backslash, or use single quotes" },
};

/** Mistakes that are recognised from the line itself. */
function hintOf(code: string, line: string, lineStart: number): YamlMend | undefined {
  const comparison = /:\s+(?<text>>=?\s*[^\s|>-][^,}\]\r\n]*)/u.exec(line);
  if (comparison?.groups !== undefined && (code === "UNEXPECTED_TOKEN" || code === "BAD_SCALAR_START")) {
    const from = lineStart + line.indexOf(comparison.groups.text, comparison.index);
    const text = comparison.groups.text.trim();
    const message = "a value that begins with `>` is read as folded text";
    return { message, fix: `put the condition in quotes: \`"${text}"\``, from, to: from + text.length };
  }
  const tab = /^ *(?<tab>\t+)/u.exec(line)?.groups?.tab;
  if (tab !== undefined) {
    const from = lineStart + line.indexOf("\t");
    return { message: "YAML is not indented with tabs", fix: "indent with spaces", from, to: from + tab.length };
  }
  const glued = /^\s*(?:- )?(?<key>[a-z][a-z0-9-]*):(?<value>[^\s:/][^\r\n]*)$/u.exec(line);
  const isGlue =
    code === "NOT_A_MAP" || code === "MISSING_CHAR" || code === "MULTILINE_IMPLICIT_KEY" || code === "BAD_INDENT";
  if (glued?.groups !== undefined && isGlue) {
    const { key, value } = glued.groups;
    const from = lineStart + line.indexOf(`${key}:`);
    const fix = `write \`${key}: ${value.trim().slice(0, 40)}\``;
    return { message: "there is no space after the colon", fix, from, to: from + key.length + 1 };
  }
  return undefined;
}

/** The quote or bracket that was opened before `from` and never closed, where the reader complains of that. */
function openMark(code: string, message: string, source: string, from: number): YamlMend | undefined {
  if (code !== "MISSING_CHAR" && code !== "BAD_INDENT" && code !== "UNEXPECTED_TOKEN") return undefined;
  const open: number[] = [];
  let quote = -1;
  for (let at = 0; at < from; at++) {
    const character = source[at];
    if (quote >= 0) {
      if (character === source[quote]) quote = -1;
    } else if ((character === '"' || character === "'") && /[\s:,[{]/u.test(source[at - 1] ?? " ")) quote = at;
    else if (character === "[" || character === "{") open.push(at);
    else if (character === "]" || character === "}") open.pop();
  }
  const found = quote >= 0 ? quote : open.at(-1);
  if (found === undefined || (quote < 0 && !/flow|expected|brace|bracket|end with/iu.test(message))) return undefined;
  const mark = source[found];
  const closing = mark === "[" ? "]" : mark === "{" ? "}" : mark;
  const to = Math.min(endOfLine(source, found), found + MAXIMUM_LINE);
  return {
    message: `the ${mark} that begins here is not closed`,
    fix: `add ${closing} where it ends`,
    from: found,
    to,
  };
}
