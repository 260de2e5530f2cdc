/** The stage that holds a mapping against its files before anything is read or trained: errors stop the run, the rest is said. */

import { fileName } from "../../../core/file-name.ts";
import { FailureError } from "../../../core/outcome.ts";
import {
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { checkMapping } from "./check-mapping.ts";
import { giveawayDoubts } from "./giveaway-doubts.ts";
import { isStopping, type MappingFinding, nameOfMappingCode } from "./mapping-finding.ts";
import { mapMapped, type SourceMapping } from "./source-mapping.ts";

const MAPPING_STAGE = "mapping";

/** `fingerprint` covers the contents of the files; the folder they lie in is no part of the stage's key. */
export function mappingStage(
  mapping: SourceMapping,
  fingerprint: string,
  waived: readonly { readonly rule: string; readonly reason: string }[] = [],
): Stage {
  const paths: Record<string, string> = {};
  changePaths(mapping, (path, name) => {
    paths[name] = path;
    return path;
  });
  return stage({
    name: MAPPING_STAGE,
    step: 3,
    title: "holding the mapping against its files",
    inputs: [],
    data: { fingerprint, paths },
    plan: {
      ...changePaths(mapping, fileName),
      waived: waived.flatMap(({ rule, reason }) => (reason.trim() === "" ? [] : [rule])),
    },
    run: check,
  });
}

async function check(
  { waived, ...mapping }: SourceMapping & { readonly waived: readonly string[] },
  { paths, environment }: Pick<StageContext, "paths" | "environment">,
): Promise<StageResult> {
  const placed = changePaths(mapping, (path, name) => paths[name] ?? path);
  const { findings, rows, limit } = await checkMapping(environment, placed);
  const errors = findings.filter(isStopping);
  if (errors.length > 0) throw mappingFailure(errors);
  const looked = limit === undefined ? [] : [`the mapping was held against ${limit}; repetitions were not counted`];
  return stageResult({
    json: { findings: findings.map((one) => ({ ...one })), rows },
    remarks: [
      ...looked.map(
        (text): Remark => ({ kind: "assumption", text: `${text.charAt(0).toUpperCase()}${text.slice(1)}.` }),
      ),
      ...findings.map(({ code, severity, message }): Remark => {
        const text = `${code} ${nameOfMappingCode(code)}: ${message}.`;
        return { kind: severity === "advice" ? "assumption" : "warning", text };
      }),
      ...giveawayDoubts(findings, waived),
    ],
  });
}

/** The first error, and what the others say; `where` is the fact of the note where the file gives no place. */
function mappingFailure([first, ...others]: readonly MappingFinding[]): FailureError {
  const more = others.length === 0 ? "" : `; and ${others.map(({ message }) => message).join("; ")}`;
  return new FailureError({
    code: nameOfMappingCode(first.code),
    message: `${first.message}${more}`,
    where: first.where === "" ? first.fact : first.where,
    fix: first.fix,
  });
}

function changePaths(mapping: SourceMapping, change: (path: string, name: string) => string): SourceMapping {
  const { path, sides } = mapping;
  return {
    ...mapping,
    path: mapMapped(path, change),
    sides: sides.map((side) => ({ ...side, path: change(side.path, side.name) })),
  };
}
