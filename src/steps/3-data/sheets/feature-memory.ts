/** The memory of a design's online features, by the entity they describe. */

import { formatQuantity } from "../../../core/format-quantity.ts";
import type { Sheet, SheetInput } from "../../../estimate/sheet.ts";
import { assumed, fact } from "../../../estimate/sheet-input.ts";
import type { Design } from "../../design.ts";
import { featureStore } from "../estimates/feature-store.ts";

export const featureMemorySheet: Sheet<Design> = {
  name: "features",
  title: "feature memory",
  step: 3,
  cases: (design) => {
    const counts = new Map<string, { readonly entities: readonly string[]; readonly features: number }>();
    for (const { entity } of design.data.features ?? []) {
      const entities = typeof entity === "string" ? [entity] : (entity ?? []);
      const name = entities.join(" × ");
      counts.set(name, { entities, features: (counts.get(name)?.features ?? 0) + 1 });
    }
    return [...counts].flatMap(([name, { entities, features }]) => {
      const rows = rowsOf(entities, design);
      if (rows === undefined) return [];
      const inputs = { rows, features: fact("3.features", features, "3") };
      return [{ subject: `${name} features`, estimate: featureStore, inputs }];
    });
  },
};

/** What people and things of the catalogue are called in notes; how many there are of any other entity no fact says. */
const PEOPLE = new Set(["member", "user", "customer", "viewer", "account", "card"]);
const THINGS = new Set(["title", "item", "product", "listing", "photo", "video", "document", "post", "ad"]);
/** Pairs such as member and genre: each member meets about this many. */
const PAIRS_PER_PERSON = 20;

function rowsOf(entities: readonly string[], { clarify }: Design): readonly SheetInput[] | undefined {
  const { users, items } = clarify;
  const people = [fact("1.users.total", users?.total, "5M"), fact("1.users.daily", users?.daily, "2M")];
  const [first, ...others] = entities;
  if (first === undefined) return undefined;
  if (others.length === 0) {
    if (THINGS.has(first)) return [fact("1.items.count", items?.count, "3.9k")];
    return PEOPLE.has(first) ? people : undefined;
  }
  const count = users?.total ?? users?.daily;
  if (!entities.some((one) => PEOPLE.has(one))) return undefined;
  if (count === undefined) return people;
  return [
    assumed(
      formatQuantity(count.value * PAIRS_PER_PERSON, "count", { digits: 6 }),
      `${PAIRS_PER_PERSON} pairs for each of ${count.text} people; measure yours`,
    ),
  ];
}
