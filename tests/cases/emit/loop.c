#line 1 "loop.aco"
// SPDX-License-Identifier: MIT
#include <acoc.h>

acoc_awaitable next(void); acoc_status acoc_await_next(acoc_task *, acoc_frame *, int *);

// Comments and layout of statements without a suspension stay.
acoc_awaitable sum(int count);
#line 7
acoc_status acoc_await_sum(acoc_task *, acoc_frame *, int *, int);
struct acoc_frame_sum { acoc_frame acoc_base; int count; int total; int i; int acoc_3; };
_Static_assert(sizeof(struct acoc_frame_sum) == 32, "acoc computed another frame size");
static acoc_status acoc_resume_sum(acoc_task *acoc_task_, acoc_frame *acoc_base_);
static const acoc_function acoc_function_sum;
static const acoc_point acoc_points_sum[] = {
    { acoc_resume_sum, &acoc_function_sum, 0, 7, 0 },
    { acoc_resume_sum, &acoc_function_sum, 1, 11, __builtin_offsetof(struct acoc_frame_sum, acoc_3) },
};
static const acoc_function acoc_function_sum = {
    &acoc_abi_1, "sum", "loop.aco", acoc_resume_sum, acoc_points_sum, 7,
    sizeof(struct acoc_frame_sum), 8, 4, 104, 112, 0
};
#line 7
acoc_status acoc_await_sum(acoc_task *acoc_task_, acoc_frame *acoc_base_, int *acoc_result_, int count)
{
#line 7
    struct acoc_frame_sum *acoc_frame_ = (struct acoc_frame_sum *)acoc_base_; acoc_status acoc_outcome = ACOC_DONE; (void)acoc_outcome; int acoc_value = 0;
#line 7
    if (acoc_frame_) { acoc_outcome = acoc_outcome_of(acoc_task_); acoc_result_ = acoc_result_place(acoc_task_, acoc_base_);
#line 7
        switch (acoc_base_->point->state) { case 0: count = acoc_frame_->count; if (acoc_outcome == ACOC_RAISED) goto acoc_raised_0; break; case 1: goto acoc_resume_1; default: __builtin_trap(); }
#line 7
    } else { if (acoc_stack_low(acoc_task_) && (acoc_frame_ = acoc_start_later(acoc_task_, &acoc_points_sum[0])) != 0) { acoc_frame_->count = count; return ACOC_SUSPENDED; } }

    int total = 0; /* kept */
    for (int i = 0; i < count; i++)
        { int acoc_3 = 0; acoc_outcome = acoc_await_next(acoc_task_, 0, &acoc_3);
#line 11
            if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_sum[1]); acoc_frame_->count = count; acoc_frame_->total = total; acoc_frame_->i = i; return ACOC_SUSPENDED;
#line 11
        acoc_resume_1: ; count = acoc_frame_->count; total = acoc_frame_->total; i = acoc_frame_->i; if (acoc_outcome != ACOC_DONE) goto acoc_failed_1; acoc_3 = acoc_frame_->acoc_3; }
#line 11
            else { acoc_failed_1: acoc_trace(&acoc_points_sum[1]); goto acoc_raised_0; } }
#line 11
        total += acoc_3; }
    { acoc_value = total; goto acoc_return; }
acoc_return: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_sum); *acoc_result_ = acoc_value; return ACOC_DONE;
#line 13
acoc_raised_0: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_sum); return ACOC_RAISED;
#line 13
}
#line 7
static acoc_status acoc_resume_sum(acoc_task *acoc_task_, acoc_frame *acoc_base_)
#line 7
{ if (!acoc_base_) __builtin_unreachable(); return acoc_await_sum(acoc_task_, acoc_base_, 0, 0); }
#line 7
acoc_awaitable sum(int count)
#line 7
{ acoc_task *acoc_task_ = acoc_object_new(&acoc_function_sum); struct acoc_frame_sum *acoc_frame_ = acoc_root_frame(acoc_task_);
#line 7
  if (acoc_frame_) { acoc_frame_->count = count; } return acoc_object_handle(acoc_task_); }


#line 15
int plain(int a,   int b)   { return a+b; }   // untouched
