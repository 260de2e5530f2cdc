/** Texts that are no table of rows, told by their beginning: each is refused with what it is and how it becomes one. */

import { FailureError } from "../../../core/outcome.ts";

/** Throws a `FailureError` for binary bytes, LibSVM, judgements, blocks under a heading, and objects that are no JSON a line. `beginning` may end within a row. */
export function refuseText(beginning: string, path: string): void {
  refuseBinary(beginning, path);
  refuseGraded(beginning, path);
  refuseJudgements(beginning, path);
  refuseBlocks(beginning, path);
  refuseObjects(beginning, path);
}

/** A NUL byte in the beginning: not a row is torn, the file is none of text, and whatever its bytes seemed to part would be no column. */
function refuseBinary(beginning: string, path: string): void {
  const at = beginning.indexOf("\0");
  if (at < 0) return;
  const before = beginning.slice(0, at).split("\n");
  throw new FailureError({
    code: "binary-file",
    message: "the text holds a NUL byte: it is binary, cut or in another encoding",
    where: `${path}, line ${before.length}, column ${before[before.length - 1].length + 1}`,
    fix: "name a file of delimited text, of one JSON object a line, or a whole Parquet file",
  });
}

/** `2 qid:7 1:0.74 6:0.87`, in every line of a text's beginning. */
export function holdsGradedRows(beginning: string): boolean {
  const lines = beginning
    .split(/\r?\n/u)
    .slice(0, 20)
    .filter((line) => line !== "");
  const whole = lines.length < 2 ? lines : lines.slice(0, -1);
  return (
    whole.length > 0 && whole.every((line) => /^[-\d.]+(?: qid:\S+)?(?:\s+\d+:[-+\d.eE]+)+\s*(?:#.*)?$/u.test(line))
  );
}

/** `2 1:0.74 6:0.87`: graded documents of queries are no table; other files beside them are. */
function refuseGraded(beginning: string, path: string): void {
  if (!holdsGradedRows(beginning)) return;
  throw new FailureError({
    code: "libsvm",
    message: "these are rows of LibSVM (`grade index:value …`), graded documents of queries: no table of columns",
    where: path,
    fix: "draft a note from such files alone, by `heptad new --data FILE`; a run of `system: document-ranking` reads them",
  });
}

/** `301 0 FBIS3-10082 1` and `301 Q0 FBIS3-10082 1 14.5 run`: which documents answer a query, or what a system found for it, and nothing of either. */
function refuseJudgements(beginning: string, path: string): void {
  const lines = beginning
    .split(/\r?\n/u)
    .slice(0, 40)
    .filter((line) => line !== "")
    .slice(0, -1);
  const fits = (pattern: RegExp): boolean => lines.length >= 3 && lines.every((line) => pattern.test(line));
  const isFound = fits(/^\S+[ \t]+Q0[ \t]+\S+[ \t]+\d+[ \t]+[-+\d.eE]+[ \t]+\S+$/u);
  if (!isFound && !fits(/^\S+[ \t]+(?:Q?0)[ \t]+\S*[A-Za-z]\S*[ \t]+-?\d[ \t]*$/u)) return;
  throw new FailureError({
    code: isFound ? "trec-run" : "trec-judgements",
    message: isFound
      ? "these are lines of what a system found (TREC run: query, Q0, document, place, score, name): they hold no grade and no feature"
      : "these are judgements (TREC qrels: query, 0, document, grade): they hold no feature, and a query is nobody's taste",
    where: `${path}, line 1`,
    fix: "join them with features of query and document, one line of LibSVM each, `grade qid:query 1:value 2:value …`; such files are read by `heptad new --data FILE`",
  });
}

/** `1:` above `1488844,3,2005-09-06`: rows whose first cell stands in a line of its own above them. */
function refuseBlocks(beginning: string, path: string): void {
  const lines = beginning.split(/\r?\n/u).slice(0, 2000);
  const [first = ""] = lines;
  const below = lines.slice(1, -1).filter((line) => line !== "" && !HEADING.test(line));
  if (!HEADING.test(first) || below.length === 0) return;
  throw new FailureError({
    code: "blocks-of-rows",
    message: `the rows stand in blocks below a line such as \`${first}\`, which says of what they are: no mapping reads a line for the rows below it`,
    where: `${path}, line 1`,
    fix: `write that line's value into each of its rows, as in \`${first.slice(0, -1)},${below[0]}\`: awk '/:$/ { of = substr($0, 1, length($0) - 1); next } { print of "," $0 }' FILE > rows.csv`,
  });
}

const HEADING = /^[\w-]{1,40}:$/u;

/** One object over many lines, or objects as Python prints them. */
function refuseObjects(beginning: string, path: string): void {
  const text = beginning.trimStart();
  if (/^\{\s*u?'/u.test(text))
    throw new FailureError({
      code: "python-objects",
      message: "the lines are objects as Python prints them, with single quotes: that is no JSON",
      where: `${path}, line 1`,
      fix: "write them as JSON, one object a line: python3 -c 'import ast, json, sys; [print(json.dumps(ast.literal_eval(line))) for line in sys.stdin]' < FILE > rows.jsonl",
    });
  if (!/^\{\s*(?:"|$|\})/u.test(text)) return;
  throw new FailureError({
    code: "json-document",
    message:
      "this is one JSON document over several lines, or JSON that is damaged: rows are read from one object a line, or from one list of objects",
    where: `${path}, line 1`,
    fix: "write its list of rows with one object a line: jq -c '.NAME_OF_THE_LIST[]' FILE > rows.jsonl",
  });
}
