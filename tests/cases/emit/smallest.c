#line 1 "smallest.aco"
// SPDX-License-Identifier: MIT
#include <acoc.h>

acoc_awaitable twice(int x); acoc_status acoc_await_twice(acoc_task *, acoc_frame *, int *, int);

acoc_awaitable add(int a);
#line 6
acoc_status acoc_await_add(acoc_task *, acoc_frame *, int *, int);
struct acoc_frame_add { acoc_frame acoc_base; int a; int acoc_2; };
_Static_assert(sizeof(struct acoc_frame_add) == 24, "acoc computed another frame size");
static acoc_status acoc_resume_add(acoc_task *acoc_task_, acoc_frame *acoc_base_);
static const acoc_function acoc_function_add;
static const acoc_point acoc_points_add[] = {
    { acoc_resume_add, &acoc_function_add, 0, 6, 0 },
    { acoc_resume_add, &acoc_function_add, 1, 8, __builtin_offsetof(struct acoc_frame_add, acoc_2) },
};
static const acoc_function acoc_function_add = {
    &acoc_abi_1, "add", "smallest.aco", acoc_resume_add, acoc_points_add, 6,
    sizeof(struct acoc_frame_add), 8, 4, 104, 112, 0
};
#line 6
acoc_status acoc_await_add(acoc_task *acoc_task_, acoc_frame *acoc_base_, int *acoc_result_, int a)
{
#line 6
    struct acoc_frame_add *acoc_frame_ = (struct acoc_frame_add *)acoc_base_; acoc_status acoc_outcome = ACOC_DONE; (void)acoc_outcome; int acoc_value = 0;
#line 6
    if (acoc_frame_) { acoc_outcome = acoc_outcome_of(acoc_task_); acoc_result_ = acoc_result_place(acoc_task_, acoc_base_);
#line 6
        switch (acoc_base_->point->state) { case 0: a = acoc_frame_->a; if (acoc_outcome == ACOC_RAISED) goto acoc_raised_0; break; case 1: goto acoc_resume_1; default: __builtin_trap(); }
#line 6
    } else { if (acoc_stack_low(acoc_task_) && (acoc_frame_ = acoc_start_later(acoc_task_, &acoc_points_add[0])) != 0) { acoc_frame_->a = a; return ACOC_SUSPENDED; } }

    int acoc_2 = 0; acoc_outcome = acoc_await_twice(acoc_task_, 0, &acoc_2, a);
#line 8
        if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_add[1]); acoc_frame_->a = a; return ACOC_SUSPENDED;
#line 8
    acoc_resume_1: ; a = acoc_frame_->a; if (acoc_outcome != ACOC_DONE) goto acoc_failed_1; acoc_2 = acoc_frame_->acoc_2; }
#line 8
        else { acoc_failed_1: acoc_trace(&acoc_points_add[1]); goto acoc_raised_0; } }
#line 8
    int b = acoc_2;
    { acoc_value = a + b; goto acoc_return; }
acoc_return: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_add); *acoc_result_ = acoc_value; return ACOC_DONE;
#line 10
acoc_raised_0: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_add); return ACOC_RAISED;
#line 10
}
#line 6
static acoc_status acoc_resume_add(acoc_task *acoc_task_, acoc_frame *acoc_base_)
#line 6
{ if (!acoc_base_) __builtin_unreachable(); return acoc_await_add(acoc_task_, acoc_base_, 0, 0); }
#line 6
acoc_awaitable add(int a)
#line 6
{ acoc_task *acoc_task_ = acoc_object_new(&acoc_function_add); struct acoc_frame_add *acoc_frame_ = acoc_root_frame(acoc_task_);
#line 6
  if (acoc_frame_) { acoc_frame_->a = a; } return acoc_object_handle(acoc_task_); }

