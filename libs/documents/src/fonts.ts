import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** DejaVu has the letters of Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic; it is embedded, as used. */
export const documentFonts = {
  plain: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
} as const;
