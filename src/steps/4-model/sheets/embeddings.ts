/** The memory of a design's embedding tables, per stage that learns vectors. */

import type { Sheet } from "../../../estimate/sheet.ts";
import { fact } from "../../../estimate/sheet-input.ts";
import type { Design } from "../../design.ts";
import { embeddingTable } from "../estimates/embedding-table.ts";

export const embeddingsSheet: Sheet<Design> = {
  name: "embeddings",
  title: "embedding memory",
  step: 4,
  cases: ({ clarify: { users, items }, model }) =>
    (model.stages ?? []).flatMap(({ name, factors, dimensions }, i) => {
      if (factors === undefined) return [];
      const dim = fact(`4.stages[${i}].factors`, dimensions ?? factors, "64");
      const people = [fact("1.users.total", users?.total, "5M"), fact("1.users.daily", users?.daily, "2M")];
      const tables = [
        { subject: `${name}: users`, rows: people },
        { subject: `${name}: items`, rows: [fact("1.items.count", items?.count, "3.9k")] },
      ];
      return tables.map(({ subject, rows }) => ({
        subject,
        estimate: embeddingTable,
        inputs: { rows, dim },
        shows: ["weights", "with_adam"],
      }));
    }),
};
