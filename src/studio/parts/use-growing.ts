/** How much of a long list is shown: what fits a window at once, and the rest piece by piece after it was painted. */

import { useEffect, useState } from "react";

const FIRST = 60;
const STEP = 120;

export function useGrowing<Row>(rows: readonly Row[]): readonly Row[] {
  const [shown, setShown] = useState(FIRST);
  const isAll = shown >= rows.length;
  useEffect(() => {
    if (isAll) return;
    const timer = setTimeout(() => setShown(shown + STEP), 16);
    return () => clearTimeout(timer);
  }, [isAll, shown]);
  return isAll ? rows : rows.slice(0, shown);
}
