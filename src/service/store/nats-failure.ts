/** What stands between a service and NATS, in words for people. */

import type { Failure } from "../../core/outcome.ts";

/** Copies that a cluster keeps of everything. */
export const CLUSTER_COPIES = 3;

/** What went wrong, for people. */
export function natsFailure(error: unknown, place: string): Failure {
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  const where = "--nats";
  if (name === "AuthorizationError" || name === "UserAuthenticationExpiredError")
    return {
      code: "nats-refused",
      message: `NATS at ${place} does not let us in with these credentials`,
      where,
      fix: "write them into the URL as nats://user:password@host:4222, or name a file of credentials with --nats-creds",
    };
  if (name === "PermissionViolationError")
    return {
      code: "nats-not-allowed",
      message: `NATS at ${place} does not allow it: ${message}`,
      where,
      fix: "allow this user to use JetStream ($JS.API.>, $KV.>, $O.>, heptad.> and _INBOX.>)",
    };
  if (name === "JetStreamNotEnabled" || /jetstream not enabled/iu.test(message))
    return {
      code: "nats-without-jetstream",
      message: `NATS at ${place} runs without JetStream, and keeps nothing`,
      where,
      fix: "start it with --jetstream --store_dir FOLDER",
    };
  if (/no suitable peers|insufficient resources|insufficient storage/iu.test(message))
    return {
      code: "nats-too-few-servers",
      message: `NATS at ${place} cannot keep ${CLUSTER_COPIES} copies: ${message}`,
      where,
      fix: "let three servers of the cluster run, with room on their disks",
    };
  if (name === "ConnectionError" || /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|CONNECTION_REFUSED/u.test(message))
    return {
      code: "nats-unreachable",
      message: `no NATS server answers at ${place}`,
      where,
      fix: "start one: nats-server --jetstream --store_dir FOLDER; or name another",
    };
  return {
    code: "nats-no-answer",
    message: `NATS at ${place} gives no answer: ${message}`,
    where,
    fix: "more than half of the cluster's servers have to run",
  };
}
