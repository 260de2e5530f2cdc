/** Which addresses are pages: each is the same file, and says itself what it shows. */

/** The one under which it is kept. */
export const SHELL = "/";

export const PAGES: readonly string[] = [
  "/",
  "/design",
  "/new",
  "/practice",
  "/progress",
  "/plan",
  "/interview",
  "/library",
  "/keys",
];

export function isPage(path: string): boolean {
  return PAGES.includes(path);
}
