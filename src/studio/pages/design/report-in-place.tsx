/** The report of a run in the page, as long as it is: it has no script, and its style is its own. */

import { useEffect, useState } from "react";
import { followTheme } from "../../parts/theme.ts";
import { addressOf, hrefOf } from "../../router.tsx";

export interface ReportInPlaceProps {
  readonly path: string;
  readonly run: string;
  readonly close?: () => void;
}

export function ReportInPlace({ path, run, close }: ReportInPlaceProps) {
  const address = hrefOf(addressOf("/report", { path, run }));
  const [height, setHeight] = useState<number>();
  /** Undefined where the page may not look into its frame, such as from a file. */
  const [inner, setInner] = useState<Document>();
  useEffect(() => inner && followTheme(inner), [inner]);
  return (
    <section className="in-place" aria-label="The report">
      <p className="acts">
        <b>Report of run {run}</b>
        <a className="btn quiet" href={address} target="_blank" rel="noopener">
          On a page of its own
        </a>
        {close !== undefined && (
          <button className="btn quiet" type="button" onClick={close}>
            Close
          </button>
        )}
      </p>
      {/* Without an origin of its own it would live in another process, and a click beside it, just after it has moved the page, would
          be taken for one on it. No script runs in it either way. */}
      <iframe
        key={run}
        title={`Report of run ${run}`}
        src={address}
        sandbox="allow-same-origin allow-popups"
        height={height}
        onLoad={({ currentTarget: { contentDocument } }) => {
          setInner(contentDocument ?? undefined);
          setHeight(heightOf(contentDocument));
        }}
      />
    </section>
  );
}

function heightOf(report: Document | null): number | undefined {
  const inner = report?.documentElement.scrollHeight ?? 0;
  return inner > 0 ? inner + 2 : undefined;
}
