import { describe, expect, it } from "vitest";
import { applyEdits } from "../design/apply-edits.ts";
import { RULES } from "../note/rules.gen.ts";
import { parseDesign } from "../steps/design.ts";
import { type ReviewOptions, review } from "./review.ts";

const FRONT = "heptad: 1\ntitle: Feed\nsystem: feed";

function reviewNote(body: string, { front = FRONT, options }: { front?: string; options?: ReviewOptions } = {}) {
  const text = `---\n${front}\n---\n\n${body}`;
  const { design, findings } = parseDesign(text, "designs/feed.md");
  if (design === undefined) throw new Error("no design");
  return { text, result: review(design, RULES, findings, options) };
}

const RANDOM_SPLIT = `## 3. Data

\`\`\`yaml
sources: [{ name: clicks, kind: events, time: ts }]
split: { by: random }
\`\`\`
`;

const codes = (result: { findings: readonly { code: string }[] }) => result.findings.map(({ code }) => code);

describe("review", () => {
  it("says of what only the prose says that no fact does, and not that there is nothing of the kind: of notes that were imported it did", () => {
    const said = (step: number, prose: string, facts: string) => {
      const { result } = reviewNote(`## ${step}. Step\n\n${prose}\n\n\`\`\`yaml\n${facts}\n\`\`\`\n`);
      return result.findings.map(({ code, message }) => `${code} ${message}`);
    };
    const online = "serving: { mode: online, replicas: 2 }";
    for (const [code, step, prose, facts, about] of [
      ["HP110", 1, "An answer within 200 ms.", "goal: more", "how fast an answer must be"],
      ["HP202", 2, "The baseline is Dijkstra with historic speeds.", "task: ranking", "a baseline"],
      ["HP323", 3, "Split by time: train on weeks 1-10, test on week 11.", "history: 90 d", "how rows are divided"],
      ["HP602", 6, "A/B test for 2 weeks.", online, "an experiment"],
      ["HP618", 6, "We roll back in five minutes.", online, "a way back"],
      ["HP619", 6, "It falls back to the popular list.", online, "a fallback"],
      ["HP701", 7, "Alert if p99 > 300 ms for 5 min.", "owner: us", "alerts"],
      ["HP702", 7, "Daily retraining.", "owner: us", "training again"],
    ] as const) {
      const rule = RULES.find(({ prose: one }) => one?.about === about);
      expect(said(step, prose, facts), code).toContain(
        `${rule?.code} the prose speaks of ${about}, and no fact says it`,
      );
      expect(said(step, "Nothing of it.", facts).join("\n")).not.toContain("the prose speaks of");
    }
    // What is stated in part is asked about as before.
    expect(said(6, "A/B test for 2 weeks.", "experiment: { unit: user, metric: clicks }").join("\n")).toMatch(
      /HP602 .* are not stated/u,
    );
  });

  it("marks the fact itself and names a second place where that is the cause", () => {
    const { text, result } = reviewNote(RANDOM_SPLIT);
    const finding = result.findings.find(({ code }) => code === "HP301");
    if (finding?.related === undefined) throw new Error("no finding with a related place");
    expect(text.slice(finding.at.start.offset, finding.at.end.offset)).toBe("random");
    const [cause] = finding.related;
    expect(text.slice(cause.at.start.offset, cause.at.end.offset)).toBe("ts");
  });

  it("does not call a fact missing that is written but wrong", () => {
    const note = (average: string) =>
      reviewNote(`## 1. Clarify\n\n\`\`\`yaml\nusers: { daily: 2M }\nrequests: ${average}\n\`\`\`\n`).result;
    expect(codes(note("{ peak: 3x }"))).toContain("HP110");
    const wrong = codes(note("{ average: 3 GB/ms, peak: 3x }"));
    expect(wrong).toContain("HP012");
    expect(wrong).not.toContain("HP110");
  });

  it("stays silent where a fact is missing, and lets the missing family say which rules wait", () => {
    const { result } = reviewNote("## 1. Clarify\n");
    const silent = result.outcomes.find(({ name }) => name === "traffic-not-plausible");
    expect(silent).toMatchObject({ outcome: "unknown" });
    const asking = result.findings.find(({ name }) => name === "missing-scale");
    expect(asking?.waiting).toContain("HP106 traffic-not-plausible");
  });

  it("keeps a waived finding apart with its reason, by code or by name", () => {
    for (const rule of ["HP301", "random-split-on-temporal-data"]) {
      const front = `${FRONT}\nwaive: [{ rule: ${rule}, reason: the split is an exercise }]`;
      const { result } = reviewNote(RANDOM_SPLIT, { front });
      expect(codes(result)).not.toContain("HP301");
      expect(result.waived).toHaveLength(1);
      expect(result.waived[0].reason).toBe("the split is an exercise");
    }
  });

  it("names the nearest rule where a waiver names none, at the waiver", () => {
    const front = `${FRONT}\nwaive: [{ rule: random-split-on-temporal-date, reason: a slip }]`;
    const { text, result } = reviewNote(RANDOM_SPLIT, { front });
    const finding = result.findings.find(({ code }) => code === "HP020");
    if (finding === undefined) throw new Error("the waiver was not noticed");
    expect(finding).toMatchObject({ severity: "error", fix: "did you mean `random-split-on-temporal-data`?" });
    expect(text.slice(finding.at.start.offset, finding.at.end.offset)).toBe("random-split-on-temporal-date");
    expect(codes(result)).toContain("HP301");
  });

  it("refuses a waiver without a reason and points out one that waives nothing", () => {
    const empty = reviewNote(RANDOM_SPLIT, { front: `${FRONT}\nwaive: [{ rule: HP301, reason: " " }]` });
    expect(codes(empty.result)).toEqual(expect.arrayContaining(["HP301", "HP021"]));
    const idle = reviewNote(RANDOM_SPLIT, { front: `${FRONT}\nwaive: [{ rule: HP609, reason: none needed }]` });
    expect(idle.result.findings.find(({ code }) => code === "HP022")?.severity).toBe("advice");
  });

  it("never waives an error of format", () => {
    const { result } = reviewNote("## 1. Clarify\n\n```yaml\ngoall: x\n```\n", {
      front: `${FRONT}\nwaive: [{ rule: HP011, reason: no }]`,
    });
    expect(codes(result)).toEqual(expect.arrayContaining(["HP011", "HP020"]));
  });

  it("takes severities and numbers from the project's configuration", () => {
    const off = reviewNote(RANDOM_SPLIT, { options: { configuration: { HP301: { severity: "off" } } } });
    expect(codes(off.result)).not.toContain("HP301");
    const milder = reviewNote(RANDOM_SPLIT, {
      options: { configuration: { "random-split-on-temporal-data": { severity: "advice" } } },
    });
    expect(milder.result.findings.find(({ code }) => code === "HP301")?.severity).toBe("advice");
    const traffic = "## 1. Clarify\n\n```yaml\nusers: { daily: 100k }\nrequests: { average: 5000/s, peak: 3x }\n```\n";
    expect(codes(reviewNote(traffic).result)).toContain("HP106");
    const configuration = { HP106: { settings: { mostPerUser: 10_000 } } };
    expect(codes(reviewNote(traffic, { options: { configuration } }).result)).not.toContain("HP106");
  });

  it("adds a missing key in the style of the map it belongs to", () => {
    const flow = reviewNote("## 6. Deploy\n\n```yaml\nexperiment: { unit: user }\n```\n");
    const edits = flow.result.findings.find(({ code }) => code === "HP610")?.edits ?? [];
    expect(applyEdits(flow.text, edits).text).toContain("experiment: { unit: user, srm-check: true }");
    const block = reviewNote("## 6. Deploy\n\n```yaml\nexperiment:\n  unit: user\n```\n");
    const inserted = block.result.findings.find(({ code }) => code === "HP610")?.edits ?? [];
    expect(applyEdits(block.text, inserted).text).toContain("experiment:\n  srm-check: true\n  unit: user\n");
  });

  it("says what cannot be planned in place of a number of units", () => {
    const impossible = [
      ["alpha: 1", "alpha"],
      ["traffic: 0%", "traffic"],
      ["baseline: 0%", "baseline"],
    ];
    for (const [fact, name] of impossible) {
      const other = ["unit: user", "metric: orders", "baseline: 4%", "effect: 2%", "units-daily: 1k", "duration: 14 d"];
      const facts = [...other.filter((one) => !one.startsWith(`${name}:`)), fact].join(", ");
      const { text, result } = reviewNote(`## 6. Deploy\n\n\`\`\`yaml\nexperiment: { ${facts} }\n\`\`\`\n`);
      const finding = result.findings.find(({ code }) => code === "HP607");
      if (finding === undefined) throw new Error(`${fact} was not noticed`);
      expect(finding.message).toContain("cannot be planned");
      expect(text.slice(finding.at.start.offset, finding.at.end.offset)).toBe(fact.split(": ")[1]);
    }
  });
});
