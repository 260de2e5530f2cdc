/** Notes drafted from the user's own files: the files stay where they are, and are read in a process of its own. */

import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import type { DraftedNote } from "../../node/draft-from-data.ts";
import { projectPath } from "../../node/project-path.ts";
import { dataBelow } from "./data-below.ts";
import { createNote } from "./note-store.ts";
import { programBeside } from "./program-beside.ts";
import type { RunNews, RunOrder } from "./run-process.ts";
import { placeOf, slugOf } from "./start-note.ts";
import { notePath, type StudioProject } from "./studio-project.ts";

const column = z.string().trim().min(1).max(200).optional();

export const draftSchema = z.strictObject({
  title: z.string().trim().min(1).max(120),
  /** A file or a folder of the project. */
  data: z.string().trim().min(1).max(1000),
  /** Columns, where their names do not show it: what is to be predicted, and who did what with what and when. */
  label: column,
  user: column,
  item: column,
  time: column,
});

export type DraftDesk = ReturnType<typeof openDraftDesk>;

export function openDraftDesk(project: StudioProject) {
  const { root, now } = project;
  let child: ChildProcess | undefined;
  return {
    /** Files of the project that look like data: what a page offers to choose from. */
    files: (): readonly string[] => dataBelow(root),
    /** Writes the note where the review looks and says where, and what it leaves open. A second draft ends the first. */
    async draft({ title, data, ...columns }: z.output<typeof draftSchema>) {
      const path = placeOf(root, slugOf(title));
      const real = notePath(root, path);
      const files = projectPath(root, data);
      if (!existsSync(files))
        throw new FailureError({
          code: "no-file",
          message: "there is no such file in the project",
          where: data,
          fix: "name a file or a folder below the one that the studio was started in",
        });
      if (existsSync(real))
        throw new FailureError({
          code: "file-exists",
          message: "there is a note of this name, and it is left as it is",
          where: path,
          fix: "choose another name",
        });
      child?.kill("SIGKILL");
      const process = fork(programBeside("run-process.js"), [], {
        cwd: root,
        stdio: ["ignore", "ignore", "ignore", "ipc"],
      });
      child = process;
      const drafted = new Promise<DraftedNote>((done, failed) => {
        process.on("message", (news: RunNews) => {
          if (news.news === "drafted") done(news.note);
          if (news.news === "failed")
            failed(new FailureError({ code: "cannot-draft", message: news.message, where: data, fix: news.fix }));
        });
        process.once("close", () => {
          if (child === process) child = undefined;
          failed(new FailureError({ code: "cannot-draft", message: "the files could not be read", where: data }));
        });
      });
      const date = now().toISOString().slice(0, 10);
      const order: RunOrder = { draft: { data: [files], path: real, title, date, ...columns } };
      process.send(order);
      const { text, system, why, questions } = await drafted;
      return { path, version: createNote(project, path, text), system, why, questions };
    },
    close: () => child?.kill("SIGKILL"),
  };
}
