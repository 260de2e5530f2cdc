import { expect, it } from "vitest";
import { runOf, USUAL_RUN } from "../../../test/drawn-run.ts";
import { recommendation } from "../../kinds/recommendation/recommendation.ts";
import { summarizeBy } from "./summarize.ts";

const run = runOf(USUAL_RUN);
const said = (...proposed: NonNullable<typeof run.context.proposed>) =>
  summarizeBy(recommendation.questions)({ ...run, context: { ...run.context, proposed } });
const LIMIT = { path: "1.latency.p99", says: "1.latency.p99 100 ms", sheets: ["latency-budget"] };

it("marks the answer whose limit nobody has accepted, and no other: a run said `fast enough` by a number read from prose", () => {
  const { summary, remarks } = said(LIMIT);
  const marked = summary.ledger.filter(({ detail }) =>
    detail.includes("Proposed, not accepted: `1.latency.p99 100 ms`."),
  );
  expect(marked.map(({ question }) => question)).toEqual(["Fast enough?"]);
  expect(marked[0].line).toMatch(/; on proposed facts$/u);
  expect(summary.doubts.map(({ short }) => short)).toContain("What rests on proposed facts");
  expect(remarks).toContainEqual({
    step: 1,
    kind: "warning",
    text: "Proposed and not accepted: `1.latency.p99 100 ms`.",
  });
});

it("marks the cost for a fact that its estimate rests on, wherever in the note it stands", () => {
  const { summary } = said({ path: "6.serving.price", says: "6.serving.price $1/h", sheets: ["cost"] });
  expect(summary.ledger.filter(({ detail }) => detail.includes("$1/h")).map(({ question }) => question)).toEqual([
    "What does it cost?",
  ]);
});

it("finds a fact among those that one line proposes together, and no other", () => {
  const marked = (says: string) =>
    said({ path: "6.serving", says, sheets: [] }).summary.ledger.filter(({ detail }) => detail.includes("Proposed"));
  expect(marked("6.serving { replicas: 4 }").map(({ question }) => question)).toEqual(["Fast enough?"]);
  expect(marked("6.serving { memory: 4 GB }")).toEqual([]);
});

it("names no fact behind an answer that there is not", () => {
  const open = { ...run, context: { ...run.context, estimates: [], proposed: [{ ...LIMIT, sheets: ["cost"] }] } };
  const { summary } = summarizeBy(recommendation.questions)(open);
  const cost = summary.ledger.find(({ question }) => question === "What does it cost?");
  expect(cost).toMatchObject({
    verdict: "not estimated",
    line: "facts are missing: heptad estimate note.md says which",
    detail: "",
  });
});

it("takes no key for a part of one that only begins like it, and says nothing where all is accepted", () => {
  const other = said({ ...LIMIT, path: "1.latency-note", says: "x" }).summary.ledger;
  expect(other.some(({ detail }) => detail.includes("Proposed"))).toBe(false);
  expect(said()).toEqual(summarizeBy(recommendation.questions)(run));
});

it("marks what is better than the baseline where nobody has said when labels are known: training reads them by it", () => {
  const delay = { path: "1.labels.delay", says: "1.labels.delay 7 d", sheets: [] };
  const marked = said(delay).summary.ledger.filter(({ detail }) => detail.includes("labels.delay"));
  expect(marked.map(({ question }) => question)).toEqual(["Better than the baseline?"]);
});
