import type { Upload } from '@waggle/business'
import { WaggleError } from '@waggle/shared'
import sharp from 'sharp'

/** Pixels of all frames together; a small file can claim to be a picture that fills memory. */
const MAX_PIXELS = 50_000_000

const imageFormats = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif' } as const

/**
 * What an uploaded file really is, by its bytes. Pictures are written anew: place and camera in their
 * metadata are nobody's business, and nothing else can hide behind them.
 * @throws WaggleError `unsupported_media`, `invalid_input` on `file`.
 */
export async function inspectUpload(name: string, bytes: Buffer): Promise<Upload> {
  if (bytes.length === 0) throw new WaggleError('invalid_input', 'file: is empty', { field: 'file' })
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return { name, mime: 'application/pdf', bytes }
  const picture = await inspectPicture(bytes)
  if (picture) return { name, ...picture }
  if (isText(bytes)) return { name, mime: 'text/plain', bytes }
  throw new WaggleError('unsupported_media', 'file: has to be JPEG, PNG, WebP, GIF, PDF or plain text', {
    field: 'file',
  })
}

async function inspectPicture(bytes: Buffer): Promise<Omit<Upload, 'name'> | null> {
  const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, animated: true })
  const format = await picture.metadata().then(
    (metadata) => metadata.format as keyof typeof imageFormats,
    () => null,
  )
  if (format === null || !Object.hasOwn(imageFormats, format)) return null
  try {
    const { data, info } = await picture.autoOrient().toFormat(format).toBuffer({ resolveWithObject: true })
    // Frames of an animation stand below each other.
    const height = info.pageHeight ?? info.height
    return { mime: imageFormats[format], bytes: data, width: info.width, height }
  } catch (cause) {
    throw new WaggleError('invalid_input', 'file: is a damaged or too large picture', { field: 'file', cause })
  }
}

function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
