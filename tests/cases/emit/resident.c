#line 1 "resident.aco"
// SPDX-License-Identifier: MIT
#include <acoc.h>

acoc_awaitable fill(char *to, int size); acoc_status acoc_await_fill(acoc_task *, acoc_frame *, char *, int);

acoc_awaitable first(void);
#line 6
acoc_status acoc_await_first(acoc_task *, acoc_frame *, int *);
struct acoc_frame_first { acoc_frame acoc_base; char buffer[16]; };
_Static_assert(sizeof(struct acoc_frame_first) == 32, "acoc computed another frame size");
static acoc_status acoc_resume_first(acoc_task *acoc_task_, acoc_frame *acoc_base_);
static const acoc_function acoc_function_first;
static const acoc_point acoc_points_first[] = {
    { acoc_resume_first, &acoc_function_first, 0, 6, 0 },
    { acoc_resume_first, &acoc_function_first, 1, 9, 0 },
};
static const acoc_function acoc_function_first = {
    &acoc_abi_1, "first", "resident.aco", acoc_resume_first, acoc_points_first, 6,
    sizeof(struct acoc_frame_first), 8, 4, 104, 112, 0
};
#line 6
acoc_status acoc_await_first(acoc_task *acoc_task_, acoc_frame *acoc_base_, int *acoc_result_)
{
#line 6
    struct acoc_frame_first *acoc_frame_ = (struct acoc_frame_first *)acoc_base_; acoc_status acoc_outcome = ACOC_DONE; (void)acoc_outcome; int acoc_value = 0;
#line 6
    if (acoc_frame_) { acoc_outcome = acoc_outcome_of(acoc_task_); acoc_result_ = acoc_result_place(acoc_task_, acoc_base_);
#line 6
        switch (acoc_base_->point->state) { case 0: if (acoc_outcome == ACOC_RAISED) goto acoc_raised_0; break; case 1: goto acoc_resume_1; default: __builtin_trap(); }
#line 6
    } else { if (acoc_stack_low(acoc_task_) && (acoc_frame_ = acoc_start_later(acoc_task_, &acoc_points_first[0])) != 0) { return ACOC_SUSPENDED; }
#line 6
        if ((acoc_frame_ = (void *)acoc_frame_open(acoc_task_, &acoc_function_first)) == 0) goto acoc_raised_0; }

    char (*buffer)[16] = (void *)&acoc_frame_->buffer;
    { acoc_outcome = acoc_await_fill(acoc_task_, 0, (*buffer), 16);
#line 9
        if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_first[1]); return ACOC_SUSPENDED;
#line 9
    acoc_resume_1: ; buffer = (void *)&acoc_frame_->buffer; if (acoc_outcome != ACOC_DONE) goto acoc_failed_1; }
#line 9
        else { acoc_failed_1: acoc_trace(&acoc_points_first[1]); goto acoc_raised_0; } }
#line 9
    }
    { acoc_value = (*buffer)[0]; goto acoc_return; }
acoc_return: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_first); *acoc_result_ = acoc_value; return ACOC_DONE;
#line 11
acoc_raised_0: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_first); return ACOC_RAISED;
#line 11
}
#line 6
static acoc_status acoc_resume_first(acoc_task *acoc_task_, acoc_frame *acoc_base_)
#line 6
{ if (!acoc_base_) __builtin_unreachable(); return acoc_await_first(acoc_task_, acoc_base_, 0); }
#line 6
acoc_awaitable first(void)
#line 6
{ acoc_task *acoc_task_ = acoc_object_new(&acoc_function_first); struct acoc_frame_first *acoc_frame_ = acoc_root_frame(acoc_task_);
#line 6
  if (acoc_frame_) { } return acoc_object_handle(acoc_task_); }

