// A QR code as text for a terminal: black on white by half blocks, with its quiet zone. Loaded when one is shown.

export async function qrText(text: string): Promise<string> {
  const { default: qrCode } = await import('qrcode');
  return qrCode.toString(text, { errorCorrectionLevel: 'M', margin: 4, type: 'utf8' });
}
