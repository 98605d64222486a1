#line 1 "installed_header.aco"
// SPDX-License-Identifier: MIT
// acoc: -isystem runtime
// <acoc.h> is a system header where it is installed, of which only what is asked for is read: what it defines itself,
// as it does acoc_sleep's await function, is not declared again.
#include <acoc.h>

static __attribute__((unused)) acoc_awaitable acoc_coroutine_main(void);
#line 7
acoc_status acoc_await_main(acoc_task *, acoc_frame *, int *);
struct acoc_frame_main { acoc_frame acoc_base; };
_Static_assert(sizeof(struct acoc_frame_main) == 16, "acoc computed another frame size");
static acoc_status acoc_resume_main(acoc_task *acoc_task_, acoc_frame *acoc_base_);
static const acoc_function acoc_function_main;
static const acoc_point acoc_points_main[] = {
    { acoc_resume_main, &acoc_function_main, 0, 7, 0 },
    { acoc_resume_main, &acoc_function_main, 1, 9, 0 },
};
static const acoc_function acoc_function_main = {
    &acoc_abi_1, "main", "installed_header.aco", acoc_resume_main, acoc_points_main, 7,
    sizeof(struct acoc_frame_main), 8, 4, 104, 112, 0
};
#line 7
acoc_status acoc_await_main(acoc_task *acoc_task_, acoc_frame *acoc_base_, int *acoc_result_)
{
#line 7
    struct acoc_frame_main *acoc_frame_ = (struct acoc_frame_main *)acoc_base_; acoc_status acoc_outcome = ACOC_DONE; (void)acoc_outcome; int acoc_value = 0;
#line 7
    if (acoc_frame_) { acoc_outcome = acoc_outcome_of(acoc_task_); acoc_result_ = acoc_result_place(acoc_task_, acoc_base_);
#line 7
        switch (acoc_base_->point->state) { case 0: if (acoc_outcome == ACOC_RAISED) goto acoc_raised_0; break; case 1: goto acoc_resume_1; default: __builtin_trap(); }
#line 7
    } else { if (acoc_stack_low(acoc_task_) && (acoc_frame_ = acoc_start_later(acoc_task_, &acoc_points_main[0])) != 0) { return ACOC_SUSPENDED; } }

    { acoc_outcome = acoc_await_acoc_sleep(acoc_task_, 0, 0.1);
#line 9
        if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_main[1]); return ACOC_SUSPENDED;
#line 9
    acoc_resume_1: ; if (acoc_outcome != ACOC_DONE) goto acoc_failed_1; }
#line 9
        else { acoc_failed_1: acoc_trace(&acoc_points_main[1]); goto acoc_raised_0; } }
#line 9
    }
    { acoc_value = 0; goto acoc_return; }
acoc_return: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_main); *acoc_result_ = acoc_value; return ACOC_DONE;
#line 11
acoc_raised_0: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_main); return ACOC_RAISED;
#line 11
}
#line 7
static acoc_status acoc_resume_main(acoc_task *acoc_task_, acoc_frame *acoc_base_)
#line 7
{ if (!acoc_base_) __builtin_unreachable(); return acoc_await_main(acoc_task_, acoc_base_, 0); }
#line 7
static __attribute__((unused)) acoc_awaitable acoc_coroutine_main(void)
#line 7
{ acoc_task *acoc_task_ = acoc_object_new(&acoc_function_main); struct acoc_frame_main *acoc_frame_ = acoc_root_frame(acoc_task_);
#line 7
  if (acoc_frame_) { } return acoc_object_handle(acoc_task_); }
#line 7
int main(void) { return acoc_main(acoc_coroutine_main()); }

