/** The stage that forms the requests of graded documents: each query with a graded document asks once, and knows nothing of before. */

import { figure } from "../../core/figure.ts";
import { asShared, groupRows, joinLists, listAt } from "../../steps/3-data/row-lists.ts";
import { requestsToStored, type StoredRequests } from "../../steps/3-data/split/stored-requests.ts";
import { NO_FILES, type Stage, type StageContext, type StageResult, stage, stageResult } from "../../system/stage.ts";
import { PARTS } from "./document-source.ts";
import { DOCUMENTS_STAGE, type Documents, documentsFromStored } from "./documents-stage.ts";

export function queriesStage(): Stage {
  return stage({
    name: "split",
    step: 3,
    title: "forming requests of queries",
    inputs: [DOCUMENTS_STAGE],
    data: NO_FILES,
    plan: {},
    run: formRequests,
  });
}

async function formRequests(_: object, { input }: Pick<StageContext, "input">): Promise<StageResult> {
  const documents = documentsFromStored(await input(DOCUMENTS_STAGE));
  const sets = ["validation", "test"] as const;
  const requests = sets.map((name) => [name, requestsOf(documents, name)] as const);
  return stageResult({
    figures: [
      figure({
        step: 3,
        name: "test requests",
        role: "size",
        subject: "split",
        value: requests[1][1].count,
        unit: "requests",
        note: "queries with a document above grade 0",
      }),
    ],
    json: { validationStart: 0, testStart: 0, sets: sets.map((name) => ({ name, cut: 0 })) },
    arrays: requestsToStored(Object.fromEntries(requests)),
  });
}

/** Documents of each query, ascending. */
export function documentsByQuery({
  queries,
  queryCount,
}: Pick<Documents, "queries" | "queryCount">): (query: number) => Int32Array {
  const grouped = groupRows(queries, queryCount);
  return (query) => listAt(grouped, query);
}

function requestsOf(documents: Documents, name: "validation" | "test"): StoredRequests {
  const { grades, part, queryCount } = documents;
  const rowsOf = documentsByQuery(documents);
  const relevantOf = (query: number): Int32Array => rowsOf(query).filter((row) => grades[row] > 0);
  const asking = Array.from({ length: queryCount }, (_, query) => query).filter(
    (query) => PARTS[part[query]] === name && relevantOf(query).length > 0,
  );
  const relevant = joinLists(asking.map(relevantOf));
  return {
    count: asking.length,
    unit: Int32Array.from(asking),
    moment: new Float64Array(asking.length),
    history: asShared(joinLists(asking.map(() => new Int32Array()))),
    relevant,
    grades: Float64Array.from(relevant.items, (row) => grades[row]),
    seenBefore: new Uint8Array(asking.length),
  };
}
