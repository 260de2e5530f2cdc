/** The memory of a design's online features, by the entity they describe. */

import type { Sheet } from "../../../estimate/sheet.ts";
import { fact } from "../../../estimate/sheet-input.ts";
import type { Design } from "../../design.ts";
import { featureStore } from "../estimates/feature-store.ts";

export const featureMemorySheet: Sheet<Design> = {
  name: "features",
  title: "feature memory",
  step: 3,
  cases: (design) => {
    const counts = new Map<string, number>();
    for (const { entity } of design.data.features ?? []) {
      const name = typeof entity === "string" ? entity : entity?.join(" × ");
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return [...counts].map(([entity, features]) => ({
      subject: `${entity} features`,
      estimate: featureStore,
      inputs: { rows: rowsOf(entity, design), features: fact("3.features", features, "3") },
    }));
  },
};

/** Entities that people and things of the catalogue are called by; any other has its rows in `entities`. */
const PEOPLE = new Set(["member", "user", "customer", "viewer", "account", "card"]);
const THINGS = new Set(["title", "item", "product", "listing", "photo", "video", "document", "post", "ad"]);

function rowsOf(entity: string, { clarify, data }: Design): ReturnType<typeof fact>[] {
  const declared = data.entities?.find((one) => one.key === entity)?.rows;
  const stated = fact("3.entities", declared, `[{ key: ${entity}, rows: 2M }]`);
  if (PEOPLE.has(entity)) {
    return [
      stated,
      fact("1.users.total", clarify.users?.total, "5M"),
      fact("1.users.daily", clarify.users?.daily, "2M"),
    ];
  }
  return THINGS.has(entity) ? [stated, fact("1.items.count", clarify.items?.count, "3.9k")] : [stated];
}
