// SPDX-License-Identifier: MIT
// A hash map from interned strings to pointers.
#ifndef ACOC_MAP_H
#define ACOC_MAP_H

#include <stdbool.h>

#include "arena.h"
#include "text.h"

typedef struct Map Map;

Map *map_new(Arena *arena);
void *map_get(const Map *map, const String *key); // NULL when absent
void map_put(Map *map, String *key, void *value); // replaces
bool map_next(const Map *map, size_t *cursor, String **key, void **value); // start with *cursor = 0; insertion order

#endif
