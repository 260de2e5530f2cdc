import { describe, expect, it } from "vitest";
import { review } from "../../review/review.ts";
import { parseDesign } from "../../steps/design.ts";
import { teamRule, testTeamRule, type WrittenTeamRule } from "./team-rule.ts";

const made = (when: string, more: Partial<WrittenTeamRule> = {}) =>
  teamRule({ name: "ours", when, say: "it is so", ...more });

function outcome(when: string, facts: Readonly<Record<number, string>>) {
  const rule = made(when);
  if (!rule.ok) throw new Error(rule.failure.message);
  const sections = Object.entries(facts).map(([step, yaml]) => `## ${step}. Step\n\n\`\`\`yaml\n${yaml}\n\`\`\`\n`);
  const { design } = parseDesign(`---\nheptad: 1\ntitle: T\nsystem: t\n---\n\n${sections.join("\n")}`, "t.md");
  if (design === undefined) throw new Error("no design");
  const { outcomes, findings } = review(design, [rule.value]);
  return {
    outcome: outcomes[0].outcome,
    lines: findings.map(({ at }) => design.text.slice(at.start.offset, at.end.offset)),
  };
}

describe("a rule of a team", () => {
  it.each([
    ["serving.replicas < 2", { 6: "serving: { replicas: 1 }" }, "fires"],
    ["serving.replicas < 2", { 6: "serving: { replicas: 2 }" }, "pass"],
    ["serving.replicas < 2", { 6: "serving: { timeout: 1 s }" }, "unknown"],
    ["latency.p99 > 0.2 s", { 1: "latency: { p99: 201 ms }" }, "fires"],
    ["latency.p99 > 0.2 s", { 1: "latency: { p99: 200 ms }" }, "pass"],
    ["latency.p99.9 >= 1 s", { 1: "latency: { p99.9: 1000 ms }" }, "fires"],
    ["availability < 99.9%", { 1: "availability: 0.99" }, "fires"],
    ["budget > $1k/month", { 1: "budget: $13k/year" }, "fires"],
    ["requests.peak > 1k/s", { 1: "requests: { average: 400/s, peak: 3x }" }, "fires"],
    ["requests.peak > 1k/s", { 1: "requests: { average: 300/s, peak: 3x }" }, "pass"],
    ["requests.peak > 1k/s", { 1: "requests: { peak: 3x }" }, "unknown"],
    ["requests.peak > 1k/s", { 1: "requests: { peak: 1001/s }" }, "fires"],
    ["requests.peak >= 4x", { 1: "requests: { average: 100/s, peak: 400/s }" }, "fires"],
    ["requests.peak >= 4x", { 1: "requests: { average: 100/s, peak: 399/s }" }, "pass"],
    ["task = ranking", { 2: "task: ranking" }, "fires"],
    ["task != ranking", { 2: "task: ranking" }, "pass"],
    ["metrics.offline = ndcg@10", { 2: "metrics: { offline: [mrr, ndcg@10] }" }, "fires"],
    ["metrics.online = revenue", { 2: "metrics: { online: [clicks] }" }, "pass"],
    ["latency.p99 is missing", { 1: "goal: x" }, "fires"],
    ["latency.p99 is set", { 1: "goal: x" }, "pass"],
    ["serving.mode = online and latency.p99 is missing", { 6: "serving: { mode: online }" }, "fires"],
    ["serving.replicas < 2 or task = ranking", { 2: "task: ranking" }, "fires"],
    ["serving.replicas < 2 and task = ranking", { 2: "task: ranking" }, "unknown"],
    ["not (task = ranking or task = retrieval)", { 2: "task: regression" }, "fires"],
    ["serving.cache.ttl > 1 h", { 6: "serving: { cache: 2 h }" }, "fires"],
  ] as const)("reads `%s` of %j as %s", (when, facts, expected) => {
    expect(outcome(when, facts).outcome).toBe(expected);
  });

  it("marks every fact of a list that it fires on, and a key where a fact is missing", () => {
    const stages = "stages:\n  - { name: a, keep: 10 }\n  - { name: b, keep: 2000 }\n  - { name: c, keep: 3k }";
    expect(outcome("stages[].keep > 1000", { 4: stages }).lines).toEqual(["2000", "3k"]);
    expect(outcome("latency.p99 is missing", { 1: "goal: x" }).lines).toHaveLength(1);
  });

  it.each([
    ["serving.replica < 2", "did you mean `serving.replicas`?"],
    ["lateny.p99 > 1 s", "did you mean `latency.p99`?"],
    ["lateny.qqqqqqqq > 1 s", "did you mean `latency`?"],
    ["stages.keep > 10", "did you mean `stages[].keep`?"],
    ["stages[0].keep > 10", "did you mean `stages[].keep`?"],
    ["latency.p99 > 2 GB", "a duration belongs there"],
    ["task = rankin", "ranking"],
    ["task > ranking", "= or !="],
    ["serving.replicas", "write it like"],
    ["serving.replicas < 2 and", "write it like"],
    ["(serving.replicas < 2", "write it like"],
    ["", "write it like"],
  ])("refuses `%s` when it is read, and says %s", (when, fix) => {
    const rule = made(when);
    expect(rule.ok ? "" : rule.failure.fix).toContain(fix);
  });

  it.each([
    ["serving.replicas < 2 and", "a fact belongs at its end", "and"],
    ["latency.p99 ms > 200", "belongs at `ms`", "ms"],
    ["users.daily is st", "`set` belongs at `st`", "st"],
    ["(users.daily > 1", "not closed before its end", "1"],
    ["users.daily >", "a value to compare with belongs at its end", ">"],
    ["users.daily > 1 users.total > 2", "`or` belongs before `>`", ">"],
    ['users.daily > "1', "nobody knows what", '"1'],
    ["users.dayly > 1", "there is no fact `users.dayly`", "users.dayly"],
    ["users.daily > 2 GB", "`2 GB` cannot stand", "2 GB"],
    ["task > ranking", "no order", ">"],
  ])("says what of `%s` is not understood, and at which words", (when, message, words) => {
    const rule = made(when);
    if (rule.ok) throw new Error("expected a failure");
    expect(rule.failure.message).toContain(message);
    expect(rule.failure.where).toBe(words);
  });

  it("is tested by its own examples", () => {
    const examples = { bad: "serving: { replicas: 1 }", good: "serving: { replicas: 3 }" };
    const written = (more: Partial<WrittenTeamRule>): string[] => {
      const one: WrittenTeamRule = { name: "ours", when: "serving.replicas < 2", say: "no", ...more };
      const rule = teamRule(one);
      return rule.ok ? testTeamRule(one, rule.value) : [rule.failure.message];
    };
    expect(written({ examples })).toEqual([]);
    expect(written({ examples: { bad: examples.good, good: examples.bad } })).toHaveLength(2);
    expect(written({ examples: { ...examples, bad: "serving: { replica: 1 }" } })[0]).toContain("no design");
    expect(written({})).toEqual(["it has no examples, so it is not tested"]);
  });
});
