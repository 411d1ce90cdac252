import { create, toBuffer, toString } from 'qrcode';

export type QrFormat = 'SVG' | 'PNG';

export type QrCode = {
  readonly text: string;
  readonly format: QrFormat;
  readonly mediaType: string;
  /** The picture itself as a `data:` URI. */
  readonly dataUri: string;
  /** 6 is 41 modules square; each version has 4 more. */
  readonly version: number;
  /** Until when a door accepts it; null for a static one. */
  readonly validUntil: Date | null;
};

/** M survives 15 % of damage: a folded sheet or a cracked screen. */
const errorCorrectionLevel = 'M';
const pngPixels = 480;

export async function drawQrCode(text: string, format: QrFormat, validUntil: Date | null): Promise<QrCode> {
  const { version } = create(text, { errorCorrectionLevel });
  const mediaType = format === 'SVG' ? 'image/svg+xml' : 'image/png';
  const bytes =
    format === 'SVG'
      ? Buffer.from(await toString(text, { type: 'svg', errorCorrectionLevel }))
      : await qrPng(text);
  const dataUri = `data:${mediaType};base64,${bytes.toString('base64')}`;
  return { text, format, mediaType, dataUri, version, validUntil };
}

export function qrPng(text: string): Promise<Buffer> {
  return toBuffer(text, { type: 'png', errorCorrectionLevel, width: pngPixels });
}
