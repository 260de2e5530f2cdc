/** Reviews as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format): what code-scanning tools read. */

import type { Finding, Severity } from "../../core/finding.ts";
import type { Span } from "../../core/span.ts";
import type { Review } from "../review.ts";
import type { RuleText } from "../rule.ts";

export interface SarifOptions {
  readonly version: string;
  /** Only rules that are named by a finding are listed. */
  readonly rules: readonly RuleText[];
  /** How a code host calls a file: by its path in the repository. */
  readonly nameOf?: (file: string) => string;
}

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", advice: "note" };

export function renderSarif(
  reviews: readonly Review[],
  { version, rules, nameOf = (file) => file }: SarifOptions,
): string {
  const all = reviews.flatMap(({ findings, waived }) => [...findings, ...waived.map(({ finding }) => finding)]);
  const codes = [...new Set(all.map(({ code }) => code))].sort();
  const resultOf = (finding: Finding) => describe(finding, codes, (file) => uriOf(nameOf(file)));
  const results = reviews.flatMap(({ findings, waived }) => [
    ...findings.map(resultOf),
    ...waived.map(({ finding, reason }) => ({
      ...resultOf(finding),
      suppressions: [{ kind: "inSource", status: "accepted", justification: reason }],
    })),
  ]);
  const driver = {
    name: "Heptad",
    semanticVersion: version,
    rules: codes.map((code) => descriptorOf(code, all, rules)),
  };
  const run = { tool: { driver }, columnKind: "utf16CodeUnits", results };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return JSON.stringify(log, null, 2);
}

function descriptorOf(code: string, findings: readonly Finding[], rules: readonly RuleText[]) {
  const rule = rules.find((one) => one.code === code);
  const finding = findings.find((one) => one.code === code);
  const name = rule?.name ?? finding?.name ?? code;
  if (rule === undefined) return { id: code, name, shortDescription: { text: name.replaceAll("-", " ") } };
  return {
    id: code,
    name,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.why },
    help: { text: rule.fix },
    defaultConfiguration: { level: LEVELS[rule.severity] },
  };
}

function describe(
  { code, severity, message, at, related = [], fix, edits = [] }: Finding,
  codes: readonly string[],
  addressOf: (file: string) => string,
) {
  const uri = addressOf(at.file);
  const replacements = edits.map((edit) => ({
    deletedRegion: regionOf(edit.at),
    insertedContent: { text: edit.text },
  }));
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[severity],
    message: { text: fix === undefined ? message : `${message}\n\nfix: ${fix}` },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: regionOf(at) } }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((one, id) => ({
            id,
            message: { text: one.message },
            physicalLocation: { artifactLocation: { uri: addressOf(one.at.file) }, region: regionOf(one.at) },
          })),
        }),
    ...(replacements.length === 0
      ? {}
      : {
          fixes: [
            { description: { text: fix ?? message }, artifactChanges: [{ artifactLocation: { uri }, replacements }] },
          ],
        }),
  };
}

function regionOf({ start, end }: Span) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A path as a URI reference: each part percent-encoded, with slashes between. */
function uriOf(file: string): string {
  return file.split(/[\\/]/u).map(encodeURIComponent).join("/");
}
