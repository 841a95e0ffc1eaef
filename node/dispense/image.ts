// The QR of a voucher as a picture for a screen or a message, or as text for a terminal. Black on white, quiet zone four modules.
import QRCode from 'qrcode';

const options = { errorCorrectionLevel: 'M', margin: 4 } as const;

export const imageTypes = { svg: 'image/svg+xml', png: 'image/png', text: 'text/plain; charset=utf-8' } as const;

export type ImageFormat = keyof typeof imageTypes;

export async function voucherImage(code: string, format: ImageFormat): Promise<string | Buffer> {
  if (format === 'png') return QRCode.toBuffer(code, { ...options, type: 'png', width: 560 });
  if (format === 'svg') return QRCode.toString(code, { ...options, type: 'svg' });
  return QRCode.toString(code, { ...options, type: 'utf8' });
}
