// SPDX-License-Identifier: MIT
// The fuzzer's target: one input is a preprocessed file, which goes through every stage in this process, as C and as the
// dumps. Any end but an error or an output is a find: a crash, a sanitizer's report, a broken promise of verify.c, ten
// seconds, a quarter of a gibibyte.
//
// Most changes that libFuzzer makes to bytes give text that does not even lex. So half of the changes here are made to
// tokens: one is dropped, doubled, exchanged, replaced by a word of the language, or a range is copied elsewhere.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/damage.h"
#include "../support/stages.h"

enum { MOST_SPANS = 20000 };

static const char *const words[] = {
#define TOKEN(kind, spelling, since) spelling,
#include "tokens.def"
#undef TOKEN
    "async", "yield from", "raise", "raises", "try", "except", "finally", "defer", "with", "acoc_async", "acoc_raises",
    "yield from acoc_sleep(0)", "({", "})", "struct s { int a; }", "int (*f)(void)", "case 1:", "default:", "label:",
    "goto label;", "return", "for (;;)", "if (1)", "else", "x", "0", "1.5", "\"s\"", "\n", "typeof(x)", "[2]", "(int)",
};

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count;
    (void)arguments;
    if (!stages_begin(NULL)) {
        fputs("run it in the project's folder: tests/fuzz/prelude.h cannot be read\n", stderr);
        exit(1);
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stages_run((const char *)data, size);
    return 0;
}

// Puts the bytes in the place of old[first..end); gives the new size, or the old one when there is no room.
static size_t replace(uint8_t *data, size_t size, size_t most, Span old, const char *bytes, size_t length)
{
    size_t changed = size - (old.end - old.first) + length;
    if (changed > most)
        return size;
    memmove(data + old.first + length, data + old.end, size - old.end);
    memcpy(data + old.first, bytes, length);
    return changed;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    static Span spans[MOST_SPANS];
    static char copy[1 << 16], piece[1 << 12];
    if (seed % 2 || size >= sizeof copy)
        return LLVMFuzzerMutate(data, size, most);
    memcpy(copy, data, size);
    copy[size] = '\0';
    size_t count = damage_spans(copy, size, spans, MOST_SPANS);
    if (!count)
        return LLVMFuzzerMutate(data, size, most);
    unsigned random = seed / 2;
    Span one = spans[random % count], other = spans[random / 7 % count];
    Span range = {other.first, spans[(random / 7 + random / 77 % 12) % count].end};
    const char *word = words[random / 11 % (sizeof words / sizeof *words)];
    Span behind = {one.end, one.end};
    switch (random / 3 % 6) {
    case 0: return replace(data, size, most, one, "", 0);
    case 1: return replace(data, size, most, one, copy + other.first, other.end - other.first);
    case 2: return replace(data, size, most, one, word, strlen(word));
    case 3: return replace(data, size, most, behind, piece, (size_t)snprintf(piece, sizeof piece, " %s ", word));
    case 4: return range.first < range.end && range.end - range.first < sizeof piece
                       ? replace(data, size, most, behind, copy + range.first, range.end - range.first) : size;
    default: return range.first < range.end ? replace(data, size, most, range, " ", 1) : size;
    }
}
