/**
 * Aho–Corasick over UTF-16 units, packed into typed arrays: 20 bytes a node, so that the lists of
 * many merchants fit beside each other. Nodes are numbered breadth first, hence the children of a
 * node are neighbours in `unit`, ordered, and found by bisection.
 */
export interface Automaton {
  /** Calls back for each pattern that ends at `end`, longest first, by rising `end`. */
  search(text: string, found: (pattern: number, end: number) => void): void
}

const ROOT = 0

/** @param patterns not empty each; the index is what `search` reports. Equal patterns are all reported. */
export function buildAutomaton(patterns: readonly string[]): Automaton {
  const order = Uint32Array.from(patterns.keys())
  order.sort((a, b) => compare(patterns[a] as string, patterns[b] as string))
  const sorted = Array.from(order, (index) => patterns[index] as string)

  const size = 1 + sorted.reduce((sum, pattern) => sum + pattern.length, 0)
  const unit = new Uint16Array(size)
  const firstChild = new Uint32Array(size + 1)
  /** Range in `order` of the patterns that end at the node. */
  const own = new Uint32Array(size)
  const ownEnd = new Uint32Array(size)
  const parent = new Uint32Array(size)
  // Range of the sorted patterns that begin with the node's prefix; only needed to build.
  const low = new Uint32Array(size)
  const high = new Uint32Array(size)
  const depth = new Uint32Array(size)

  high[ROOT] = sorted.length
  let count = 1
  for (let node = 0; node < count; node++) {
    const at = depth[node] as number
    const stop = high[node] as number
    let next = low[node] as number
    own[node] = next
    while (next < stop && (sorted[next] as string).length === at) next++
    ownEnd[node] = next
    firstChild[node] = count
    while (next < stop) {
      const code = (sorted[next] as string).charCodeAt(at)
      const from = next
      while (next < stop && (sorted[next] as string).charCodeAt(at) === code) next++
      unit[count] = code
      parent[count] = node
      low[count] = from
      high[count] = next
      depth[count] = at + 1
      count++
    }
  }
  firstChild[count] = count

  const child = (node: number, code: number): number => {
    let left = firstChild[node] as number
    let right = (firstChild[node + 1] as number) - 1
    while (left <= right) {
      const middle = (left + right) >>> 1
      const value = unit[middle] as number
      if (value === code) return middle
      if (value < code) left = middle + 1
      else right = middle - 1
    }
    return ROOT
  }
  /** The longest suffix that is a prefix of a pattern, and the longest one that is a whole pattern. */
  const fail = new Uint32Array(count)
  const output = new Uint32Array(count)
  // Most characters of a text begin no word or the first letter of one, and the root has thousands of children.
  const first = new Map<number, number>()
  for (let node = firstChild[ROOT] as number; node < (firstChild[ROOT + 1] as number); node++) {
    first.set(unit[node] as number, node)
  }
  const step = (from: number, code: number): number => {
    for (let node = from; node !== ROOT; node = fail[node] as number) {
      const next = child(node, code)
      if (next !== ROOT) return next
    }
    return first.get(code) ?? ROOT
  }
  for (let node = 1; node < count; node++) {
    const above = parent[node] as number
    const target = above === ROOT ? ROOT : step(fail[above] as number, unit[node] as number)
    fail[node] = target
    output[node] = own[target] === ownEnd[target] ? (output[target] as number) : target
  }

  return {
    search: (text, found) => {
      let node = ROOT
      for (let at = 0; at < text.length; at++) {
        node = step(node, text.charCodeAt(at))
        for (let hit = node; hit !== ROOT; hit = output[hit] as number) {
          for (let index = own[hit] as number; index < (ownEnd[hit] as number); index++)
            found(order[index] as number, at + 1)
        }
      }
    },
  }
}

/** By UTF-16 units: the order in which the nodes are laid out. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
