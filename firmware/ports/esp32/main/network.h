// Wi-Fi: with the credentials that a phone gave once, through an access point that the device opens for it.
#ifndef NETWORK_H
#define NETWORK_H

// Returns at once; what needs the network tries again until it is there.
void network_open(const char *setup_code, unsigned dispenser_number);

#endif
