/** Whether training and serving have one value: to the last bit, missing beside missing, and -0 is 0, which no model tells from it. */

export function isSameValue(one: number, other: number): boolean {
  return one === other || (Number.isNaN(one) && Number.isNaN(other));
}
