// What a port provides to the core: a table of functions over its own context. The core calls nothing else and owns no storage.
#ifndef LAPAK_PLATFORM_H
#define LAPAK_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lapak_settings;

#define LAPAK_SECTOR_SIZE 4096

// Raw NOR flash: programming clears bits, erasing a sector sets them. No call returns before the cells hold what it promised.
struct lapak_flash {
    void *context;
    uint16_t sector_count;
    // Erased cells read as 0xFF; with flash encryption the port looks at the raw cells to tell.
    bool (*read)(void *context, uint32_t offset, uint8_t *bytes, size_t length);
    bool (*program)(void *context, uint32_t offset, const uint8_t *bytes, size_t length);
    bool (*erase)(void *context, uint16_t sector);
};

enum lapak_image { LAPAK_IMAGE_ACCEPTED, LAPAK_IMAGE_UNSIGNED, LAPAK_IMAGE_UNREADABLE };

// The place for a second firmware. Each call returns when its work is done; an image that was begun and not finished never starts.
struct lapak_update_port {
    void *context;
    bool (*begin)(void *context, uint32_t size);
    bool (*write)(void *context, uint32_t offset, const uint8_t *bytes, size_t length);
    // Checks the maker's signature; an accepted image is the one that starts next, on trial.
    enum lapak_image (*finish)(void *context);
    void (*restart)(void *context);
    // Whether the firmware that runs has still to prove itself; without a verdict the next start is the older one's.
    bool (*on_trial)(void *context);
    void (*confirm)(void *context);
    // Back to the older one, at once.
    void (*roll_back)(void *context);
};

// Nothing here may call back into the core: answers come later, through lapak_on_rx and lapak_on_sensor.
struct lapak_hal {
    void *context;
    // One whole message. False: not taken; what must not be lost is sent again.
    bool (*send)(void *context, const uint8_t *message, size_t length);
    // Off must also be what the hardware does on reset, watchdog and brown-out.
    void (*motor)(void *context, uint8_t slot, bool on);
    void (*beam)(void *context, bool on);
    bool (*beam_blocked)(void *context);
    // For the person in front: an enum lapak_show and its code. May be null.
    void (*show)(void *context, uint8_t what, uint8_t code);
    struct lapak_flash flash;
    // Settings that outlive a power cut when it returns true; the next start brings them. Null where they cannot change.
    bool (*keep_settings)(void *context, uint32_t version, const struct lapak_settings *settings);
    // Null where the device takes no updates.
    const struct lapak_update_port *update;
};

enum lapak_show {
    LAPAK_SHOW_READY,
    LAPAK_SHOW_ASKING,
    LAPAK_SHOW_VENDING,
    LAPAK_SHOW_REFUSED,  // code: enum lapak_refusal
    LAPAK_SHOW_FINISHED, // code: enum lapak_result
};

enum lapak_sensor {
    LAPAK_SENSOR_DROP,    // something passed the beam
    LAPAK_SENSOR_HOME,    // the motor's home switch closed: one turn is done
    LAPAK_SENSOR_EMPTY,   // active: the slot is empty
    LAPAK_SENSOR_SERVICE, // someone looked after the slot: neither jammed nor empty any more
};

#endif
