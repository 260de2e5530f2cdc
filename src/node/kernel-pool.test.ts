import { afterAll, describe, expect, it } from "vitest";
import { exactScanKernel } from "../kernels/generated/exact-scan.wasm.gen.ts";
import { createLayout } from "../kernels/layout.ts";
import { openWorkspace } from "../kernels/workspace.ts";
import { createKernelPool } from "./kernel-pool.ts";

const pool = createKernelPool(2);
afterAll(() => pool.close());

/** Fifty scans of one row each, every one into a list of its own. */
function prepare() {
  const layout = createLayout();
  const places = {
    base: layout.float32(200),
    query: layout.float32(4),
    scores: layout.float32(50),
    rows: layout.int32(50),
  };
  const workspace = openWorkspace(exactScanKernel, layout, pool);
  workspace.float32(places.base).forEach((_, at, base) => {
    base[at] = at;
  });
  workspace.float32(places.query)[0] = 1;
  const task = (row: number) => [row * 4 + places.scores.at, row * 4 + places.rows.at];
  const tasks = Array.from({ length: 50 }, (_, row) => [
    places.base.at,
    16,
    row,
    row + 1,
    places.query.at,
    1,
    1,
    ...task(row),
  ]);
  return { workspace, places, tasks };
}

describe("the pool of kernel threads", () => {
  it("runs every task once over memory that all threads share", async () => {
    const { workspace, places, tasks } = prepare();
    expect(workspace.threads).toBe(2);
    await workspace.run("scan", tasks);
    await workspace.run("scan", tasks);
    expect([...workspace.float32(places.scores)]).toEqual(tasks.map((_, row) => row * 4));
    expect([...workspace.int32(places.rows)]).toEqual(tasks.map((_, row) => row));
    workspace.close();
  });

  it("keeps runs asked for at once in order", async () => {
    const { workspace, places, tasks } = prepare();
    await Promise.all(Array.from({ length: 20 }, () => workspace.run("scan", tasks)));
    expect([...workspace.float32(places.scores)]).toEqual(tasks.map((_, row) => row * 4));
    workspace.close();
  });

  it("keeps two jobs at once apart: each is done when its own tasks are", async () => {
    const [quick, slow] = [prepare(), prepare()];
    const many = Array.from({ length: 4000 }, () => slow.tasks).flat();
    const waiting = slow.workspace.run("scan", many);
    await quick.workspace.run("scan", quick.tasks);
    expect([...quick.workspace.float32(quick.places.scores)]).toEqual(quick.tasks.map((_, row) => row * 4));
    await waiting;
    const last = slow.workspace.run("scan", [[4e9, ...slow.tasks[0].slice(1)]]);
    const fine = quick.workspace.run("scan", quick.tasks);
    await expect(last).rejects.toThrow("out of bounds");
    await expect(fine).resolves.toBeUndefined();
    for (const { workspace } of [quick, slow]) workspace.close();
  });

  it("rejects when a kernel traps, and works on afterwards", async () => {
    const { workspace, places, tasks } = prepare();
    const outside = [4e9, ...tasks[0].slice(1)];
    await expect(workspace.run("scan", [outside])).rejects.toThrow(/kernel scan: .*out of bounds/u);
    await workspace.run("scan", tasks);
    expect(workspace.float32(places.scores)[49]).toBe(196);
    workspace.close();
  });

  it("says so when a memory was left", async () => {
    const { workspace, tasks } = prepare();
    workspace.close();
    await expect(workspace.run("scan", tasks)).rejects.toThrow("was left before scan was called");
  });

  it("does not hold on to the memory of jobs that were left", async () => {
    const before = process.memoryUsage().rss;
    for (let job = 0; job < 12; job++) {
      const layout = createLayout();
      const large = layout.float32(30_000_000);
      const workspace = openWorkspace(exactScanKernel, layout, pool);
      workspace.float32(large).fill(1);
      const empty = [large.at, 16, 0, 0, large.at, 0, 1, large.at, large.at];
      await workspace.run("scan", [empty]);
      workspace.close();
    }
    // Twelve jobs of 120 MB each would be 1.4 GB.
    expect(process.memoryUsage().rss - before).toBeLessThan(800e6);
  });
});
