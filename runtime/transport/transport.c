// SPDX-License-Identifier: MIT
//
// The public interface of transports: checks, then the function of the transport's own kind. Flow control stands here
// once: every kind counts what it has queued in `buffered` and asks for judgement after it tried to send.
#include "transport.h"

enum { DEFAULT_HIGH = 65536 };

void acoc__transport_init(acoc_transport *transport, const acoc_transport_functions *functions, acoc_loop *loop,
                          acoc_protocol *protocol)
{
    transport->functions = functions;
    transport->loop = loop;
    transport->protocol = protocol;
    transport->count = 1;
    transport->flags = 0;
    transport->buffered = 0;
    transport->high = DEFAULT_HIGH;
    transport->low = DEFAULT_HIGH / 4;
}

// --------------------------------------------------------------------------------------------- errors of callbacks

acoc_failure *acoc__transport_failure(void)
{
    return acoc_unlikely(acoc_raised != NULL) ? acoc_catch() : NULL;
}

acoc_error *acoc__transport_report(acoc_loop *loop, const char *message, acoc_failure *failure)
{
    acoc_error *error = acoc_error_retain(acoc_caught_error(failure));
    acoc_exception_context context = { .message = message, .error = error, .failure = failure };
    acoc_loop_call_exception_handler(loop, &context);
    acoc_handled(failure);
    return error;
}

// -------------------------------------------------------------------------------------------------- flow control

// The caller may be in the middle of handling an error of its own: what stands in the slot is none of ours.
static void tell(acoc_transport *transport, void (*callback)(acoc_protocol *), const char *failed)
{
    if (!callback)
        return;
    acoc_failure *outer = acoc__transport_failure();
    callback(transport->protocol);
    acoc_failure *failure = acoc__transport_failure();
    if (failure)
        acoc_error_release(acoc__transport_report(transport->loop, failed, failure));
    if (outer)
        acoc_raise_again(outer);
}

void acoc__transport_judge(acoc_transport *transport)
{
    if (!transport->protocol)
        return;
    if (!(transport->flags & ACOC_WRITING_PAUSED)) {
        if (transport->buffered <= transport->high)
            return;
        transport->flags |= ACOC_WRITING_PAUSED;
        tell(transport, transport->protocol->callbacks->pause_writing, "protocol.pause_writing() failed");
    } else if (transport->buffered <= transport->low) {
        transport->flags &= ~(uint32_t)ACOC_WRITING_PAUSED;
        tell(transport, transport->protocol->callbacks->resume_writing, "protocol.resume_writing() failed");
    }
}

void acoc_transport_set_write_buffer_limits(acoc_transport *transport, size_t high, size_t low)
{
    if (high == ACOC_DEFAULT_LIMIT)
        high = low == ACOC_DEFAULT_LIMIT ? (size_t)DEFAULT_HIGH : low <= SIZE_MAX / 4 ? 4 * low : SIZE_MAX;
    if (low == ACOC_DEFAULT_LIMIT)
        low = high / 4;
    if (low > high) {
        acoc_error_set(acoc_ValueError("high (%zu) must be >= low (%zu)", high, low));
        return;
    }
    transport->high = high;
    transport->low = low;
    acoc__transport_judge(transport);
}

void acoc_transport_get_write_buffer_limits(const acoc_transport *transport, size_t *high, size_t *low)
{
    if (high)
        *high = transport->high;
    if (low)
        *low = transport->low;
}

size_t acoc_transport_get_write_buffer_size(const acoc_transport *transport)
{
    return transport->buffered;
}

// ------------------------------------------------------------------------------------------------------- writing

void acoc_transport_writelines(acoc_transport *transport, const acoc_bytes *pieces, size_t count)
{
    if (acoc_unlikely(transport->flags & ACOC_EOF_ASKED)) {
        acoc_error_set(acoc_RuntimeError("cannot call write() after write_eof()"));
        return;
    }
    if (transport->flags & (ACOC_LOST | ACOC_FINISHING | ACOC_GONE))
        return;
    transport->functions->write(transport, pieces, count);
}

void acoc_transport_write(acoc_transport *transport, const void *data, size_t size)
{
    acoc_bytes piece = { data, size };
    acoc_transport_writelines(transport, &piece, 1);
}

void acoc_transport_write_eof(acoc_transport *transport)
{
    if (transport->flags & (ACOC_EOF_ASKED | ACOC_CLOSING))
        return;
    if (!transport->functions->write_eof) {
        acoc_error_set(acoc_RuntimeError("a %s transport cannot write_eof()", transport->functions->name));
        return;
    }
    transport->functions->write_eof(transport);
}

int acoc_transport_can_write_eof(const acoc_transport *transport)
{
    return transport->functions->write_eof != NULL;
}

// --------------------------------------------------------------------------------------------- reading and closing

void acoc_transport_close(acoc_transport *transport)
{
    if (!(transport->flags & ACOC_CLOSING))
        transport->functions->close(transport);
}

void acoc_transport_abort(acoc_transport *transport)
{
    if (!(transport->flags & ACOC_LOST))
        transport->functions->abort(transport);
}

int acoc_transport_is_closing(const acoc_transport *transport)
{
    return (transport->flags & ACOC_CLOSING) != 0;
}

void acoc_transport_pause_reading(acoc_transport *transport)
{
    if (transport->flags & (ACOC_CLOSING | ACOC_READING_PAUSED))
        return;
    transport->flags |= ACOC_READING_PAUSED;
    transport->functions->pause_reading(transport);
}

void acoc_transport_resume_reading(acoc_transport *transport)
{
    if (transport->flags & ACOC_CLOSING || !(transport->flags & ACOC_READING_PAUSED))
        return;
    transport->flags &= ~(uint32_t)ACOC_READING_PAUSED;
    transport->functions->resume_reading(transport);
}

int acoc_transport_is_reading(const acoc_transport *transport)
{
    return !(transport->flags & (ACOC_CLOSING | ACOC_READING_PAUSED));
}

acoc_chunk *acoc_transport_keep_data(acoc_transport *transport)
{
    return transport->functions->keep_data ? transport->functions->keep_data(transport) : NULL;
}

// -------------------------------------------------------------------------------------------------- what it knows

const void *acoc_transport_get_extra_info(acoc_transport *transport, const char *name, const void *fallback)
{
    const void *value = transport->functions->get_extra_info(transport, name);
    return value ? value : fallback;
}

void acoc_transport_set_protocol(acoc_transport *transport, acoc_protocol *protocol)
{
    if (transport->flags & ACOC_GONE)
        return;
    transport->protocol = protocol;
    transport->functions->protocol_changed(transport);
}

acoc_protocol *acoc_transport_get_protocol(const acoc_transport *transport)
{
    return transport->protocol;
}

acoc_loop *acoc_transport_get_loop(const acoc_transport *transport)
{
    return transport->loop;
}

acoc_transport *acoc_transport_retain(acoc_transport *transport)
{
    if (transport)
        transport->count++;
    return transport;
}

void acoc_transport_release(acoc_transport *transport)
{
    if (transport && --transport->count == 0)
        transport->functions->free(transport);
}
