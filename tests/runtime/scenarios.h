// SPDX-License-Identifier: MIT
// Small programs that wait in every way there is, for the tests that cancel and fail them at every place.
#ifndef ACOC_TEST_SCENARIOS_H
#define ACOC_TEST_SCENARIOS_H

#include <acoc.h>

typedef struct Scenario {
    const char *name;
    acoc_async(void) (*run)(void);
} Scenario;

extern const Scenario scenarios[];
extern const unsigned scenario_count;

// Counted by the scenarios: what was opened must have been closed, once, however it ended; progress grows with each step.
extern int scenario_opened, scenario_closed;
extern unsigned scenario_progress;

#endif
