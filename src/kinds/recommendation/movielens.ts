/** MovieLens in its three layouts: 100k (tab-separated, Latin-1), 1M and 10M (`::`), and the later CSV files; told apart by the first line. */

import { FailureError } from "../../core/outcome.ts";
import { readTime } from "../../steps/3-data/sources/read-time.ts";
import { DEFAULT_REPAIR_POLICY, type RepairPolicy } from "../../steps/3-data/sources/repair-policy.ts";
import { columnOf, isUtf8, openSourceTable } from "../../steps/3-data/sources/source-table.ts";
import type { SourceEnvironment, SourceTable, TextLayout } from "../../steps/3-data/sources/table-types.ts";
import type { Interactions } from "./interactions.ts";
import { type EntitySource, MEMBER_INDEX, readMembers, readTitles, TITLE_INDEX } from "./read-entities.ts";
import { type EventsSource, fetchEvents, stageEvents } from "./read-events.ts";

/** The ratings file of each layout and the files that may stand beside it. */
interface MovielensLayout {
  readonly description: string;
  readonly ratings: string;
  readonly events: TextLayout;
  readonly columns: { readonly member: string; readonly title: string; readonly value: string; readonly time: string };
  readonly titles: SideFile;
  readonly members?: SideFile;
}

interface SideFile {
  readonly file: string;
  readonly layout: TextLayout;
  readonly select: EntitySource["select"];
}
type Expressions = ReturnType<EntitySource["select"]>;

/** Ratings lie between half a star and five in every release. */
const RANGE = [0.5, 5] as const;

/** Files and column meanings: the README of each release, https://grouplens.org/datasets/movielens/. */
const LAYOUTS: readonly MovielensLayout[] = [
  {
    description: "MovieLens 100k layout (tab-separated)",
    ratings: "u.data",
    events: { kind: "text", delimiter: "\t", columns: ["member", "title", "rating", "time"], quoted: false },
    columns: { member: "member", title: "title", value: "rating", time: "time" },
    titles: { file: "u.item", layout: barSeparated(24), select: selectFlaggedTitles },
    members: { file: "u.user", layout: barSeparated(5), select: () => memberFacts("c0", "c1", "c2", "c3", "c4") },
  },
  {
    description: "MovieLens 1M layout (`::`)",
    ratings: "ratings.dat",
    events: { kind: "text", delimiter: "::", columns: ["member", "title", "rating", "time"], quoted: false },
    columns: { member: "member", title: "title", value: "rating", time: "time" },
    titles: { file: "movies.dat", layout: doubleColons(3), select: () => titleFacts("c0", "c1", "c2") },
    members: { file: "users.dat", layout: doubleColons(5), select: () => memberFacts("c0", "c2", "c1", "c3", "c4") },
  },
  {
    description: "MovieLens CSV layout",
    ratings: "ratings.csv",
    events: { kind: "text", delimiter: "," },
    columns: { member: "userId", title: "movieId", value: "rating", time: "timestamp" },
    titles: { file: "movies.csv", layout: { kind: "text", delimiter: "," }, select: selectNamedTitles },
  },
];

/** Files of a MovieLens data set that is at `path` (a folder, or its ratings file): what a fingerprint must cover. */
export async function listMovielensFiles(environment: SourceEnvironment, path: string): Promise<readonly string[]> {
  const { ratings, titles, members } = await locate(environment, path);
  return [ratings, titles, members].filter((file) => file !== undefined);
}

/** Reads ratings, titles and members. Throws a `FailureError` when the files are not MovieLens or their dirt is not to be repaired. */
export async function readMovielens(
  environment: SourceEnvironment,
  path: string,
  policy: RepairPolicy = DEFAULT_REPAIR_POLICY,
): Promise<Interactions> {
  const found = await locate(environment, path);
  const { layout } = found;
  const malformed = policy.badNumber === "drop" ? "drop" : "error";
  const table = await openSourceTable(environment, found.ratings, { ...layout.events, malformed });
  const events: EventsSource = {
    table,
    columns: layout.columns,
    time: await readTime(environment, table, { column: layout.columns.time, unit: "s" }),
    kind: "rating",
    range: RANGE,
    policy,
  };
  const { repairs } = await stageEvents(environment, events);
  const titleSource = await sideSource(environment, found.titles, layout.titles);
  const memberSource = await sideSource(environment, found.members, layout.members);
  const { members, repairs: memberRepairs } = await readMembers(environment, memberSource, policy);
  const { titles, repairs: titleRepairs } = await readTitles(environment, titleSource, policy);
  return {
    events: await fetchEvents(environment, MEMBER_INDEX, TITLE_INDEX, false),
    members,
    titles,
    repairs: [...repairs, ...memberRepairs, ...titleRepairs],
    source: { format: "movielens", description: layout.description, simulated: false },
  };
}

/** Whether the file at `path`, or a file in the folder there, has the first line of a MovieLens ratings file. */
export async function isMovielens(environment: SourceEnvironment, path: string): Promise<boolean> {
  const names = await environment.files.list(path);
  if (names !== undefined) return names.some((name) => LAYOUTS.some(({ ratings }) => ratings === name));
  const line = await firstLine(environment, path);
  return line.includes("::") || line === "userId,movieId,rating,timestamp" || /^\d+\t\d+\t[\d.]+\t\d+$/u.test(line);
}

/** Whether a file that describes the titles stands beside the ratings. */
export async function namesTitles(environment: Pick<SourceEnvironment, "files">, path: string): Promise<boolean> {
  return (await locate(environment, path)).titles !== undefined;
}

/** The 100k and 1M releases are in Latin-1, the 10M release in UTF-8 with the same file names: what decodes as UTF-8 is UTF-8. */
async function sideSource(
  { files }: SourceEnvironment,
  path: string | undefined,
  side: SideFile | undefined,
): Promise<EntitySource | undefined> {
  if (path === undefined || side === undefined) return undefined;
  const isNewer = side.layout.encoding === "latin-1" && isUtf8(await files.head(path, await files.size(path)));
  return { path, layout: isNewer ? { ...side.layout, encoding: "utf-8" } : side.layout, select: side.select };
}

interface Located {
  readonly layout: MovielensLayout;
  readonly ratings: string;
  readonly titles?: string;
  readonly members?: string;
}

async function locate(environment: Pick<SourceEnvironment, "files">, path: string): Promise<Located> {
  const { files } = environment;
  const names = await files.list(path);
  const folder = names === undefined ? path.replace(/[^/\\]*$/u, "") : `${path.replace(/[/\\]$/u, "")}/`;
  const name = names?.find((one) => LAYOUTS.some(({ ratings }) => ratings === one));
  if (names !== undefined && name === undefined) {
    throw new FailureError({
      code: "not-movielens",
      message: `the folder holds none of ${LAYOUTS.map(({ ratings }) => ratings).join(", ")}`,
      where: path,
      fix: "name the folder that MovieLens was unpacked to",
    });
  }
  const ratings = name === undefined ? path : `${folder}${name}`;
  const layout = await detect(environment, ratings);
  const beside = async (file: string | undefined): Promise<string | undefined> =>
    file !== undefined && (await files.exists(`${folder}${file}`)) ? `${folder}${file}` : undefined;
  return { layout, ratings, titles: await beside(layout.titles.file), members: await beside(layout.members?.file) };
}

async function detect(environment: Pick<SourceEnvironment, "files">, path: string): Promise<MovielensLayout> {
  const line = await firstLine(environment, path);
  if (line.includes("::")) return LAYOUTS[1];
  return line.includes("\t") || line === "" ? LAYOUTS[0] : LAYOUTS[2];
}

/** The beginning of the first line; empty where there is no file. */
async function firstLine({ files }: Pick<SourceEnvironment, "files">, path: string): Promise<string> {
  const bytes = (await files.exists(path)) ? await files.head(path, 256) : new Uint8Array();
  return String.fromCharCode(...bytes).split(/[\r\n]/u)[0];
}

function barSeparated(columns: number): TextLayout {
  return { kind: "text", delimiter: "|", columns: numbered(columns), encoding: "latin-1", quoted: false };
}

function doubleColons(columns: number): TextLayout {
  return { kind: "text", delimiter: "::", columns: numbered(columns), encoding: "latin-1", quoted: false };
}

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `column ${index + 1}`);
}

/** Flags 0/1 in columns c5 (unknown, left out) to c23, in this order. */
const FLAGGED_GENRES = (
  "Action Adventure Animation Children's Comedy Crime Documentary Drama Fantasy Film-Noir Horror Musical Mystery " +
  "Romance Sci-Fi Thriller War Western"
).split(" ");

function selectFlaggedTitles(): Expressions {
  const flags = FLAGGED_GENRES.map((name, at) => `CASE WHEN c${at + 6} = '1' THEN '${name.replace("'", "''")}' END`);
  return {
    id: "c0",
    name: "c1",
    released: "epoch(try_strptime(c2, '%d-%b-%Y'))",
    genres: `concat_ws('|', ${flags.join(", ")})`,
  };
}

function selectNamedTitles(table: SourceTable): Expressions {
  const genres = table.columns.includes("genres") ? columnOf(table, "genres") : undefined;
  return titleFacts(columnOf(table, "movieId"), columnOf(table, "title"), genres);
}

/** These releases say the year of a film in its name only: it counts from the first of January. */
function titleFacts(id: string, name: string, genres: string | undefined): Expressions {
  const year = `TRY_CAST(regexp_extract(${name}, '\\((\\d{4})\\)\\s*$', 1) AS INTEGER)`;
  return { id, name, released: `epoch(make_date(${year}, 1, 1))`, ...(genres === undefined ? {} : { genres }) };
}

function memberFacts(id: string, age: string, gender: string, occupation: string, zip: string): Expressions {
  return { id, attributes: { age, gender, occupation, zip } };
}
