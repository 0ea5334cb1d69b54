/**
 * Decodes a TIFF in the browser, for viewing only. Apart from viewer.ts because it is large and few images need it.
 *
 * Built by infra/ with esbuild (bundle, format esm, minify, target es2022) to `static/tiff.js`.
 */
import { decode, decodeImage, toRGBA8 } from 'utif2';

/** The first picture of a TIFF. Throws if there is none that can be decoded. */
export function pixelsOf(file: ArrayBuffer): ImageData {
  const picture = decode(file).find((directory) => directory.t256 !== undefined && directory.t257 !== undefined);
  if (!picture) throw new Error('this TIFF holds no picture');
  decodeImage(file, picture);
  const { width, height } = picture;
  return new ImageData(new Uint8ClampedArray(toRGBA8(picture)), width, height);
}
