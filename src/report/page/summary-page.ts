/** The first screen of a report: headline, ledger, do next, do not believe yet, and the strip of the seven steps. */

import { capital } from "../../core/capital.ts";
import type { RunRecord } from "../../system/run-record.ts";
import type { Advice } from "../../system/run-summary.ts";
import { escapeHtml } from "../escape-html.ts";
import { ledgerTable } from "./ledger-table.ts";
import { stateMark } from "./state-mark.ts";
import { inline, typeset } from "./typeset.ts";

export function summaryPage({ title, kind, seed, data, summary }: RunRecord): string {
  const { headline, ledger, next, doubts, strip } = summary;
  const source = data.simulated
    ? `<span class="tag"><i class="swatch"></i>${escapeHtml(data.source)}</span>`
    : `<span class="tag">${escapeHtml(data.source)}</span>`;
  const cells = strip.map(
    ({ step, name, state, words }) =>
      `<li><a href="#step-${step}"><span class="n">${step}</span><span class="s">${escapeHtml(name)}</span><span class="w">${stateMark(state)}<span>${typeset(words)}</span></span></a></li>`,
  );
  return `<div class="first">
<p class="what"><b>${escapeHtml(title)}</b>${source}<span class="hide">${escapeHtml(kind)} · seed ${seed} · 95${"\u202f"}% intervals</span></p>
<h1>${typeset(headline.verdict)}${headline.doubt === "" ? "" : ` <span>${typeset(headline.doubt)}</span>`}</h1>
<div class="two">${ledgerTable(ledger)}
<div class="side">${doNext(next)}${doNotBelieve(doubts)}</div></div>
<nav class="seven" aria-label="The seven steps"><ol>${cells.join("")}</ol></nav>
</div>`;
}

function doNext(next: readonly Advice[]): string {
  if (next.length === 0) return "<section><h2>Do next</h2><p>Nothing that this run shows.</p></section>";
  const items = next.map(
    ({ short, text, command }) =>
      `<li><b>${inline(short)}.</b> <span class="more">${inline(capital(text))}</span>${command === "" ? "" : `<code>${commandLine(command)}</code>`}</li>`,
  );
  return `<section><h2>Do next</h2><ol>${items.join("")}</ol></section>`;
}

/** A flag and its value stay on one line: `--` at a line's end is no flag. */
function commandLine(command: string): string {
  return escapeHtml(command).replaceAll(/--[\w-]+(?: [^\s-]\S*)?/gu, '<span class="nw">$&</span>');
}

function doNotBelieve(doubts: readonly Advice[]): string {
  if (doubts.length === 0) return "";
  const items = doubts.map(
    ({ short, text }) =>
      `<li>${stateMark("open")}<b>${inline(short)}.</b> <span class="more">${inline(capital(text))}</span></li>`,
  );
  return `<section><h2>Do not believe yet</h2><ul>${items.join("")}</ul></section>`;
}
