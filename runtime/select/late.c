// SPDX-License-Identifier: MIT
//
// late: for tests only. Behaves like the worst completion selector: nothing ends at once, a try always fails, bytes to
// send are read one pass after the socket was ready, received bytes are written one pass after they were received, and
// cancel always answers "will end". What passes on it does not depend on a readiness selector's kindness.
//
//     stage 0: waits for readiness ──▶ 1: ready, one pass later: the system call ──▶ 2: one pass later: delivers, ends
#include "readiness.h"

#include <errno.h>
#include <string.h>

enum { STAGE_WAITS, STAGE_ACTS, STAGE_DELIVERS };

static void late_end(acoc_operation *operation, int32_t result)
{
    operation->state = ACOC_OPERATION_IDLE;
    operation->result = result;
    operation->complete(operation);
}

// Receives into a chunk of its own, whatever memory the receiver will get the bytes in.
static int late_receive(acoc_operation *operation)
{
    acoc_selector *selector = operation->selector;
    if (!(operation->source->ready & ACOC_READABLE))
        return 0;
    size_t size = ACOC_CHUNK_LARGE_SIZE;
    if (operation->place) {
        struct iovec place = operation->place(operation);
        operation->memory = place.iov_base;
        size = place.iov_len < size ? place.iov_len : size;
    }
    acoc_chunk *chunk = size ? acoc_chunk_take(&selector->chunks, ACOC_CHUNK_LARGE) : NULL;
    if (!chunk) {
        operation->result = size ? -ENOMEM : -ENOBUFS;
        return 1;
    }
    int ended = acoc__readiness_receive(selector, operation->source, chunk->data, size, &operation->result);
    if (ended && operation->result > 0) {
        operation->chunk = chunk;
        chunk->end = (uint32_t)operation->result;
    } else {
        acoc_chunk_release(chunk);
    }
    return ended;
}

static void late_deliver(acoc_operation *operation)
{
    if (operation->kind == ACOC_RECEIVE && operation->place && operation->result > 0) {
        memcpy(operation->memory, operation->chunk->data, (size_t)operation->result);
        acoc_chunk_release(operation->chunk);
        operation->chunk = NULL;
    }
    late_end(operation, operation->result);
}

static void late_act(acoc_operation *operation)
{
    int ended = operation->kind == ACOC_RECEIVE ? late_receive(operation)
                                                : acoc__readiness_attempt(operation->selector, operation);
    if (ended) {
        operation->stage = STAGE_DELIVERS;
        acoc__operation_queue(operation, ACOC_OPERATION_QUEUED);
        return;
    }
    if (operation->state == ACOC_OPERATION_CANCELLED) { // by place()
        late_end(operation, -ECANCELED);
        return;
    }
    operation->stage = STAGE_WAITS;
    int error = acoc__readiness_park(operation->selector, operation);
    if (error < 0)
        late_end(operation, error);
}

static void late_run(acoc_wait *wait)
{
    acoc_operation *operation = acoc__operation_of(wait);
    if (operation->state == ACOC_OPERATION_CANCELLED) {
        late_end(operation, -ECANCELED);
    } else if (operation->stage == STAGE_WAITS) {
        operation->stage = STAGE_ACTS;
        acoc__operation_queue(operation, ACOC_OPERATION_QUEUED);
    } else if (operation->stage == STAGE_ACTS) {
        late_act(operation);
    } else {
        late_deliver(operation);
    }
}

static int late_wait_cancel(acoc_wait *wait)
{
    acoc_operation *operation = acoc__operation_of(wait);
    return acoc_selector_cancel(operation->selector, operation);
}

static const acoc_wait_operations late_wait = { "operation", late_run, late_wait_cancel };

static int late_submit(acoc_selector *selector, acoc_operation *operation)
{
    (void)selector;
    if (operation->flags & ACOC_TRY_ONLY) {
        operation->result = -EAGAIN;
        return 1;
    }
    operation->begun = 0;
    operation->stage = STAGE_WAITS;
    operation->wait.operations = &late_wait;
    int watch = operation->kind == ACOC_WATCH_READABLE || operation->kind == ACOC_WATCH_WRITABLE;
    if (!watch) {
        acoc__operation_queue(operation, ACOC_OPERATION_QUEUED);
        return 0;
    }
    int error = acoc__readiness_park(selector, operation);
    if (error < 0)
        operation->result = error;
    return error < 0;
}

static int late_cancel(acoc_selector *selector, acoc_operation *operation)
{
    (void)selector;
    if (operation->state == ACOC_OPERATION_PARKED) {
        acoc__readiness_unpark(operation);
        acoc__operation_queue(operation, ACOC_OPERATION_CANCELLED);
    } else if (operation->stage != STAGE_DELIVERS) {
        operation->state = ACOC_OPERATION_CANCELLED;
    }
    return 0;
}

const acoc_selector_functions acoc__late_selector = {
    "late", acoc__readiness_open, acoc__readiness_close, late_submit, late_cancel,
    acoc__readiness_forget, acoc__readiness_wait,
};
