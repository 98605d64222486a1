// SPDX-License-Identifier: MIT
//
// A reader's bytes: a queue of chunks. A view points into a chunk, which stays where it is until the next call on the
// reader; bytes that arrive meanwhile go behind it or into further chunks. Only what spans chunks is joined, by one copy.
// A reader without bytes holds no memory.
#include "stream.h"

#include <string.h>

#include "../loop/loop.h"

// ----------------------------------------------------------------------------------------------------------- life

void acoc__reader_init(acoc_stream_reader *reader, acoc_loop *loop, size_t limit)
{
    *reader = (acoc_stream_reader){ .loop = loop, .pool = &loop->selector->chunks,
                                    .limit = limit ? limit : ACOC_DEFAULT_READER_LIMIT };
}

static void expire(acoc_stream_reader *reader)
{
    if (reader->expired) {
        acoc_chunk_release(reader->expired);
        reader->expired = NULL;
    }
    if (reader->first && reader->first->start)
        acoc_chunk_expire(reader->first);
    if (acoc_unlikely(reader->joined != NULL)) {
        acoc__memory_give(reader->joined, reader->joined_size, ACOC_MEMORY_CHUNK);
        reader->joined = NULL;
    }
}

static void drop_all(acoc_stream_reader *reader)
{
    while (reader->first) {
        acoc_chunk *chunk = reader->first;
        reader->first = chunk->next;
        acoc_chunk_release(chunk);
    }
    reader->last = NULL;
    reader->size = 0;
}

void acoc__reader_clear(acoc_stream_reader *reader)
{
    expire(reader);
    drop_all(reader);
    acoc_error_release(reader->error);
    reader->error = NULL;
}

acoc_stream_reader *acoc_stream_reader_new(acoc_loop *loop, size_t limit)
{
    loop = acoc__loop_or_current(loop);
    if (!loop)
        return NULL;
    acoc_stream_reader *reader = acoc__memory_take(sizeof *reader, ACOC_MEMORY_TRANSPORT);
    if (!reader) {
        acoc_error_set(acoc_MemoryError("no memory for a stream reader"));
        return NULL;
    }
    acoc__reader_init(reader, loop, limit);
    return reader;
}

void acoc_stream_reader_free(acoc_stream_reader *reader)
{
    if (!reader)
        return;
    acoc__reader_clear(reader);
    acoc__memory_give(reader, sizeof *reader, ACOC_MEMORY_TRANSPORT);
}

// -------------------------------------------------------------------------------------------------------- feeding

static void wake(acoc_stream_reader *reader)
{
    acoc_wait *waiter = reader->waiter;
    if (!waiter)
        return;
    reader->waiter = NULL;
    acoc__wait_ready(reader->loop, waiter);
}

static void append_chunk(acoc_stream_reader *reader, acoc_chunk *chunk)
{
    chunk->next = NULL;
    if (reader->last)
        reader->last->next = chunk;
    else
        reader->first = chunk;
    reader->last = chunk;
}

static void after_feed(acoc_stream_reader *reader, size_t size)
{
    reader->size += size;
    wake(reader);
    if (acoc_unlikely(reader->size / 2 > reader->limit) && reader->size >= reader->wanted && !reader->paused &&
        reader->transport) {
        reader->paused = 1;
        acoc_transport_pause_reading(reader->transport);
    }
}

// Takes all chunks that the copy needs before it copies anything: a feed is whole or not done.
static int copy_in(acoc_stream_reader *reader, const char *data, size_t size)
{
    acoc_chunk *last = reader->last;
    size_t room = last ? last->capacity - last->end : 0;
    acoc_chunk *fresh = NULL, **end = &fresh;
    for (size_t have = room; have < size;) {
        size_t missing = size - have;
        acoc_chunk *chunk = acoc_chunk_take(reader->pool, missing <= 512 ? ACOC_CHUNK_SMALL : ACOC_CHUNK_LARGE);
        if (!chunk) {
            for (; fresh; fresh = chunk) {
                chunk = fresh->next;
                acoc_chunk_release(fresh);
            }
            return 0;
        }
        have += chunk->capacity;
        *end = chunk;
        end = &chunk->next;
    }
    while (size > 0) {
        size_t part = room < size ? room : size;
        if (part > 0)
            memcpy(last->data + last->end, data, part);
        if (last)
            last->end += (uint32_t)part;
        data += part;
        size -= part;
        if (fresh) {
            last = fresh;
            fresh = fresh->next;
            append_chunk(reader, last);
            room = last->capacity;
        }
    }
    return 1;
}

void acoc_stream_reader_feed_data(acoc_stream_reader *reader, const void *data, size_t size)
{
    if (reader->eof) {
        acoc_error_set(acoc_RuntimeError("feed_data after feed_eof"));
        return;
    }
    if (size == 0)
        return;
    if (copy_in(reader, data, size))
        after_feed(reader, size);
    else
        acoc_error_set(acoc_MemoryError("no memory for %zu bytes", size));
}

void acoc__reader_receive(acoc_stream_reader *reader, acoc_transport *transport, const char *data, size_t size)
{
    acoc_chunk *last = reader->last;
    if ((last && last->capacity - last->end >= size) || size <= 512) {
        acoc_stream_reader_feed_data(reader, data, size);
        return;
    }
    acoc_chunk *chunk = acoc_transport_keep_data(transport);
    if (!chunk) {
        acoc_stream_reader_feed_data(reader, data, size);
        return;
    }
    append_chunk(reader, chunk);
    after_feed(reader, size);
}

void acoc_stream_reader_feed_eof(acoc_stream_reader *reader)
{
    reader->eof = 1;
    wake(reader);
}

void acoc_stream_reader_set_exception(acoc_stream_reader *reader, acoc_error *error)
{
    acoc_error_release(reader->error);
    reader->error = error;
    wake(reader);
}

acoc_error *acoc_stream_reader_exception(const acoc_stream_reader *reader)
{
    return reader->error;
}

int acoc_stream_reader_at_eof(const acoc_stream_reader *reader)
{
    return reader->eof && reader->size == 0;
}

acoc_bytes acoc_stream_reader_partial(const acoc_stream_reader *reader)
{
    return reader->partial;
}

// --------------------------------------------------------------------------------------------------------- taking

// Every call on a reader begins here: the last view ends. 0: raised.
static int begin(acoc_stream_reader *reader)
{
    expire(reader);
    reader->wanted = 0;
    if (acoc_unlikely(reader->error != NULL)) {
        acoc_error_set(acoc_error_retain(reader->error));
        return 0;
    }
    return 1;
}

static void resume_if_low(acoc_stream_reader *reader)
{
    if (acoc_unlikely(reader->paused) && reader->size <= reader->limit) {
        reader->paused = 0;
        acoc_transport_resume_reading(reader->transport);
    }
}

// A chunk from which all was taken stays behind the view until the next call.
static void consume_first(acoc_stream_reader *reader, size_t size)
{
    acoc_chunk *chunk = reader->first;
    chunk->start += (uint32_t)size;
    reader->size -= size;
    if (chunk->start < chunk->end)
        return;
    reader->first = chunk->next;
    if (!reader->first)
        reader->last = NULL;
    acoc_chunk_release(reader->expired);
    reader->expired = chunk;
}

// size bytes, which are there, become reader->taken. 0: no memory to join them; then nothing is taken.
static int take(acoc_stream_reader *reader, size_t size)
{
    acoc_chunk *first = reader->first;
    if (size == 0) {
        reader->taken = (acoc_bytes){ "", 0 };
        return 1;
    }
    if (size <= first->end - first->start) {
        reader->taken = (acoc_bytes){ first->data + first->start, size };
        consume_first(reader, size);
        resume_if_low(reader);
        return 1;
    }
    char *joined = acoc__memory_take(size, ACOC_MEMORY_CHUNK);
    if (!joined) {
        acoc_error_set(acoc_MemoryError("no memory to join %zu bytes", size));
        return 0;
    }
    for (size_t done = 0; done < size;) {
        acoc_chunk *chunk = reader->first;
        size_t part = chunk->end - chunk->start;
        if (part > size - done)
            part = size - done;
        memcpy(joined + done, chunk->data + chunk->start, part);
        consume_first(reader, part);
        done += part;
    }
    reader->joined = joined;
    reader->joined_size = size;
    reader->taken = (acoc_bytes){ joined, size };
    resume_if_low(reader);
    return 1;
}

int acoc__reader_take_some(acoc_stream_reader *reader, size_t size)
{
    if (!begin(reader))
        return 0;
    acoc_chunk *first = reader->first;
    if (!first) {
        reader->taken = (acoc_bytes){ "", 0 };
        return reader->eof || size == 0;
    }
    size_t there = first->end - first->start;
    return take(reader, size < there ? size : there);
}

int acoc__reader_take_all(acoc_stream_reader *reader)
{
    return begin(reader) && reader->eof && take(reader, reader->size);
}

// The end came too early: what is left becomes reader->partial.
static void raise_incomplete(acoc_stream_reader *reader, size_t expected)
{
    size_t size = reader->size;
    if (!take(reader, size))
        return;
    reader->partial = reader->taken;
    if (expected)
        acoc_error_set(acoc_IncompleteReadError("%zu bytes read on a total of %zu expected bytes", size, expected));
    else
        acoc_error_set(acoc_IncompleteReadError("%zu bytes read on a total of undefined expected bytes", size));
}

int acoc__reader_take_exactly(acoc_stream_reader *reader, size_t size)
{
    if (!begin(reader))
        return 0;
    if (reader->size >= size)
        return take(reader, size);
    if (reader->eof)
        raise_incomplete(reader, size);
    return 0;
}

// ------------------------------------------------------------------------------------------------------- searching

static int matches(const acoc_chunk *chunk, size_t offset, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++, offset++) {
        while (offset >= chunk->end) {
            chunk = chunk->next;
            if (!chunk)
                return 0;
            offset = chunk->start;
        }
        if (chunk->data[offset] != text[i])
            return 0;
    }
    return 1;
}

// Where text begins, counted from the first byte that was not taken; SIZE_MAX: nowhere. Begins to search at from.
static size_t find(const acoc_stream_reader *reader, const char *text, size_t size, size_t from)
{
    size_t base = 0;
    for (const acoc_chunk *chunk = reader->first; chunk; chunk = chunk->next) {
        size_t length = chunk->end - chunk->start;
        while (from < base + length) {
            const char *start = chunk->data + chunk->start;
            const char *place = memchr(start + (from - base), text[0], length - (from - base));
            if (!place)
                break;
            if (size == 1 || matches(chunk, (size_t)(place - chunk->data), text, size))
                return base + (size_t)(place - start);
            from = base + (size_t)(place - start) + 1;
        }
        base += length;
        if (from < base)
            from = base;
    }
    return SIZE_MAX;
}

// readline's answer to a line over the limit: the line is dropped, what follows it stays.
static void drop_line(acoc_stream_reader *reader, size_t place)
{
    if (place == SIZE_MAX) {
        drop_all(reader);
        acoc_error_set(acoc_ValueError("Separator is not found, and chunk exceed the limit"));
    } else {
        for (size_t left = place + 1; left > 0;) {
            size_t part = reader->first->end - reader->first->start;
            part = part < left ? part : left;
            consume_first(reader, part);
            left -= part;
        }
        acoc_error_set(acoc_ValueError("Separator is found, but chunk is longer than limit"));
    }
    expire(reader);
    resume_if_low(reader);
}

int acoc__reader_take_line(acoc_stream_reader *reader, size_t seen)
{
    if (!begin(reader))
        return 0;
    size_t place = find(reader, "\n", 1, seen);
    if (place != SIZE_MAX && place <= reader->limit)
        return take(reader, place + 1);
    if (place != SIZE_MAX || reader->size > reader->limit) {
        drop_line(reader, place);
        return 0;
    }
    return reader->eof && take(reader, reader->size);
}

int acoc__reader_take_until(acoc_stream_reader *reader, const char *separator, size_t size, size_t seen)
{
    if (!begin(reader))
        return 0;
    if (size == 0) {
        acoc_error_set(acoc_ValueError("Separator should be at least one-byte string"));
        return 0;
    }
    size_t place = find(reader, separator, size, seen < size ? 0 : seen - size + 1);
    if (place != SIZE_MAX && place <= reader->limit)
        return take(reader, place + size);
    if (place != SIZE_MAX)
        acoc_error_set(acoc_LimitOverrunError("Separator is found, but chunk is longer than limit: %zu bytes", place));
    else if (reader->size >= size && reader->size - size + 1 > reader->limit)
        acoc_error_set(acoc_LimitOverrunError("Separator is not found, and chunk exceed the limit: %zu bytes",
                                              reader->size - size + 1));
    else if (reader->eof)
        raise_incomplete(reader, 0);
    return 0;
}

// --------------------------------------------------------------------------------------------------------- waiting

// Who wanted more than the limit is gone: the limit bounds what comes again.
static int reader_wait_cancel(acoc_wait *wait)
{
    acoc_stream_reader *reader = wait->of.object;
    reader->waiter = NULL;
    reader->wanted = 0;
    return 1;
}

static void reader_wait_run(acoc_wait *wait)
{
    if (acoc_unlikely(acoc__task_is_cut(acoc__task_of_wait(wait))))
        ((acoc_stream_reader *)wait->of.object)->wanted = 0;
    acoc__task_run(wait);
}

static const acoc_wait_operations reader_wait = { "read", reader_wait_run, reader_wait_cancel };

acoc_status acoc_await_acoc__reader_wait(acoc_task *task, acoc_frame *frame, acoc_stream_reader *reader, size_t wanted)
{
    (void)frame;
    if (!acoc__task_check_loop(task, reader->loop, "a stream"))
        return ACOC_RAISED;
    if (reader->waiter) {
        acoc_error_set(acoc_RuntimeError("read called while another coroutine is already waiting for incoming data"));
        return ACOC_RAISED;
    }
    reader->wanted = wanted;
    if (reader->paused) {
        reader->paused = 0;
        acoc_transport_resume_reading(reader->transport);
    }
    acoc__wait_begin(&task->wait, &reader_wait);
    task->wait.of.object = reader;
    reader->waiter = &task->wait;
    return acoc__task_wait(task);
}
