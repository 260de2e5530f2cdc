/** Estimates how likely each place of a list is to be looked at, from titles that were shown at several places: no experiment needed. */

import type { Random } from "../../core/random.ts";
import { type Events, kindCode } from "./interactions.ts";

/** Impressions that say where they stood and whether they were clicked. */
export interface PlacedImpressions {
  readonly member: Int32Array;
  readonly title: Int32Array;
  /** From 1. */
  readonly place: Int32Array;
  readonly clicked: Uint8Array;
}

/**
 * The impressions with a place before `moment`. Null where there are none, or where they do not tell clicked from not clicked. A log whose
 * impressions do not say it but whose clicks have places of their own writes one row for each thing shown: those are its clicked ones.
 */
export function placedImpressions(events: Events, moment: number): PlacedImpressions | null {
  const found = findImpressions(events, moment);
  return typeof found === "string" ? null : found;
}

/** The same, or in words what the log lacks for it. */
export function findImpressions(
  events: Events,
  moment: number,
  from = Number.NEGATIVE_INFINITY,
): PlacedImpressions | string {
  const { position } = events;
  if (position === undefined) return "no column of the source is mapped to the place in the list (`position`)";
  const [impression, click] = [kindCode("impression"), kindCode("click")];
  const rows: number[] = [];
  const clickRows: number[] = [];
  let clicks = 0;
  for (let row = 0; row < events.count && events.time[row] < moment; row++) {
    if (events.time[row] < from || position[row] <= 0) continue;
    if (events.kind[row] === click) clickRows.push(row);
    if (events.kind[row] !== impression) continue;
    rows.push(row);
    if (events.value[row] > 0) clicks++;
  }
  if (rows.length > 0 && clicks > 0 && clicks < rows.length)
    return placed(events, position, rows, (row) => events.value[row] > 0);
  if (rows.length === 0 && clickRows.length === 0)
    return "no event with a place in the list is an impression or a click, before the first day that is judged";
  if (rows.length === 0) return `the ${clickRows.length} clicks have a place, and nothing says what else was shown`;
  if (clickRows.length === 0)
    return `of ${rows.length} impressions with a place ${clicks === 0 ? "none" : "each"} was clicked, so nothing tells what was clicked from what was only shown`;
  if (areShownTwice(events, position, rows, clickRows))
    return "most clicks stand beside an impression of their own at the same place, and no row says which impression was clicked";
  const all = [...rows, ...clickRows].sort((one, other) => one - other);
  return placed(events, position, all, (row) => events.kind[row] === click);
}

/** Whether most clicks follow an impression of the same member, title and place: then a row of the click's own is not one more that was shown. */
function areShownTwice(
  { member, title }: Events,
  position: Int32Array,
  shown: readonly number[],
  clicked: readonly number[],
): boolean {
  const key = (row: number): string => `${member[row]} ${title[row]} ${position[row]}`;
  const known = new Set(shown.map(key));
  return clicked.filter((row) => known.has(key(row))).length * 2 > clicked.length;
}

function placed(
  events: Events,
  position: Int32Array,
  rows: readonly number[],
  isClicked: (row: number) => boolean,
): PlacedImpressions {
  return {
    member: Int32Array.from(rows, (row) => events.member[row]),
    title: Int32Array.from(rows, (row) => events.title[row]),
    place: Int32Array.from(rows, (row) => position[row]),
    clicked: Uint8Array.from(rows, (row) => (isClicked(row) ? 1 : 0)),
  };
}

/** By place, from place 1; the first is 1 by definition. */
export interface ExaminationEstimate {
  readonly probability: Float64Array;
  /** 95 % by bootstrap over members. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Click rate over that of place 1: what one would see without asking which titles stood there. */
  readonly naive: Float64Array;
}

const RESAMPLES = 200;

/**
 * The position-based model, P(click) = examination(place) × attraction(title), fitted to the counts of each title at each place.
 * Examination is known up to a factor, so place 1 is set to 1. Null where the clicks of place 1 do not allow that.
 */
export function estimateExamination(impressions: PlacedImpressions, random: Random): ExaminationEstimate | null {
  const counts = countCells(impressions, () => 1);
  const probability = fitExamination(counts);
  if (probability === null) return null;
  const memberCount = impressions.member.reduce((most, member) => Math.max(most, member), -1) + 1;
  const draws: Float64Array[] = [];
  for (let draw = 0; draw < RESAMPLES; draw++) {
    // Poisson(1) copies of each member stand for drawing members with replacement.
    const copies = Uint8Array.from({ length: memberCount }, () => random.poisson(1));
    const fitted = fitExamination(countCells(impressions, (row) => copies[impressions.member[row]]));
    if (fitted !== null) draws.push(fitted);
  }
  if (draws.length < 2) return null;
  const bound = (place: number, share: number): number => {
    const sorted = draws.map((fitted) => fitted[place]).sort((a, b) => a - b);
    return sorted[Math.round(share * (sorted.length - 1))];
  };
  return {
    probability,
    low: probability.map((_, place) => bound(place, 0.025)),
    high: probability.map((_, place) => bound(place, 0.975)),
    naive: naiveRates(counts),
  };
}

interface Cells {
  readonly places: number;
  /** Titles x places. */
  readonly shown: Float64Array;
  readonly clicked: Float64Array;
}

function countCells({ title, place, clicked }: PlacedImpressions, weightOf: (row: number) => number): Cells {
  const places = place.reduce((most, one) => Math.max(most, one), 0);
  const titles = title.reduce((most, one) => Math.max(most, one), -1) + 1;
  const cells = { places, shown: new Float64Array(titles * places), clicked: new Float64Array(titles * places) };
  for (let row = 0; row < title.length; row++) {
    const cell = title[row] * places + place[row] - 1;
    const weight = weightOf(row);
    cells.shown[cell] += weight;
    cells.clicked[cell] += weight * clicked[row];
  }
  return cells;
}

const ROUNDS = 500;
const ENOUGH = 1e-7;

/**
 * Solves Σ_t (clicks - shown × p_k × a_t) = 0 for every place and the same over places for every title, in turns: the Poisson
 * pseudo-likelihood of the product (Gourieroux, Monfort and Trognon 1984), consistent for clicks of any distribution. Comparing a
 * title with itself at other places is what Agarwal et al. 2019 ("Estimating position bias without intrusive interventions") call
 * intervention harvesting.
 */
export function fitExamination({ places, shown, clicked }: Cells): Float64Array | null {
  const titles = places === 0 ? 0 : shown.length / places;
  const attraction = new Float64Array(titles).fill(1);
  let examination: Float64Array = new Float64Array(places).fill(1);
  for (let round = 0; round < ROUNDS; round++) {
    for (let title = 0; title < titles; title++) {
      let clicks = 0;
      let expected = 0;
      for (let place = 0; place < places; place++) {
        clicks += clicked[title * places + place];
        expected += shown[title * places + place] * examination[place];
      }
      attraction[title] = expected > 0 ? clicks / expected : 0;
    }
    const next = examinationGiven({ places, shown, clicked }, attraction);
    if (!(next[0] > 0)) return null;
    const scaled = next.map((value) => value / next[0]);
    const change = scaled.reduce((most, value, place) => Math.max(most, Math.abs(value - examination[place])), 0);
    examination = scaled;
    if (change < ENOUGH) break;
  }
  return examination;
}

function examinationGiven({ places, shown, clicked }: Cells, attraction: Float64Array): Float64Array {
  const clicks = new Float64Array(places);
  const expected = new Float64Array(places);
  for (let cell = 0; cell < shown.length; cell++) {
    clicks[cell % places] += clicked[cell];
    expected[cell % places] += shown[cell] * attraction[Math.floor(cell / places)];
  }
  return clicks.map((count, place) => (expected[place] > 0 ? count / expected[place] : 0));
}

function naiveRates({ places, shown, clicked }: Cells): Float64Array {
  const rates = examinationGiven({ places, shown, clicked }, new Float64Array(shown.length / places).fill(1));
  return rates.map((rate) => rate / rates[0]);
}
