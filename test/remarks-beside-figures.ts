/** What the sentences that stages write themselves say against the figures and alerts of the same run. */

import type { RunRecord } from "../src/system/run-record.ts";

type Said = Pick<RunRecord, "remarks" | "figures" | "alerts">;

const NUMBER = String.raw`[-+−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?%?`;
const INTERVAL = new RegExp(String.raw`\[(${NUMBER}), (${NUMBER})\]`, "gu");
const BOLD = new RegExp(String.raw`\*\*(${NUMBER})\*\*`, "gu");

interface Written {
  readonly value: number;
  /** Half a unit of the last digit that is written, and a little: what is written was rounded. */
  readonly slack: number;
}

function read(text: string): Written {
  const plain = text.replaceAll(",", "").replace("−", "-");
  const scale = plain.endsWith("%") ? 0.01 : 1;
  const [digits, power = "0"] = plain.replace("%", "").split("e");
  const places = digits.split(".")[1]?.length ?? 0;
  return { value: Number.parseFloat(plain) * scale, slack: 0.501 * scale * 10 ** (Number(power) - places) };
}

function isWritten(value: number, { value: written, slack }: Written): boolean {
  return Math.abs(value - written) <= slack + 1e-3 * Math.abs(written);
}

/** Each thing said that the figures do not carry. */
export function remarkFaults({ remarks, figures, alerts }: Said): readonly string[] {
  const measured = [
    ...figures.map(({ value, interval }) => ({ value, interval })),
    ...alerts.flatMap(({ measured: value, interval }) => (value === null ? [] : [{ value, interval }])),
  ];
  const faults: string[] = [];
  const claim = (holds: boolean, what: string): void => {
    if (!holds) faults.push(what);
  };
  for (const { text } of remarks) {
    for (const [written, low, high] of text.matchAll(INTERVAL)) {
      // `0.05% [-0.02, 0.16]`: the sign is said once.
      const sign = text.slice(0, text.indexOf(written)).endsWith("% ") ? "%" : "";
      const ends = [low, high].map((end) => read(end.endsWith("%") ? end : `${end}${sign}`));
      const own = measured.filter(({ interval }) => interval?.every((end, at) => isWritten(end, ends[at])) === true);
      claim(own.length > 0, `no figure has the interval ${written}: ${text}`);
      // The verdict that follows in the same sentence.
      const after = text.slice(text.indexOf(written) + written.length).split(/\.\s|;/u)[0];
      const holdsZero = ends[0].value <= 0 && ends[1].value >= 0;
      if (/no difference|not told apart/u.test(after))
        claim(holdsZero, `a difference is denied that is shown: ${text}`);
      if (/a gain|a loss|better|worse/u.test(after))
        claim(!holdsZero, `a difference is claimed that is not shown: ${text}`);
    }
    for (const [written, number] of text.matchAll(BOLD))
      claim(
        measured.some(({ value }) => isWritten(value, read(number))),
        `no figure is ${written}: ${text}`,
      );
    if (/^The network (?:beats|loses to)/u.test(text))
      claim(/ 95% interval /u.test(text), `a verdict without an interval: ${text}`);
    const conditions = /^Of (\d+) conditions?, (\d+) would fire/u.exec(text);
    if (conditions !== null) {
      const own = alerts.filter(({ kind }) => kind === "alert");
      claim(Number(conditions[1]) === own.length, `${own.length} conditions: ${text}`);
      claim(Number(conditions[2]) === own.filter(({ fires }) => fires === true).length, `which fire: ${text}`);
    }
    for (const { kind, metric, condition, verdict } of alerts) {
      if (kind !== "acceptance" || !text.includes(`\`${condition}\``)) continue;
      const [, subject] = metric.split(" of ");
      if (!text.startsWith(`**${subject}**`)) continue;
      claim(text.includes(`\`${condition}\` is kept`) === (verdict === "kept"), `${verdict}: ${text}`);
      claim(text.includes(`\`${condition}\` is broken`) === (verdict === "loses"), `${verdict}: ${text}`);
    }
  }
  return faults;
}
