/** The address of a Spark Connect server: `sc://host:15002/;token=…;use_ssl=true`, as Spark's own clients write it. */

import { FailureError } from "../../core/outcome.ts";

export interface ConnectAddress {
  /** Host and port. */
  readonly target: string;
  readonly isSecure: boolean;
  readonly token?: string;
  readonly user: string;
}

const DEFAULT_PORT = 15_002;

/** Throws a `FailureError` for anything else. */
export function connectAddress(url: string): ConnectAddress {
  const found =
    /^sc:\/\/(?<host>\[[0-9a-f:]+\]|[^:/;[\]]+)(?::(?<port>\d{1,5}))?(?:\/(?:;(?<parameters>.*))?)?$/iu.exec(
      url,
    )?.groups;
  const port = Number(found?.port ?? DEFAULT_PORT);
  if (found === undefined || port < 1 || port > 65_535)
    throw new FailureError({
      code: "bad-engine-url",
      message: `\`${url}\` is no address of a Spark Connect server`,
      where: "--url",
      fix: "write `sc://host:15002`, with `/;token=…` after it where the server asks for one",
    });
  const parameters = new Map(
    (found.parameters ?? "")
      .split(";")
      .filter((part) => part !== "")
      .map((part): [string, string] => {
        const at = part.indexOf("=");
        return at < 0 ? [part, ""] : [part.slice(0, at), decodeURIComponent(part.slice(at + 1))];
      }),
  );
  const token = parameters.get("token");
  return {
    target: `${found.host}:${port}`,
    // A token would be read by anybody on the way: with one, the line is always encrypted.
    isSecure: token !== undefined || parameters.get("use_ssl")?.toLowerCase() === "true",
    ...(token === undefined ? {} : { token }),
    user: parameters.get("user_id") ?? "heptad",
  };
}
