/** What a run over a log of events takes of a machine, a row, by what was measured. */

import type { Design } from "../../steps/design.ts";
import type { RowLoad } from "../run-load.ts";

/** A row as it is kept: two indices, moment, kind, judgement, value and strength. */
const LEAST = 29;
/** What lists over the items take for each member who is asked, and each item that is ranked for them. */
const MEMBER_BYTES = 8000;
const PAIR_SECONDS = 120e-9;
const SHORTEN = "name fewer files under `source.path`, or one of fewer members with all that they did";
const LEANER = "write `evaluation: { sampled-users: 10k }` in section 5, which judges members drawn by the seed";

/**
 * Where the note says how many members and items there are, the lists of the members over all items are told apart from the rows. By four runs
 * with als of 32 factors, in seconds of one core: 4.1 for 100k events of 943 members on 1,682 items, 56 for 198k of 22k on 12k, 77 for 1M of
 * 40k on 20k, 1.8 for 400. Where only some members are drawn, by runs with als of 64 factors over 2M events (0.66 GB, 23 s) and 20M (2.8 GB,
 * 175 s): `bench/kept/large-run.json`.
 */
export function eventLoad({ clarify: { users, items }, evaluate }: Pick<Design, "clarify" | "evaluate">): RowLoad {
  const drawn = evaluate.evaluation?.["sampled-users"]?.value;
  const [members, offered] = [users?.total?.value, items?.count?.value];
  const asked = Math.min(drawn ?? Number.POSITIVE_INFINITY, members ?? Number.POSITIVE_INFINITY);
  const lists =
    offered === undefined || !Number.isFinite(asked)
      ? undefined
      : { bytes: MEMBER_BYTES * asked, seconds: PAIR_SECONDS * asked * offered };
  const besides = lists === undefined ? {} : { besides: lists };
  const rest = { least: LEAST, shorten: SHORTEN, ...besides };
  if (drawn !== undefined) return { ...rest, bytes: 95, microseconds: 10 };
  return { ...rest, bytes: 500, microseconds: lists === undefined ? 80 : 25, leaner: LEANER };
}
