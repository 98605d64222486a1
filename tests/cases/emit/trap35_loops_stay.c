#line 1 "trap35_loops_stay.aco"
// SPDX-License-Identifier: MIT
// Trap 35: what does not suspend stays as it was written, comments and lay-out too, beside suspensions before and after.
// acoc: -w
#include <acoc.h>

struct totals {
    long sum, squares;
};

acoc_awaitable next(void); acoc_status acoc_await_next(acoc_task *, acoc_frame *, int *);

acoc_awaitable compute(const int *values, int count, unsigned int seed);
#line 12
acoc_status acoc_await_compute(acoc_task *, acoc_frame *, long *, const int *, int, unsigned int);
struct acoc_frame_compute { acoc_frame acoc_base; struct totals totals; union { const int *values; long acoc_8; }; union { int count; int acoc_9; }; unsigned int seed; int acoc_7; };
_Static_assert(sizeof(struct acoc_frame_compute) == 56, "acoc computed another frame size");
static acoc_status acoc_resume_compute(acoc_task *acoc_task_, acoc_frame *acoc_base_);
static const acoc_function acoc_function_compute;
static const acoc_point acoc_points_compute[] = {
    { acoc_resume_compute, &acoc_function_compute, 0, 12, 0 },
    { acoc_resume_compute, &acoc_function_compute, 1, 15, __builtin_offsetof(struct acoc_frame_compute, acoc_7) },
    { acoc_resume_compute, &acoc_function_compute, 2, 36, __builtin_offsetof(struct acoc_frame_compute, acoc_9) },
};
static const acoc_function acoc_function_compute = {
    &acoc_abi_1, "compute", "trap35_loops_stay.aco", acoc_resume_compute, acoc_points_compute, 12,
    sizeof(struct acoc_frame_compute), 8, 8, 104, 112, 0
};
#line 12
acoc_status acoc_await_compute(acoc_task *acoc_task_, acoc_frame *acoc_base_, long *acoc_result_, const int *values, int count, unsigned int seed)
{
#line 12
    struct acoc_frame_compute *acoc_frame_ = (struct acoc_frame_compute *)acoc_base_; acoc_status acoc_outcome = ACOC_DONE; (void)acoc_outcome; long acoc_value = 0;
#line 12
    if (acoc_frame_) { acoc_outcome = acoc_outcome_of(acoc_task_); acoc_result_ = acoc_result_place(acoc_task_, acoc_base_);
#line 12
        switch (acoc_base_->point->state) { case 0: values = acoc_frame_->values; count = acoc_frame_->count; seed = acoc_frame_->seed; if (acoc_outcome == ACOC_RAISED) goto acoc_raised_0; break; case 1: goto acoc_resume_1; case 2: goto acoc_resume_2; default: __builtin_trap(); }
#line 12
    } else { if (acoc_stack_low(acoc_task_) && (acoc_frame_ = acoc_start_later(acoc_task_, &acoc_points_compute[0])) != 0) { acoc_frame_->values = values; acoc_frame_->count = count; acoc_frame_->seed = seed; return ACOC_SUSPENDED; } }

    struct totals totals = { 0, 0 };
    int acoc_7 = 0; acoc_outcome = acoc_await_next(acoc_task_, 0, &acoc_7);
#line 15
        if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_compute[1]); acoc_frame_->values = values; acoc_frame_->count = count; acoc_frame_->seed = seed; acoc_frame_->totals = totals; return ACOC_SUSPENDED;
#line 15
    acoc_resume_1: ; values = acoc_frame_->values; count = acoc_frame_->count; seed = acoc_frame_->seed; totals = acoc_frame_->totals; if (acoc_outcome != ACOC_DONE) goto acoc_failed_1; acoc_7 = acoc_frame_->acoc_7; }
#line 15
        else { acoc_failed_1: acoc_trace(&acoc_points_compute[1]); goto acoc_raised_0; } }
#line 15
    int scale = acoc_7;

    for (int i = 0; i < count; i++) {   // the hot loop
        int value = values[i] * scale;
        if (value % 3 == 0)
            continue;
        totals.sum += value;            /* kept */
        totals.squares += (long)value * value;
    }

    while (seed > 1)
        seed = seed % 2 ? 3 * seed + 1
                        : seed / 2;

    do { scale--; } while (scale > 0);

    switch (count & 3) {
    case 0: totals.sum++; break;
    case 1 ... 2: totals.sum--;
    default: ;
    }
    { long acoc_8; int acoc_9 = 0; acoc_8 = totals.sum + totals.squares + seed; acoc_outcome = acoc_await_next(acoc_task_, 0, &acoc_9);
#line 36
        if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_compute[2]); acoc_frame_->acoc_8 = acoc_8; return ACOC_SUSPENDED;
#line 36
    acoc_resume_2: ; acoc_8 = acoc_frame_->acoc_8; if (acoc_outcome != ACOC_DONE) goto acoc_failed_2; acoc_9 = acoc_frame_->acoc_9; }
#line 36
        else { acoc_failed_2: acoc_trace(&acoc_points_compute[2]); goto acoc_raised_0; } }
#line 36
    acoc_value = acoc_8 + acoc_9; goto acoc_return; }
acoc_return: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_compute); *acoc_result_ = acoc_value; return ACOC_DONE;
#line 37
acoc_raised_0: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_compute); return ACOC_RAISED;
#line 37
}
#line 12
static acoc_status acoc_resume_compute(acoc_task *acoc_task_, acoc_frame *acoc_base_)
#line 12
{ if (!acoc_base_) __builtin_unreachable(); return acoc_await_compute(acoc_task_, acoc_base_, 0, 0, 0, 0); }
#line 12
acoc_awaitable compute(const int *values, int count, unsigned int seed)
#line 12
{ acoc_task *acoc_task_ = acoc_object_new(&acoc_function_compute); struct acoc_frame_compute *acoc_frame_ = acoc_root_frame(acoc_task_);
#line 12
  if (acoc_frame_) { acoc_frame_->values = values; acoc_frame_->count = count; acoc_frame_->seed = seed; } return acoc_object_handle(acoc_task_); }

