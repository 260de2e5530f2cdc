/** Where graded documents come from: files of LibSVM lines, whole or in parts that the note names, or a simulated search. */

import { FailureError } from "../../core/outcome.ts";
import type { DataFacts } from "../../steps/3-data/schema.ts";

/** Parts that a note may name files for. */
export const PARTS = ["train", "validation", "test"] as const;
export type Part = (typeof PARTS)[number];

/** A source as plain data. */
export type DocumentSource =
  | { readonly world: { readonly queries: number; readonly documents: number } }
  | { readonly files: { readonly [part: string]: readonly string[] } };

/** `locate` makes the note's paths absolute; a path in its place is read instead of the note's. Throws a `FailureError` for other sources. */
export function documentSourceOf({ source }: DataFacts, locate: string | ((path: string) => string)): DocumentSource {
  if (typeof locate === "string") return { files: { all: [locate] } };
  if (source === undefined || source.format === "simulated")
    return {
      world: { queries: Math.round(source?.members?.value ?? 300), documents: Math.round(source?.items?.value ?? 15) },
    };
  const refuse = (code: string, message: string, fix: string): FailureError =>
    new FailureError({ code, message, where: "section 3, source", fix });
  if (source.format !== "libsvm")
    throw refuse(
      "no-graded-documents",
      `a source of format \`${source.format}\` holds no graded documents`,
      "use libsvm or simulated",
    );
  if (source.path === undefined)
    throw refuse("missing-path", "graded documents need a file", "source: { format: libsvm, path: … }");
  const { path } = source;
  if (typeof path === "string") return { files: { all: [locate(path)] } };
  if (!isByPart(path)) return { files: { all: path.map(locate) } };
  const other = Object.keys(path).find((part) => !PARTS.some((one) => one === part));
  if (other !== undefined || path.train === undefined || path.test === undefined)
    throw refuse(
      "unknown-part",
      other === undefined ? "files by part need `train` and `test`" : `\`${other}\` is no part of graded documents`,
      "path: { train: …, test: … }, with `validation` where there is one",
    );
  return {
    files: Object.fromEntries(
      Object.entries(path).map(([part, one]) => [part, (typeof one === "string" ? [one] : one).map(locate)]),
    ),
  };
}

type WrittenPath = NonNullable<NonNullable<DataFacts["source"]>["path"]>;

function isByPart(path: Exclude<WrittenPath, string>): path is Exclude<WrittenPath, string | string[]> {
  return !Array.isArray(path);
}

/** The source in a few words. */
export function describeDocuments(source: DocumentSource): string {
  if ("world" in source) return "a simulated search";
  const names = Object.values(source.files).flatMap((paths) => paths.map((path) => path.replace(/^.*[/\\]/u, "")));
  return `graded documents from ${names.join(", ")}`;
}

/** All files of the source, the sizes of queries beside them included where they are there. */
export async function documentFiles(
  source: DocumentSource,
  files: { exists(path: string): Promise<boolean> },
): Promise<readonly string[]> {
  if ("world" in source) return [];
  const found: string[] = [];
  for (const path of Object.values(source.files).flat()) {
    found.push(path);
    if (await files.exists(`${path}.query`)) found.push(`${path}.query`);
  }
  return found;
}
