/* SPDX-License-Identifier: MIT */
/*
 * acoc: asyncio for C. The public interface, for plain C, C++ and .aco files alike.
 *
 * In a .aco file `async`, `yield from`, `raise`, `try`, `defer` and `with` are words of the language; this header spells
 * them acoc_async(T) and acoc_raises so that every compiler can read it. To plain C and C++ an acoc_async(T) function is
 * one that returns a handle which the caller owns (acoc_release), and an acoc_raises function is one that leaves its
 * error in the thread's slot (acoc_error_occurred, acoc_error_take) and returns zero.
 *
 * Throughout: seconds are double, sizes are bytes. A loop argument of NULL means the running loop, or the one of the
 * policy. Handles given as arguments are borrowed, handles returned are the caller's. Loops, handles and everything that
 * belongs to a loop are used on the thread that made the loop; the exceptions say so. Strings returned are borrowed.
 */
#ifndef ACOC_H
#define ACOC_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#ifdef __cplusplus
#include <initializer_list>
#endif

#include "abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ==================================================================================================== Marks */

#ifndef __ACOC__
/* async T: in a declaration of a function, "a coroutine function that delivers a T"; elsewhere a handle on a T. */
#define acoc_async(...) acoc_awaitable
/* A handle on a T as a plain function returns it: awaited by calling the function, never a coroutine function itself. */
#define acoc_future_of(...) acoc_awaitable
/* A function that can fail: in .aco its error propagates, in plain C it stays in the thread's slot. */
#define acoc_raises
/* A function that blocks the thread: acoc warns when a coroutine calls it. */
#define acoc_blocking
#endif

#if defined(__GNUC__)
#define ACOC_PRINTF(format, first) __attribute__((__format__(__printf__, format, first)))
/* An error that is made and neither raised nor kept: `raise` was forgotten. */
#define ACOC_NOT_IGNORED __attribute__((__warn_unused_result__))
#else
#define ACOC_PRINTF(format, first)
#define ACOC_NOT_IGNORED
#endif

/* The address of options or handles that are written in place; they last until the end of the full expression. */
#ifdef __cplusplus
#define ACOC_OPTIONS(type, ...) (&static_cast<const type &>(type{ __VA_ARGS__ }))
#define ACOC_OPTIONS_VALUE(type, ...) type{ __VA_ARGS__ }
#else
#define ACOC_OPTIONS(type, ...) (&(type){ __VA_ARGS__ })
#define ACOC_OPTIONS_VALUE(type, ...) (type){ __VA_ARGS__ }
#endif

/* A call of the loop, made by acoc_loop_call_soon and its sisters. */
typedef struct acoc_handle acoc_handle;

/* A callback with the argument that it was registered with. */
typedef void (*acoc_callback)(void *argument);

/* ================================================================================================== Handles */

/*
 * acoc_retain(handle), acoc_release(handle): one count more, one less (declared in abi.h; NULL is allowed). In .aco files
 * the compiler counts. Dropping the last handle on a coroutine object that never started warns; dropping a running task
 * lets it run on; dropping a failed one whose error nobody looked at reports it to the loop's exception handler.
 */

/* =================================================================================================== Errors */

/*
 * A kind E of errors is an object E_kind and a function acoc_error *E(const char *format, ...) that makes an error of
 * that kind with a message as printf writes it. The error is the caller's, who raises it (`raise E(...)` in .aco,
 * acoc_error_set in plain C), which takes it, or releases it. It is never NULL: when there is no memory it is an
 * acoc_MemoryError.
 */
#define ACOC_DECLARE_ERROR_KIND(name)                                                                        \
    extern const acoc_error_kind name##_kind;                                                                \
    acoc_error *name(const char *format, ...) ACOC_PRINTF(1, 2) ACOC_NOT_IGNORED

/* Defines a kind of the user's own below parent, once, in one C file: ACOC_ERROR_KIND(MyError, acoc_ValueError) */
#define ACOC_ERROR_KIND(name, parent)                                                                        \
    const acoc_error_kind name##_kind = { #name, &parent##_kind };                                           \
    acoc_error *name(const char *format, ...)                                                                \
    {                                                                                                        \
        __builtin_va_list acoc_arguments;                                                                    \
        __builtin_va_start(acoc_arguments, format);                                                          \
        acoc_error *acoc_made = acoc_error_new(&name##_kind, format, acoc_arguments);                        \
        __builtin_va_end(acoc_arguments);                                                                    \
        return acoc_made;                                                                                    \
    }

/* What the functions of error kinds call: an error of this kind with a formatted message. Never NULL. */
acoc_error *acoc_error_new(const acoc_error_kind *kind, const char *format, __builtin_va_list arguments) ACOC_PRINTF(2, 0);
/* The acoc_OSError, or the kind below it that fits, for an errno value; the message is followed by the errno's text. */
acoc_error *acoc_os_error(int error_number, const char *format, ...) ACOC_PRINTF(2, 3);

/* The root of all kinds. `except { }` catches it; only acoc_CancelledError and acoc_Error stand directly below. */
ACOC_DECLARE_ERROR_KIND(acoc_BaseError);
/* A task or future was cancelled. Not below acoc_Error, so that `except (acoc_Error)` lets it pass. */
ACOC_DECLARE_ERROR_KIND(acoc_CancelledError);
/* All errors that a program deals with. */
ACOC_DECLARE_ERROR_KIND(acoc_Error);
/* Something was done at a time or in a place where it cannot be. */
ACOC_DECLARE_ERROR_KIND(acoc_RuntimeError);
/* A future or transport is not in the state that the call needs: a result set twice, asked for too early. */
ACOC_DECLARE_ERROR_KIND(acoc_InvalidStateError);
/* An argument has a value that makes no sense. */
ACOC_DECLARE_ERROR_KIND(acoc_ValueError);
/* A value of another type or size than promised. */
ACOC_DECLARE_ERROR_KIND(acoc_TypeError);
/* No memory. */
ACOC_DECLARE_ERROR_KIND(acoc_MemoryError);
/* A deadline passed. */
ACOC_DECLARE_ERROR_KIND(acoc_TimeoutError);
/* A system call failed: acoc_error_errno() tells how. The kinds below it are chosen by errno. */
ACOC_DECLARE_ERROR_KIND(acoc_OSError);
/* EAGAIN, EALREADY, EINPROGRESS */
ACOC_DECLARE_ERROR_KIND(acoc_BlockingIOError);
/* ECHILD */
ACOC_DECLARE_ERROR_KIND(acoc_ChildProcessError);
/* The parent of the four kinds of lost connections. */
ACOC_DECLARE_ERROR_KIND(acoc_ConnectionError);
/* ECONNREFUSED */
ACOC_DECLARE_ERROR_KIND(acoc_ConnectionRefusedError);
/* ECONNRESET */
ACOC_DECLARE_ERROR_KIND(acoc_ConnectionResetError);
/* ECONNABORTED */
ACOC_DECLARE_ERROR_KIND(acoc_ConnectionAbortedError);
/* EPIPE, ESHUTDOWN */
ACOC_DECLARE_ERROR_KIND(acoc_BrokenPipeError);
/* EEXIST */
ACOC_DECLARE_ERROR_KIND(acoc_FileExistsError);
/* ENOENT */
ACOC_DECLARE_ERROR_KIND(acoc_FileNotFoundError);
/* EINTR */
ACOC_DECLARE_ERROR_KIND(acoc_InterruptedError);
/* EISDIR */
ACOC_DECLARE_ERROR_KIND(acoc_IsADirectoryError);
/* ENOTDIR */
ACOC_DECLARE_ERROR_KIND(acoc_NotADirectoryError);
/* EACCES, EPERM */
ACOC_DECLARE_ERROR_KIND(acoc_PermissionError);
/* ESRCH */
ACOC_DECLARE_ERROR_KIND(acoc_ProcessLookupError);
/* A name could not be resolved. */
ACOC_DECLARE_ERROR_KIND(acoc_GaiError);
/* TLS failed. */
ACOC_DECLARE_ERROR_KIND(acoc_SSLError);
/* The peer's certificate does not hold. */
ACOC_DECLARE_ERROR_KIND(acoc_CertificateError);
/* The end of the data came where more was needed. */
ACOC_DECLARE_ERROR_KIND(acoc_EOFError);
/* A reader reached the end before it had the bytes asked for. */
ACOC_DECLARE_ERROR_KIND(acoc_IncompleteReadError);
/* A reader found no separator within its limit. */
ACOC_DECLARE_ERROR_KIND(acoc_LimitOverrunError);
/* get_nowait of an empty queue */
ACOC_DECLARE_ERROR_KIND(acoc_QueueEmpty);
/* put_nowait to a full queue */
ACOC_DECLARE_ERROR_KIND(acoc_QueueFull);
/* The queue was shut down. */
ACOC_DECLARE_ERROR_KIND(acoc_QueueShutDown);
/* The barrier was reset or aborted. */
ACOC_DECLARE_ERROR_KIND(acoc_BrokenBarrierError);
/* Several errors at once. */
ACOC_DECLARE_ERROR_KIND(acoc_ErrorGroup);

/* The kind of an error. */
const acoc_error_kind *acoc_error_kind_of(const acoc_error *error);
/* True when error is of this kind or of one below it. */
int acoc_error_is(const acoc_error *error, const acoc_error_kind *kind);
/* Its message, without the kind's name; lives as long as the error. */
const char *acoc_error_message(const acoc_error *error);
/* The errno of an acoc_OSError, else 0. */
int acoc_error_errno(const acoc_error *error);
/* The error that was being handled when this one was raised, borrowed; NULL: none. */
acoc_error *acoc_error_cause(const acoc_error *error);
/* One count more; answers its argument. NULL is allowed. */
acoc_error *acoc_error_retain(acoc_error *error);
/* One count less; the last one frees it. NULL is allowed. */
void acoc_error_release(acoc_error *error);

/* Plain C: the error that the last acoc_raises function left in this thread's slot, borrowed; NULL: none. */
acoc_error *acoc_error_occurred(void);
/* Plain C: takes it out of the slot; the caller's. NULL: there was none. */
acoc_error *acoc_error_take(void);
/* Plain C: raises error, which it takes; NULL raises acoc_MemoryError. What the slot held becomes its cause. */
void acoc_error_set(acoc_error *error);
/* Writes "kind: message", the trace of the error in the slot and its causes to stream, without taking it. */
void acoc_error_print(FILE *stream);

/* ==================================================================================================== Loops */

/* Why the loop calls its exception handler. Everything is borrowed for the time of the call. */
typedef struct acoc_exception_context {
    const char *message;            /* what happened: "Task exception was never retrieved" */
    acoc_error *error;              /* NULL: none, as in "Task was destroyed but it is pending" */
    const acoc_failure *failure;    /* the error's trace: acoc_failure_print; NULL: none */
    acoc_future *future;            /* the task or future that it is about; NULL: none */
} acoc_exception_context;

/* Called for errors that nobody awaits. What it raises is reported by the default handler. */
typedef void (*acoc_exception_handler)(acoc_loop *loop, const acoc_exception_context *context, void *argument);

typedef struct acoc_loop_options {
    int acoc_reserved_;
    const char *selector;           /* "epoll", "poll", …; NULL: the one named by ACOC_SELECTOR, else the best */
} acoc_loop_options;

/* A fresh loop, not current: acoc_new_event_loop(.selector = "poll"). Ends by acoc_loop_close and acoc_loop_free. Raises
   acoc_OSError, acoc_ValueError for an unknown selector, acoc_MemoryError. */
#define acoc_new_event_loop(...) acoc_new_event_loop_with(ACOC_OPTIONS(acoc_loop_options, .acoc_reserved_ = 0, __VA_ARGS__))
/* The same for callers without the macro; NULL: the defaults. */
acoc_raises acoc_loop *acoc_new_event_loop_with(const acoc_loop_options *options);

/* The loop that runs on this thread, else the one that the policy has for it. Never NULL: raises acoc_RuntimeError where
   there is none and the policy does not make one. */
acoc_raises acoc_loop *acoc_get_event_loop(void);
/* The loop that runs on this thread. Raises acoc_RuntimeError when none does. */
acoc_raises acoc_loop *acoc_get_running_loop(void);
/* Makes loop the one of this thread; NULL: none, and none is made any more. */
void acoc_set_event_loop(acoc_loop *loop);

/* Who decides which loop belongs to a context. All three are needed. */
typedef struct acoc_event_loop_policy {
    acoc_loop *(*get_event_loop)(void *argument);               /* NULL: raised */
    void (*set_event_loop)(acoc_loop *loop, void *argument);
    acoc_loop *(*new_event_loop)(void *argument);               /* NULL: raised */
    void *argument;
} acoc_event_loop_policy;

/* The policy of the process. From any thread. */
const acoc_event_loop_policy *acoc_get_event_loop_policy(void);
/* Replaces it; it must stay as it is while in use. NULL: the default one, which has a loop per thread and makes one by
   itself in the main thread only. From any thread. */
void acoc_set_event_loop_policy(const acoc_event_loop_policy *policy);

/* Runs until acoc_loop_stop. Raises acoc_RuntimeError when this or another loop already runs on this thread, or another
   thread made the loop. */
acoc_raises acoc_blocking void acoc_loop_run_forever(acoc_loop *loop);
/* Runs until handle is done, a coroutine object as a task. Raises its error; acoc_RuntimeError when the loop was stopped
   before. The value is then read from the handle. */
acoc_raises acoc_blocking void acoc_loop_run_until_complete(acoc_loop *loop, acoc_future *handle);
/* What was scheduled before this call still runs, what comes later runs when the loop is run again. */
void acoc_loop_stop(acoc_loop *loop);
/* True while run_forever or run_until_complete is on the stack. */
int acoc_loop_is_running(const acoc_loop *loop);
/* Ends a loop that does not run: queues and timers are dropped; tasks that are left are reported to the exception handler
   and ended as if cancelled, without anything being waited for. Every later call raises acoc_RuntimeError. Closing twice is
   closing once. Raises acoc_RuntimeError while it runs or is being closed, and on another thread. */
acoc_raises void acoc_loop_close(acoc_loop *loop);
/* True after acoc_loop_close. */
int acoc_loop_is_closed(const acoc_loop *loop);
/* Closes the loop and gives its memory back. NULL is allowed. */
void acoc_loop_free(acoc_loop *loop);

/* Runs a coroutine on a fresh loop: then cancels the tasks that are left, waits for them and closes the loop. Raises the
   coroutine's error. The value is read from the handle. Raises acoc_RuntimeError inside a running loop. */
acoc_raises acoc_blocking void acoc_run(acoc_future *coroutine);

/* ==================================================================================================== Calls */

/* Calls callback(argument) once, in the order of registration, from the loop. The handle is borrowed: it is valid until
   the callback has returned or the handle was cancelled. Raises acoc_RuntimeError (closed), acoc_MemoryError. */
acoc_raises acoc_handle *acoc_loop_call_soon(acoc_loop *loop, acoc_callback callback, void *argument);
/* The same from any thread; wakes the loop. There is no handle to cancel it by. */
acoc_raises void acoc_loop_call_soon_threadsafe(acoc_loop *loop, acoc_callback callback, void *argument);
/* Calls it once, delay seconds from now, never earlier; equal times in the order of registration. Raises also
   acoc_ValueError when delay is not a number. */
acoc_raises acoc_handle *acoc_loop_call_later(acoc_loop *loop, double delay, acoc_callback callback, void *argument);
/* Calls it once at a time of acoc_loop_time. */
acoc_raises acoc_handle *acoc_loop_call_at(acoc_loop *loop, double when, acoc_callback callback, void *argument);
/* The callback is not called; the handle ends here. */
void acoc_handle_cancel(acoc_handle *handle);
/* The loop's clock in seconds: monotonic, without a relation to the time of day. */
double acoc_loop_time(acoc_loop *loop);

/* ================================================================================================== Futures */

/* A future of a value of size bytes (0: of none) that somebody will set. NULL: raised acoc_MemoryError. */
acoc_raises acoc_awaitable acoc_future_new(acoc_loop *loop, size_t size);
/* Copies size bytes from value as the result and wakes those who wait. Raises acoc_InvalidStateError when done,
   acoc_TypeError when the size is another. */
acoc_raises void acoc_future_set_result(acoc_future *future, const void *value, size_t size);
/* Lets it fail with error, which it takes. Raises acoc_InvalidStateError when done. */
acoc_raises void acoc_future_set_exception(acoc_future *future, acoc_error *error);
/* Copies the result to value (size 0: only looks). Raises its error, acoc_CancelledError, acoc_InvalidStateError when
   not done, acoc_TypeError when the size is another. */
acoc_raises void acoc_future_result(acoc_future *future, void *value, size_t size);
#if !defined(__ACOC__) && !defined(__cplusplus)
/* Plain C: acoc_result(handle, &value); in .aco files acoc_result(handle) is the value. */
#define acoc_result(handle, pointer) acoc_future_result((handle), (pointer), sizeof *(pointer))
#endif
/* Its error, the caller's; NULL when it has a result. Raises acoc_CancelledError, acoc_InvalidStateError when not done. */
acoc_raises acoc_error *acoc_future_exception(acoc_future *future);
/* True when it has a result or an error or was cancelled. */
int acoc_future_done(const acoc_future *future);
/* True when it was cancelled. */
int acoc_future_cancelled(const acoc_future *future);
/* Cancels it, a task as acoc_task_cancel does. False when it was done. */
int acoc_future_cancel(acoc_future *future);
/* The loop that it belongs to; NULL for a coroutine object that did not start. */
acoc_loop *acoc_future_get_loop(const acoc_future *future);

/* Called from the loop, never at once, when future is done. */
typedef void (*acoc_future_callback)(acoc_future *future, void *argument);
/* In the order of registration; soon when it is done already. Raises acoc_MemoryError. */
acoc_raises void acoc_future_add_done_callback(acoc_future *future, acoc_future_callback callback, void *argument);
/* Takes all equal registrations back and answers how many there were. */
size_t acoc_future_remove_done_callback(acoc_future *future, acoc_future_callback callback, void *argument);

/* ==================================================================================================== Tasks */

/* Plain C's `async handle`: a coroutine object becomes a task of the current loop, a task or future stays what it is. One
   count more. NULL: raised. */
acoc_raises acoc_awaitable acoc_ensure_future(acoc_future *handle);
/* Asks a task to end: acoc_CancelledError rises where it is suspended. False when it was done. A coroutine that catches
   the error goes on. */
int acoc_task_cancel(acoc_future *task);
/* Requests to cancel not yet taken back. */
unsigned acoc_task_cancelling(const acoc_future *task);
/* Takes one request back and answers how many are left; at zero a cancellation that was not delivered yet is not. */
unsigned acoc_task_uncancel(acoc_future *task);
/* The task that runs, borrowed; NULL: none, a callback. */
acoc_future *acoc_current_task(void);
/* The tasks of a loop that are not done, oldest first: fills up to capacity borrowed handles and answers how many there
   are. Raises acoc_RuntimeError when loop is NULL and there is none. */
acoc_raises size_t acoc_all_tasks(acoc_loop *loop, acoc_future **tasks, size_t capacity);
/* Its name: "Task-7" unless it was given one. */
const char *acoc_task_get_name(acoc_future *task);
/* Copies name. Raises acoc_MemoryError. */
acoc_raises void acoc_task_set_name(acoc_future *task, const char *name);
/* The coroutine function that it runs, as the user wrote it. */
const char *acoc_task_get_coroutine(const acoc_future *task);

/* A place in a chain of coroutines. The strings live as long as the program. */
typedef struct acoc_stack_entry {
    const char *function;
    const char *file;
    unsigned line;
} acoc_stack_entry;
/* Where a task is suspended, the whole chain, oldest first: fills up to limit entries, the newest ones, and answers how
   many there are. Of a failed task its trace; none of a task that is done otherwise. */
size_t acoc_task_get_stack(acoc_future *task, acoc_stack_entry *entries, size_t limit);
/* Writes it as text, with what the task waits for; limit 0: all; stream NULL: stderr. */
void acoc_task_print_stack(acoc_future *task, size_t limit, FILE *stream);

/* ========================================================================================= Sleep and gather */

/* Ends after seconds, never earlier; 0 or less: after everything that is ready had its turn. Raises acoc_ValueError when
   seconds is not a number. */
acoc_async(void) acoc_sleep(double seconds);
#ifndef ACOC_OUT_OF_LINE
/* What generated code calls: giving way to the others needs no call. */
acoc_status acoc_await_sleep(acoc_task *task, acoc_frame *frame, double seconds);
static inline acoc_status acoc_await_acoc_sleep(acoc_task *task, acoc_frame *frame, double seconds)
{
    if (__builtin_constant_p(seconds) && seconds <= 0 && !frame)
        return acoc_yield_turn(task);
    return acoc_await_sleep(task, frame, seconds);
}
#endif

typedef struct acoc_gather_options {
    int acoc_reserved_;
    int return_exceptions;          /* a child's error is left in its handle like a result */
    acoc_loop *loop;
} acoc_gather_options;

/* Runs several awaitables at once: acoc_gather(a, b, c), up to 32. Coroutine objects become tasks. Done when all are;
   each value is then read from its own handle by acoc_result(a). The first child that fails makes it fail at once, the
   others run on; cancelling it cancels the children that are not done. Raises acoc_ValueError for children of different
   loops, acoc_MemoryError. */
#define acoc_gather(...)                                                                                     \
    acoc_gather_with(ACOC_HANDLE_ARRAY(__VA_ARGS__), ACOC_COUNT_ARGUMENTS(__VA_ARGS__), NULL)
/* The same for an array of count handles, which is copied, with options: acoc_gather_n(handles, 10, .return_exceptions = 1) */
#define acoc_gather_n(handles, count, ...)                                                                   \
    acoc_gather_with((acoc_future *const *)(handles), (count),                                               \
                     ACOC_OPTIONS(acoc_gather_options, .acoc_reserved_ = 0, __VA_ARGS__))
acoc_raises acoc_future_of(void) acoc_gather_with(acoc_future *const *handles, size_t count,
                                                  const acoc_gather_options *options);

#ifdef __cplusplus
#define ACOC_HANDLE_ARRAY(...) (std::initializer_list<acoc_future *>{ __VA_ARGS__ }.begin())
#else
#define ACOC_HANDLE_ARRAY(...) ((acoc_future *const[]){ __VA_ARGS__ })
#endif
#define ACOC_COUNT_ARGUMENTS(...)                                                                            \
    ACOC_PICK_33RD(__VA_ARGS__, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14,  \
                   13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define ACOC_PICK_33RD(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, \
                       a20, a21, a22, a23, a24, a25, a26, a27, a28, a29, a30, a31, a32, picked, ...)         \
    picked

/* ================================================================================================ Diagnosis */

/* Who is called for errors that nobody awaits; NULL: the default, which prints to stderr. */
void acoc_loop_set_exception_handler(acoc_loop *loop, acoc_exception_handler handler, void *argument);
/* Calls the loop's exception handler. */
void acoc_loop_call_exception_handler(acoc_loop *loop, const acoc_exception_context *context);
/* What is called when there is no handler: prints message, error and trace to stderr. */
void acoc_loop_default_exception_handler(acoc_loop *loop, const acoc_exception_context *context);
/* Writes kind, message, `function (file:line)` of each coroutine that the error passed, innermost last, and causes. */
void acoc_failure_print(const acoc_failure *failure, FILE *stream);

/* ================================================================================= Transports and protocols */

/* Bytes that somebody else owns; how long they stay is said where they are handed out. */
typedef struct acoc_bytes {
    const char *data;
    size_t size;
} acoc_bytes;

/* Room that a buffered protocol offers. */
typedef struct acoc_room {
    void *data;
    size_t size;
} acoc_room;

/* A connection, made by the loop, always with a protocol. Counted: the loop's count lasts until connection_lost has
   returned; who uses it longer retains it. After its end every call is harmless. */
typedef struct acoc_transport acoc_transport;
/* A listening server. */
typedef struct acoc_server acoc_server;
/* Memory that received data stands in. */
typedef struct acoc_chunk acoc_chunk;

typedef struct acoc_protocol_callbacks acoc_protocol_callbacks;

/* The first member of a user's protocol. The user owns it; it must stay until connection_lost has returned. */
typedef struct acoc_protocol {
    const acoc_protocol_callbacks *callbacks;
} acoc_protocol;

/* What a transport calls, from the loop. Each may be NULL: nothing happens. An error that a callback leaves in the
   thread's slot ends the connection with it and goes to the exception handler. connection_made comes first,
   connection_lost last, both exactly once. */
struct acoc_protocol_callbacks {
    void (*connection_made)(acoc_protocol *protocol, acoc_transport *transport);
    /* size > 0 bytes, valid until it returns (acoc_transport_keep_data). How they are cut is not specified. */
    void (*data_received)(acoc_protocol *protocol, const void *data, size_t size);
    /* The peer sends no more; at most once. 0 (and NULL) closes the transport, else closing is up to the protocol. */
    int (*eof_received)(acoc_protocol *protocol);
    /* error is borrowed; NULL: after EOF, close or abort. */
    void (*connection_lost)(acoc_protocol *protocol, acoc_error *error);
    /* The write buffer went above the high-water mark; then, paired with it, down to the low-water mark. */
    void (*pause_writing)(acoc_protocol *protocol);
    void (*resume_writing)(acoc_protocol *protocol);
    /* A buffered protocol has these two instead of data_received. get_buffer: where the next bytes go; the room is the
       transport's until buffer_updated tells how many came, connection_lost, or the next get_buffer. */
    acoc_room (*get_buffer)(acoc_protocol *protocol, size_t size_hint);
    void (*buffer_updated)(acoc_protocol *protocol, size_t size);
};

/* Makes the protocol of a new connection, or finds one that is there. NULL: it raised; the connection is closed. */
typedef acoc_protocol *(*acoc_protocol_factory)(void *argument);

/* Sends size bytes, which are copied as far as they cannot be sent at once. Never blocks. After the connection was lost
   nothing happens. Raises acoc_RuntimeError after write_eof, acoc_MemoryError with nothing sent. */
acoc_raises void acoc_transport_write(acoc_transport *transport, const void *data, size_t size);
/* The same as writing each of count pieces, in fewer packets. */
acoc_raises void acoc_transport_writelines(acoc_transport *transport, const acoc_bytes *pieces, size_t count);
/* Ends our side after what is buffered; data may still come. Twice is once. */
acoc_raises void acoc_transport_write_eof(acoc_transport *transport);
/* True when write_eof works. */
int acoc_transport_can_write_eof(const acoc_transport *transport);
/* Receives no more, sends what is buffered, then connection_lost(NULL). Twice is once. */
void acoc_transport_close(acoc_transport *transport);
/* Ends at once, what is buffered is dropped; connection_lost(NULL) comes soon. */
void acoc_transport_abort(acoc_transport *transport);
/* True from close, abort or the loss of the connection on. */
int acoc_transport_is_closing(const acoc_transport *transport);
/* No data_received until resume. May be called twice. */
void acoc_transport_pause_reading(acoc_transport *transport);
/* data_received goes on, with what has come meanwhile first. May be called twice. */
void acoc_transport_resume_reading(acoc_transport *transport);
/* True unless paused or closing. */
int acoc_transport_is_reading(const acoc_transport *transport);
/* "peername", "sockname": const struct sockaddr *; "socket": const int *, the descriptor. Valid as long as the transport.
   fallback for other names. */
const void *acoc_transport_get_extra_info(acoc_transport *transport, const char *name, const void *fallback);
/* A mark left to the runtime: high 64 KiB or 4 * low, low a quarter of high. */
#define ACOC_DEFAULT_LIMIT ((size_t)-1)
/* pause_writing is called above high, resume_writing at or below low. Raises acoc_ValueError when low > high. */
acoc_raises void acoc_transport_set_write_buffer_limits(acoc_transport *transport, size_t high, size_t low);
/* The marks; either pointer may be NULL. */
void acoc_transport_get_write_buffer_limits(const acoc_transport *transport, size_t *high, size_t *low);
/* Bytes written and not yet taken by the system. */
size_t acoc_transport_get_write_buffer_size(const acoc_transport *transport);
/* From now on another protocol is called. It gets no connection_made. */
void acoc_transport_set_protocol(acoc_transport *transport, acoc_protocol *protocol);
/* The protocol that is called now. */
acoc_protocol *acoc_transport_get_protocol(const acoc_transport *transport);
/* The loop that it belongs to. */
acoc_loop *acoc_transport_get_loop(const acoc_transport *transport);
/* Within data_received: takes over the memory behind the data, which then stays until acoc_chunk_release. NULL: it
   cannot be kept; copy the data. */
acoc_chunk *acoc_transport_keep_data(acoc_transport *transport);
/* On the loop's thread, before the loop is closed. NULL is allowed. */
void acoc_chunk_release(acoc_chunk *chunk);
/* One count more: the memory stays, closed or not; answers its argument. NULL is allowed. */
acoc_transport *acoc_transport_retain(acoc_transport *transport);
/* One count less. NULL is allowed. */
void acoc_transport_release(acoc_transport *transport);

typedef struct acoc_connection_options {
    int acoc_reserved_;
    int family;                     /* AF_INET, AF_INET6; 0: any */
    int flags;                      /* of getaddrinfo */
    double timeout;                 /* seconds for resolving and connecting; 0: no limit */
    const char *local_host;         /* what to bind to; NULL: nothing */
    int local_port;
    size_t limit;                   /* of the stream reader (acoc_open_connection only); 0: 64 KiB */
} acoc_connection_options;

/* Connects to host, trying its addresses in turn: then factory is called, then connection_made, then it delivers the
   transport (acoc_transport_get_protocol: its protocol), borrowed. Strings stay the caller's and must last until it has
   ended. Raises acoc_OSError (one text for all addresses that failed), acoc_GaiError, acoc_TimeoutError,
   acoc_ValueError, acoc_MemoryError, and what factory raised. */
#define acoc_create_connection(loop, factory, argument, host, port, ...)                                     \
    acoc_create_connection_with((loop), (factory), (argument), (host), (port),                               \
                                ACOC_OPTIONS_VALUE(acoc_connection_options, .acoc_reserved_ = 0, __VA_ARGS__))
acoc_async(acoc_transport *) acoc_create_connection_with(acoc_loop *loop, acoc_protocol_factory factory, void *argument,
                                                         const char *host, int port, acoc_connection_options options);

typedef struct acoc_server_options {
    int acoc_reserved_;
    int family;                     /* AF_INET, AF_INET6; 0: any */
    int flags;                      /* of getaddrinfo; 0: AI_PASSIVE */
    int backlog;                    /* 0: 100 */
    int no_reuse_address;           /* without SO_REUSEADDR */
    int reuse_port;                 /* with SO_REUSEPORT */
    size_t limit;                   /* of stream readers (acoc_start_server only); 0: 64 KiB */
    void *arg;                      /* the handler's last parameter (acoc_start_server only) */
} acoc_server_options;

/* Listens on host (NULL or "": all interfaces, IPv4 and IPv6) and port (0: one that the system picks, the same on all
   addresses); each client gets a transport with a protocol by factory. The server is the caller's: acoc_server_free, or
   `with (acoc_server *server = ...)`; a server that nobody freed ends with its loop. Raises acoc_OSError, acoc_GaiError,
   acoc_ValueError, acoc_MemoryError; nothing is left open then. */
#define acoc_create_server(loop, factory, argument, host, port, ...)                                         \
    acoc_create_server_with((loop), (factory), (argument), (host), (port),                                   \
                            ACOC_OPTIONS_VALUE(acoc_server_options, .acoc_reserved_ = 0, __VA_ARGS__))
acoc_async(acoc_server *) acoc_create_server_with(acoc_loop *loop, acoc_protocol_factory factory, void *argument,
                                                  const char *host, int port, acoc_server_options options);

/* Listens no more; connections stay. Twice is once. */
void acoc_server_close(acoc_server *server);
/* Ends when the server was closed. */
acoc_async(void) acoc_server_wait_closed(acoc_server *server);
/* Serves until it is cancelled, which closes the server, or until the server is closed, which raises
   acoc_CancelledError as asyncio does. Raises acoc_RuntimeError when it is closed already. */
acoc_async(void) acoc_server_serve_forever(acoc_server *server);
/* True while it listens. */
int acoc_server_is_serving(const acoc_server *server);
/* Its descriptors: fills up to capacity and answers how many there are; 0 when closed. */
size_t acoc_server_get_sockets(const acoc_server *server, int *descriptors, size_t capacity);
/* The port of its first socket; 0 when closed. */
int acoc_server_get_port(const acoc_server *server);
/* The beginning of with (server): does nothing. */
void acoc_server_enter(acoc_server *server);
/* The end of with (server): closes it and waits until it is closed. */
acoc_async(void) acoc_server_exit(acoc_server *server, acoc_error *error);
/* Closes it and gives the caller's reference back. NULL is allowed. */
void acoc_server_free(acoc_server *server);

/* ================================================================================================== Streams */

/* Reads from a connection; belongs to a writer and lives as long as that. */
typedef struct acoc_stream_reader acoc_stream_reader;
/* Writes to a connection. */
typedef struct acoc_stream_writer acoc_stream_writer;

/*
 * What a reader hands out is a view: the bytes stay until the next call on the same reader, and are neither copied nor
 * moved until then. A second coroutine that waits for the same reader gets acoc_RuntimeError. Once a connection was lost
 * by an error every read raises it.
 */

/* All bytes until the end. */
#define ACOC_ALL ((size_t)-1)
/* At least 1 and up to size bytes, none at the end; size ACOC_ALL: all until the end; 0: none, at once. */
acoc_async(acoc_bytes) acoc_stream_reader_read(acoc_stream_reader *reader, size_t size);
/* A line with its newline; at the end what is left, maybe nothing. A line of more than limit bytes before its newline
   raises acoc_ValueError and is dropped, the reader stays usable. */
acoc_async(acoc_bytes) acoc_stream_reader_readline(acoc_stream_reader *reader);
/* Exactly size bytes. Raises acoc_IncompleteReadError at the end; acoc_stream_reader_partial() has what came. */
acoc_async(acoc_bytes) acoc_stream_reader_readexactly(acoc_stream_reader *reader, size_t size);
/* Up to and with separator. Raises acoc_IncompleteReadError at the end, acoc_LimitOverrunError with nothing dropped,
   acoc_ValueError for an empty separator. separator must last until it has ended. */
acoc_async(acoc_bytes) acoc_stream_reader_readuntil(acoc_stream_reader *reader, const char *separator, size_t size);
/* The bytes of the last acoc_IncompleteReadError, until the next call on the reader. */
acoc_bytes acoc_stream_reader_partial(const acoc_stream_reader *reader);
/* True when the end was reached and no bytes are left. */
int acoc_stream_reader_at_eof(const acoc_stream_reader *reader);
/* The error that reads raise, borrowed; NULL: none. */
acoc_error *acoc_stream_reader_exception(const acoc_stream_reader *reader);
/* For other sources than a connection. data is copied. */
acoc_raises void acoc_stream_reader_feed_data(acoc_stream_reader *reader, const void *data, size_t size);
/* No more bytes will be fed; wakes the one who waits. */
void acoc_stream_reader_feed_eof(acoc_stream_reader *reader);
/* Takes error and wakes the one who waits. */
void acoc_stream_reader_set_exception(acoc_stream_reader *reader, acoc_error *error);
/* A reader without a connection, the caller's; limit 0: 64 KiB. Raises acoc_MemoryError. */
acoc_raises acoc_stream_reader *acoc_stream_reader_new(acoc_loop *loop, size_t limit);
/* Only for a reader of acoc_stream_reader_new, before its loop is closed and when nobody waits for it. NULL is allowed. */
void acoc_stream_reader_free(acoc_stream_reader *reader);

/* As acoc_transport_write: never waits; follow it by a drain. */
acoc_raises void acoc_stream_writer_write(acoc_stream_writer *writer, const void *data, size_t size);
/* As acoc_transport_writelines: the pieces one after the other. */
acoc_raises void acoc_stream_writer_writelines(acoc_stream_writer *writer, const acoc_bytes *pieces, size_t count);
/* As acoc_transport_write_eof: the peer sees the end when all is sent; reading goes on. */
acoc_raises void acoc_stream_writer_write_eof(acoc_stream_writer *writer);
/* As acoc_transport_can_write_eof. */
int acoc_stream_writer_can_write_eof(const acoc_stream_writer *writer);
/* As acoc_transport_close: what was written is sent first. */
void acoc_stream_writer_close(acoc_stream_writer *writer);
/* As acoc_transport_is_closing. */
int acoc_stream_writer_is_closing(const acoc_stream_writer *writer);
/* As acoc_transport_get_extra_info. */
const void *acoc_stream_writer_get_extra_info(acoc_stream_writer *writer, const char *name, const void *fallback);
/* Goes on at once unless the write buffer is above its high-water mark, then when it is down to the low one; any number
   may wait. Raises the error of a lost connection, acoc_ConnectionResetError after it was closed. */
acoc_async(void) acoc_stream_writer_drain(acoc_stream_writer *writer);
/* Ends when the connection is closed and what was written is sent. Raises the error that it was lost with. */
acoc_async(void) acoc_stream_writer_wait_closed(acoc_stream_writer *writer);
/* Its transport, borrowed. */
acoc_transport *acoc_stream_writer_get_transport(const acoc_stream_writer *writer);
/* The reader of the same connection, borrowed. */
acoc_stream_reader *acoc_stream_writer_get_reader(const acoc_stream_writer *writer);
/* The beginning of with (writer): does nothing. */
void acoc_stream_writer_enter(acoc_stream_writer *writer);
/* The end of with (writer): closes it and waits until it is closed, unless the block is left by an error: then it closes
   by itself. The error of a connection that was lost before is not raised again. */
acoc_async(void) acoc_stream_writer_exit(acoc_stream_writer *writer, acoc_error *error);
/* Closes it and frees it with its reader. Not for the writer that a server's handler got. NULL is allowed. */
void acoc_stream_writer_free(acoc_stream_writer *writer);

/* Connects (see acoc_create_connection for options and errors) and delivers a writer, the caller's; its reader goes to
 * *reader (which may be NULL):
 *
 *     acoc_stream_reader *reader;
 *     with (acoc_stream_writer *writer = yield from acoc_open_connection("::1", 8888, &reader)) { ... }
 */
#define acoc_open_connection(host, port, reader, ...)                                                        \
    acoc_open_connection_with((host), (port), (reader),                                                      \
                              ACOC_OPTIONS_VALUE(acoc_connection_options, .acoc_reserved_ = 0, __VA_ARGS__))
acoc_async(acoc_stream_writer *) acoc_open_connection_with(const char *host, int port, acoc_stream_reader **reader,
                                                           acoc_connection_options options);

/* A server (see acoc_create_server) that runs handler(reader, writer, .arg) as a task for each client. Reader and writer
   belong to the server: they are closed and freed when the handler has ended. Its error goes to the exception handler. */
#define acoc_start_server(handler, host, port, ...)                                                          \
    acoc_start_server_with((handler), (host), (port),                                                        \
                           ACOC_OPTIONS_VALUE(acoc_server_options, .acoc_reserved_ = 0, __VA_ARGS__))
acoc_async(acoc_server *) acoc_start_server_with(
    acoc_async(void) (*handler)(acoc_stream_reader *reader, acoc_stream_writer *writer, void *argument),
    const char *host, int port, acoc_server_options options);

#ifdef __cplusplus
}
#endif

#endif
