/** The commands of docs/serve.md, executed in their order as a newcomer would, on a tiny world. */

import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

const ROOT = join(import.meta.dirname, "..");

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

it("takes a newcomer from a run to a request, an event, an experiment and a way back", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "designs"));
  mkdirSync(join(folder, "bin"));
  copyFileSync(
    join(ROOT, "test", "fixtures", "tiny-recommendation.md"),
    join(folder, "designs", "movie-recommendations.md"),
  );
  writeFileSync(join(folder, "heptad.yaml"), "");
  const program = join(folder, "bin", "heptad");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, "bin", "heptad.js")}" "$@"\n`);
  chmodSync(program, 0o755);
  const port = await freePort();
  const [page] = readFileSync(join(ROOT, "docs", "serve.md"), "utf8").split("## More than one machine");
  const blocks = [...page.matchAll(/```sh\n(.*?)```/gsu)].map(([, text]) => text);
  const commands = blocks.join("").match(/^(?:heptad|curl|for|sed|kill) /gmu) ?? [];
  expect(commands.length).toBeGreaterThanOrEqual(10);
  const text = blocks
    .join("echo ----\n")
    .replaceAll(":8470", `:${port}`)
    .replace(
      "--experiment 100% &",
      `--experiment 100% --port ${port} &\nuntil curl -sf http://127.0.0.1:${port}/ready; do sleep 0.2; done`,
    )
    .replaceAll("--once", `--once --every 1 --url http://127.0.0.1:${port}`);
  const child = spawn("bash", ["-m", "-e", "-c", text], {
    cwd: folder,
    env: { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}` },
  });
  let [out, errors] = ["", ""];
  child.stdout.on("data", (one) => {
    out += one;
  });
  child.stderr.on("data", (one) => {
    errors += one;
  });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  expect(errors).not.toMatch(/Error|error:/u);
  expect(code, errors).toBe(0);
  const [, asked, told, looked, changed, written, forgotten] = out.split("----\n");
  expect(asked.match(/"titles":\[\{/gu)).toHaveLength(40);
  expect(told.match(/\{"taken":1,"refused":\[\]\}/gu)).toHaveLength(40);
  expect(looked).toMatch(/shown control +\d+ units/u);
  expect(looked).toContain("treated");
  expect(changed.match(/[0-9a-f]{12} serves/gu)).toHaveLength(2);
  expect(written).toContain("rules, their tests and a dashboard");
  expect(forgotten).toMatch(/forgot 7: \d+ entr(?:y|ies) of the memory and [123] rows?/u);
  const state = join(folder, ".heptad", "serve", "movie-recommendations");
  expect(readFileSync(join(state, "exposures.csv"), "utf8")).not.toMatch(/^7,/mu);
  for (const name of readdirSync(join(state, "events")))
    expect(readFileSync(join(state, "events", name), "latin1"), name).not.toContain('"member":"7"');
  expect(existsSync(join(folder, "ops", "heptad.rules.yml"))).toBe(true);
}, 180_000);
