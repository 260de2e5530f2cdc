/** What was read of a table's data against what its published files hold: figures of other data stand beside no published row. */

import { FailureError } from "../../core/outcome.ts";

/** Rows, people, items by name. */
export type DataCounts = Readonly<Record<string, number>>;

/** Throws a `FailureError` where one of the published counts was found to be another. */
export function refuseOtherData(found: DataCounts, published: DataCounts, files: readonly string[]): void {
  const others = Object.entries(found).filter(
    ([name, count]) => Object.hasOwn(published, name) && published[name] !== count,
  );
  if (others.length === 0) return;
  const told = others.map(
    ([name, count]) =>
      `${name}: ${count.toLocaleString("en-US")}, published ${published[name].toLocaleString("en-US")}`,
  );
  throw new FailureError({
    code: "other-data",
    message: `this is not the data that the table was published on (${told.join("; ")}): figures of other data say nothing beside its rows`,
    where: files.join(", "),
    fix: "take every file whole, as its source publishes it; `heptad tune` and `heptad run` work on data of your own",
  });
}
