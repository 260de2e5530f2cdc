/** The style of the site: ink on paper, three voices of system fonts, light and dark, from a phone to paper. */

export const SITE_STYLE = `:root { color-scheme: light dark; --paper: #ffffff; --wash: #f5f6f8; --ink: #14181d; --ink-2: #434b55; --ink-3: #5f6873; --line: #e1e4e8; --system: #0f55b0; --good: #17693a; --warn: #835400; --bad: #b02318; }
@media (prefers-color-scheme: dark) { :root { --paper: #101317; --wash: #191d23; --ink: #e8eaed; --ink-2: #bcc3cb; --ink-3: #98a1ac; --line: #2a3039; --system: #7cb2ff; --good: #62c78d; --warn: #e2b05b; --bad: #ff8d83; } .drawing { background: #ffffff; padding: 8px; border-radius: 4px; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif; font-variant-numeric: tabular-nums lining-nums; }
header, main { max-width: 800px; margin: 0 auto; padding: 0 20px; }
header { display: flex; flex-wrap: wrap; gap: 8px 24px; padding-top: 16px; padding-bottom: 12px; border-bottom: 1px solid var(--line); font-size: 14px; }
header nav { display: flex; flex-wrap: wrap; gap: 4px 16px; }
header a { color: var(--ink-2); } .home { font-weight: 600; color: var(--ink); text-decoration: none; }
[aria-current] { color: var(--ink); text-decoration-thickness: 2px; }
main { padding-bottom: 80px; }
a { color: inherit; text-underline-offset: 2px; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--system); outline-offset: 2px; }
h1, .lead { font-family: Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", P052, "Noto Serif", Cambria, serif; font-weight: 400; line-height: 1.2; overflow-wrap: anywhere; }
h1 { font-size: 32px; margin: 32px 0 16px; } .lead { font-size: 24px; margin: 16px 0; }
h2 { font-size: 20px; font-weight: 600; margin: 40px 0 8px; padding-top: 12px; border-top: 1.5px solid var(--ink); }
h3 { font-size: 16px; font-weight: 600; margin: 24px 0 8px; } h4, h5 { font-size: 15px; font-weight: 600; margin: 16px 0 4px; }
p, ul, ol { margin: 8px 0; max-width: 68ch; } p { overflow-wrap: anywhere; }
small { font-size: 13px; color: var(--ink-3); }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, "Cascadia Mono", Consolas, "Noto Sans Mono", "DejaVu Sans Mono", monospace; font-size: 13px; }
code { overflow-wrap: anywhere; }
pre, .formula { background: var(--wash); padding: 12px; border-radius: 4px; overflow-x: auto; margin: 8px 0; } pre code { overflow-wrap: normal; }
.formula p { max-width: none; margin: 4px 0; } math { font-size: 16px; }
.key { color: var(--system); } .comment { color: var(--ink-3); }
.wide { overflow-x: auto; margin: 12px 0; } table { border-collapse: collapse; width: 100%; font-size: 14px; border-top: 1.5px solid var(--ink); }
th, td { text-align: start; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); font-weight: 400; min-width: 4em; } thead th { font-size: 13px; color: var(--ink-3); } th[scope=row] { color: var(--ink-2); }
.num { text-align: end; }
.state { font-weight: 600; white-space: nowrap; } .mark { width: 10px; height: 10px; fill: currentColor; } .ok { color: var(--good); } .open { color: var(--warn); } .bad { color: var(--bad); } .none { color: var(--ink-2); }
figure { margin: 20px 0; } figcaption { font-weight: 600; margin-bottom: 8px; } figure img, .drawing svg { max-width: 100%; height: auto; display: block; }
blockquote { margin: 12px 0; padding-inline-start: 12px; border-inline-start: 2px solid var(--line); color: var(--ink-2); }
.contents { list-style: none; padding: 0; max-width: none; } .contents li { padding: 8px 0; border-bottom: 1px solid var(--line); } .contents p { color: var(--ink-2); margin: 4px 0 0; }
.turn { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 8px 24px; margin-top: 48px; padding-top: 12px; border-top: 1px solid var(--line); font-size: 14px; }
.notes { margin-top: 40px; border-top: 1px solid var(--line); font-size: 13px; }
input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--ink-3); border-radius: 5px; padding: 6px 10px; width: 100%; max-width: 480px; display: block; min-height: 36px; }
.drawing svg { font-family: inherit; }
@media (max-width: 600px) { .state { white-space: normal; } th, td { padding-inline-end: 8px; min-width: 3em; } .num:last-child { padding-inline-end: 0; } }
@media print { header, .turn, .sheet { display: none; } a { text-decoration: none; } }
`;
