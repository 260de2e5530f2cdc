/** What a server's error says of a job: whether it is still there to come back to. The one place that knows the words of servers. */

import { status } from "@grpc/grpc-js";

/** `line`: nothing is said of the job itself. `job`, `session`: the server knows nothing of it any more. `question`: what was asked fails. */
export type Fault = "line" | "job" | "session" | "question";

export interface Said {
  readonly code: number;
  readonly details: string;
}

export interface AskedUnder {
  readonly sessionId: string;
  readonly operationId: string;
}

/** Spark names its conditions. Servers that are no JVM say it in words of their own, with the id that they do not know. */
export function faultOf(said: Said, { sessionId, operationId }: AskedUnder): Fault {
  if (/SESSION_(?:NOT_FOUND|CLOSED|CHANGED)/u.test(said.details) || isUnknown(said, "session", sessionId))
    return "session";
  if (
    /OPERATION_(?:NOT_FOUND|ABANDONED)|CURSOR\.POSITION_NOT_(?:AVAILABLE|FOUND)/u.test(said.details) ||
    isUnknown(said, "operation", operationId)
  )
    return "job";
  // The line broke, or the server moved the job's answers elsewhere.
  if (said.code === status.UNAVAILABLE || /CURSOR\.DISCONNECTED|RST_STREAM|ECONNRESET/u.test(said.details))
    return "line";
  return "question";
}

/** An error that a query raises itself holds no id of ours. */
function isUnknown({ code, details }: Said, what: "session" | "operation", id: string): boolean {
  if (!details.includes(id) || !new RegExp(`\\b${what}\\b`, "iu").test(details)) return false;
  return (
    code === status.NOT_FOUND ||
    /\bnot (?:found|running|known)\b|\b(?:unknown|closed|expired|abandoned|stopped)\b|\bno (?:such|longer)\b|\bdoes not exist\b/iu.test(
      details,
    )
  );
}

/** The name of the view that a statement makes. */
export function viewMadeBy(sql: string): string | undefined {
  return /^\s*CREATE\s(?:[\w\s]*\s)?VIEW\s+`?(?<name>\w+)/iu.exec(sql)?.groups?.name;
}

/** Whether a server misses a view that it was seen to make: its session began anew, without a word, as that of a server that was restarted. */
export function missesOneOf(made: readonly string[], details: string): boolean {
  if (!/TABLE_OR_VIEW_NOT_FOUND|\bnot found\b|\bcannot be found\b/iu.test(details)) return false;
  return made.some((name) => new RegExp(`(?<![\\w])${name}(?![\\w])`, "u").test(details));
}

/** Whether it is a file or folder that the server does not see. `folder` is where its files lie. */
export function missesFiles(details: string, folder: string): boolean {
  if (/PATH_NOT_FOUND|FILE_NOT_EXIST|UNABLE_TO_INFER_SCHEMA|[Nn]o such file/u.test(details)) return true;
  // Sail reads a file that is not there as one without columns.
  if (/\bis missing from the schema\b/u.test(details)) return true;
  // Object stores name a place without the slash that it begins with.
  return details.includes(folder.replace(/^\//u, "")) && /not found|does not exist|no files/iu.test(details);
}
