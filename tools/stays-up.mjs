// Whether `npm start` stays up serving the studio: at a terminal, where nobody asked for another command; never in a pipe or in CI.

/** @param {{ args: readonly string[], stdin: { isTTY?: boolean }, stdout: { isTTY?: boolean }, env: Readonly<Record<string, string | undefined>> }} started */
export function staysUp({ args, stdin, stdout, env }) {
  const isCi = env.CI !== undefined && env.CI !== "" && env.CI !== "false" && env.CI !== "0";
  return args.length === 0 && stdin.isTTY === true && stdout.isTTY === true && !isCi;
}
