import { it } from "vitest";
import { checkFolders, checkImports } from "./import-fuzz.ts";
import { temporaryFolder } from "./temporary-folder.ts";

it("loses no word of 5,000 random notes", () => checkImports(5000), 300_000);

it("imports 1,000 folders of random notes without a failure", () => checkFolders(1000, temporaryFolder()), 300_000);
