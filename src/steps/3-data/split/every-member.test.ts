import { expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { kindCode } from "../../../kinds/recommendation/interactions.ts";
import { createWorld, simulateInteractions } from "../../../kinds/recommendation/simulated-world.ts";
import { listAt } from "../row-lists.ts";
import { everyMemberAt } from "./every-member.ts";

const world = createWorld({ members: 40, titles: 30, days: 20 }, createRandom(3));
const interactions = simulateInteractions(world, createRandom(3));

it("asks for each member once, with all deeds before the moment and no impression", () => {
  const moment = world.start + 10 * 86_400;
  const { events } = interactions;
  const requests = everyMemberAt(interactions, moment);
  expect([...requests.member]).toEqual([...Array(40).keys()]);
  let deeds = 0;
  for (let row = 0; row < events.count; row++)
    if (events.time[row] < moment && events.kind[row] !== kindCode("impression")) deeds++;
  expect(requests.history.items).toHaveLength(deeds);
  for (let member = 0; member < 40; member++) {
    const rows = listAt(requests.history, member);
    for (const row of rows) expect([events.member[row], events.time[row] < moment]).toEqual([member, true]);
    expect(requests.seenBefore[member]).toBe(rows.length > 0 ? 1 : 0);
  }
  expect(requests.relevant.items).toHaveLength(0);
});
