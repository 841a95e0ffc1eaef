// What provisioning wrote into NVS: who this dispenser is, how it is built, and how it reaches its node.
#ifndef STORED_H
#define STORED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dispenser.h"

#define STORED_TEXT_MAX 128
#define STORED_CERTIFICATE_MAX 2048

struct stored {
    struct lapak_config core;
    char store[STORED_TEXT_MAX];
    // Empty where the node is at the end of a cable.
    char mqtt_uri[STORED_TEXT_MAX];
    char mqtt_user[STORED_TEXT_MAX];
    char mqtt_password[STORED_TEXT_MAX];
    // What signed the broker's certificate, as DER. Without it public authorities are believed.
    uint8_t mqtt_ca[STORED_CERTIFICATE_MAX];
    size_t mqtt_ca_length;
    // For the phone that gives the Wi-Fi credentials.
    char setup_code[STORED_TEXT_MAX];
};

// False: not provisioned. The boot id and the firmware's version are not stored but made here.
bool stored_read(struct stored *stored, uint32_t firmware);

// For the core: settings that its node changed.
bool stored_keep_settings(void *context, uint32_t version, const struct lapak_settings *settings);

#endif
