/** The stage that reads graded documents, deals their queries to parts, and stores them as a task that ranks. */

import { figure } from "../../core/figure.ts";
import { formatNumber } from "../../core/format-figure.ts";
import { FailureError } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import type { NumericColumn } from "../../core/table.ts";
import { kindCode, type RankedTask, type RankedWords, rankedTaskToStored } from "../../steps/3-data/ranked-task.ts";
import { type GradedRows, readGradedRows } from "../../steps/3-data/sources/graded-rows.ts";
import {
  numericOnly,
  storedFloat64,
  storedInt32,
  storedUint8,
  storedWithPrefix,
} from "../../steps/3-data/stored-columns.ts";
import {
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../system/stage.ts";
import { type DocumentSource, describeDocuments, PARTS, type Part } from "./document-source.ts";
import { simulateDocuments } from "./simulated-documents.ts";

export const DOCUMENTS_STAGE = "documents";

const DOCUMENT_WORDS: RankedWords = {
  unit: "query",
  units: "queries",
  item: "document",
  items: "documents",
  vectors: "features",
  since: "first sight",
};

interface DocumentsPlan {
  /** Parts whose files the note names; `all` where the split deals queries. Null for a simulated search. */
  readonly parts: readonly string[] | null;
  readonly world: { readonly queries: number; readonly documents: number } | null;
  /** Shares of the queries that are dealt, where the source does not part them. */
  readonly validation: number;
  readonly test: number;
}

/** `fingerprint` covers what the files hold. `shares` are those of the note's split. */
export function documentsStage(
  source: DocumentSource,
  shares: Pick<DocumentsPlan, "validation" | "test">,
  fingerprint: string,
): Stage {
  const isFiles = "files" in source;
  return stage({
    name: DOCUMENTS_STAGE,
    step: 3,
    title: `reading ${describeDocuments(source)}`,
    inputs: [],
    data: {
      fingerprint,
      paths: isFiles
        ? Object.fromEntries(
            Object.entries(source.files).flatMap(([part, paths]) => paths.map((path, at) => [`${part}.${at}`, path])),
          )
        : {},
    },
    plan: {
      parts: isFiles
        ? Object.entries(source.files).flatMap(([part, paths]) => paths.map((_, at) => `${part}.${at}`))
        : null,
      world: isFiles ? null : source.world,
      ...shares,
    },
    run: readDocuments,
  });
}

/** Documents with the part of each query. */
export interface Documents extends Omit<GradedRows, "features"> {
  readonly features: ReadonlyMap<string, NumericColumn>;
  /** Index into `PARTS` of each query. */
  readonly part: Uint8Array;
}

async function readDocuments(
  plan: DocumentsPlan,
  { environment, paths, random }: Pick<StageContext, "environment" | "paths" | "random">,
): Promise<StageResult> {
  const read: { readonly part: string; readonly rows: GradedRows }[] = [];
  for (const name of plan.parts ?? [])
    read.push({ part: name.replace(/\.\d+$/u, ""), rows: await readGradedRows(environment, paths[name]) });
  if (plan.world !== null) read.push({ part: "all", rows: simulateDocuments(plan.world, random.fork("world")) });
  const rows = stack(read.map((one) => one.rows));
  const part = dealQueries(read, plan, random.fork("deal"));
  const graded = gradedQueries(rows);
  const counts = PARTS.map((_, code) => part.filter((one) => one === code).length);
  const empty = PARTS.find((_, code) => !part.some((one, query) => one === code && graded[query] === 1));
  if (empty !== undefined)
    throw new FailureError({
      code: "empty-part",
      message: `no query of the ${empty} part has a document with a grade above 0`,
      where: "section 3, split",
      fix: "give more queries, or other shares: `split: { by: group, validation: 15%, test: 20% }`",
    });
  const without = graded.filter((one) => one === 0).length;
  const remarks: Remark[] = [
    {
      kind: "answer",
      text: `${formatNumber(rows.grades.length)} documents of ${formatNumber(rows.queryCount)} queries with ${formatNumber(rows.features.size)} features; ${counts.map((count, at) => `${formatNumber(count)} queries for ${PARTS[at] === "train" ? "training" : PARTS[at]}`).join(", ")}. No query is in two parts.`,
    },
    {
      kind: "assumption",
      text: "A feature that a row does not name is 0 there, as the format means it. The data has no time: nothing is said of later days or of drift.",
    },
    ...(without === 0
      ? []
      : [
          {
            kind: "repair",
            text: `${formatNumber(without)} queries have no document above grade 0: no order of them is better than another, so they are judged nowhere`,
          } as const,
        ]),
  ];
  const { json, arrays } = rankedTaskToStored(taskOf(rows));
  const top = Math.max(...rows.grades);
  return stageResult({
    json,
    arrays: {
      ...arrays,
      "document.query": rows.queries,
      "document.grade": rows.grades,
      "query.part": part,
      ...Object.fromEntries([...rows.features].map(([number, column]) => [`${FEATURE}f${number}`, column])),
    },
    figures: [
      figure({ step: 3, name: "queries", subject: "data", role: "size", value: rows.queryCount, unit: "queries" }),
      figure({ step: 3, name: "documents", subject: "data", value: rows.grades.length, unit: "documents" }),
      figure({ step: 3, name: "features", subject: "data", value: rows.features.size, unit: "features" }),
      ...Array.from({ length: Number.isInteger(top) && top <= 10 ? top + 1 : 0 }, (_, grade) =>
        figure({
          step: 3,
          name: `documents of grade ${grade}`,
          subject: "data",
          value: rows.grades.filter((one) => one === grade).length,
          unit: "documents",
        }),
      ),
      ...PARTS.map((name, code) =>
        figure({ step: 3, name: `${name} queries`, subject: "split", value: counts[code], unit: "queries" }),
      ),
    ],
    remarks,
  });
}

const FEATURE = "feature.";

/** Documents as the stage stored them. */
export function documentsFromStored({ arrays }: Pick<StageResult, "arrays">): Documents {
  const part = storedUint8(arrays, "query.part");
  return {
    grades: storedFloat64(arrays, "document.grade"),
    queries: storedInt32(arrays, "document.query"),
    queryCount: part.length,
    features: numericOnly(storedWithPrefix(arrays, FEATURE)),
    part,
  };
}

/** Rows of several files end to end; a feature that one of them does not have is 0 in its rows. */
function stack(read: readonly GradedRows[]): GradedRows {
  const length = read.reduce((sum, { grades }) => sum + grades.length, 0);
  const grades = new Float64Array(length);
  const queries = new Int32Array(length);
  const features = new Map<number, Float64Array>();
  const numbers = [...new Set(read.flatMap((one) => [...one.features.keys()]))].sort((one, other) => one - other);
  for (const number of numbers) features.set(number, new Float64Array(length));
  let row = 0;
  let query = 0;
  for (const one of read) {
    grades.set(one.grades, row);
    queries.set(
      one.queries.map((own) => own + query),
      row,
    );
    for (const [number, column] of one.features) features.get(number)?.set(column, row);
    row += one.grades.length;
    query += one.queryCount;
  }
  return { grades, queries, queryCount: query, features };
}

/** Part of each query: that of its file, or dealt; validation is dealt from training where no file is given for it. */
function dealQueries(
  read: readonly { readonly part: string; readonly rows: GradedRows }[],
  { validation, test }: DocumentsPlan,
  random: Random,
): Uint8Array {
  const code = (part: Part): number => PARTS.indexOf(part);
  const isGiven = read.every(({ part }) => part !== "all");
  const hasValidation = read.some(({ part }) => part === "validation");
  return Uint8Array.from(
    read.flatMap(({ part, rows }) =>
      Array.from({ length: rows.queryCount }, (): number => {
        const drawn = random.uniform();
        if (!isGiven) return code(drawn < test ? "test" : drawn < test + validation ? "validation" : "train");
        if (part !== "train") return code(part === "test" ? "test" : "validation");
        return code(!hasValidation && drawn < validation ? "validation" : "train");
      }),
    ),
  );
}

/** 1 for queries with a document above grade 0. */
function gradedQueries({ grades, queries, queryCount }: GradedRows): Uint8Array {
  const graded = new Uint8Array(queryCount);
  grades.forEach((grade, row) => {
    if (grade > 0) graded[queries[row]] = 1;
  });
  return graded;
}

/** Queries ask, documents are the items, and each grade is a rating; the order of the rows stands for the time that nobody has. */
function taskOf({ grades, queries, queryCount }: GradedRows): RankedTask {
  const count = grades.length;
  return {
    units: queryCount,
    events: {
      count,
      unit: queries,
      item: Int32Array.from(grades, (_, row) => row),
      time: Float64Array.from(grades, (_, row) => row),
      kind: new Uint8Array(count).fill(kindCode("rating")),
      value: Float32Array.from(grades),
    },
    items: {
      count,
      vectors: { width: 1, values: new Float32Array(count) },
      groups: new Map(),
      attributes: new Map(),
    },
    attributes: new Map(),
    words: DOCUMENT_WORDS,
  };
}
