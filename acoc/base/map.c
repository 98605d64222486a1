// SPDX-License-Identifier: MIT
// Hash maps from interned strings: entries stand in order of insertion, an open-addressed index finds them. Small
// maps (most scopes hold a few names) are searched entry by entry and have no index.
#include "map.h"

#include <stdint.h>
#include <string.h>

enum { SMALL = 8 };

typedef struct Entry {
    String *key;
    void *value;
} Entry;

struct Map {
    Arena *arena;
    Entry *entries;
    size_t count, capacity;
    uint32_t *index;        // 1 + number of the entry, 0: free; NULL while the map is small
    size_t index_capacity;  // a power of two
};

Map *map_new(Arena *arena)
{
    Map *map = NEW(arena, Map);
    map->arena = arena;
    return map;
}

static size_t index_slot(const Map *map, const String *key)
{
    size_t mask = map->index_capacity - 1;
    size_t slot = key->hash & mask;
    while (map->index[slot] && map->entries[map->index[slot] - 1].key != key)
        slot = (slot + 1) & mask;
    return slot;
}

static Entry *find(const Map *map, const String *key)
{
    if (map->index) {
        uint32_t number = map->index[index_slot(map, key)];
        return number ? &map->entries[number - 1] : NULL;
    }
    for (size_t i = 0; i < map->count; i++)
        if (map->entries[i].key == key)
            return &map->entries[i];
    return NULL;
}

void *map_get(const Map *map, const String *key)
{
    Entry *entry = map ? find(map, key) : NULL;
    return entry ? entry->value : NULL;
}

static void entries_grow(Map *map)
{
    size_t capacity = map->capacity ? map->capacity * 2 : SMALL / 2;
    Entry *entries = arena_alloc(map->arena, capacity * sizeof *entries);
    if (map->count)
        memcpy(entries, map->entries, map->count * sizeof *entries);
    map->entries = entries;
    map->capacity = capacity;
}

static void index_rebuild(Map *map)
{
    map->index_capacity = map->index_capacity ? map->index_capacity * 2 : SMALL * 4;
    map->index = arena_alloc(map->arena, map->index_capacity * sizeof *map->index);
    for (size_t i = 0; i < map->count; i++)
        map->index[index_slot(map, map->entries[i].key)] = (uint32_t)(i + 1);
}

void map_put(Map *map, String *key, void *value)
{
    Entry *entry = find(map, key);
    if (entry) {
        entry->value = value;
        return;
    }
    if (map->count == map->capacity)
        entries_grow(map);
    map->entries[map->count++] = (Entry){key, value};
    if (map->count > SMALL && map->count * 2 > map->index_capacity)
        index_rebuild(map);
    else if (map->index)
        map->index[index_slot(map, key)] = (uint32_t)map->count;
}

bool map_next(const Map *map, size_t *cursor, String **key, void **value)
{
    if (!map || *cursor >= map->count)
        return false;
    *key = map->entries[*cursor].key;
    *value = map->entries[*cursor].value;
    ++*cursor;
    return true;
}
