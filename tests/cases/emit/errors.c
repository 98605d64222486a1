#line 1 "errors.aco"
// SPDX-License-Identifier: MIT
#include <acoc.h>

acoc_awaitable act(int x); acoc_status acoc_await_act(acoc_task *, acoc_frame *, int);

acoc_awaitable attempt(int x);
#line 6
acoc_status acoc_await_attempt(acoc_task *, acoc_frame *, int *, int);
struct acoc_frame_attempt { acoc_frame acoc_base; int x; };
_Static_assert(sizeof(struct acoc_frame_attempt) == 24, "acoc computed another frame size");
static acoc_status acoc_resume_attempt(acoc_task *acoc_task_, acoc_frame *acoc_base_);
static const acoc_function acoc_function_attempt;
static const acoc_point acoc_points_attempt[] = {
    { acoc_resume_attempt, &acoc_function_attempt, 0, 6, 0 },
    { acoc_resume_attempt, &acoc_function_attempt, 1, 10, 0 },
};
static const acoc_function acoc_function_attempt = {
    &acoc_abi_1, "attempt", "errors.aco", acoc_resume_attempt, acoc_points_attempt, 6,
    sizeof(struct acoc_frame_attempt), 8, 4, 104, 112, 0
};
#line 6
acoc_status acoc_await_attempt(acoc_task *acoc_task_, acoc_frame *acoc_base_, int *acoc_result_, int x)
{
#line 6
    struct acoc_frame_attempt *acoc_frame_ = (struct acoc_frame_attempt *)acoc_base_; acoc_status acoc_outcome = ACOC_DONE; (void)acoc_outcome; int acoc_leave_2 = 0; int acoc_leave_3 = 0; void *acoc_caught_6 = 0; int acoc_value = 0; void *acoc_pending_3 = 0; void *acoc_pending_2 = 0;
#line 6
    if (acoc_frame_) { acoc_outcome = acoc_outcome_of(acoc_task_); acoc_result_ = acoc_result_place(acoc_task_, acoc_base_);
#line 6
        switch (acoc_base_->point->state) { case 0: x = acoc_frame_->x; if (acoc_outcome == ACOC_RAISED) goto acoc_raised_0; break; case 1: goto acoc_resume_1; default: __builtin_trap(); }
#line 6
    } else { if (acoc_stack_low(acoc_task_) && (acoc_frame_ = acoc_start_later(acoc_task_, &acoc_points_attempt[0])) != 0) { acoc_frame_->x = x; return ACOC_SUSPENDED; } }

    ;
    { {
        { acoc_outcome = acoc_await_act(acoc_task_, 0, x);
#line 10
            if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_attempt[1]); acoc_frame_->x = x; return ACOC_SUSPENDED;
#line 10
        acoc_resume_1: ; x = acoc_frame_->x; if (acoc_outcome != ACOC_DONE) goto acoc_failed_1; }
#line 10
            else { acoc_failed_1: acoc_trace(&acoc_points_attempt[1]); goto acoc_raised_4; } }
#line 10
        }
    }
#line 9
    if (0) { acoc_raised_4:

    if (acoc_caught_is(acoc_raised, &acoc_ValueError_kind)) { acoc_caught_6 = acoc_catch(); acoc_error *e = acoc_caught_error(acoc_caught_6); (void)e; {
        { acoc_value = 1; acoc_handled(acoc_caught_6); acoc_leave_3 = 2; goto acoc_cleanup_3; }
    } acoc_handled(acoc_caught_6); }

    else { goto acoc_raised_3; } }
#line 13
    acoc_leave_3 = 0; if (0) { acoc_raised_3: acoc_leave_3 = 1; } acoc_cleanup_3: acoc_pending_3 = acoc_leave_3 == 1 ? acoc_catch() : 0; {
        x++;
    }
#line 15
    if (acoc_pending_3) { acoc_raise_again(acoc_pending_3); goto acoc_raised_2; } if (acoc_leave_3 == 2) { acoc_leave_2 = 2; goto acoc_cleanup_2; } }
    { acoc_value = 0; acoc_leave_2 = 3; goto acoc_cleanup_2; }
#line 8
    if (0) { acoc_raised_2: acoc_leave_2 = 1; } acoc_cleanup_2: acoc_pending_2 = acoc_leave_2 == 1 ? acoc_catch() : 0; { x--; }
#line 8
    if (acoc_pending_2) { acoc_raise_again(acoc_pending_2); goto acoc_raised_0; } if (acoc_leave_2 == 2) { goto acoc_return; } if (acoc_leave_2 == 3) { goto acoc_return; } __builtin_unreachable();
#line 17
acoc_return: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_attempt); *acoc_result_ = acoc_value; return ACOC_DONE;
#line 17
acoc_raised_0: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_attempt); return ACOC_RAISED;
#line 17
}
#line 6
static acoc_status acoc_resume_attempt(acoc_task *acoc_task_, acoc_frame *acoc_base_)
#line 6
{ if (!acoc_base_) __builtin_unreachable(); return acoc_await_attempt(acoc_task_, acoc_base_, 0, 0); }
#line 6
acoc_awaitable attempt(int x)
#line 6
{ acoc_task *acoc_task_ = acoc_object_new(&acoc_function_attempt); struct acoc_frame_attempt *acoc_frame_ = acoc_root_frame(acoc_task_);
#line 6
  if (acoc_frame_) { acoc_frame_->x = x; } return acoc_object_handle(acoc_task_); }

