import { describe, expect, it } from "vitest";
import type { LedgerRow } from "../../system/run-summary.ts";
import { ledgerTable } from "./ledger-table.ts";

const row: LedgerRow = {
  step: 6,
  question: "Is it fast enough?",
  state: "ok",
  verdict: "in budget",
  line: "p99 is 40 ms",
  detail: "Without the network.",
  value: "40 ms",
  bounds: "38 to 42 ms",
  parts: [],
  drawing: null,
};
type Mark = Extract<NonNullable<LedgerRow["drawing"]>, { form: "differences" }>["marks"][number];
const mark = (more: Partial<Mark>): Mark => ({
  value: 1,
  interval: null,
  limit: null,
  role: "system",
  label: "two-stage",
  ...more,
});
const drawn = (drawing: LedgerRow["drawing"]): string => ledgerTable([{ ...row, drawing }]);
const differences = (...marks: readonly Mark[]): string => drawn({ form: "differences", marks: [...marks] });

describe("a row of the ledger", () => {
  it("has the question, the verdict, what carries it, and the number with its bounds", () => {
    const html = ledgerTable([row]);
    expect(html).toContain('<a href="#step-6">Is it fast enough?</a>');
    expect(html).toContain("In budget");
    expect(html).toContain('<p class="detail">p99 is 40');
    expect(html).toMatch(/<b>40.ms<\/b><span>38 to 42.ms<\/span>/u);
    const bare = ledgerTable([{ ...row, line: "", bounds: "" }]);
    expect(bare).not.toContain("detail");
    expect(bare).not.toContain("<span>38");
    expect(bare).toContain('<td class="draw"></td>');
  });

  it("lists its parts, with size and words where they have some", () => {
    const part = { name: "rank", state: "bad" as const, verdict: "late", size: "9 ms", words: "too slow" };
    const html = ledgerTable([{ ...row, parts: [part, { ...part, size: "", words: "" }] }]);
    expect(html).toMatch(
      /<b>rank<\/b>, 9.ms: <span class="t-bad">late<\/span><span class="q3">, too slow<\/span><\/li>/u,
    );
    expect(html).toContain('<b>rank</b>: <span class="t-bad">late</span></li>');
  });
});

describe("two differences on one axis", () => {
  it("have their words beside them, and above where the line of no difference would go through the word", () => {
    const pair = (low: number): string =>
      differences(
        mark({ label: "online", value: 100, interval: [low, 150] }),
        mark({ label: "offline", role: "model", value: 100, interval: [low, 160] }),
      );
    expect(pair(20)).toMatch(/<text x="[\d.]+%" y="6">online<\/text>/u);
    expect(pair(20)).toMatch(/<text x="[\d.]+%" y="32">offline<\/text>/u);
    expect(pair(95)).toMatch(/<text x="[\d.]+%" dx="-7" y="18" text-anchor="end">online<\/text>/u);
    // Zero lies within the interval, to the right of the word.
    expect(pair(-40)).toMatch(/<text x="[\d.]+%" dx="-7" y="44" text-anchor="end">offline<\/text>/u);
  });
});

describe("a share of a limit", () => {
  it("ends at the limit, with the granted part behind the measured one", () => {
    const html = drawn({ form: "share", measured: 25, granted: 50, limit: 100 });
    expect(html).toContain('<rect x="0" width="25.00%"');
    expect(html).toContain('<rect x="25.00%" width="50.00%"');
    expect(html).toContain('<line x1="100.00%" x2="100.00%" y1="3" y2="27" class="limit"/>');
  });

  it("goes on beyond it where more was used, and has no granted part where there is none", () => {
    const html = drawn({ form: "share", measured: 200, granted: 0, limit: 100 });
    expect(html).toContain('<rect x="0" width="100.00%"');
    expect(html).toContain('<line x1="50.00%"');
    expect(html).not.toContain("hatch");
  });
});

describe("differences", () => {
  it("stand on an axis that holds zero, with a word below it on the side that has room", () => {
    const one = differences(mark({ value: 1, interval: [0.5, 2] }));
    // A unit is 44.52 % of the width, from zero on.
    expect(one).toContain('<line x1="3.70%" x2="3.70%" y1="0" y2="24" class="zero"/>');
    expect(one).toContain('<line x1="25.96%" x2="92.74%" y1="18" y2="18" class="r-system" stroke-width="3"/>');
    expect(one).toContain('<svg x="48.22%" y="18" overflow="visible"><circle r="6" class="f-system"/></svg>');
    expect(one).toContain('<text x="3.70%" y="40" text-anchor="start">two-stage</text>');
    expect(one).toContain('style="height:32px"');
    expect(differences(mark({ value: -1, interval: [-2, -0.5] }))).toContain('text-anchor="end">two-stage</text>');
  });

  it("of a pair carry their own words, on the side that has room", () => {
    const html = differences(
      mark({ value: 1 }),
      mark({ value: 0.2, interval: [0.1, 0.3], role: "model", label: "als" }),
    );
    expect(html).toMatch(/dx="-7" y="18" text-anchor="end">two-stage<\/text>/u);
    expect(html).toMatch(/dx="7" y="44">als<\/text>/u);
    expect(html).toContain('<circle r="4" class="f-model"/>');
    expect(html).toMatch(/y1="40" y2="40" class="r-model" stroke-width="2"/u);
    expect(html).toContain('style="height:54px"');
  });

  it("of clauses have each their limit, and no zero", () => {
    const html = differences(mark({ value: -1, limit: -2 }), mark({ value: -1, limit: -3 }));
    expect(html).not.toContain('class="zero"');
    expect(html).toMatch(/y1="23" y2="39" class="limit"/u);
    expect(html).toMatch(/y1="41" y2="57" class="limit"/u);
    expect(html).toMatch(/y="15" text-anchor="middle">limit<\/text>/u);
    expect(html).toContain('style="height:63px"');
  });
});
