import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { openEndOf } from "./open-end.ts";

it("tells a last line without an end, which may have been cut, from one that is whole", () => {
  const path = join(temporaryFolder(), "rows.csv");
  const of = (text: string) => {
    writeFileSync(path, text);
    return openEndOf(path);
  };
  expect(of("unit,value\na,10\nb,13")).toEqual({ file: "rows.csv", line: "b,13" });
  expect(of("unit,value\na,10\nb,13\n")).toBeUndefined();
  expect(of("unit,value\r\na,10\r\n")).toBeUndefined();
  expect(of("")).toBeUndefined();
  expect(of(`${"x".repeat(10_000)}`)?.line).toHaveLength(80);
});
