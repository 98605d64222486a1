// SPDX-License-Identifier: MIT
//
// Addresses as people write them.
#include "resolve.h"

#include <stdio.h>

void acoc__address_write(const struct sockaddr *address, socklen_t address_size, char *text, size_t size)
{
    char host[NI_MAXHOST], service[NI_MAXSERV];
    if (getnameinfo(address, address_size, host, sizeof host, service, sizeof service,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        snprintf(text, size, "an address of family %d", address->sa_family);
    else
        snprintf(text, size, address->sa_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, service);
}
