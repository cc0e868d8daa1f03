// Old Node versions have to be able to parse this file, so it keeps to plain syntax.

/** The lowest version that runs everything, the same as `engines` in package.json. */
const LOWEST = [20, 19]

/**
 * @param {string} version such as `20.19.0`
 * @returns {string} one sentence when that Node is too old, or an empty string.
 */
export function nodeVersionProblem(version) {
  const parts = version.split('.').map(Number)
  const enough = parts[0] > LOWEST[0] || (parts[0] === LOWEST[0] && parts[1] >= LOWEST[1])
  if (enough) return ''
  return `Node ${version} is too old: Waggle needs Node ${LOWEST.join('.')} or later (https://nodejs.org).`
}
