/** The addresses under /api: what each takes, checked, and which desk answers it. */

import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import { pairedWords } from "../../report/paired-words.ts";
import { changedFacts, movedMostFirst, nameOf, writtenBoth } from "../../report/side-by-side.ts";
import { CONSEQUENCES } from "../../review/consequence.ts";
import { textCannotRun } from "./cannot-run.ts";
import { type DraftDesk, draftSchema } from "./draft-desk.ts";
import type { Events } from "./events.ts";
import type { InterviewDesk } from "./interview-desk.ts";
import { beginSchema, lineSchema, overruleSchema, sessionSchema, tabSchema } from "./interview-desk.ts";
import type { LibraryDesk } from "./library-desk.ts";
import type { openDesignList } from "./list-designs.ts";
import { createNote, readNote, saveNote, whereMoved } from "./note-store.ts";
import { answerSchema, type PracticeDesk, startSchema } from "./practice-desk.ts";
import { reviewSettings } from "./review-settings.ts";
import type { RunDesk } from "./run-desk.ts";
import { handSchema, MOST_PHOTO, type ServeDesk, serveSchema, uploadSchema } from "./serve-desk.ts";
import { comparedSchema, type SheetDesk, saveSheetSchema, sheetNameSchema } from "./sheet-desk.ts";
import { newNote, newNoteSchema } from "./start-note.ts";
import type { StudioProject } from "./studio-project.ts";

export interface Desks {
  readonly project: StudioProject;
  readonly designs: ReturnType<typeof openDesignList>;
  readonly drafts: DraftDesk;
  readonly runs: RunDesk;
  readonly serving: ServeDesk;
  readonly practice: PracticeDesk;
  readonly interviews: InterviewDesk;
  readonly sheets: SheetDesk;
  readonly library: LibraryDesk;
  readonly events: Events;
}

const path = z.string().min(1).max(1000);
const question = z.string().max(120);
const text = z.string().max(2 ** 20);
const pathQuery = z.object({ path });
const day = z.iso.date();

export function addRoutes(app: FastifyInstance, desks: Desks): void {
  const { project, designs, drafts, runs, serving, practice, interviews, sheets, library, events } = desks;

  app.get("/api/designs", () => ({ ...designs.list(), consequences: CONSEQUENCES, run: runs.current ?? null }));
  app.get("/api/note", ({ query }) => {
    const read = readNote(project, pathQuery.parse(query).path);
    return { ...read, cannotRun: textCannotRun(read.text, read.path) };
  });
  app.put("/api/note", ({ body }) => {
    const asked = z.strictObject({ path, text, seen: z.string().max(64) }).parse(body);
    const saved = saveNote(project, asked.path, asked.text, asked.seen);
    return saved.saved ? { ...saved, cannotRun: textCannotRun(asked.text, asked.path) } : saved;
  });
  app.get("/api/note/moved", ({ query }) => ({
    path: whereMoved(project, z.object({ seen: z.string().max(64) }).parse(query).seen) ?? null,
  }));
  app.post("/api/note", ({ body }) => {
    const asked = newNoteSchema.parse(body);
    return newNote(project, asked, (where, written) => createNote(project, where, written));
  });
  app.get("/api/data", () => ({ files: drafts.files() }));
  app.post("/api/note/draft", ({ body }) => drafts.draft(draftSchema.parse(body)));
  app.get("/api/settings", ({ query }) => reviewSettings(project.root, pathQuery.parse(query).path));
  app.get("/api/events", (request, reply) => events.open(request, reply));

  app.get("/api/run", () => ({ run: runs.current ?? null }));
  app.post("/api/run", ({ body }) => {
    runs.start(z.strictObject({ path }).parse(body).path);
    return { run: runs.current ?? null };
  });
  app.get("/api/run/plan", ({ query }) => runs.plan(pathQuery.parse(query).path));
  app.post("/api/run/stop", () => {
    runs.stop();
    return { run: runs.current ?? null };
  });
  app.get("/api/runs", ({ query }) => ({ runs: runs.list(pathQuery.parse(query).path) }));
  app.get("/api/compare", async ({ query }) => {
    const asked = z.object({ path, before: z.string(), after: z.string() }).parse(query);
    const { before, after, differences, why, unlike } = await runs.compare(asked.path, asked.before, asked.after);
    const words = differences.map((one) => ({
      name: one.name,
      subject: one.subject,
      slice: one.slice,
      ...pairedWords(one),
    }));
    const figures = movedMostFirst(before, after).map((pair) => {
      const [was, is] = writtenBoth(pair);
      return { name: nameOf(pair), before: was, after: is };
    });
    const metric = after.evaluation?.metric;
    const facts = changedFacts(before, after);
    return { before: before.summary, after: after.summary, differences: words, why, unlike, metric, facts, figures };
  });

  app.get("/api/serve", ({ query }) => ({
    serving: serving.current ?? null,
    about: serving.about(pathQuery.parse(query).path),
  }));
  app.post("/api/serve", ({ body }) => {
    serving.start(serveSchema.parse(body));
    return { serving: serving.current ?? null };
  });
  app.post("/api/serve/stop", () => {
    serving.stop();
    return { serving: serving.current ?? null };
  });
  app.post("/api/serve/ask", ({ body }) => serving.ask(handSchema.parse(body)));
  app.addContentTypeParser(/^image\/[a-z]+$/u, { parseAs: "buffer" }, (_, body, done) => done(null, body));
  app.post("/api/serve/upload", { bodyLimit: MOST_PHOTO }, ({ body, query, headers }) => {
    if (!(body instanceof Buffer))
      throw new FailureError({
        code: "no-photo",
        message: "a photo is sent as its bytes",
        fix: "choose a picture file",
      });
    return serving.send(uploadSchema.parse(query), body, headers["content-type"] ?? "");
  });
  app.get("/api/serve/example", async ({ query }, reply) => {
    const { type, bytes } = await serving.example(uploadSchema.parse(query).endpoint);
    return reply.type(type).send(bytes);
  });
  app.get("/api/serve/seen", () => serving.seen());
  app.post("/api/serve/experiment/stop", async () => {
    await serving.stopExperiment();
    return serving.seen();
  });

  app.get("/api/practice", () => practice.show());
  app.get("/api/practice/today", () => practice.today());
  app.post("/api/practice/start", ({ body }) => practice.start(startSchema.parse(body)));
  app.post("/api/practice/stop", () => practice.stop());
  app.post("/api/practice/hint", ({ body }) => practice.hint(z.strictObject({ question }).parse(body).question));
  app.post("/api/practice/read", ({ body }) => {
    const asked = z.strictObject({ question, typed: z.string().max(2000) }).parse(body);
    return practice.read(asked.question, asked.typed);
  });
  app.post("/api/practice/answer", ({ body }) => practice.answer(answerSchema.parse(body)));
  app.get("/api/progress", () => practice.progress());
  app.get("/api/plan", () => practice.plan(undefined, 5, 5));
  app.post("/api/plan", ({ body }) => {
    const asked = z
      .strictObject({ until: day, hoursPerWeek: z.number().positive().max(100), target: z.number().min(1).max(6) })
      .parse(body);
    return practice.plan(asked.until, asked.hoursPerWeek, asked.target);
  });

  app.get("/api/interviews", () => ({ problems: interviews.problems(), interviews: interviews.list() }));
  app.post("/api/interviews", ({ body }) => interviews.begin(beginSchema.parse(body)));
  app.post("/api/interviews/line", ({ body }) => interviews.say(lineSchema.parse(body)));
  app.get("/api/interviews/one", ({ query }) => interviews.show(sessionSchema.parse(query).session));
  app.post("/api/interviews/pause", ({ body }) => interviews.pause(sessionSchema.parse(body).session));
  app.post("/api/interviews/resume", ({ body }) => interviews.resume(sessionSchema.parse(body).session));
  app.post("/api/interviews/tick", ({ body }) => interviews.tick(tabSchema.parse(body)));
  app.post("/api/interviews/leave", ({ body }) => interviews.leave(tabSchema.parse(body)));
  app.get("/api/interviews/score", ({ query }) => interviews.score(sessionSchema.parse(query).session));
  app.post("/api/interviews/overrule", ({ body }) => interviews.overrule(overruleSchema.parse(body)));
  app.post("/api/interviews/note", ({ body }) =>
    interviews.note(sessionSchema.parse(body).session, (where, written) => createNote(project, where, written)),
  );
  const problem = z.object({ problem: z.string().max(120) });
  app.get("/api/interviewer", ({ query }) => sheets.problem(problem.parse(query).problem));
  app.post("/api/sheets", ({ body }) => sheets.begin(problem.parse(body).problem));
  app.get("/api/sheets/one", ({ query }) => sheets.show(sheetNameSchema.parse(query).name));
  app.put("/api/sheets", ({ body }) => sheets.save(saveSheetSchema.parse(body)));
  app.get("/api/sheets/compare", ({ query }) => sheets.compare(comparedSchema.parse(query)));

  app.get("/api/library", ({ query }) => {
    const asked = z.object({ q: z.string().max(200).default(""), kind: z.string().max(40).optional() }).parse(query);
    return library.search(asked.q, asked.kind);
  });
  app.get("/api/library/page", ({ query }) => {
    const asked = z.object({ kind: z.string().max(40), name: z.string().max(200) }).parse(query);
    return library.page(asked.kind, asked.name);
  });
}
