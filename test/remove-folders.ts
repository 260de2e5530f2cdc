/** Before each test file: what it makes by `temporaryFolder` goes with its last test, also where files share their modules. */

import { afterAll } from "vitest";
import { removeTemporaryFolders } from "./temporary-folder.ts";

afterAll(removeTemporaryFolders);
