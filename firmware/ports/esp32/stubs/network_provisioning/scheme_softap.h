// Stand-in for ESP-IDF's header of this name: only the calls that the port makes, so that its glue compiles without the SDK.
#ifndef STUB_NETWORK_PROVISIONING_SCHEME_SOFTAP_H
#define STUB_NETWORK_PROVISIONING_SCHEME_SOFTAP_H

#include "network_provisioning/manager.h"

extern const network_prov_scheme_t network_prov_scheme_softap;

#endif
