// The partition `journal` as the raw flash of the core.
#ifndef JOURNAL_FLASH_H
#define JOURNAL_FLASH_H

#include "platform.h"

struct lapak_flash journal_flash_open(void);

#endif
