/** The four states as shapes; the word always stands beside. */

export type State = "ok" | "open" | "bad" | "none";

export function Mark({ state }: { readonly state: State }) {
  return (
    <svg className={`mark m-${state}`} viewBox="0 0 12 12" aria-hidden="true">
      {state === "ok" && <circle cx="6" cy="6" r="5" />}
      {state === "open" && (
        <>
          <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M6 1.4a4.6 4.6 0 0 0 0 9.2z" fill="currentColor" />
        </>
      )}
      {state === "bad" && (
        <path d="M1.8 1.8l8.4 8.4M10.2 1.8l-8.4 8.4" stroke="currentColor" strokeWidth="2.4" fill="none" />
      )}
      {state === "none" && (
        <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2 1.9" />
      )}
    </svg>
  );
}

/** Of a finding. */
export function stateOf(severity: string): State {
  return severity === "error" ? "bad" : severity === "warning" ? "open" : "none";
}
