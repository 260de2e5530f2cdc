/** Saves the system, as it is drawn from the facts, as a file of the browser's own. */

import { askWorker } from "../../worker/ask-worker.ts";

export interface DrawingOrder {
  readonly text: string;
  /** Sliders that were moved, by how much. */
  readonly moved: readonly (readonly [key: string, factor: number])[];
  readonly form: "svg" | "mermaid";
}

export async function saveDrawing({ text, moved, form }: DrawingOrder): Promise<void> {
  const file = await askWorker("drawing", { text, moved, form });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file], { type: form === "svg" ? "image/svg+xml" : "text/plain" }));
  link.download = form === "svg" ? "system.svg" : "system.mmd";
  link.click();
  URL.revokeObjectURL(link.href);
}
