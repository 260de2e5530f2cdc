/** The commands of the section of docs/serve.md on several machines, executed in their order on a tiny world. */

import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freePorts, hasNats, WITHOUT_NATS } from "./nats-servers.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const ROOT = join(import.meta.dirname, "..");

it.skipIf(!hasNats)(`lets two services share what they are told${WITHOUT_NATS}`, async () => {
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
  const [nats, first, second] = await freePorts(3);
  const [, section] = readFileSync(join(ROOT, "docs", "serve.md"), "utf8").split("## More than one machine");
  const blocks = [...section.split("\n## ")[0].matchAll(/```sh\n(.*?)```/gsu)].map(([, text]) => text);
  expect(blocks.join("").match(/^(?:heptad|curl|nats-server|kill) /gmu)?.length).toBeGreaterThanOrEqual(8);
  const text = blocks
    .join("echo ----\n")
    .replaceAll(":4222", `:${nats}`)
    .replace("--store_dir nats &", `--store_dir nats --port ${nats} 2> nats.log &\nsleep 1`)
    .replaceAll(/--port 847([12]) &/gu, (_, which) => {
      const port = which === "1" ? first : second;
      return `--port ${port} &\nuntil curl -sf http://127.0.0.1:${port}/ready; do sleep 0.2; done`;
    })
    .replaceAll(":8471", `:${first}`)
    .replaceAll(":8472", `:${second}`)
    .replaceAll("-8472.csv", `-${second}.csv`);
  const child = spawn("bash", ["-m", "-e", "-c", text], {
    cwd: folder,
    env: { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}:/usr/sbin` },
  });
  let [out, errors] = ["", ""];
  child.stdout.on("data", (one) => {
    out += one;
  });
  child.stderr.on("data", (one) => {
    errors += one;
  });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  expect(errors).not.toMatch(/Error|error[:[]/u);
  expect(code, errors).toBe(0);
  const [, told, models, forgotten] = out.split("----\n");
  expect(told).toContain('{"taken":1,"refused":[]}');
  // Both know the event and answer alike.
  expect(told.match(/"reason":"duplicate"/gu)).toHaveLength(1);
  const lists = told.match(/\{"member":"7".*?\]\}/gu) ?? [];
  expect(lists).toHaveLength(2);
  expect(lists[0]).toBe(lists[1]);
  expect(models).toMatch(/serves +[0-9a-f]{12}/u);
  expect(forgotten).toMatch(/forgot 7: \d+ entr(?:y|ies) of the memory and \d+ rows?/u);
});
