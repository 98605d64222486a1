// SPDX-License-Identifier: MIT
//
// Frames beyond what generated code sees (abi.h): the reserve that covers the way out when memory is short.
#ifndef ACOC_BASE_FRAME_H
#define ACOC_BASE_FRAME_H

#include "../abi.h"

// Makes the thread's reserve for stacks of up to stack_bytes. Address space only: pages that are never needed are never
// made. 0 or -ENOMEM. Calls nest; each is answered by a close.
int acoc__frame_reserve_open(size_t stack_bytes);
void acoc__frame_reserve_close(void);
// True while frames stand in the reserve: nothing new should start.
int acoc__frame_reserve_in_use(void);

// Gives back all frames from innermost outwards without running anything: for tasks of a loop that was closed.
void acoc__frame_release_chain(acoc_task *task, acoc_frame *innermost);

#endif
