import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { interactionSourceOf, readInteractions } from "../src/kinds/recommendation/interaction-source.ts";
import { type Duckdb, openDuckdb } from "../src/node/duckdb.ts";
import { createInputFiles } from "../src/node/input-files.ts";
import { parseDesign } from "../src/steps/design.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const page = readFileSync(new URL("../docs/design-format.md", import.meta.url), "utf8");
const EXAMPLE =
  /```csv\n(?<rows>[^`]*)```\s+```yaml\n(?<facts>[^`]*)```\s+Read as (?<events>\d+) events of (?<members>\d+) members on (?<titles>\d+) titles\./gu;
const examples = [...page.matchAll(EXAMPLE)].map(({ groups }) => groups ?? {});

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

describe("the mappings of docs/design-format.md", () => {
  it("are all found by this test", () => {
    expect(examples.length).toBe(page.split("```csv").length - 1);
    expect(examples.length).toBeGreaterThan(4);
  });

  it.each(examples)("read their files as the page says: $facts", async ({ rows, facts, events, members, titles }) => {
    const path = join(temporaryFolder(), "events.csv");
    writeFileSync(path, rows);
    const note = `---\nheptad: 1\ntitle: T\nsystem: recommendation\n---\n# T\n\n## 3. Data engineering and feature pipeline\n\n\`\`\`yaml\n${facts}\`\`\`\n`;
    const { design, findings } = parseDesign(note, "note.md");
    expect(findings).toEqual([]);
    const source = interactionSourceOf(design?.data ?? {}, () => path);
    const read = await readInteractions({ sql, files: createInputFiles() }, source, createRandom(1));
    expect([read.events.count, read.members.count, read.titles.count].map(String)).toEqual([events, members, titles]);
  });
});
