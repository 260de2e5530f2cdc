/** The address of NATS as `--nats` takes it: one URL or several, with who asks. */

import { FailureError } from "../../core/outcome.ts";

interface Address {
  readonly servers: string[];
  readonly place: string;
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
  readonly tls?: Record<string, never>;
}

/** `nats://a:4222,nats://b:4222`, with one user and password, or one token, for all. */
export function readAddress(written: string): Address {
  const urls = written.split(",").map((one) => one.trim());
  const read = urls.map((one) => (URL.canParse(one) ? new URL(one) : undefined));
  const known = read.flatMap((one) =>
    one !== undefined && /^(?:nats|tls):$/u.test(one.protocol) && one.hostname ? [one] : [],
  );
  if (known.length < urls.length)
    throw new FailureError({
      code: "bad-option",
      message: `\`${written.replaceAll(/\/\/[^@,]*@/gu, "//")}\` is no address of NATS`,
      where: "--nats",
      fix: "write it like nats://127.0.0.1:4222, several with commas between them",
    });
  const servers = known.map(({ hostname, port }) => `${hostname}:${port === "" ? "4222" : port}`);
  const { username, password } = known.find((one) => one.username !== "") ?? { username: "", password: "" };
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
  return {
    servers,
    place: servers.join(", "),
    ...(user === "" ? {} : pass === "" ? { token: user } : { user, pass }),
    ...(known.some(({ protocol }) => protocol === "tls:") ? { tls: {} } : {}),
  };
}
