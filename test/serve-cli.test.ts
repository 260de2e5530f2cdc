/** `heptad serve` as a process: asked over HTTP, killed, and told to change its model. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { heptadHere } from "./heptad-here.ts";
import { propertyRuns } from "./property-runs.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const PROGRAM = join(import.meta.dirname, "..", "bin", "heptad.js");
const FIXTURES = join(import.meta.dirname, "fixtures");

interface Served {
  readonly url: string;
  readonly process: ChildProcess;
  readonly errors: () => string;
}

interface DescribedPath {
  readonly post?: {
    readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
  };
}

let folder = "";
const running: ChildProcess[] = [];
beforeAll(async () => {
  folder = temporaryFolder();
  for (const name of ["tiny-recommendation.md", "small-fraud.md"]) {
    const fixture = readFileSync(join(FIXTURES, name), "utf8");
    writeFileSync(
      join(folder, name),
      fixture.replace("customers: 300, terminals: 400", "customers: 150, terminals: 200"),
    );
    // So that no test waits for a run.
    expect((await heptadHere(folder, ["run", name, "--threads", "1", "--json"])).status).toBe(0);
  }
}, 180_000);
afterEach(() => {
  for (const one of running.splice(0)) one.kill("SIGKILL");
});

function serve(note: string, ...args: string[]): Promise<Served> {
  const child = spawn(process.execPath, [PROGRAM, "serve", note, "--port", "0", "--threads", "1", ...args], {
    cwd: folder,
  });
  running.push(child);
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (text) => {
      out += text;
      const url = /on (http:\S+)/u.exec(out)?.[1];
      if (url !== undefined) resolve({ url, process: child, errors: () => errors });
    });
    child.on("exit", (code) => reject(new Error(`ended with ${code}: ${errors}`)));
  });
}

async function post(url: string, path: string, body: unknown) {
  const answer = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once("exit", resolve));
const get = async (url: string, path: string) => (await fetch(url + path)).json();

/** Payment `i` of a fixed stream, all within an hour. */
function paymentAt(i: number, start: number) {
  const random = createRandom(i, "payments");
  return {
    id: `p${i}`,
    customer: random.below(150),
    terminal: random.below(200),
    amount: random.below(9000) / 100,
    time: start + i,
  };
}

/** Of what a service describes itself with: the examples are answered. */
async function holdExamples(url: string): Promise<void> {
  const { openapi, paths } = await get(url, "/openapi.json");
  expect(openapi).toBe("3.1.0");
  for (const [path, { post: described }] of Object.entries<DescribedPath>(paths)) {
    const example = described?.requestBody?.content["application/json"]?.example;
    if (example === undefined) continue;
    expect((await post(url, path, example)).status, path).toBe(200);
  }
  expect((await get(url, "/ready")).status).toBe("ok");
}

describe("heptad serve", () => {
  it("knows every acknowledged payment after kill -9, decides on as a process that never ended, and answers its own examples", async () => {
    const state = join(temporaryFolder(), "state");
    const twin = await serve("small-fraud.md", "--state", join(temporaryFolder(), "twin"));
    const start = (await get(twin.url, "/model")).clock.now + 10;
    let served = await serve("small-fraud.md", "--state", state);
    const [random, kills] = [createRandom(3, "kills"), propertyRuns(3)];
    let next = 0;
    for (let kill = 0; kill < kills; kill++) {
      const until = next + 20 + random.below(40);
      let acknowledged = next;
      for (; next < until; next++) {
        const payment = paymentAt(next, start);
        const [here, there] = [await post(served.url, "/decide", payment), await post(twin.url, "/decide", payment)];
        expect(here).toMatchObject({ status: 200, body: there.body });
        acknowledged = next;
      }
      // One is under way when the process dies: it may be known or not, and is sent again to both.
      const under = post(served.url, "/decide", paymentAt(next, start)).catch(() => undefined);
      served.process.kill("SIGKILL");
      await under;
      served = await serve("small-fraud.md", "--state", state);
      const again = await post(served.url, "/decide", paymentAt(acknowledged, start));
      expect(again.body.reasons[0]).toBe("duplicate");
      await post(twin.url, "/decide", paymentAt(acknowledged, start));
      for (const { url } of [served, twin]) await post(url, "/decide", paymentAt(next, start));
      next++;
    }
    const [here, there] = [await get(served.url, "/model"), await get(twin.url, "/model")];
    expect(here.holds.payments).toBe(there.holds.payments);
    await holdExamples(twin.url);
  }, 120_000);

  it("keeps its state and its address from another note, whatever is asked of them", async () => {
    const state = join(temporaryFolder(), "state");
    const { url, process: child } = await serve("small-fraud.md", "--state", state);
    expect((await get(url, "/model")).note).toBe("small-fraud");
    const other = "tiny-recommendation.md";
    const watched = await heptadHere(folder, ["monitor", other, "--url", url, "--once"]);
    expect([watched.status, watched.stderr]).toEqual([2, expect.stringContaining("serves the note `small-fraud`")]);
    expect((await heptadHere(folder, ["monitor", "small-fraud.md", "--url", url, "--once"])).status).toBe(0);
    child.kill("SIGTERM");
    expect(await ended(child)).toBe(0);
    for (const command of [["serve"], ["model", "list"], ["model", "add"], ["forget", "--member", "1"]]) {
      const { status, stderr } = await heptadHere(folder, [...command, other, "--state", state]);
      expect([status, stderr]).toEqual([2, expect.stringContaining("of the note `small-fraud`")]);
    }
    expect((await heptadHere(folder, ["model", "list", "small-fraud.md", "--state", state])).status).toBe(0);
  }, 60_000);

  it("answers its own examples, changes its model while it answers, and goes back, without losing a request", async () => {
    const note = "changed.md";
    const text = readFileSync(join(FIXTURES, "tiny-recommendation.md"), "utf8");
    writeFileSync(join(folder, note), text);
    const first = await serve(note);
    const before = (await get(first.url, "/model")).id;
    await holdExamples(first.url);
    first.process.kill("SIGTERM");
    expect(await ended(first.process)).toBe(0);
    writeFileSync(join(folder, note), text.replace("diversity: 0.2", "diversity: 0.6"));
    const served = await serve(note);
    expect(served.errors()).toContain(`${before} serves, as it was promoted`);
    const heptad = async (...args: string[]) => (await heptadHere(folder, ["model", ...args])).stdout;
    const { models } = JSON.parse(await heptad("list", note, "--json"));
    const other = models.find(({ id }: { id: string }) => id !== before).id;
    expect(models).toHaveLength(2);
    const record = JSON.parse((await heptadHere(folder, ["run", note, "--threads", "1", "--json"])).stdout);
    expect(await heptad("list", note)).toContain(`${record.evaluation.metric} of ${record.evaluation.served} 0.`);
    const seen = new Set<string | null>();
    let isDone = false;
    const failed: unknown[] = [];
    const asking = (async () => {
      while (!isDone) {
        const { status, headers, body } = await post(served.url, "/recommend", { member: "1" });
        if (status !== 200) failed.push({ status, body });
        seen.add(headers.get("x-heptad-model"));
      }
    })();
    const until = async (id: string) => {
      while ((await get(served.url, "/model")).id !== id) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    expect(await heptad("promote", note, other)).toContain(`${other} serves`);
    await until(other);
    await heptad("rollback", note);
    await until(before);
    expect((await post(served.url, "/model", { promote: other })).body).toEqual({ id: other });
    // A model that does not load leaves the old one serving.
    const gone = join(folder, ".heptad", "serve", "changed", "models", before);
    expect(existsSync(gone)).toBe(true);
    const stages = JSON.parse(readFileSync(join(gone, "model.json"), "utf8")).stages;
    const aside = join(folder, "aside");
    renameSync(join(gone, stages.interactions), aside);
    expect((await post(served.url, "/model", { rollback: true })).status).toBe(409);
    expect((await get(served.url, "/model")).id).toBe(other);
    // Nor is it promoted from outside, and where it was all the same, whoever looks is told, until it is mended and promoted again.
    const refused = await heptadHere(folder, ["model", "promote", note, before]);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining("gone or not what was written")]);
    const list = join(folder, ".heptad", "serve", "changed", "models", "served.json");
    const kept = JSON.parse(readFileSync(list, "utf8"));
    const promoted = [...kept.promoted, { id: before, at: new Date().toISOString() }];
    writeFileSync(list, JSON.stringify({ ...kept, promoted }));
    while ((await get(served.url, "/model")).asked === null) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await get(served.url, "/model")).toMatchObject({ id: other, asked: { id: before } });
    expect(await heptad("list", note)).toMatch(new RegExp(`serves +${other}`, "u"));
    expect(await heptad("list", note)).toMatch(new RegExp(`promoted +${before}`, "u"));
    const looked = await heptadHere(folder, ["monitor", note, "--once", "--url", served.url]);
    expect(looked.stdout).toContain(`${other} serves`);
    expect(looked.stdout).toContain(`${before} does not load`);
    renameSync(aside, join(gone, stages.interactions));
    expect(await heptad("promote", note, before)).toContain(`${before} serves`);
    expect(await get(served.url, "/model")).toMatchObject({ id: before, asked: null });
    isDone = true;
    await asking;
    expect(failed).toEqual([]);
    expect(seen).toEqual(new Set([before, other]));
    // What a service that was killed leaves behind is none that will take it over.
    const killed = ended(served.process);
    served.process.kill("SIGKILL");
    await killed;
    expect(await heptad("promote", note, other)).toContain("it serves once `heptad serve changed.md` starts");
  }, 120_000);

  it("says where its model is gone or damaged what brings it back, and that does", async () => {
    const note = "lost.md";
    const text = readFileSync(join(FIXTURES, "tiny-recommendation.md"), "utf8");
    writeFileSync(join(folder, note), text);
    const stop = async ({ process: child }: Served) => {
      child.kill("SIGTERM");
      expect(await ended(child)).toBe(0);
    };
    const first = await serve(note);
    const { id } = await get(first.url, "/model");
    const { paths } = await get(first.url, "/openapi.json");
    const told = paths["/events"].post.requestBody.content["application/json"].example;
    expect((await post(first.url, "/events", told)).body).toEqual({ taken: 1, refused: [] });
    await stop(first);
    const kept = join(folder, ".heptad", "serve", "lost", "models", id);
    const damage = () =>
      rmSync(join(kept, JSON.parse(readFileSync(join(kept, "model.json"), "utf8")).stages.interactions), {
        recursive: true,
      });
    // The note builds this very one.
    damage();
    await expect(serve(note)).rejects.toThrow("remove its folder and serve the note again");
    rmSync(kept, { recursive: true });
    await stop(await serve(note));
    // The note builds another one.
    writeFileSync(join(folder, note), text.replace("diversity: 0.2", "diversity: 0.7"));
    damage();
    await expect(serve(note)).rejects.toThrow(
      /gone or not what was written; it was promoted, and the note builds another/u,
    );
    rmSync(kept, { recursive: true });
    const failure = await serve(note, "--anew").then(String, String);
    expect(failure).not.toContain(`${id} serves`);
    expect(failure).toContain(`there is no model \`${id}\`; it was promoted, and the note builds another`);
    const command = /heptad (?<words>model promote lost\.md \w+)/u.exec(failure)?.groups?.words ?? "";
    expect((await heptadHere(folder, command.split(" "))).status).toBe(0);
    const again = await serve(note);
    expect(command).toContain((await get(again.url, "/model")).id);
    // A start that failed cost nothing of what was told, whatever it was asked to remove.
    expect((await post(again.url, "/events", told)).body).toMatchObject({
      taken: 0,
      refused: [{ reason: "duplicate" }],
    });
    await stop(again);
    const anew = await serve(note, "--anew");
    expect((await post(anew.url, "/events", told)).body).toEqual({ taken: 1, refused: [] });
    await stop(anew);
  }, 120_000);

  it("does not bind where others reach it without a token, and says what to do", () => {
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, "serve", "small-fraud.md", "--host", "0.0.0.0"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toContain("--token-file");
  });
});
