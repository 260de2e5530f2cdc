/** The page's side of the worker: one of it, made when it is first needed, asked by promises. */

import type { Answers, Kind, Orders, Reply } from "./messages.ts";

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

let worker: Worker | undefined;
let last = 0;
const waiting = new Map<number, Waiting>();

/** Answers come in the order of the questions. */
export function askWorker<K extends Kind>(kind: K, order: Orders[K]): Promise<Answers[K]> {
  worker ??= open();
  last++;
  const id = last;
  const current = worker;
  return new Promise<Answers[K]>((resolve, reject) => {
    // The worker answers each kind with its own answer: the types say it, and nothing can check it here.
    waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
    current.postMessage({ id, kind, order });
  });
}

function open(): Worker {
  const made = new Worker(new URL("./review-worker.ts", import.meta.url), { type: "module", name: "review" });
  made.onmessage = ({ data }: MessageEvent<Reply>) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.wrong === undefined) one?.resolve(data.answer);
    else one?.reject(new Error(data.wrong));
  };
  return made;
}
