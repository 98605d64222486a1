#line 1 "lowering_loop.aco"
// SPDX-License-Identifier: MIT
// The first example of docs/lowering.md: a loop, an awaited value, the three classes of locals.
#include <acoc.h>

acoc_awaitable next(int *seed); acoc_status acoc_await_next(acoc_task *, acoc_frame *, int *, int *);

acoc_awaitable sum_of_squares(int count);
#line 7
acoc_status acoc_await_sum_of_squares(acoc_task *, acoc_frame *, int *, int);
struct acoc_frame_sum_of_squares { acoc_frame acoc_base; int count; int seed; int sum; int i; int acoc_6; };
_Static_assert(sizeof(struct acoc_frame_sum_of_squares) == 40, "acoc computed another frame size");
static acoc_status acoc_resume_sum_of_squares(acoc_task *acoc_task_, acoc_frame *acoc_base_);
static const acoc_function acoc_function_sum_of_squares;
static const acoc_point acoc_points_sum_of_squares[] = {
    { acoc_resume_sum_of_squares, &acoc_function_sum_of_squares, 0, 7, 0 },
    { acoc_resume_sum_of_squares, &acoc_function_sum_of_squares, 1, 12, __builtin_offsetof(struct acoc_frame_sum_of_squares, acoc_6) },
};
static const acoc_function acoc_function_sum_of_squares = {
    &acoc_abi_1, "sum_of_squares", "lowering_loop.aco", acoc_resume_sum_of_squares, acoc_points_sum_of_squares, 7,
    sizeof(struct acoc_frame_sum_of_squares), 8, 4, 104, 112, 0
};
#line 7
acoc_status acoc_await_sum_of_squares(acoc_task *acoc_task_, acoc_frame *acoc_base_, int *acoc_result_, int count)
{
#line 7
    struct acoc_frame_sum_of_squares *acoc_frame_ = (struct acoc_frame_sum_of_squares *)acoc_base_; acoc_status acoc_outcome = ACOC_DONE; (void)acoc_outcome; int acoc_value = 0;
#line 7
    if (acoc_frame_) { acoc_outcome = acoc_outcome_of(acoc_task_); acoc_result_ = acoc_result_place(acoc_task_, acoc_base_);
#line 7
        switch (acoc_base_->point->state) { case 0: count = acoc_frame_->count; if (acoc_outcome == ACOC_RAISED) goto acoc_raised_0; break; case 1: goto acoc_resume_1; default: __builtin_trap(); }
#line 7
    } else { if (acoc_stack_low(acoc_task_) && (acoc_frame_ = acoc_start_later(acoc_task_, &acoc_points_sum_of_squares[0])) != 0) { acoc_frame_->count = count; return ACOC_SUSPENDED; }
#line 7
        if ((acoc_frame_ = (void *)acoc_frame_open(acoc_task_, &acoc_function_sum_of_squares)) == 0) goto acoc_raised_0; }

    int (*seed) = __builtin_memcpy(&acoc_frame_->seed, (void *)(__typeof__(*seed)[1]){ 1 }, sizeof *seed);                           // its address is given away
    int sum = 0;
    for (int i = 0; i < count; i++) {
        int acoc_6 = 0; acoc_outcome = acoc_await_next(acoc_task_, 0, &acoc_6, &(*seed));
#line 12
            if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_sum_of_squares[1]); acoc_frame_->count = count; acoc_frame_->sum = sum; acoc_frame_->i = i; return ACOC_SUSPENDED;
#line 12
        acoc_resume_1: ; count = acoc_frame_->count; sum = acoc_frame_->sum; i = acoc_frame_->i; seed = (void *)&acoc_frame_->seed; if (acoc_outcome != ACOC_DONE) goto acoc_failed_1; acoc_6 = acoc_frame_->acoc_6; }
#line 12
            else { acoc_failed_1: acoc_trace(&acoc_points_sum_of_squares[1]); goto acoc_raised_0; } }
#line 12
        int value = acoc_6;
        int square = value * value;         // never alive across a suspension
        sum += square;
    }
    { acoc_value = sum; goto acoc_return; }
acoc_return: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_sum_of_squares); *acoc_result_ = acoc_value; return ACOC_DONE;
#line 17
acoc_raised_0: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_sum_of_squares); return ACOC_RAISED;
#line 17
}
#line 7
static acoc_status acoc_resume_sum_of_squares(acoc_task *acoc_task_, acoc_frame *acoc_base_)
#line 7
{ if (!acoc_base_) __builtin_unreachable(); return acoc_await_sum_of_squares(acoc_task_, acoc_base_, 0, 0); }
#line 7
acoc_awaitable sum_of_squares(int count)
#line 7
{ acoc_task *acoc_task_ = acoc_object_new(&acoc_function_sum_of_squares); struct acoc_frame_sum_of_squares *acoc_frame_ = acoc_root_frame(acoc_task_);
#line 7
  if (acoc_frame_) { acoc_frame_->count = count; } return acoc_object_handle(acoc_task_); }

