/** Every protocol of a published table by the name that its file gives. */

import { nearest } from "../../core/nearest.ts";
import { FailureError } from "../../core/outcome.ts";
import { tryFraudFolds } from "./fraud-folds.ts";
import { tryGivenSplit } from "./given-split.ts";
import { tryGradedDocuments } from "./graded-documents.ts";
import { tryLabelledPhotos } from "./labelled-photos.ts";
import { tryNextItem } from "./next-item.ts";
import { tryOtherLog } from "./other-log.ts";
import { tryRandomQuarter } from "./random-quarter.ts";
import type { TableResult } from "./result.ts";
import type { PublishedTable } from "./table.ts";
import type { Workbench } from "./workbench.ts";

export type Protocol = (name: string, table: PublishedTable, bench: Workbench) => Promise<TableResult>;

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  "fraud-folds": tryFraudFolds,
  "given-split": tryGivenSplit,
  "graded-documents": tryGradedDocuments,
  "labelled-photos": tryLabelledPhotos,
  "next-item": tryNextItem,
  "other-log": tryOtherLog,
  "random-quarter": tryRandomQuarter,
};

/** Throws a `FailureError` where there is none of that name. */
export function protocolOf({ protocol }: PublishedTable): Protocol {
  if (Object.hasOwn(PROTOCOLS, protocol)) return PROTOCOLS[protocol];
  const meant = nearest(protocol, Object.keys(PROTOCOLS));
  throw new FailureError({
    code: "unknown-protocol",
    message: `there is no protocol \`${protocol}\``,
    fix: meant === undefined ? `use one of ${Object.keys(PROTOCOLS).join(", ")}` : `did you mean \`${meant}\`?`,
  });
}
