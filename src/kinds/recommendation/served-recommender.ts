/** The recommender as a service answers with it: a list for a member, and events that keep its features up to date. */

import { z } from "zod";
import { describeRule, preferencesOf, settledPreferences } from "../../steps/3-data/preferences.ts";
import { cutsFromStored, requestsFromStored } from "../../steps/3-data/split/stored-requests.ts";
import { rankingRows } from "../../steps/4-model/train/ranking-rows.ts";
import { openRankingSet } from "../../steps/4-model/train/ranking-stage.ts";
import { BASELINE, type TwoStagePlan } from "../../steps/4-model/train/two-stage-plan.ts";
import type { Design } from "../../steps/design.ts";
import { checkedBody } from "../../system/checked-body.ts";
import {
  arrivalOf,
  type Beginning,
  type ServedEndpoint,
  type ServedSystem,
  type SkewCount,
} from "../../system/served-system.ts";
import type { StageContext } from "../../system/stage.ts";
import { countedKindOf, countedOutcome } from "./counted-events.ts";
import { describeKinds, describeRefusals } from "./event-refusals.ts";
import { EVENT_KINDS, type Interactions, interactionsFromStored, rankedTaskOf } from "./interactions.ts";
import { type LiveRecommender, openLiveRecommender } from "./live-recommender.ts";
import { type OnlineState, openOnlineState } from "./online-state.ts";
import { eventAt, replayRequests } from "./replay-requests.ts";
import { PREDICTION, trainingProfile } from "./training-profile.ts";

/** Titles of a list where the request does not say. */
const USUAL_LIMIT = 10;
const MOST_TITLES = 100;
const MOST_EVENTS = 500;

const recommendRequest = z.strictObject({
  member: z.string().min(1).max(256).meta({ description: "Whom the list is for, by the id of the data" }),
  limit: z
    .int()
    .min(1)
    .max(MOST_TITLES)
    .optional()
    .meta({ description: `How many titles; ${USUAL_LIMIT} where absent` }),
  time: z.number().optional().meta({
    description:
      "Moment of the request in seconds since 1970; the service's clock where absent, or where the data has no time",
  }),
});

const recommendResponse = z.strictObject({
  member: z.string(),
  variant: z.string().meta({ description: "What answered" }),
  known: z.boolean().meta({
    description:
      "False where nothing is known that the member did before the moment: the list is then the note's for whoever is new, and the baseline's where it names none",
  }),
  degraded: z.array(z.string()).meta({ description: "What was left out for lateness; empty for a whole answer" }),
  titles: z.array(
    z.strictObject({
      title: z.string(),
      name: z.string(),
      score: z.number().meta({
        description:
          "What the ranking, or the baseline, gave it; where nothing ranked the candidates, minus its place among them. Compares titles of one list alone",
      }),
    }),
  ),
});

const incomingEvent = z.strictObject({
  id: z.string().min(1).max(256).meta({ description: "Tells the event apart: one that is sent again is taken once" }),
  member: z.string().min(1).max(256),
  title: z.string().min(1).max(256),
  event: z.string().max(64),
  value: z.number().optional().meta({ description: "The rating or the minutes watched; a rating needs it" }),
  time: z
    .number()
    .optional()
    .meta({ description: "Seconds since 1970; the service's clock where absent, or where the data has no time" }),
});

/** `kinds` says which kinds of event are taken. */
function eventsRequest(kinds: string) {
  const event = incomingEvent.shape.event.meta({ description: kinds });
  return z.strictObject({ events: z.array(incomingEvent.extend({ event })).min(1).max(MOST_EVENTS) });
}

const eventsResponse = z.strictObject({
  taken: z.int(),
  refused: z.array(z.strictObject({ id: z.string(), reason: z.string().meta({ description: describeRefusals() }) })),
});

const recommendBody = checkedBody(recommendRequest);

/** How the run's plan and data become a system. */
export async function openServedRecommender(
  plan: TwoStagePlan,
  design: Design,
  input: StageContext["input"],
  begin: Beginning,
): Promise<ServedSystem> {
  const interactions = interactionsFromStored(await input("interactions"));
  const split = await input("split");
  const { testStart } = cutsFromStored(split);
  const judged = requestsFromStored(split, "test");
  const asking = Array.from({ length: judged.count }, (_, at) => at).sort(
    (a, b) => judged.moment[a] - judged.moment[b],
  );
  const until = { test: testStart, end: Number.POSITIVE_INFINITY, nothing: Number.NEGATIVE_INFINITY }[begin];
  const declarations = plan.ranking?.declarations ?? [];
  const preferences = preferencesOf(design.frame);
  const { events } = interactions;
  const kinds = events.kinds ?? EVENT_KINDS;
  const counted = countedKindOf(design.deploy.experiment?.metric, kinds);
  const state = openOnlineState(declarations, interactions, preferences, until, counted);
  const wanted = events.judged === undefined ? [] : settledPreferences(events, kinds, preferences).positive;
  const live = await openLiveRecommender(plan, rankedTaskOf(interactions), state, input);
  const profile = await trainingProfile(plan, rankedTaskOf(interactions), input);
  const skew = async (): Promise<SkewCount> => {
    const set = await openRankingSet("test", [], input);
    const rows = rankingRows(set, rankedTaskOf(interactions), declarations);
    return replayRequests(state, interactions, set, rows, testStart).count;
  };
  // Data without time was put into an order: nothing of it was ever told as it happened.
  const isCompared = declarations.length > 0 && interactions.source.timeless !== true;
  return {
    ...(isCompared && { skew }),
    endpoints: [recommendEndpoint(interactions, state, live), eventsEndpoint(interactions, state, counted)],
    outcome: countedOutcome(counted, wanted.map(describeRule).join(" or ")),
    variants: [BASELINE, "system"],
    traffic: {
      path: "/recommend",
      count: judged.count,
      body: (at) => ({ member: interactions.members.ids[judged.unit[asking[at]]] }),
    },
    stages: live.stages,
    get newest() {
      return state.features.newest;
    },
    counts: state.counts,
    profile,
    observed: () =>
      new Map([
        ...state.names.map((name, at) => [name, live.sample.features[at]] as const),
        [PREDICTION, live.sample.score],
      ]),
    save: state.save,
    restore: state.restore,
    forget: state.forget,
  };
}

function recommendEndpoint(
  { members, titles, source }: Interactions,
  state: OnlineState,
  live: LiveRecommender,
): ServedEndpoint {
  const isTimed = source.timeless !== true;
  return {
    path: "/recommend",
    summary: "The titles to show a member, best first",
    request: recommendRequest,
    response: recommendResponse,
    example: { member: members.ids[0] ?? "1", limit: 5 },
    remembers: false,
    unitsOf: (body) => [recommendBody.read(body).member],
    complete(body, now) {
      const { member, limit = USUAL_LIMIT, time = now } = recommendBody.read(body);
      return recommendBody.made({ member, limit, time: isTimed ? time : now });
    },
    answer(body, turn) {
      const { member, limit = USUAL_LIMIT, time = turn.now } = recommendBody.read(body);
      const one = state.memberOf(member);
      const isControl = turn.variant === 0;
      const list = isControl ? live.baseline(one, time, turn, limit) : live.answer(one, time, turn, limit);
      return {
        body: {
          member,
          variant: isControl ? BASELINE : "system",
          known: list.isKnown,
          degraded: [...list.degraded],
          titles: list.titles.map((title, at) => ({
            title: titles.ids[title],
            name: titles.names[title],
            score: list.scores[at],
          })),
        },
        degraded: list.degraded,
        isObserved: !isControl && list.degraded.length === 0,
      };
    },
  };
}

/** Of the data's newest deed: what every event of this data has, it has too. */
function exampleEvent(interactions: Interactions) {
  const { events, members, titles } = interactions;
  const impression = EVENT_KINDS.indexOf("impression");
  let row = events.count - 1;
  while (row >= 0 && events.kind[row] === impression) row--;
  if (row < 0) return { id: "example-1", member: members.ids[0] ?? "1", title: titles.ids[0] ?? "1", event: "click" };
  const { member, title, event, value } = eventAt(interactions, row);
  return { id: "example-1", member, title, event, ...(value !== undefined && { value }) };
}

/** `counted` is the kind of event that an experiment counts; what the note wants where it is absent. */
function eventsEndpoint(interactions: Interactions, state: OnlineState, counted: string | undefined): ServedEndpoint {
  const { source } = interactions;
  // Beside data without time a moment says nothing: what comes counts in the order in which it comes.
  const isTimed = source.timeless !== true;
  const request = eventsRequest(describeKinds(state.taken, state.beside));
  const eventsBody = checkedBody(request);
  return {
    path: "/events",
    summary: "What members did: taken into features and histories once, however often it is sent",
    request,
    response: eventsResponse,
    example: { events: [exampleEvent(interactions)] },
    remembers: true,
    unitsOf: () => [],
    complete(body, now) {
      const { events: given } = eventsBody.read(body);
      return eventsBody.made({
        events: given.map((event) => ({ ...event, time: isTimed ? (event.time ?? now) : now })),
      });
    },
    answer(body, turn) {
      const refused: { id: string; reason: string }[] = [];
      const refusals: Record<string, number> = {};
      const outcomes: { unit: string; moment: number; value: number }[] = [];
      const given = eventsBody.read(body).events;
      turn.time("events", () => {
        for (const event of given) {
          const told = { ...event, time: event.time ?? turn.now };
          const reason = state.take(told, arrivalOf(turn, told.time));
          if (reason === undefined) {
            const isCounted = counted === undefined ? state.isWanted(told) : told.event === counted;
            if (isCounted) outcomes.push({ unit: told.member, moment: told.time, value: 1 });
            continue;
          }
          refused.push({ id: event.id, reason });
          refusals[reason] = (refusals[reason] ?? 0) + 1;
        }
      });
      return {
        body: { taken: given.length - refused.length, refused },
        degraded: [],
        isObserved: false,
        outcomes,
        refusals,
      };
    },
  };
}
