import { WaggleError } from '@waggle/shared'

/** An opaque cursor that the client gives back as it is. */
export function encodeCursor(...parts: string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/**
 * @param patterns what each part has to look like.
 * @throws WaggleError `invalid_input` on `field` for a cursor that we did not give out.
 */
export function decodeCursor(cursor: string, patterns: RegExp[], field: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(parts) && parts.length === patterns.length) {
      if (patterns.every((pattern, index) => typeof parts[index] === 'string' && pattern.test(parts[index])))
        return parts
    }
  } catch {
    // Not base64 or not JSON: not ours either.
  }
  throw new WaggleError('invalid_input', `${field}: is not a cursor of this list`, { field })
}

export const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
