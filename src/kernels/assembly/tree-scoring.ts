/** Scores rows with boosted trees: eight walks side by side, of eight rows down one tree or of one row down eight trees. */

/**
 * A node is 16 bytes: threshold (f64), byte offset of the value it looks at (u32), address of its first child (u32). The second child follows
 * the first; the walk goes to the first when the value is at most the threshold. A leaf's threshold is NaN and its first child the node
 * before it, so that a walk which has arrived stays. Its value lies in `values`, one f64 per node.
 *
 * A row is `width` numbers, then their negatives, then one number per categorical split: 0 where the row's category goes left, else 1.
 */

/** Scores `count` rows, a multiple of 8; `expanded` has room for `block` rows, also a multiple of 8. Scores go to `out`. */
export function scoreRows(
  rows: usize, width: i32, sets: usize, setCount: i32, expanded: usize, block: i32, count: i32,
  nodes: usize, values: usize, trees: usize, treeCount: i32, base: f64, out: usize,
): void {
  const stride = <usize>(2 * width + setCount) << 3;
  for (let from = 0; from < count; from += block) {
    const some = min(block, count - from);
    const scores = out + (<usize>from << 3);
    for (let i: usize = 0; i < <usize>some; i++) {
      expand(rows + <usize>(from + <i32>i) * (<usize>width << 3), width, sets, setCount, expanded + i * stride);
      store<f64>(scores + (i << 3), base);
    }
    for (let tree: usize = 0; tree < <usize>treeCount; tree++) {
      const root = <usize>load<u32>(trees + (tree << 3));
      const depth = load<i32>(trees + (tree << 3), 4);
      for (let i: usize = 0; i < <usize>some; i += 8) {
        walkRows(expanded + i * stride, stride, root, depth, nodes, values, scores + (i << 3));
      }
    }
  }
}

/** Scores the row at `rows`. There are 8 x k trees. */
export function scoreRow(
  rows: usize, width: i32, sets: usize, setCount: i32, expanded: usize,
  nodes: usize, values: usize, trees: usize, treeCount: i32, base: f64,
): f64 {
  expand(rows, width, sets, setCount, expanded);
  let score = base;
  const end = trees + (<usize>treeCount << 3);
  for (let at = trees; at < end; at += 64) {
    let a = <usize>load<u32>(at);
    let b = <usize>load<u32>(at, 8);
    let c = <usize>load<u32>(at, 16);
    let d = <usize>load<u32>(at, 24);
    let e = <usize>load<u32>(at, 32);
    let f = <usize>load<u32>(at, 40);
    let g = <usize>load<u32>(at, 48);
    let h = <usize>load<u32>(at, 56);
    let depth = max(max(max(load<i32>(at, 4), load<i32>(at, 12)), max(load<i32>(at, 20), load<i32>(at, 28))),
      max(max(load<i32>(at, 36), load<i32>(at, 44)), max(load<i32>(at, 52), load<i32>(at, 60))));
    for (; depth > 0; depth--) {
      a = childOf(a, expanded);
      b = childOf(b, expanded);
      c = childOf(c, expanded);
      d = childOf(d, expanded);
      e = childOf(e, expanded);
      f = childOf(f, expanded);
      g = childOf(g, expanded);
      h = childOf(h, expanded);
    }
    score += valueOf(a, nodes, values);
    score += valueOf(b, nodes, values);
    score += valueOf(c, nodes, values);
    score += valueOf(d, nodes, values);
    score += valueOf(e, nodes, values);
    score += valueOf(f, nodes, values);
    score += valueOf(g, nodes, values);
    score += valueOf(h, nodes, values);
  }
  return score;
}

/** Eight rows down one tree. */
function walkRows(row: usize, stride: usize, root: usize, depth: i32, nodes: usize, values: usize, scores: usize): void {
  const rowB = row + stride;
  const rowC = rowB + stride;
  const rowD = rowC + stride;
  const rowE = rowD + stride;
  const rowF = rowE + stride;
  const rowG = rowF + stride;
  const rowH = rowG + stride;
  let a = root;
  let b = root;
  let c = root;
  let d = root;
  let e = root;
  let f = root;
  let g = root;
  let h = root;
  for (; depth > 0; depth--) {
    a = childOf(a, row);
    b = childOf(b, rowB);
    c = childOf(c, rowC);
    d = childOf(d, rowD);
    e = childOf(e, rowE);
    f = childOf(f, rowF);
    g = childOf(g, rowG);
    h = childOf(h, rowH);
  }
  addScore(scores, valueOf(a, nodes, values));
  addScore(scores + 8, valueOf(b, nodes, values));
  addScore(scores + 16, valueOf(c, nodes, values));
  addScore(scores + 24, valueOf(d, nodes, values));
  addScore(scores + 32, valueOf(e, nodes, values));
  addScore(scores + 40, valueOf(f, nodes, values));
  addScore(scores + 48, valueOf(g, nodes, values));
  addScore(scores + 56, valueOf(h, nodes, values));
}

@inline
function childOf(node: usize, row: usize): usize {
  const atMost = load<f64>(row + <usize>load<u32>(node, 8)) <= load<f64>(node);
  return <usize>load<u32>(node, 12) + (<usize>!atMost << 4);
}

@inline
function valueOf(node: usize, nodes: usize, values: usize): f64 {
  return load<f64>(values + ((node - nodes) >> 1));
}

@inline
function addScore(score: usize, value: f64): void {
  store<f64>(score, load<f64>(score) + value);
}

/** A categorical split is (feature, codes, address of a byte per code: 0 left, 1 right); a code beyond them, or none, goes right. */
function expand(row: usize, width: i32, sets: usize, setCount: i32, to: usize): void {
  const bytes = <usize>width << 3;
  for (let at: usize = 0; at < bytes; at += 8) {
    const value = load<f64>(row + at);
    store<f64>(to + at, value);
    store<f64>(to + bytes + at, -value);
  }
  for (let set = 0; set < setCount; set++) {
    const description = sets + <usize>set * 12;
    const code = load<f64>(row + (<usize>load<u32>(description) << 3));
    let right: f64 = 1;
    if (code >= 0 && code < <f64>load<i32>(description, 4)) right = <f64>load<u8>(<usize>load<u32>(description, 8) + <usize>code);
    store<f64>(to + 2 * bytes + (<usize>set << 3), right);
  }
}
