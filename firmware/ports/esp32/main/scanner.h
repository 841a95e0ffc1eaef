// The QR scanner module on its UART: its texts become events.
#ifndef SCANNER_H
#define SCANNER_H

void scanner_open(void);

#endif
