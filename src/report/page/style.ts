/** The style of the report: ink on paper, three voices of system fonts, light and dark, from a phone to paper. */

import { BASE_STYLE } from "./base-style.ts";

/** Tokens and rules of the design language, and what only a report has. */
export const STYLE = `${BASE_STYLE}
.wrap{max-width:1280px;margin:0 auto;padding:0 40px}
.top{border-bottom:1px solid var(--line)}
.top .wrap{display:flex;gap:24px;align-items:center;height:48px;font-size:13px;color:var(--ink-3)}
.top b{color:var(--ink);font-size:15px}
.top .sp{flex:1}
.first{padding:32px 0 0}
.what{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center;font-size:14px;color:var(--ink-2)}
.what b{color:var(--ink)}.swatch{display:inline-block;width:12px;height:10px;margin-right:6px;border:1px solid var(--edge);background-image:repeating-linear-gradient(135deg,var(--hatch) 0 1px,transparent 1px 4px)}
h1{text-wrap:balance;font:400 36px/1.2 var(--serif);letter-spacing:-.005em;margin:14px 0 0}
h1 span{color:var(--ink-3);display:block}
.two{display:grid;grid-template-columns:minmax(0,1fr) 316px;gap:64px;margin-top:26px}
.ledger{align-self:start;border-top:1.5px solid var(--ink)}
.ledger tr{border-bottom:1px solid var(--line)}
.ledger th,.ledger td{padding:13px 0;vertical-align:top}
.ledger th{width:190px;padding-right:14px;font-size:14px;line-height:22px;color:var(--ink-2)}
.ledger th a{text-decoration-color:transparent}.ledger th a:hover{text-decoration-color:currentColor}
.ledger .a{padding-right:28px;font-size:15px;line-height:22px}
.ledger .detail,.ledger .three{font-size:13px;line-height:18px;color:var(--ink-2)}
.ledger .three b{font-weight:400;color:var(--ink)}
.ledger .draw{position:relative;width:196px}
.ledger .draw svg{position:absolute;left:0;top:13px;width:100%;height:36px;overflow:visible}.ledger .draw text{font-size:12px}
.ledger .v{width:132px;text-align:right;padding-left:20px}
.ledger .v b{display:block;font-size:20px;line-height:24px;letter-spacing:-.01em}
.ledger .v span{font-size:13px;line-height:18px;color:var(--ink-3);white-space:nowrap}
.side h2{font-size:14px;line-height:22px;padding:13px 0 3px;border-top:1.5px solid var(--ink)}
.side section+section{margin-top:18px}
.side li{font-size:13.5px;line-height:19px;padding:4px 0 5px;color:var(--ink-2)}
.side li b{color:var(--ink)}
.side ol{counter-reset:n}
.side ol li,.side ul li{padding-left:22px;position:relative}
.side ol li::before{counter-increment:n;content:counter(n);position:absolute;left:0;color:var(--ink-3)}
.side ul .mark{position:absolute;left:0;top:9px}
.side li>code{display:block;margin-top:3px;padding:4px 8px;background:var(--wash);font-size:12px;line-height:17px;color:var(--ink);border-radius:3px;white-space:normal}
.seven{margin-top:28px;border-top:1px solid var(--line)}
.seven ol{display:grid;grid-template-columns:repeat(7,1fr)}
.seven li{border-left:1px solid var(--line)}
.seven li:first-child{border-left:0}
.seven a{display:block;padding:11px 10px 12px 12px;text-decoration:none;height:100%}
.seven li:first-child a{padding-left:0}
.seven a:hover .s{text-decoration:underline;text-underline-offset:3px}
.seven .n{color:var(--ink-3);margin-right:7px;font-size:14px}
.seven .s{font-weight:600;font-size:14px}
.seven .w{display:grid;grid-template-columns:17px 1fr;font-size:12.5px;line-height:17px;color:var(--ink-2);margin-top:3px}
.seven .w .mark{margin-top:3px}
.step{display:grid;grid-template-columns:128px minmax(0,1fr) 248px;column-gap:40px;margin-top:80px;border-top:1px solid var(--line);padding-top:20px}
.sh>div{position:sticky;top:20px}
.sh .no{font:400 44px/1 var(--serif);color:var(--ink-3);margin-top:-2px}
.sh h2{font-size:13px;line-height:18px;color:var(--ink-2);margin-top:8px;text-wrap:balance}
.sh .up{font-size:12px;margin-top:8px;color:var(--ink-3)}
.step .margin{padding-top:3px}
.question{font:italic 400 19px/1.4 var(--serif);color:var(--ink-2)}
.answer{font:400 26px/1.34 var(--serif);margin-top:8px;max-width:29em;text-wrap:pretty}.answer .bounds{white-space:nowrap}
figure{margin-top:26px}
figcaption{font-size:14px;font-weight:600;margin-bottom:8px}
.next{display:flex;gap:14px;margin-top:26px;padding:12px 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line);font-size:15px}
.next b{flex:none}
.next+.next{margin-top:0;border-top:0}
.next+details{grid-column:2/-1}
code{background:var(--wash);padding:.1em .3em;border-radius:3px}
.plot code{background:none;padding:0;font-size:13px}
.mn{font-size:13px;line-height:19px;color:var(--ink-2);padding:0 0 18px}
.mn h3{color:var(--ink);font-size:13px;line-height:19px}
details{grid-column:2/-1}
summary{cursor:pointer;padding:10px 0;font-size:14px;color:var(--ink-2);list-style-position:outside;width:max-content}
summary:hover{color:var(--ink)}
.tw{overflow-x:auto;margin:8px 0 22px;max-width:100%}
.full{width:auto;min-width:60%;font-size:13px;line-height:18px}
.full caption{text-align:left;font-weight:600;padding-bottom:5px;font-size:13px}
.full th,.full td{padding:4px 18px 4px 0;border-bottom:1px solid var(--line)}
.full thead th{color:var(--ink-3);vertical-align:bottom}
.full td.num,.full th.num{padding:4px 0 4px 18px}
.full .num+:not(.num){padding-left:18px}
.full th[scope=row]{white-space:nowrap}.full small{display:block}.full td:not(.num){white-space:nowrap}.full td:last-child:not(.num){white-space:normal}
.full tbody tr:hover,.lines tbody tr:hover{background:var(--wash)}
.lines{font-size:14px;line-height:20px;margin-top:4px}
.lines th,.lines td{padding:5px 16px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
.lines thead th{font-size:12px;color:var(--ink-3);padding-top:0}
.lines .num{padding-right:20px}
.lines tr>*:last-child{padding-right:0}
.alerts .sum td,.alerts .sum th{font-size:13px}
.plot{table-layout:fixed}
.plot thead td:first-child{width:190px}.plot thead td:last-child{width:178px}
small.in{display:inline!important}
.plot.bars thead td:last-child{width:0}.plot.bars .val{padding:0}.plot.bars thead td:first-child{width:262px}
.plot.dense .draw{height:23px}.plot.dense thead .draw{height:38px}.plot.dense th,.plot.dense .val{padding:1px 0}
.plot.dense thead td:first-child{width:224px}.plot.dense thead td:last-child{width:64px}
.plot.mini{font-size:12px;margin:2px 0 8px}.plot.mini thead td:first-child{width:52px}.plot.mini thead td:last-child{width:84px}.plot.mini .val{padding-left:10px}.plot.mini .draw{height:20px}.plot.mini thead .draw{height:38px}.plot.mini th,.plot.mini .val{padding:1px 0}
.strip{margin-top:2px}.strip svg{display:block;overflow:visible}
.only-narrow,.gone,.narrow{display:none}
.funnel svg{display:block}
.funnel .wide{padding-left:132px}
.cols{font-size:14px;line-height:20px;margin-top:10px;table-layout:fixed}
.cols th,.cols td{padding:5px 14px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
.cols tr>th:first-child{width:132px;color:var(--ink-3);font-size:13px}
.cols .h th{border-bottom-color:var(--edge)}
.cols small{display:block}
.colophon{margin:80px 0 64px;padding:16px 0 0 168px;border-top:1px solid var(--line);font-size:13px;color:var(--ink-2)}
.colophon h2{font-size:14px;color:var(--ink)}
.colophon p{max-width:52em;margin-top:6px}
@media (max-width:1180px){
 .two{grid-template-columns:1fr;gap:28px}.side{display:grid;grid-template-columns:1fr 1fr;gap:40px}.side section+section{margin-top:0}
 .step{grid-template-columns:104px minmax(0,1fr);column-gap:24px}
 .step .margin{grid-column:2;display:grid;grid-template-columns:1fr 1fr;gap:0 32px;padding-top:22px}
 .seven ol{grid-template-columns:repeat(4,1fr)}.seven li:nth-child(5){border-left:0}.seven li:nth-child(5) a{padding-left:0}.seven li:nth-child(n+5){border-top:1px solid var(--line)}
 .colophon{padding-left:128px}
}
@media (max-width:900px){h1{font-size:30px}.ledger th{width:128px}.ledger .draw{width:132px}.ledger .v{width:116px}.ledger .a{padding-right:18px}.plot thead td:first-child{width:150px}.plot thead td:last-child{width:160px}}
@media (max-width:640px){
 .wrap{padding:0 16px}summary{list-style-position:inside}
 .top .wrap{height:40px;gap:12px}.top .hide{display:none}
 .first{padding-top:14px}
 .what{font-size:13px}.what .hide{display:none}
 h1{font-size:22px;line-height:1.22;margin-top:6px}h1 span{display:inline}
 .two{margin-top:12px;gap:14px}
 .ledger tr{display:grid;grid-template-columns:minmax(0,1fr) auto;column-gap:12px;padding:7px 0 6px}
 .ledger th,.ledger td{padding:0;width:auto}
 .ledger th{font-size:13px;line-height:18px;padding:0;color:var(--ink-2)}
 .ledger .a{grid-row:2;grid-column:1;padding:0;font-size:14px;line-height:19px}
 .ledger .detail{display:none}
 .ledger .three{grid-column:1/-1;font-size:13px;line-height:17px}
 .ledger .three b{font-weight:400}.ledger .three .q3{display:none}
 .ledger .v{grid-row:1/3;grid-column:2;width:auto;padding:0}
 .ledger .v b{font-size:17px;line-height:20px}.ledger .v span{font-size:12px;line-height:16px}
 .ledger .draw{display:none}
 .side{grid-template-columns:1fr;gap:12px}
 .side h2{padding:8px 0 1px;font-size:13px;line-height:18px}
 .side li{font-size:13px;line-height:17px;padding-top:2px;padding-bottom:3px}
 .side li .more{display:none}
 .side li>code{display:none}
 .side ul .mark{top:5px}
 .seven{margin-top:16px}
 .seven ol{grid-template-columns:1fr}.seven li{border-left:0;border-top:1px solid var(--line)}.seven li:first-child{border-top:0}
 .seven a{display:grid;grid-template-columns:22px 108px 1fr;padding:8px 0;align-items:baseline}.seven .w{margin:0}
 .step{display:block;margin-top:48px;padding-top:14px}.sh>div{position:static;display:flex;gap:10px;align-items:baseline}.sh .no{font-size:28px}.sh h2{margin:0}.sh .up{display:none}
 .step .main{margin-top:8px}
 .question{font-size:17px}.answer{font-size:21px;line-height:1.32}
 .step .margin{grid-template-columns:1fr}
 .next{display:block}.next b{display:block}
 .wide,.only-wide{display:none}.only-narrow{display:inline}
 .cols{display:none}.narrow{display:block}
 .plot .val small{display:inline;margin-left:8px}
 .colophon{padding-left:0}
 .alerts td:first-child{white-space:nowrap}
}
@media (min-width:2600px){.wrap{max-width:1360px;zoom:1.4}}
@media print{
 @page{size:A4;margin:14mm 15mm 16mm}
 .wrap{padding:0;max-width:none;zoom:.8}.top .wrap{height:32px}.top a{display:none}
 .first{padding-top:14px}h1{font-size:31px}
 .two{grid-template-columns:1fr;gap:20px}.side{display:grid;grid-template-columns:1fr 1fr;gap:36px}.side section+section{margin-top:0}
 .ledger th{width:150px}.ledger .draw{width:180px}
 .seven ol{grid-template-columns:repeat(7,1fr)}.seven li{border-top:0!important;border-left:1px solid var(--line)!important}.seven li:first-child{border-left:0!important}.seven a{padding:9px 7px 10px 9px!important}.seven li:first-child a{padding-left:0!important}.seven .s{font-size:12.5px}.seven .w{font-size:11.5px;line-height:15px;grid-template-columns:15px 1fr}
 .step{break-before:page;margin-top:0;border-top:0;grid-template-columns:88px minmax(0,1fr);column-gap:18px}.sh>div{position:static}.sh .up{display:none}
 .step .margin{grid-column:2;display:block;columns:3;column-gap:24px;padding-top:12px;order:9}
 .answer{font-size:24px}
 .plot thead td:first-child{width:170px}.plot thead td:last-child{width:170px}.plot.mini thead td:first-child{width:52px}.plot.mini thead td:last-child{width:84px}.plot.dense thead td:first-child{width:224px}.plot.dense thead td:last-child{width:64px}.plot.bars thead td:first-child{width:262px}.plot.bars thead td:last-child{width:0}
 .plot tr,.lines tr,.mn,.next,.seven,.side section{break-inside:avoid}
 details:not([open]){display:none}
 .plot td,.plot th{padding-top:2px!important;padding-bottom:2px!important}.lines td,.lines th,.alerts td{padding-top:3px!important;padding-bottom:3px!important}
 .colophon{padding:8px 0 0 106px;margin-top:14px;font-size:12px;break-inside:avoid}.colophon h2{font-size:13px}.colophon p{max-width:none;margin-top:2px;line-height:16px}
 figure,.next{margin-top:12px}.next+.next{margin-top:0}.system{margin:12px 0}
 a{text-decoration:none}
 *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
:root{--series-1:var(--system);--series-2:var(--baseline);--series-3:var(--warn);--series-4:var(--bad);--series-5:var(--good);--series-6:var(--ink-2);--limit:var(--ink);--muted:var(--ink-3)}
.system{margin:26px 0}.system figcaption{font-size:14px;font-weight:600;margin-bottom:10px}.system .row,.system .col{overflow-x:auto}.system svg:not(.mark){display:block}.system .col{display:none}.system .said{margin-bottom:0}.system .mark{color:var(--bad)}
.system-svg text{font-size:12px;fill:var(--ink-2)}.system-svg .name{font-weight:600;font-size:13px;fill:var(--ink)}.system-svg .label{fill:var(--ink-3);font-weight:400}.system-svg .bad{fill:var(--bad)}.system-svg .box{fill:none;stroke:var(--edge)}.system-svg .broken{stroke:var(--bad);stroke-width:1.5}.system-svg .arrow{stroke:var(--ink-2);fill:none}.system-svg .head{fill:var(--ink-2)}
@media screen and (max-width:952px),screen and (min-width:1181px) and (max-width:1280px){.system .row{display:none}.system .col{display:block}}
.chart{margin:22px 0}.drawing{overflow-x:auto}.drawing svg{max-width:100%;height:auto;min-width:480px}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;margin:0 0 8px;font-size:13px}.legend span{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:6px}
.note{font-size:13px;line-height:19px;color:var(--ink-2);max-width:52em;margin-top:6px}
.said{font-size:13px;line-height:19px;color:var(--ink-2);max-width:52em;margin:8px 0 22px}.said li{padding:3px 0}.said pre,.mn pre{background:var(--wash);padding:8px;font-size:12px;line-height:17px;border-radius:3px}
.mn p+p{margin-top:6px}.mn p{overflow-wrap:anywhere}
.answer,.said,.wide,.plot .name,h1,.what b,.side li,.detail,.three,.next,summary,caption,.colophon p{overflow-wrap:anywhere}
.step .main,.said{min-width:0}
@media (max-width:640px){.alerts,.alerts tbody{display:block}.alerts thead{display:none}.alerts tr{display:grid;grid-template-columns:auto minmax(0,1fr) auto;column-gap:12px;padding:5px 0;border-bottom:1px solid var(--line)}.alerts th,.alerts td{display:block;border:0;padding:0}.alerts td.wide{grid-column:1/-1;display:block;font-size:13px;color:var(--ink-2)}.alerts td.num{padding:0}.alerts .nw{white-space:normal}}
@media (max-width:640px){.found,.found tbody{display:block}.found tr{display:grid;grid-template-columns:auto auto minmax(0,1fr);column-gap:12px;padding:5px 0;border-bottom:1px solid var(--line)}.found th,.found td{display:block;border:0;padding:0}.found td.num{padding:0;text-align:left}.found td.wide{grid-column:1/-1;font-size:13px;color:var(--ink-2)}}
.facts{color:var(--ink-3);font-size:13px}
`;
