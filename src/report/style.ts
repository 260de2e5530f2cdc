/** The style of the report page: one column, system fonts, colours that hold in light and dark. */

export const STYLE = `
:root {
  --paper: #fdfcfa; --ink: #1d2330; --muted: #667085; --line: #dfe2e8; --panel: #f3f4f7; --accent: #2f5fd0; --limit: #b42318;
  --good: #177245; --bad: #b42318; --warn: #8a5a00; --notice: #fff3d6;
  --series-1: #2f5fd0; --series-2: #d9730d; --series-3: #1a8a6d; --series-4: #a8388f; --series-5: #6b6f7b; --series-6: #b8860b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171d; --ink: #e6e8ee; --muted: #98a2b3; --line: #2f3542; --panel: #1d212a; --accent: #8fb0ff; --limit: #ff8a7d;
    --good: #5fd39a; --bad: #ff8a7d; --warn: #f0c061; --notice: #3a3016;
    --series-1: #8fb0ff; --series-2: #ffab66; --series-3: #5fd3b5; --series-4: #e89ad7; --series-5: #a9adb9; --series-6: #e5c158;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 0; }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
.number { display: inline-block; min-width: 1.6em; color: var(--accent); }
.facts, .question, figcaption, caption, small { color: var(--muted); }
.facts { margin: 0; overflow-wrap: anywhere; }
.question { margin: .15rem 0 1rem; font-style: italic; }
.notice { background: var(--notice); border-left: 4px solid var(--warn); padding: .6rem 1rem; margin: 1rem 0; }
nav ol { columns: 2 20rem; padding-left: 1.4rem; margin: 1.25rem 0 0; }
a { color: var(--accent); }
section { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 1.75rem; }
.answer { margin: .5rem 0; max-width: 48rem; }
.next { background: var(--panel); border-left: 4px solid var(--accent); padding: .6rem 1rem; margin: 1rem 0 0; max-width: 52rem; }
.table { overflow-x: auto; margin: 1.25rem 0; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; min-width: 60%; }
caption { text-align: left; font-weight: 600; padding-bottom: .35rem; }
th, td { text-align: left; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--muted); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 500; }
td small { white-space: nowrap; }
.verdict { font-weight: 600; white-space: nowrap; }
.verdict.fires, .verdict.rejected, .verdict.broken { color: var(--bad); }
.verdict.quiet, .verdict.accepted, .verdict.kept { color: var(--good); }
.verdict.not-measured { color: var(--muted); font-weight: 400; }
.chart { margin: 1.5rem 0; }
.drawing { overflow-x: auto; }
.drawing svg { max-width: 100%; height: auto; min-width: 30rem; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; margin: 0 0 .5rem; font-size: .9rem; }
.legend span { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .4rem; vertical-align: -.05rem; }
figcaption { margin-top: .35rem; font-size: .9rem; max-width: 48rem; }
.remarks { padding-left: 1.1rem; font-size: .95rem; max-width: 52rem; }
.remarks .warning strong, .remarks .error strong { color: var(--bad); }
.remarks .assumption strong, .remarks .repair strong { color: var(--warn); }
pre { background: var(--panel); padding: .6rem 1rem; margin: .5rem 0; font-size: .85rem; line-height: 1.45; overflow-x: auto; max-width: 48rem; }
code { background: var(--panel); padding: .1em .3em; border-radius: 3px; font-size: .92em; }
@media (max-width: 40rem) { main { padding: 1.25rem .9rem 3rem; } h1 { font-size: 1.6rem; } }
@media print { main { max-width: none; } section { break-inside: avoid-page; } .drawing svg { min-width: 0; } }
`;
