/** What the report and the studio have in common: tokens of the design language, type, states, plots. */

/** Colours are for data and states alone. Print uses the light tokens. */
export const BASE_STYLE = `
:root{color-scheme:light dark;--paper:#ffffff;--wash:#f5f6f8;--ink:#14181d;--ink-2:#434b55;--ink-3:#5f6873;--line:#e1e4e8;--edge:#858e99;--system:#0f55b0;--system-wash:#e6eefa;--model:#5c82b6;--baseline:#6c7580;--good:#17693a;--warn:#835400;--bad:#b02318;--good-wash:#e9f4ed;--warn-wash:#faf1df;--bad-wash:#fbebe9;--hatch:#868f9a;
--serif:Charter,"Bitstream Charter","Iowan Old Style","Palatino Linotype",P052,"Noto Serif",Cambria,serif;
--sans:-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;
--mono:ui-monospace,SFMono-Regular,Menlo,"Cascadia Mono",Consolas,"Noto Sans Mono","DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{--paper:#101317;--wash:#191d23;--ink:#e8eaed;--ink-2:#bcc3cb;--ink-3:#98a1ac;--line:#2a3039;--edge:#717b87;--system:#7cb2ff;--system-wash:#172a45;--model:#6c93cb;--baseline:#8f99a5;--good:#62c78d;--warn:#e2b05b;--bad:#ff8d83;--good-wash:#15291e;--warn-wash:#2d2413;--bad-wash:#351b19;--hatch:#69737f}}
@media print{:root{--paper:#ffffff;--wash:#f5f6f8;--ink:#14181d;--ink-2:#434b55;--ink-3:#5f6873;--line:#e1e4e8;--edge:#858e99;--system:#0f55b0;--system-wash:#e6eefa;--model:#5c82b6;--baseline:#6c7580;--good:#17693a;--warn:#835400;--bad:#b02318;--good-wash:#e9f4ed;--warn-wash:#faf1df;--bad-wash:#fbebe9;--hatch:#868f9a}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:16px}
body{margin:0;background:var(--paper);color:var(--ink);font:400 15px/1.5 var(--sans);font-variant-numeric:tabular-nums lining-nums;-webkit-font-smoothing:antialiased}
h1,h2,h3,h4,p,ul,ol,dl,dd,figure,blockquote{margin:0;padding:0}
h1,h2,h3,h4{font-weight:600;font-size:inherit;line-height:inherit}
ul,ol{list-style:none}
b,strong{font-weight:600}
a{color:inherit;text-decoration:underline;text-decoration-color:var(--edge);text-decoration-thickness:1px;text-underline-offset:3px}
a:hover{text-decoration-color:currentColor}
:focus-visible{outline:2px solid var(--system);outline-offset:2px;border-radius:2px}
code,pre,.mono{font-family:var(--mono);font-size:.9em;font-variant-ligatures:none}
code{overflow-wrap:break-word}
pre{margin:0;overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:baseline;font-weight:400;padding:0}
.num{text-align:right;white-space:nowrap}
.q2{color:var(--ink-2)}.q3{color:var(--ink-3)}
.small{font-size:13px;line-height:1.45}
.serif{font-family:var(--serif)}
.nw{white-space:nowrap}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.label{font-size:13px;line-height:1.4;font-weight:600}
.tag{display:inline-block;font-size:12px;line-height:18px;padding:0 7px;border:1px solid var(--edge);border-radius:3px;color:var(--ink-2);white-space:nowrap}
.tag.hatched{background-image:repeating-linear-gradient(135deg,var(--line) 0 1px,transparent 1px 5px)}
.mark{display:inline-block;width:11px;height:11px;flex:none;vertical-align:-.02em;overflow:visible}
.m-ok{fill:var(--good)}.m-open{color:var(--warn)}.m-bad{color:var(--bad)}.m-none{color:var(--ink-3)}
.t-ok{color:var(--good)}.t-open{color:var(--warn)}.t-bad{color:var(--bad)}.t-none{color:var(--ink-3)}
.st{font-weight:600;white-space:nowrap}
/* a plot is a table with one drawn column */
table.plot{font-size:14px;line-height:1.35}
.plot th,.plot td{padding:5px 0}
.plot .draw{position:relative;padding:0;height:30px}
.plot .draw>svg,.cell>svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible;display:block}
.plot tbody th{padding-right:16px}
.plot .val{padding-left:20px}
.plot thead :is(td,th){color:var(--ink-3);font-size:12px;vertical-align:bottom;padding:0 0 4px}
.plot thead .draw{height:38px}.plot thead .draw.lo{height:20px}
.plot tr.group th{padding:14px 0 4px;font-weight:600;font-size:13px}
.plot tr.group:first-child th{padding-top:4px}
.plot .name small,.plot .val small{display:block}
small{font-size:12px;line-height:1.35;color:var(--ink-3)}
.bounds{color:var(--ink-3);font-weight:400}
svg text{font-family:var(--sans);font-size:12px;fill:var(--ink-3);font-variant-numeric:tabular-nums}
svg .grid{stroke:var(--line);stroke-width:1}
svg .zero{stroke:var(--ink);stroke-width:1}
svg .ref{stroke:var(--ink-2);stroke-width:1;stroke-dasharray:3 3}
svg .limit{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:5 3}
svg .band{fill:var(--line);opacity:.75}
svg .r-baseline{stroke:var(--baseline)}svg .r-model{stroke:var(--model)}svg .r-system{stroke:var(--system)}svg .r-ink{stroke:var(--ink-2)}
svg .f-baseline{fill:var(--paper);stroke:var(--baseline);stroke-width:2}
svg .f-model{fill:var(--model)}svg .f-system{fill:var(--system)}
svg .f-truth{fill:var(--paper);stroke:var(--ink);stroke-width:1.75}
svg .f-ink{fill:var(--ink-2)}
svg .b-system{fill:var(--system)}svg .b-model{fill:var(--model)}svg .b-soft{fill:var(--system);opacity:.38}
svg .ground{fill:var(--paper)}svg .b-budget{fill:none;stroke:var(--ink-2);stroke-width:1}
svg .hatchline{stroke:var(--hatch);stroke-width:1}
@media (max-width:640px){
 table.plot,.plot thead,.plot tbody{display:block}
 .plot tr{display:grid;grid-template-columns:minmax(0,1fr) auto;column-gap:12px}
 .plot tr>*{display:block}
 .plot tbody tr:not(.group){padding:5px 0 1px}
 .plot tbody tr:not(.group)>*{padding:0}
 .plot tr.group{display:block}
 .plot tbody .draw{grid-column:1/-1;grid-row:2;height:22px}
 .plot thead tr{display:block}
 .plot thead :is(td,th):not(.draw){display:none}
 .plot tbody th{padding-right:0}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`;
