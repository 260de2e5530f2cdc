/** Reads a YAML file of settings against its schema: the first mistake is said with its place and the key that was meant. */

import type { z } from "zod";
import { FailureError } from "../core/outcome.ts";
import type { Span } from "../core/span.ts";
import { nodeAt } from "../design/fact-tree.ts";
import { readFacts } from "../design/facts.ts";
import { createLocator } from "../design/locate.ts";
import { readTextFile } from "./read-text-file.ts";

export interface YamlFile<Value> {
  readonly value: Value;
  /** Where a key stands, for what no schema can see; the whole file for one that is not there. */
  readonly keyAt: (path: readonly PropertyKey[]) => Span;
  /** Where words stand within a value, as they are written there; the whole value where they do not. */
  readonly wordsAt: (path: readonly PropertyKey[], words: string) => Span;
}

/** Throws a `FailureError` of this code where the file cannot be read or says anything that the schema does not know. */
export function readYamlFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  code: string,
): YamlFile<z.output<Schema>> {
  const source = readTextFile(path);
  const spanAt = createLocator(source, path);
  const { facts, tree, findings } = readFacts({ source, offset: 0, span: spanAt(0, source.length) }, schema, spanAt);
  const errors = findings.filter(({ severity }) => severity === "error");
  // A key that is misspelt is missing under its right name as well: the slip is said.
  const slips = errors.filter(({ name }) => name === "unknown-key");
  const mistakes = slips.length > 0 ? slips : errors;
  const [first] = mistakes;
  if (facts === undefined || first !== undefined) {
    const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : "";
    throw new FailureError({
      code,
      message: `${first?.message ?? "the file holds no map of settings"}${more}`,
      at: first?.at ?? spanAt(0, 0),
      where: path,
      fix: first?.fix,
    });
  }
  return {
    value: facts,
    keyAt: (at) => {
      const { start, end } = (tree && nodeAt(tree, at)?.key) ?? { start: 0, end: 0 };
      return spanAt(start, end);
    },
    wordsAt: (at, words) => {
      const { start, end } = (tree && nodeAt(tree, at)) ?? { start: 0, end: 0 };
      const within = words === "" ? -1 : source.slice(start, end).indexOf(words);
      return within === -1 ? spanAt(start, end) : spanAt(start + within, start + within + words.length);
    },
  };
}
