#line 1 "trap17_volatile.aco"
// SPDX-License-Identifier: MIT
// Trap 17: each volatile access of the source is one of the output, also where its value waits for a suspension, and none
// is added for saving or loading.
#include <acoc.h>

acoc_awaitable give(int x); acoc_status acoc_await_give(acoc_task *, acoc_frame *, int *, int);

acoc_awaitable poll_port(volatile int *port, int n);
#line 8
acoc_status acoc_await_poll_port(acoc_task *, acoc_frame *, int *, volatile int *, int);
struct acoc_frame_poll_port { acoc_frame acoc_base; volatile int *port; union { int n; int acoc_13; }; int count; union { int before; int acoc_5; }; union { int i; int acoc_6; int acoc_7; }; union { int acoc_8; int acoc_9; }; int acoc_10; int acoc_11; };
_Static_assert(sizeof(struct acoc_frame_poll_port) == 56, "acoc computed another frame size");
static acoc_status acoc_resume_poll_port(acoc_task *acoc_task_, acoc_frame *acoc_base_);
static const acoc_function acoc_function_poll_port;
static const acoc_point acoc_points_poll_port[] = {
    { acoc_resume_poll_port, &acoc_function_poll_port, 0, 8, 0 },
    { acoc_resume_poll_port, &acoc_function_poll_port, 1, 11, __builtin_offsetof(struct acoc_frame_poll_port, acoc_6) },
    { acoc_resume_poll_port, &acoc_function_poll_port, 2, 12, __builtin_offsetof(struct acoc_frame_poll_port, acoc_8) },
    { acoc_resume_poll_port, &acoc_function_poll_port, 3, 14, __builtin_offsetof(struct acoc_frame_poll_port, acoc_11) },
    { acoc_resume_poll_port, &acoc_function_poll_port, 4, 15, __builtin_offsetof(struct acoc_frame_poll_port, acoc_13) },
};
static const acoc_function acoc_function_poll_port = {
    &acoc_abi_1, "poll_port", "trap17_volatile.aco", acoc_resume_poll_port, acoc_points_poll_port, 8,
    sizeof(struct acoc_frame_poll_port), 8, 4, 104, 112, 0
};
#line 8
acoc_status acoc_await_poll_port(acoc_task *acoc_task_, acoc_frame *acoc_base_, int *acoc_result_, volatile int *port, int n)
{
#line 8
    struct acoc_frame_poll_port *acoc_frame_ = (struct acoc_frame_poll_port *)acoc_base_; acoc_status acoc_outcome = ACOC_DONE; (void)acoc_outcome; int acoc_value = 0;
#line 8
    if (acoc_frame_) { acoc_outcome = acoc_outcome_of(acoc_task_); acoc_result_ = acoc_result_place(acoc_task_, acoc_base_);
#line 8
        switch (acoc_base_->point->state) { case 0: port = acoc_frame_->port; n = acoc_frame_->n; if (acoc_outcome == ACOC_RAISED) goto acoc_raised_0; break; case 1: goto acoc_resume_1; case 2: goto acoc_resume_2; case 3: goto acoc_resume_3; case 4: goto acoc_resume_4; default: __builtin_trap(); }
#line 8
    } else { if (acoc_stack_low(acoc_task_) && (acoc_frame_ = acoc_start_later(acoc_task_, &acoc_points_poll_port[0])) != 0) { acoc_frame_->port = port; acoc_frame_->n = n; return ACOC_SUSPENDED; }
#line 8
        if ((acoc_frame_ = (void *)acoc_frame_open(acoc_task_, &acoc_function_poll_port)) == 0) goto acoc_raised_0; }

    volatile int (*count) = __builtin_memcpy(&acoc_frame_->count, (void *)(__typeof__(*count)[1]){ 0 }, sizeof *count);
    int acoc_5; int acoc_6 = 0; acoc_5 = *port; acoc_outcome = acoc_await_give(acoc_task_, 0, &acoc_6, n);
#line 11
        if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_poll_port[1]); acoc_frame_->port = port; acoc_frame_->n = n; acoc_frame_->acoc_5 = acoc_5; return ACOC_SUSPENDED;
#line 11
    acoc_resume_1: ; port = acoc_frame_->port; n = acoc_frame_->n; acoc_5 = acoc_frame_->acoc_5; count = (void *)&acoc_frame_->count; if (acoc_outcome != ACOC_DONE) goto acoc_failed_1; acoc_6 = acoc_frame_->acoc_6; }
#line 11
        else { acoc_failed_1: acoc_trace(&acoc_points_poll_port[1]); goto acoc_raised_0; } }
#line 11
    int before = acoc_5 + acoc_6;
    { int acoc_7; int acoc_8 = 0; acoc_7 = *port; acoc_outcome = acoc_await_give(acoc_task_, 0, &acoc_8, 2);
#line 12
        if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_poll_port[2]); acoc_frame_->port = port; acoc_frame_->n = n; acoc_frame_->before = before; acoc_frame_->acoc_7 = acoc_7; return ACOC_SUSPENDED;
#line 12
    acoc_resume_2: ; port = acoc_frame_->port; n = acoc_frame_->n; before = acoc_frame_->before; acoc_7 = acoc_frame_->acoc_7; count = (void *)&acoc_frame_->count; if (acoc_outcome != ACOC_DONE) goto acoc_failed_2; acoc_8 = acoc_frame_->acoc_8; }
#line 12
        else { acoc_failed_2: acoc_trace(&acoc_points_poll_port[2]); goto acoc_raised_0; } }
#line 12
    *port = acoc_7 + (acoc_8); }
    for (int i = 0; i < n; i++)
        { int acoc_9; int acoc_10; int acoc_11 = 0; acoc_9 = (*count); acoc_10 = *port; acoc_outcome = acoc_await_give(acoc_task_, 0, &acoc_11, i);
#line 14
            if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_poll_port[3]); acoc_frame_->port = port; acoc_frame_->n = n; acoc_frame_->before = before; acoc_frame_->i = i; acoc_frame_->acoc_9 = acoc_9; acoc_frame_->acoc_10 = acoc_10; return ACOC_SUSPENDED;
#line 14
        acoc_resume_3: ; port = acoc_frame_->port; n = acoc_frame_->n; before = acoc_frame_->before; i = acoc_frame_->i; acoc_9 = acoc_frame_->acoc_9; acoc_10 = acoc_frame_->acoc_10; count = (void *)&acoc_frame_->count; if (acoc_outcome != ACOC_DONE) goto acoc_failed_3; acoc_11 = acoc_frame_->acoc_11; }
#line 14
            else { acoc_failed_3: acoc_trace(&acoc_points_poll_port[3]); goto acoc_raised_0; } }
#line 14
        (*count) = acoc_9 + (acoc_10 * (acoc_11)); }
    for (;;) { _Bool acoc_12; int acoc_13 = 0; if (*port) { acoc_outcome = acoc_await_give(acoc_task_, 0, &acoc_13, 3);
#line 15
        if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_poll_port[4]); acoc_frame_->port = port; acoc_frame_->before = before; return ACOC_SUSPENDED;
#line 15
    acoc_resume_4: ; port = acoc_frame_->port; before = acoc_frame_->before; count = (void *)&acoc_frame_->count; if (acoc_outcome != ACOC_DONE) goto acoc_failed_4; acoc_13 = acoc_frame_->acoc_13; }
#line 15
        else { acoc_failed_4: acoc_trace(&acoc_points_poll_port[4]); goto acoc_raised_0; } }
#line 15
    acoc_12 = !!(acoc_13); } else { acoc_12 = 0; } if (!(acoc_12)) break;
        *port = before; }
    { acoc_value = (*count); goto acoc_return; }
acoc_return: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_poll_port); *acoc_result_ = acoc_value; return ACOC_DONE;
#line 18
acoc_raised_0: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_poll_port); return ACOC_RAISED;
#line 18
}
#line 8
static acoc_status acoc_resume_poll_port(acoc_task *acoc_task_, acoc_frame *acoc_base_)
#line 8
{ if (!acoc_base_) __builtin_unreachable(); return acoc_await_poll_port(acoc_task_, acoc_base_, 0, 0, 0); }
#line 8
acoc_awaitable poll_port(volatile int *port, int n)
#line 8
{ acoc_task *acoc_task_ = acoc_object_new(&acoc_function_poll_port); struct acoc_frame_poll_port *acoc_frame_ = acoc_root_frame(acoc_task_);
#line 8
  if (acoc_frame_) { acoc_frame_->port = port; acoc_frame_->n = n; } return acoc_object_handle(acoc_task_); }

