// SPDX-License-Identifier: MIT
// What the fuzzer puts before each input: the part of <acoc.h> and the C library that the cases speak of, small enough
// to be parsed some thousand times a second. It is read as preprocessed text, so there are no macros in it.
typedef unsigned long size_t; typedef long ssize_t; typedef unsigned char uint8_t; typedef unsigned uint32_t; typedef long int64_t;
typedef struct acoc_loop acoc_loop; typedef struct acoc_future acoc_future; typedef struct acoc_task acoc_task;
typedef struct acoc_frame acoc_frame; typedef struct acoc_error acoc_error; typedef acoc_future *acoc_awaitable;
typedef struct acoc_error_kind { const char *name; const struct acoc_error_kind *base; } acoc_error_kind;
struct acoc_task { int state; acoc_frame *frame; };
typedef struct acoc_bytes { const char *data; size_t length; } acoc_bytes;
typedef struct acoc_lock { int held; } acoc_lock;
acoc_async(void) acoc_sleep(double seconds);
acoc_async(int) acoc_gather_n(int count, acoc_future **list);
acoc_async(void) acoc_lock_enter(acoc_lock *lock); void acoc_lock_exit(acoc_lock *lock, acoc_error *error); void acoc_lock_free(acoc_lock *lock);
acoc_error *acoc_Error(const char *format, ...); acoc_error *acoc_ValueError(const char *format, ...);
acoc_error *acoc_TypeError(const char *format, ...); acoc_error *acoc_OSError(const char *format, ...);
acoc_error *acoc_BaseError(const char *format, ...); acoc_error *acoc_CancelledError(const char *format, ...);
acoc_error *acoc_RuntimeError(const char *format, ...); acoc_error *acoc_TimeoutError(const char *format, ...);
extern const acoc_error_kind acoc_Error_kind, acoc_ValueError_kind, acoc_TypeError_kind, acoc_OSError_kind, acoc_BaseError_kind,
    acoc_CancelledError_kind, acoc_RuntimeError_kind, acoc_TimeoutError_kind;
const char *acoc_error_message(const acoc_error *error); _Bool acoc_error_is(const acoc_error *error, const acoc_error_kind *kind);
_Bool acoc_task_cancel(acoc_future *task); void acoc_release(acoc_future *handle);
int printf(const char *format, ...); void *malloc(size_t size); void free(void *memory); int puts(const char *text);
void *memset(void *to, int byte, size_t length); size_t strlen(const char *text); int setjmp(void *); void *alloca(size_t size);
unsigned sleep(unsigned seconds);
