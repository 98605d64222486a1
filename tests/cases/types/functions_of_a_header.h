// SPDX-License-Identifier: MIT
typedef struct shape shape_t;
struct shape { int sides; };
extern int shape_area(const struct shape *shape, unsigned long long scale) __attribute__((pure));
extern shape_t *shape_new(int sides, ...) __asm__("new_shape");
const char *shape_name(shape_t *, int indices[3], char []);
struct later *shape_later(struct later *later);
unsigned long shape_twice(void);
unsigned long shape_twice(void) __attribute__((noreturn));
void shape_enter(shape_t *shape);
void shape_exit(shape_t *shape, struct acoc_error *error);
static inline int shape_half(const shape_t *shape) { return shape_area(shape, 2); }
short shape_area_of(shape_t *shape), shape_count;
