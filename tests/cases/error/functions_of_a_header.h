// SPDX-License-Identifier: MIT
typedef struct shape shape_t;
struct shape { int sides; };
extern int area(const struct shape *shape, unsigned long long scale) __attribute__((pure));
shape_t *shape_new(int sides, ...);
int unknown_parameter(shpe_t *shape);
unsigned float two_types(void);
int void_parameter(int a, void b);
int perimeter(shape_t *shape, int values[], char name[8]);
int perimeter(shape_t *shape, int *values, char *name);
void shape_print(const shape_t *shape);
static int shape_sides(const shape_t *shape) { return shape->sids; }
