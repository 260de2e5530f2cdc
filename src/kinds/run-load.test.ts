import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { openDuckdb } from "../node/duckdb.ts";
import { createInputFiles } from "../node/input-files.ts";
import { loadOf, scoredLoad } from "./run-load.ts";

it("is what the rows take, what is held besides, and what the smallest run takes; of an estimate half the rows are sure", async () => {
  const path = join(temporaryFolder(), "rows.csv");
  writeFileSync(path, `a,b\n${"1,2\n".repeat(1000)}`);
  const sql = await openDuckdb({ threads: 1 });
  const look = (besides?: { readonly bytes: number; readonly seconds: number }) =>
    loadOf(
      { sql, files: createInputFiles() },
      { path, layout: { kind: "text" } },
      {
        least: 10,
        bytes: 100,
        microseconds: 2000,
        shorten: "read less",
        ...(besides === undefined ? {} : { besides }),
      },
    );
  const leaner = await loadOf(
    { sql, files: createInputFiles() },
    { path, layout: { kind: "text" } },
    { least: 10, bytes: 100, microseconds: 1, shorten: "read less", leaner: "judge fewer" },
  );
  expect(leaner.fix).toBe("judge fewer; or read less; or use a machine with more memory");
  // Judging fewer holds no fewer rows.
  expect(leaner.need.fix).toBe("read less; or use a machine with more memory");
  const [plain, wide] = [await look(), await look({ bytes: 7e6, seconds: 50 })];
  sql.close();
  const { rows, isCounted } = plain.source;
  expect(plain.bytes).toBeCloseTo(250e6 + 100 * rows, 3);
  expect(plain.bytesEach).toBe(100);
  expect(plain.fix).toBe(plain.need.fix);
  expect(plain.need.fix).toBe("read less; or use a machine with more memory");
  expect(plain.seconds).toBeCloseTo(1.6 + 0.002 * rows, 9);
  expect(plain.need.bytes).toBeCloseTo(10 * (isCounted ? rows : rows / 2), 9);
  expect(wide.bytes - plain.bytes).toBe(7e6);
  expect(wide.seconds - plain.seconds).toBeCloseTo(50, 9);
});

it("cases that do not fit are made fewer by fewer files: leaving negatives out of training holds as many", () => {
  expect(scoredLoad(4, 2).shorten).toMatch(
    /^name fewer files .* `imbalance` leaves out of training is held all the same$/u,
  );
  expect(scoredLoad(4, 2).leaner).toBeUndefined();
});
