/** Whether what was said to a question answers it: who says that they do not know was asked, and gets no credit. */

const UNKNOWN =
  /^(?:(?:sorry|hm+|well)[,.]?\s+)?(?:-|−|\?|pass|skip|dunno|idk|no idea|(?:i\s+)?(?:do\s+not|don['’]?t)\s+know(?:\s+(?:that|this|it|yet))?|(?:i\s*(?:am|['’]m)\s+)?not\s+sure|i\s+(?:can\s*not|can['’]?t)\s+(?:say|answer|tell)(?:\s+(?:that|this|it))?)[\s.!?]*$/iu;

export function isAnswer(said: string): boolean {
  const words = said.trim();
  return words !== "" && !UNKNOWN.test(words);
}
