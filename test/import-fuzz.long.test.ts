import { it } from "vitest";
import { checkImports } from "./import-fuzz.ts";

it("loses no word of 5,000 random notes", () => checkImports(5000), 300_000);
