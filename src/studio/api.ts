/** How pages speak with the server: JSON both ways, and failures as the words that a terminal would print. */

/** What went wrong, for people. */
export interface Wrong {
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
}

export class RequestFailed extends Error {
  readonly wrong: Wrong;
  readonly status: number;

  constructor(wrong: Wrong, status: number) {
    super(wrong.message);
    this.wrong = wrong;
    this.status = status;
  }
}

/** Said where nobody answers. */
export const AWAY: Wrong = {
  code: "away",
  message: "the studio's server does not answer",
  fix: "start it again with `heptad studio`; what you typed is kept here",
};

/** Where answers come from when there is no server: the files of an export. */
export interface ExportedAnswers {
  get<T>(path: string, query: Readonly<Record<string, string | undefined>>): Promise<T>;
}

let exported: ExportedAnswers | undefined;

/** From now on nothing is asked of a server, and nothing can be written. */
export function answerFromExport(answers: ExportedAnswers): void {
  exported = answers;
}

/** True in an export: its pages can be read and tried, and offer nothing that writes, runs or grades. */
export function isExport(): boolean {
  return exported !== undefined;
}

export function get<T>(path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<T> {
  if (exported !== undefined) return exported.get<T>(path, query);
  const parameters = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  const text = parameters.toString();
  return ask<T>(text === "" ? path : `${path}?${text}`, { method: "GET" });
}

export function post<T>(path: string, body: unknown = {}): Promise<T> {
  return ask<T>(path, { method: "POST", body: JSON.stringify(body) });
}

export function put<T>(path: string, body: unknown): Promise<T> {
  return ask<T>(path, { method: "PUT", body: JSON.stringify(body) });
}

/** Sends the bytes of a file. */
export function send<T>(path: string, query: Readonly<Record<string, string>>, file: Blob): Promise<T> {
  return ask<T>(`${path}?${new URLSearchParams(query)}`, { method: "POST", body: file }, file.type);
}

/** A file of the server's. */
export async function getFile(path: string, query: Readonly<Record<string, string>>): Promise<Blob> {
  const response = await fetch(`${path}?${new URLSearchParams(query)}`, { credentials: "same-origin" }).catch(() => {
    throw new RequestFailed(AWAY, 0);
  });
  if (response.ok) return response.blob();
  throw new RequestFailed({ code: "failed", message: `the server answered ${response.status}` }, response.status);
}

async function ask<T>(path: string, init: RequestInit, type = "application/json"): Promise<T> {
  const headers = init.body === undefined ? undefined : { "content-type": type };
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers, credentials: "same-origin" });
  } catch {
    throw new RequestFailed(AWAY, 0);
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new RequestFailed(
    answer.failure ?? { code: "failed", message: `the server answered ${response.status}` },
    response.status,
  );
}

/** What was thrown, in words. */
export function wrongOf(error: unknown): Wrong {
  // A copy: each failure is one of its own, also where nobody answered twice.
  if (error instanceof RequestFailed) return { ...error.wrong };
  return { code: "failed", message: error instanceof Error ? error.message : String(error) };
}
