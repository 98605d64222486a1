#line 1 "lowering_cleanup.aco"
// SPDX-License-Identifier: MIT
// The second example of docs/lowering.md: finally, with and a handle; one copy of each clean-up.
#include <acoc.h>

typedef struct lock lock;
acoc_awaitable lock_enter(lock *l); acoc_status acoc_await_lock_enter(acoc_task *, acoc_frame *, lock *);
void lock_exit(lock *l, acoc_error *error);
acoc_awaitable fetch(int key); acoc_status acoc_await_fetch(acoc_task *, acoc_frame *, int *, int);
void note(int key);

acoc_awaitable both(lock *l, int key);
#line 11
acoc_status acoc_await_both(acoc_task *, acoc_frame *, int *, lock *, int);
struct acoc_frame_both { acoc_frame acoc_base; union { lock *l; acoc_awaitable other; }; lock *acoc_object_4; int key; int acoc_6; int acoc_7; };
_Static_assert(sizeof(struct acoc_frame_both) == 48, "acoc computed another frame size");
static acoc_status acoc_resume_both(acoc_task *acoc_task_, acoc_frame *acoc_base_);
static const acoc_function acoc_function_both;
static const acoc_point acoc_points_both[] = {
    { acoc_resume_both, &acoc_function_both, 0, 11, 0 },
    { acoc_resume_both, &acoc_function_both, 1, 15, 0 },
    { acoc_resume_both, &acoc_function_both, 2, 16, __builtin_offsetof(struct acoc_frame_both, acoc_6) },
    { acoc_resume_both, &acoc_function_both, 3, 16, __builtin_offsetof(struct acoc_frame_both, acoc_7) },
    { 0, &acoc_function_both, 0, 13, 0 },
    { 0, &acoc_function_both, 0, 15, 0 },
    { 0, &acoc_function_both, 0, 15, 0 },
};
static const acoc_function acoc_function_both = {
    &acoc_abi_1, "both", "lowering_cleanup.aco", acoc_resume_both, acoc_points_both, 11,
    sizeof(struct acoc_frame_both), 8, 4, 104, 112, 0
};
#line 11
acoc_status acoc_await_both(acoc_task *acoc_task_, acoc_frame *acoc_base_, int *acoc_result_, lock *l, int key)
{
#line 11
    struct acoc_frame_both *acoc_frame_ = (struct acoc_frame_both *)acoc_base_; acoc_status acoc_outcome = ACOC_DONE; (void)acoc_outcome; int acoc_leave_2 = 0; lock *acoc_object_4 = 0; int acoc_leave_4 = 0; int acoc_value = 0; void *acoc_pending_4 = 0; void *acoc_pending_2 = 0; acoc_awaitable other = 0;
#line 11
    if (acoc_frame_) { acoc_outcome = acoc_outcome_of(acoc_task_); acoc_result_ = acoc_result_place(acoc_task_, acoc_base_);
#line 11
        switch (acoc_base_->point->state) { case 0: l = acoc_frame_->l; key = acoc_frame_->key; if (acoc_outcome == ACOC_RAISED) goto acoc_raised_0; break; case 1: goto acoc_resume_1; case 2: goto acoc_resume_2; case 3: goto acoc_resume_3; default: __builtin_trap(); }
#line 11
    } else { if (acoc_stack_low(acoc_task_) && (acoc_frame_ = acoc_start_later(acoc_task_, &acoc_points_both[0])) != 0) { acoc_frame_->l = l; acoc_frame_->key = key; return ACOC_SUSPENDED; } }

    acoc_handle_set(&other, __extension__ ({ acoc_awaitable acoc_call_0 = acoc_spawn(fetch(key + 1)); if (__builtin_expect(acoc_raised != 0, 0)) { acoc_trace(&acoc_points_both[4]); goto acoc_raised_1; } acoc_call_0; }));
    { {
        { acoc_object_4 = l; acoc_outcome = acoc_await_lock_enter(acoc_task_, 0, acoc_object_4);
#line 15
            if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_both[1]); acoc_frame_->key = key; acoc_frame_->other = other; acoc_frame_->acoc_object_4 = acoc_object_4; return ACOC_SUSPENDED;
#line 15
        acoc_resume_1: ; key = acoc_frame_->key; other = acoc_frame_->other; acoc_object_4 = acoc_frame_->acoc_object_4; if (acoc_outcome != ACOC_DONE) goto acoc_failed_1; }
#line 15
            else { acoc_failed_1: acoc_trace(&acoc_points_both[1]); goto acoc_raised_2; } }
        { int acoc_6 = 0; int acoc_7 = 0; acoc_outcome = acoc_await_fetch(acoc_task_, 0, &acoc_6, key);
#line 16
                if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_both[2]); acoc_frame_->key = key; acoc_frame_->other = other; acoc_frame_->acoc_object_4 = acoc_object_4; return ACOC_SUSPENDED;
#line 16
            acoc_resume_2: ; key = acoc_frame_->key; other = acoc_frame_->other; acoc_object_4 = acoc_frame_->acoc_object_4; if (acoc_outcome != ACOC_DONE) goto acoc_failed_2; acoc_6 = acoc_frame_->acoc_6; }
#line 16
                else { acoc_failed_2: acoc_trace(&acoc_points_both[2]); goto acoc_raised_4; } }
#line 16
            acoc_outcome = acoc_await(acoc_task_, other, &acoc_7, sizeof acoc_7);
#line 16
                if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_both[3]); acoc_frame_->key = key; acoc_frame_->other = other; acoc_frame_->acoc_object_4 = acoc_object_4; acoc_frame_->acoc_6 = acoc_6; return ACOC_SUSPENDED;
#line 16
            acoc_resume_3: ; key = acoc_frame_->key; other = acoc_frame_->other; acoc_object_4 = acoc_frame_->acoc_object_4; acoc_6 = acoc_frame_->acoc_6; if (acoc_outcome != ACOC_DONE) goto acoc_failed_3; acoc_7 = acoc_frame_->acoc_7; }
#line 16
                else { acoc_failed_3: acoc_trace(&acoc_points_both[3]); goto acoc_raised_4; } }
#line 16
            acoc_value = (acoc_6) + (acoc_7); acoc_leave_4 = 2; goto acoc_cleanup_4; }
#line 16
            acoc_leave_4 = 0; if (0) { acoc_raised_4: acoc_leave_4 = 1; } acoc_cleanup_4: acoc_pending_4 = acoc_leave_4 == 1 ? acoc_catch() : 0; {
#line 15
        lock_exit(acoc_object_4, acoc_caught_error(acoc_pending_4));
            }
#line 16
            if (acoc_pending_4) { acoc_raise_again(acoc_pending_4); goto acoc_raised_2; } if (acoc_leave_4 == 2) { acoc_leave_2 = 2; goto acoc_cleanup_2; } }
    }
#line 17
    acoc_leave_2 = 0; if (0) { acoc_raised_2: acoc_leave_2 = 1; } acoc_cleanup_2: acoc_pending_2 = acoc_leave_2 == 1 ? acoc_catch() : 0; {
        note(key);
    }
#line 19
    if (acoc_pending_2) { acoc_raise_again(acoc_pending_2); goto acoc_raised_1; } if (acoc_leave_2 == 2) { acoc_release(other); goto acoc_return; } }
    acoc_release(other);
#line 20
if (0) { acoc_raised_1: acoc_release(other); goto acoc_raised_0; }
#line 20
acoc_return: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_both); *acoc_result_ = acoc_value; return ACOC_DONE;
#line 20
acoc_raised_0: if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_both); return ACOC_RAISED;
#line 20
}
#line 11
static acoc_status acoc_resume_both(acoc_task *acoc_task_, acoc_frame *acoc_base_)
#line 11
{ if (!acoc_base_) __builtin_unreachable(); return acoc_await_both(acoc_task_, acoc_base_, 0, 0, 0); }
#line 11
acoc_awaitable both(lock *l, int key)
#line 11
{ acoc_task *acoc_task_ = acoc_object_new(&acoc_function_both); struct acoc_frame_both *acoc_frame_ = acoc_root_frame(acoc_task_);
#line 11
  if (acoc_frame_) { acoc_frame_->l = l; acoc_frame_->key = key; } return acoc_object_handle(acoc_task_); }

