/** A write that is not answered soon is said to be late: what was typed is not with the server until it answers. */

const LATE_MS = 2000;
const NOT_YET = "not saved yet";

export async function sayWhenLate<T>(write: Promise<T>, say: (late: string) => void): Promise<T> {
  const timer = setTimeout(() => say(NOT_YET), LATE_MS);
  try {
    return await write;
  } finally {
    clearTimeout(timer);
  }
}

/** What stands there while one types on: nothing, unless a write is late. */
export function saidWhileTyping(said: string): string {
  return said === NOT_YET ? said : "";
}
