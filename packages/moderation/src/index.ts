export { type Accept, atWordBoundary } from './boundary.ts'
export {
  type Action,
  type CheckResult,
  compile,
  type Direction,
  type Hit,
  type ListedWord,
  type Matcher,
  type Rules,
} from './compile.ts'
export { type Fold, type Folded, fold, normalize } from './fold.ts'
