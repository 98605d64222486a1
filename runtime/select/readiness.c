// SPDX-License-Identifier: MIT
//
// The adapter: runs operations over a mechanism that only reports readiness. Try; where the kernel says EAGAIN, park the
// operation on its source; when an event comes, hand it to the loop's ready queue and try again from there.
//
// Two bits per source remember what was reported and not yet used up, so that a pause loses nothing and a resume may
// try at once. A bit is cleared by EAGAIN. On a plain TCP socket a short transfer clears it too, which saves the call
// that would only answer EAGAIN; not when the event carried RDHUP, HUP, ERR or PRI: the end or an urgent byte follows the data and
// brings no further edge.
#include "readiness.h"

#include <errno.h>

#include "../base/memory.h"
#include "../loop/system.h"

static int direction_of(const acoc_operation *operation)
{
    switch (operation->kind) {
    case ACOC_ACCEPT:
    case ACOC_RECEIVE:
    case ACOC_WATCH_READABLE:
        return 0;
    default:
        return 1;
    }
}

static int is_watch(const acoc_operation *operation)
{
    return operation->kind == ACOC_WATCH_READABLE || operation->kind == ACOC_WATCH_WRITABLE;
}

void acoc_source_init(acoc_source *source, int fd)
{
    *source = (acoc_source){ .fd = fd, .ready = ACOC_WRITABLE };
}

// ------------------------------------------------------------------------------------------------------ attempts

static int would_block(ssize_t result)
{
    return result == -EAGAIN || result == -EWOULDBLOCK;
}

// Into memory of ours. 1: ended; 0: nothing there yet.
int acoc__readiness_receive(acoc_selector *selector, acoc_source *source, void *memory, size_t size, int32_t *result)
{
    ssize_t count;
    do
        count = selector->system->receive(source->fd, memory, size, 0);
    while (count == -EINTR);
    if (count < 0) {
        if (would_block(count)) {
            source->ready &= (uint8_t)~ACOC_READABLE;
            source->unusual = 0;
            return 0;
        }
        *result = (int32_t)count;
        return 1;
    }
    if (count > 0 && (size_t)count < size && source->plain_stream && !source->unusual)
        source->ready &= (uint8_t)~ACOC_READABLE;
    *result = (int32_t)count;
    return 1;
}

static int attempt_receive(acoc_selector *selector, acoc_operation *operation)
{
    acoc_source *source = operation->source;
    if (operation->place) {
        struct iovec place = operation->place(operation);
        if (place.iov_len == 0) {
            operation->result = -ENOBUFS;
            return 1;
        }
        operation->memory = place.iov_base;
        size_t size = place.iov_len < INT32_MAX ? place.iov_len : INT32_MAX;
        return acoc__readiness_receive(selector, source, place.iov_base, size, &operation->result);
    }
    acoc_chunk *chunk = acoc_chunk_take(&selector->chunks, ACOC_CHUNK_LARGE);
    if (!chunk) {
        operation->result = -ENOMEM;
        return 1;
    }
    int ended = acoc__readiness_receive(selector, source, chunk->data, chunk->capacity, &operation->result);
    if (ended && operation->result > 0) {
        chunk->end = (uint32_t)operation->result;
        operation->chunk = chunk;
    } else {
        acoc_chunk_release(chunk);
    }
    return ended;
}

static size_t vectors_size(const acoc_operation *operation)
{
    size_t size = 0;
    for (int i = 0; i < operation->vector_count; i++)
        size += operation->vectors[i].iov_len;
    return size;
}

static int attempt_send(acoc_selector *selector, acoc_operation *operation)
{
    acoc_source *source = operation->source;
    ssize_t count;
    do {
        if (operation->vector_count == 1) {
            const struct iovec *vector = operation->vectors;
            count = selector->system->send(source->fd, vector->iov_base, vector->iov_len, 0);
        } else {
            struct msghdr message = { .msg_iov = (struct iovec *)operation->vectors,
                                      .msg_iovlen = (size_t)operation->vector_count };
            count = selector->system->send_message(source->fd, &message, 0);
        }
    } while (count == -EINTR);
    if (count < 0) {
        if (would_block(count)) {
            source->ready &= (uint8_t)~ACOC_WRITABLE;
            return 0;
        }
        operation->result = (int32_t)count;
        return 1;
    }
    size_t size = vectors_size(operation);
    if (count == 0 && size > 0) {                       // treated as nothing written
        source->ready &= (uint8_t)~ACOC_WRITABLE;
        return 0;
    }
    if ((size_t)count < size && source->plain_stream)
        source->ready &= (uint8_t)~ACOC_WRITABLE;
    operation->result = (int32_t)count;
    return 1;
}

static int attempt_accept(acoc_selector *selector, acoc_operation *operation)
{
    socklen_t room = operation->address_size;
    int fd;
    do {
        operation->address_size = room;
        fd = selector->system->accept(operation->source->fd, operation->address,
                                      operation->address ? &operation->address_size : NULL);
    } while (fd == -EINTR || fd == -ECONNABORTED);      // aborted: that client has gone, the next one
    if (would_block(fd)) {
        operation->source->ready &= (uint8_t)~ACOC_READABLE;
        return 0;
    }
    operation->result = fd;
    return 1;
}

static int attempt_connect(acoc_selector *selector, acoc_operation *operation)
{
    acoc_source *source = operation->source;
    if (operation->begun) {
        int error = 0;
        socklen_t size = sizeof error;
        int failed = selector->system->get_option(source->fd, SOL_SOCKET, SO_ERROR, &error, &size);
        operation->result = failed < 0 ? failed : -error;
        return 1;
    }
    operation->begun = 1;
    int result = selector->system->connect(source->fd, operation->address, operation->address_size);
    if (result == -EINPROGRESS || result == -EINTR) {   // interrupted: it goes on in the kernel
        source->ready &= (uint8_t)~ACOC_WRITABLE;
        return 0;
    }
    operation->result = result;
    return 1;
}

// One try. 1: ended, result is set; 0: it has to wait for readiness.
int acoc__readiness_attempt(acoc_selector *selector, acoc_operation *operation)
{
    int direction = direction_of(operation);
    if (!(operation->source->ready & (1 << direction)))
        return 0;
    switch (operation->kind) {
    case ACOC_ACCEPT:
        return attempt_accept(selector, operation);
    case ACOC_CONNECT:
        return attempt_connect(selector, operation);
    case ACOC_RECEIVE:
        return attempt_receive(selector, operation);
    case ACOC_SEND:
        return attempt_send(selector, operation);
    default:                                            // a watch: readiness itself is the result
        operation->source->ready &= (uint8_t)~(1 << direction);
        operation->result = 0;
        return 1;
    }
}

// --------------------------------------------------------------------------------------------- slots and parking

static int slots_grow(acoc_readiness *readiness)
{
    uint32_t count = readiness->slot_count ? readiness->slot_count * 2 : 16;
    acoc_slot *slots = acoc__memory_resize(readiness->slots, readiness->slot_count * sizeof *slots,
                                           count * sizeof *slots, ACOC_MEMORY_LOOP);
    if (!slots)
        return -ENOMEM;
    readiness->slots = slots;
    for (uint32_t i = count - 1; i > 0 && i >= readiness->slot_count; i--) {
        slots[i] = (acoc_slot){ .generation = 1, .next_free = readiness->first_free };
        readiness->first_free = i;
    }
    if (readiness->slot_count == 0)
        slots[0] = (acoc_slot){ 0 };
    readiness->slot_count = count;
    return 0;
}

static int source_register(acoc_readiness *readiness, acoc_source *source)
{
    if (!readiness->first_free && slots_grow(readiness) < 0)
        return -ENOMEM;
    uint32_t slot = readiness->first_free;
    source->slot = slot;
    int error = readiness->poller->add(readiness, source);
    if (error < 0) {
        source->slot = 0;
        return error;
    }
    readiness->first_free = readiness->slots[slot].next_free;
    readiness->slots[slot].source = source;
    return 0;
}

// Lets operation wait on its source for an event. A second one for the same direction is refused.
int acoc__readiness_park(acoc_selector *selector, acoc_operation *operation)
{
    acoc_readiness *readiness = (acoc_readiness *)selector;
    acoc_source *source = operation->source;
    acoc_operation **place = &source->parked[direction_of(operation)];
    if (*place)
        return -EBUSY;
    if (!source->slot) {
        int error = source_register(readiness, source);
        if (error < 0)
            return error;
    } else if (is_watch(operation)) {
        int error = readiness->poller->rearm(readiness, source);
        if (error < 0)
            return error;
    }
    *place = operation;
    operation->state = ACOC_OPERATION_PARKED;
    return 0;
}

void acoc__readiness_unpark(acoc_operation *operation)
{
    operation->source->parked[direction_of(operation)] = NULL;
}

void acoc__operation_queue(acoc_operation *operation, int state)
{
    operation->state = (uint8_t)state;
    operation->selector->ready(operation->selector->owner, &operation->wait);
}

void acoc__readiness_report(acoc_readiness *readiness, uint32_t slot, uint32_t generation, int ready, int unusual)
{
    if (slot >= readiness->slot_count || readiness->slots[slot].generation != generation)
        return;
    acoc_source *source = readiness->slots[slot].source;
    if (!source)
        return;
    source->ready |= (uint8_t)ready;
    source->unusual |= (uint8_t)unusual;
    for (int direction = 0; direction < 2; direction++) {
        acoc_operation *operation = source->parked[direction];
        if (operation && ready & (1 << direction)) {
            source->parked[direction] = NULL;
            acoc__operation_queue(operation, ACOC_OPERATION_QUEUED);
        }
    }
}

// ------------------------------------------------------------------------------------------------------ the table

static void operation_end(acoc_operation *operation, int32_t result)
{
    operation->state = ACOC_OPERATION_IDLE;
    operation->result = result;
    operation->complete(operation);
}

// From the loop's ready queue: an event came, or the operation was deferred or cancelled.
static void operation_run(acoc_wait *wait)
{
    acoc_operation *operation = acoc__operation_of(wait);
    if (operation->state == ACOC_OPERATION_CANCELLED) {
        operation_end(operation, -ECANCELED);
        return;
    }
    if (acoc__readiness_attempt(operation->selector, operation)) {
        operation_end(operation, operation->result);
        return;
    }
    if (operation->state == ACOC_OPERATION_CANCELLED) { // by place()
        operation_end(operation, -ECANCELED);
        return;
    }
    int error = acoc__readiness_park(operation->selector, operation);
    if (error < 0)
        operation_end(operation, error);
}

static int operation_cancel(acoc_wait *wait)
{
    acoc_operation *operation = acoc__operation_of(wait);
    return acoc_selector_cancel(operation->selector, operation);
}

static const acoc_wait_operations operation_wait = { "operation", operation_run, operation_cancel };

int acoc__readiness_submit(acoc_selector *selector, acoc_operation *operation)
{
    operation->begun = 0;
    operation->wait.operations = &operation_wait;
    if (operation->flags & ACOC_DEFERRED) {
        acoc__operation_queue(operation, ACOC_OPERATION_QUEUED);
        return 0;
    }
    if (!is_watch(operation) && acoc__readiness_attempt(selector, operation))
        return 1;
    if (operation->flags & ACOC_TRY_ONLY) {
        operation->result = -EAGAIN;
        return 1;
    }
    int error = acoc__readiness_park(selector, operation);
    if (error < 0)
        operation->result = error;
    return error < 0;
}

int acoc__readiness_cancel(acoc_selector *selector, acoc_operation *operation)
{
    (void)selector;
    if (operation->state == ACOC_OPERATION_PARKED) {
        acoc__readiness_unpark(operation);
        operation->state = ACOC_OPERATION_IDLE;
        operation->result = -ECANCELED;
        return 1;
    }
    operation->state = ACOC_OPERATION_CANCELLED;        // in the ready queue, which cannot be searched: ends when run
    return 0;
}

void acoc__readiness_forget(acoc_selector *selector, acoc_source *source)
{
    acoc_readiness *readiness = (acoc_readiness *)selector;
    if (!source->slot)
        return;
    readiness->poller->remove(readiness, source);
    acoc_slot *slot = &readiness->slots[source->slot];
    slot->source = NULL;
    slot->generation++;
    slot->next_free = readiness->first_free;
    readiness->first_free = source->slot;
    source->slot = 0;
}

int acoc__readiness_wait(acoc_selector *selector, int64_t timeout)
{
    acoc_readiness *readiness = (acoc_readiness *)selector;
    return readiness->poller->wait(readiness, timeout);
}

int acoc__readiness_open(acoc_selector *selector)
{
    acoc_readiness *readiness = (acoc_readiness *)selector;
    return readiness->poller->open(readiness);
}

void acoc__readiness_close(acoc_selector *selector)
{
    acoc_readiness *readiness = (acoc_readiness *)selector;
    readiness->poller->close(readiness);
    acoc__memory_give(readiness->slots, readiness->slot_count * sizeof *readiness->slots, ACOC_MEMORY_LOOP);
    readiness->slots = NULL;
}
