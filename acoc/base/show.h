// SPDX-License-Identifier: MIT
// How a message is written: as text for people (place, source line, caret, fix below the caret), or as JSON for
// programs. Private to base/: stages report through diag.h.
#ifndef ACOC_SHOW_H
#define ACOC_SHOW_H

#include "diag.h"

typedef struct Shown {
    Severity severity;
    const char *option;      // the warning's name, NULL for others
    Place place;
    uint32_t length;
    const char *text, *replacement;
    const Inclusion *inclusion; // of the file
    bool enters_file;        // text: say first how it was included
} Shown;

void show_text(const Shown *message);
void show_json(const Shown *message);
void show_flush(void); // ends the JSON object that still waits for notes

#endif
