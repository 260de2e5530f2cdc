/** How much of a long list is shown: what fits a window at once, and the rest piece by piece after the page around it was painted. */

import { useEffect, useState } from "react";

const FIRST = 60;
const STEP = 120;
/** Other parts of the page are answered later than the list, and stand before its rest does. */
const REST_AFTER_MS = 150;

export function useGrowing<Row>(rows: readonly Row[]): readonly Row[] {
  const [shown, setShown] = useState(FIRST);
  const isAll = shown >= rows.length;
  useEffect(() => {
    if (isAll) return;
    const timer = setTimeout(() => setShown(shown + STEP), shown === FIRST ? REST_AFTER_MS : 16);
    return () => clearTimeout(timer);
  }, [isAll, shown]);
  return isAll ? rows : rows.slice(0, shown);
}
