import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openModelRegistry } from "../src/service/model-registry.ts";
import { openProcessBeside } from "../src/service/process-beside.ts";
import { serviceFolder } from "../src/service/service-folder.ts";
import { projectThatRan } from "./killed-service.ts";

const NOTE = "tiny-recommendation.md";

it("replays the test window of a kept model in a process of its own, and says why it could not", async () => {
  const project = projectThatRan(NOTE);
  const program = join(import.meta.dirname, "..", "bin", "heptad.js");
  const added = spawnSync(process.execPath, [program, "model", "add", NOTE], { cwd: project, encoding: "utf8" });
  expect(added.stderr).toBe("");
  const path = join(project, NOTE);
  const [kept] = openModelRegistry(serviceFolder(path, undefined).models).list();
  let model = kept.id;
  const beside = openProcessBeside({
    path,
    state: undefined,
    nats: undefined,
    replica: "test-aside",
    model: () => model,
  });
  const count = await beside.skew();
  expect(count?.compared).toBeGreaterThan(100);
  expect(count?.differing).toBe(0);
  model = "no such model";
  await expect(beside.skew()).rejects.toThrow("no such model");
  beside.close();
}, 120_000);
