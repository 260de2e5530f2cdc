/** Holds the mapping of a note, and a model of its own, against their files, as a run does first: findings with their places, for `heptad check`. */

import { dirname, isAbsolute, join } from "node:path";
import { type Failure, FailureError } from "../core/outcome.ts";
import { type Kind, type MissingData, MODEL_NOT_HERE } from "../kinds/kind.ts";
import { inNote } from "../kinds/plan-run.ts";
import { findKind } from "../kinds/registry.ts";
import { MAPPING_CODES } from "../review/mapping-codes.ts";
import type { ReviewFinding } from "../review/review.ts";
import { nameOfMappingCode } from "../steps/3-data/sources/mapping-finding.ts";
import { listMapped, type SourceMapping } from "../steps/3-data/sources/source-mapping.ts";
import { type Design, parseDesign, placeOf } from "../steps/design.ts";
import { createInputFiles } from "./input-files.ts";
import { pathFromHere } from "./project-path.ts";
import type { ReviewedNote } from "./review-notes.ts";

/** The reviews with what their files say added to them. A note whose facts cannot be read, or that maps no files, stays as it is. */
export async function withMappingFindings(notes: readonly ReviewedNote[]): Promise<readonly ReviewedNote[]> {
  const checked: ReviewedNote[] = [];
  for (const note of notes) {
    const { review, text } = note;
    const found = review.fromProse ? undefined : await mappingFindings(review.file, text);
    if (found === undefined) {
      checked.push(note);
      continue;
    }
    const { findings, waived } = found;
    checked.push({
      ...note,
      review: {
        ...review,
        findings: [...review.findings, ...findings],
        waived: [...review.waived, ...waived],
      },
    });
  }
  return checked;
}

interface Found {
  readonly findings: readonly ReviewFinding[];
  readonly waived: ReviewedNote["review"]["waived"];
}

/** What the files of a note say of its mapping and its own model; undefined where it names neither. */
export async function mappingFindings(file: string, text: string): Promise<Found | undefined> {
  const { design } = parseDesign(text, file);
  if (design === undefined) return undefined;
  const mapping = mappingOf(design, file);
  const ofModel = await modelFinding(design, file);
  const ofNeeds = await needFindings(design, file);
  if (mapping === undefined && ofModel === undefined && ofNeeds.length === 0) return undefined;
  const ofMapping = mapping === undefined ? [] : "code" in mapping ? [mapping] : await findingsOf(design, mapping);
  const findings = [...ofMapping, ...(ofModel === undefined ? [] : [ofModel]), ...ofNeeds];
  const waivers = (design.front.waive ?? []).filter(({ reason }) => reason.trim() !== "");
  const reasonOf = ({ code, name }: ReviewFinding): string | undefined =>
    waivers.find(({ rule }) => rule === code || rule === name)?.reason;
  return {
    findings: findings.filter((finding) => reasonOf(finding) === undefined),
    waived: findings.flatMap((finding) => {
      const reason = reasonOf(finding);
      return reason === undefined ? [] : [{ finding, reason }];
    }),
  };
}

/** A path of the note, from the note's own folder. */
function besideNote(file: string): (path: string) => string {
  return (path) => (isAbsolute(path) ? path : join(dirname(file), path));
}

/** What a run would refuse of a model that the note brings itself; where its file is not here, that is said more mildly. */
async function modelFinding(design: Design, file: string): Promise<ReviewFinding | undefined> {
  const kind = findKind(design.front.system);
  if (!kind.ok) return undefined;
  const refused = await refusalOf(kind.value, design, file);
  if (refused === undefined) return undefined;
  const { code, message, where = "4.stages", fix } = refused;
  const fact = /^[1-7]\./u.test(where) ? where : "4.stages";
  return {
    code: "HP342",
    name: nameOfMappingCode("HP342"),
    severity: code === MODEL_NOT_HERE ? "warning" : "error",
    message,
    at: placeOf(design, fact).value,
    fact,
    fix: fix ?? MAPPING_CODES.HP342.fix,
  };
}

async function refusalOf(kind: Kind, design: Design, file: string): Promise<Failure | undefined> {
  try {
    return await kind.refusesModel?.({ design, resolve: besideNote(file), files: createInputFiles() });
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return error.failure;
  }
}

/** What parts of the note need and its data does not say: an error where a run is refused, a warning where a part would change nothing. */
async function needFindings(design: Design, file: string): Promise<readonly ReviewFinding[]> {
  const kind = findKind(design.front.system);
  if (!kind.ok || design.data.source === undefined) return [];
  const { refusal, idle } = await missingOf(kind.value, design, file);
  return [
    ...(refusal === undefined ? [] : [needFinding(design, refusal, "error")]),
    ...(idle === undefined ? [] : [needFinding(design, idle, "warning")]),
  ];
}

function needFinding(design: Design, failure: Failure, severity: "error" | "warning"): ReviewFinding {
  const { message, fix, at, where } = inNote(failure, design);
  return {
    code: "HP343",
    name: nameOfMappingCode("HP343"),
    severity,
    message,
    at: at ?? placeOf(design, "3.source").value,
    fact: where !== undefined && /^[1-7]\./u.test(where) ? where : "3.features",
    fix: fix ?? MAPPING_CODES.HP343.fix,
  };
}

/** Nothing where the source cannot be told: the look at the mapping says so. */
async function missingOf(kind: Kind, design: Design, file: string): Promise<MissingData> {
  try {
    return (await kind.missing?.({ design, resolve: besideNote(file), files: createInputFiles() })) ?? {};
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return {};
  }
}

/** The mapping; a finding where the facts name none that can be read. */
function mappingOf(design: Design, file: string): SourceMapping | ReviewFinding | undefined {
  const kind = findKind(design.front.system);
  if (!kind.ok || design.data.source === undefined) return undefined;
  try {
    return kind.value.mapping?.({ design, resolve: besideNote(file) });
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { message, fix } = error.failure;
    return {
      code: "HP340",
      name: nameOfMappingCode("HP340"),
      severity: "error",
      message,
      at: placeOf(design, "3.source").value,
      fact: "3.source",
      fix,
    };
  }
}

async function findingsOf(design: Design, mapping: SourceMapping): Promise<readonly ReviewFinding[]> {
  const files = createInputFiles();
  const absent = await absentFile(mapping);
  if (absent !== undefined) {
    return [
      {
        code: "HP331",
        name: nameOfMappingCode("HP331"),
        severity: "advice",
        message: `${pathFromHere(absent)} is not here: the mapping was held against nothing`,
        at: placeOf(design, "3.source.path").value,
        fact: "3.source.path",
        fix: MAPPING_CODES.HP331.fix,
      },
    ];
  }
  const [{ openDuckdb }, { checkMapping }, { defaultThreads }] = await Promise.all([
    // Opened where there are files to hold the mapping against: they take longer to load than a note takes to review.
    import("./duckdb.ts"),
    import("../steps/3-data/sources/check-mapping.ts"),
    import("./kernel-pool.ts"),
  ]);
  const sql = await openDuckdb({ threads: defaultThreads() });
  try {
    const { findings, limit } = await checkMapping({ sql, files }, mapping);
    return findings.map(({ code, severity, message, fact, where, fix }) => ({
      code,
      name: nameOfMappingCode(code),
      severity,
      consequence: "false-figures",
      message: `${message}${limit === undefined ? "" : ` (of ${limit})`}`,
      at: placeOf(design, fact).value,
      fact,
      fix,
      ...(where === "" ? {} : { why: `seen in ${pathFromHere(where)}` }),
    }));
  } finally {
    sql.close();
  }
}

async function absentFile(mapping: SourceMapping): Promise<string | undefined> {
  const files = createInputFiles();
  try {
    for (const path of await listMapped({ files }, mapping)) if (!(await files.exists(path))) return path;
    return undefined;
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === "no-such-file")
      return error.failure.where ?? "the data";
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}
