// SPDX-License-Identifier: MIT
// The target: sizes and alignments of the compiler that will translate our output, and the layout of structs, unions
// and bit-fields as gcc and clang do it. The facts come from the predefined macros (cc -E -dM) with the user's own
// flags; where the compiler cannot be asked, those of LP64 hold.
#include "model.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

typedef struct Extent {
    uint32_t size, alignment;
} Extent;

static struct Target {
    Extent extents[TYPE_KINDS];
    bool char_is_unsigned, unnamed_fields_align, is_clang;
    TypeKind size_kind, wchar_kind;
    uint32_t biggest_alignment;
    long standard;
} target = {
    .extents = {
        [TYPE_ERROR] = {4, 4}, [TYPE_VOID] = {1, 1}, [TYPE_BOOL] = {1, 1}, [TYPE_CHAR] = {1, 1},
        [TYPE_SCHAR] = {1, 1}, [TYPE_UCHAR] = {1, 1}, [TYPE_SHORT] = {2, 2}, [TYPE_USHORT] = {2, 2},
        [TYPE_INT] = {4, 4}, [TYPE_UINT] = {4, 4}, [TYPE_LONG] = {8, 8}, [TYPE_ULONG] = {8, 8},
        [TYPE_LLONG] = {8, 8}, [TYPE_ULLONG] = {8, 8}, [TYPE_INT128] = {16, 16}, [TYPE_UINT128] = {16, 16},
        [TYPE_FLOAT16] = {2, 2}, [TYPE_FLOAT] = {4, 4}, [TYPE_DOUBLE] = {8, 8}, [TYPE_LDOUBLE] = {16, 16},
        [TYPE_FLOAT32] = {4, 4}, [TYPE_FLOAT64] = {8, 8}, [TYPE_FLOAT32X] = {8, 8}, [TYPE_FLOAT64X] = {16, 16},
        [TYPE_FLOAT128] = {16, 16}, [TYPE_DECIMAL32] = {4, 4}, [TYPE_DECIMAL64] = {8, 8},
        [TYPE_DECIMAL128] = {16, 16}, [TYPE_POINTER] = {8, 8}, [TYPE_HANDLE] = {8, 8}, [TYPE_NULLPTR] = {8, 8},
        [TYPE_VA_LIST] = {24, 8}, [TYPE_FUNCTION] = {1, 1}, [TYPE_AUTO] = {4, 4},
    },
    .size_kind = TYPE_ULONG, .wchar_kind = TYPE_INT, .biggest_alignment = 16, .standard = 201710,
};

// --------------------------------------------------------------------------------------------- the probe

static void set_both(TypeKind a, TypeKind b, uint32_t size)
{
    uint32_t alignment = size > 4 && target.extents[TYPE_POINTER].size == 4 ? 4 : size; // i386's rule for members
    target.extents[a] = target.extents[b] = (Extent){size, alignment};
}

static TypeKind kind_of_words(const char *words)
{
    static const struct { const char *words; TypeKind kind; } known[] = {
        {"long unsigned int", TYPE_ULONG}, {"unsigned long", TYPE_ULONG}, {"unsigned int", TYPE_UINT},
        {"long long unsigned int", TYPE_ULLONG}, {"unsigned long long", TYPE_ULLONG}, {"int", TYPE_INT},
        {"long int", TYPE_LONG}, {"long", TYPE_LONG}, {"short unsigned int", TYPE_USHORT},
        {"unsigned short", TYPE_USHORT},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i].words, words))
            return known[i].kind;
    return TYPE_INT;
}

// One "#define NAME VALUE" of the compiler's predefined macros. Sizes of pointers come first in neither compiler, so
// they are asked for by a pass of their own.
static void learn(const char *name, const char *value)
{
    uint32_t number = (uint32_t)strtoul(value, NULL, 0);
    if (!strcmp(name, "__SIZEOF_LONG__"))
        set_both(TYPE_LONG, TYPE_ULONG, number);
    else if (!strcmp(name, "__SIZEOF_LONG_LONG__"))
        set_both(TYPE_LLONG, TYPE_ULLONG, number);
    else if (!strcmp(name, "__SIZEOF_DOUBLE__"))
        set_both(TYPE_DOUBLE, TYPE_FLOAT64, number);
    else if (!strcmp(name, "__SIZEOF_LONG_DOUBLE__"))
        target.extents[TYPE_LDOUBLE] = (Extent){number, number == 12 ? 4 : number};
    else if (!strcmp(name, "__SIZE_TYPE__"))
        target.size_kind = kind_of_words(value);
    else if (!strcmp(name, "__WCHAR_TYPE__"))
        target.wchar_kind = kind_of_words(value);
    else if (!strcmp(name, "__BIGGEST_ALIGNMENT__"))
        target.biggest_alignment = number;
    else if (!strcmp(name, "__CHAR_UNSIGNED__"))
        target.char_is_unsigned = true;
    else if (!strcmp(name, "__clang__"))
        target.is_clang = true;
    else if (!strcmp(name, "__STDC_VERSION__"))
        target.standard = strtol(value, NULL, 10);
    else if (!strcmp(name, "__aarch64__")) {
        target.extents[TYPE_VA_LIST] = (Extent){32, 8};
        target.unnamed_fields_align = true;
    }
}

static void learn_pointers(const char *name, const char *value)
{
    if (strcmp(name, "__SIZEOF_POINTER__"))
        return;
    uint32_t size = (uint32_t)strtoul(value, NULL, 0);
    target.extents[TYPE_POINTER] = target.extents[TYPE_HANDLE] = target.extents[TYPE_NULLPTR] = (Extent){size, size};
    if (size == 4)
        target.extents[TYPE_VA_LIST] = (Extent){4, 4};
}

static void each_macro(char *text, void (*take)(const char *name, const char *value))
{
    for (char *line = text; line && *line;) {
        char *end = strchr(line, '\n');
        char *name = line + strlen("#define ");
        size_t length = end ? (size_t)(end - line) : strlen(line);
        if (length > strlen("#define ")) {
            size_t name_length = strcspn(name, " \n");
            char word[64], value[64];
            snprintf(word, sizeof word, "%.*s", (int)name_length, name);
            size_t value_length = length - strlen("#define ") - name_length;
            snprintf(value, sizeof value, "%.*s", value_length ? (int)value_length - 1 : 0, name + name_length + 1);
            take(word, value);
        }
        line = end ? end + 1 : NULL;
    }
}

// The compiler may be several words ("ccache gcc").
static size_t split_words(char *words, char **arguments, size_t limit)
{
    size_t count = 0;
    for (char *word = strtok(words, " \t"); word && count < limit; word = strtok(NULL, " \t"))
        arguments[count++] = word;
    return count;
}

static bool changes_target(const char *flag)
{
    return !strncmp(flag, "-m", 2) || !strncmp(flag, "-f", 2) || !strncmp(flag, "-std=", 5) || !strcmp(flag, "-ansi");
}

static bool read_all(int descriptor, Text *text)
{
    char bytes[4096];
    ssize_t count;
    while ((count = read(descriptor, bytes, sizeof bytes)) > 0)
        text_append(text, bytes, (size_t)count);
    return count == 0;
}

static bool run_probe(char **arguments, Text *text)
{
    int ends[2];
    if (pipe(ends))
        return false;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    pid_t child;
    int failure = posix_spawnp(&child, arguments[0], &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    bool complete = !failure && read_all(ends[0], text);
    close(ends[0]);
    int status = 1;
    if (!failure)
        waitpid(child, &status, 0);
    return complete && status == 0;
}

bool target_init(const char *compiler, const char *const *flags)
{
    enum { LIMIT = 128 };
    static const char *const fixed[] = {"-E", "-dM", "-x", "c", "/dev/null"};
    char *arguments[LIMIT + 8], words[1024];
    snprintf(words, sizeof words, "%s", compiler ? compiler : "cc");
    size_t count = split_words(words, arguments, LIMIT);
    for (size_t i = 0; i < vec_count(flags) && count < LIMIT; i++)
        if (changes_target(flags[i]))
            arguments[count++] = (char *)flags[i];
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        arguments[count++] = (char *)fixed[i];
    arguments[count] = NULL;
    Text text = {0};
    bool known = run_probe(arguments, &text) && text.data;
    if (known) {
        each_macro(text.data, learn_pointers);
        each_macro(text.data, learn);
    }
    text_free(&text);
    return known;
}

bool target_char_is_unsigned(void)
{
    return target.char_is_unsigned;
}

TypeKind target_size_kind(void)
{
    return target.size_kind;
}

TypeKind target_wchar_kind(void)
{
    return target.wchar_kind;
}

uint32_t target_biggest_alignment(void)
{
    return target.biggest_alignment;
}

bool target_is_clang(void)
{
    return target.is_clang;
}

bool target_is_c23(void)
{
    return target.standard > 201710;
}

// ------------------------------------------------------------------------------------- sizes, alignments

static uint64_t round_up(uint64_t value, uint64_t alignment)
{
    return alignment ? (value + alignment - 1) / alignment * alignment : value;
}

static uint64_t power_of_two_above(uint64_t value)
{
    uint64_t power = 1;
    while (power < value)
        power *= 2;
    return power;
}

static uint64_t bitint_size(const Type *type)
{
    uint64_t bytes = (type->count + 7) / 8;
    return bytes <= 8 ? power_of_two_above(bytes) : round_up(bytes, 8);
}

uint64_t type_size(const Type *type)
{
    switch (type->kind) {
    case TYPE_ARRAY:
        return type->is_incomplete || type->length || type->is_star ? 0 : type->count * type_size(type->base);
    case TYPE_VECTOR:
        return power_of_two_above(type->count * type_size(type->base));
    case TYPE_COMPLEX:
        return 2 * type_size(type->base);
    case TYPE_STRUCT:
    case TYPE_UNION:
        return type->record->is_complete ? type->record->size : 0;
    case TYPE_ENUM:
        return type_size(type->record->enum_type ? type->record->enum_type : type_basic(TYPE_UINT));
    case TYPE_BITINT:
        return bitint_size(type);
    default:
        return target.extents[type->kind].size;
    }
}

uint32_t type_alignment(const Type *type)
{
    if (type->alignment)
        return type->alignment;
    switch (type->kind) {
    case TYPE_ARRAY:
    case TYPE_COMPLEX:
        return type_alignment(type->base);
    case TYPE_VECTOR: // in records compilers align by the full size, whatever -m and gcc's _Alignof say
        return (uint32_t)type_size(type);
    case TYPE_STRUCT:
    case TYPE_UNION:
        return type->record->alignment ? type->record->alignment : 1;
    case TYPE_ENUM:
        return type_alignment(type->record->enum_type ? type->record->enum_type : type_basic(TYPE_UINT));
    case TYPE_BITINT:
        return bitint_size(type) < 8 ? (uint32_t)bitint_size(type) : 8;
    default:
        return target.extents[type->kind].alignment;
    }
}

// ------------------------------------------------------------------------------------------ record layout

// Positions are in bits, so that one cursor serves ordinary members and bit-fields.
typedef struct Layout {
    Record *record;
    uint64_t position, size;
    uint32_t alignment;
} Layout;

static uint32_t member_alignment(const Layout *layout, const Member *member)
{
    uint32_t alignment = type_alignment(member->type);
    if (layout->record->is_packed || member->is_packed)
        alignment = 1;
    if (member->alignment > alignment)
        alignment = member->alignment;
    if (layout->record->pack && alignment > layout->record->pack)
        alignment = layout->record->pack;
    return alignment;
}

static void note_end(Layout *layout, uint64_t end)
{
    if (end > layout->size)
        layout->size = end;
    layout->position = layout->record->kind == TYPE_UNION ? 0 : end;
}

static void place_member(Layout *layout, Member *member)
{
    uint32_t alignment = member_alignment(layout, member);
    uint64_t start = round_up(layout->position, (uint64_t)alignment * 8);
    member->offset = start / 8;
    if (alignment > layout->alignment)
        layout->alignment = alignment;
    note_end(layout, start + type_size(member->type) * 8);
}

// A bit-field may not cross a boundary of its declared type unless packed; a width of zero closes the unit.
static void place_bit_field(Layout *layout, Member *member)
{
    uint64_t unit = type_size(member->type) * 8;
    uint32_t alignment = member_alignment(layout, member);
    bool packed = layout->record->is_packed || member->is_packed;
    uint64_t start = layout->position;
    if (!unit)
        return;
    if (member->bit_width == 0) {
        note_end(layout, round_up(start, (uint64_t)type_alignment(member->type) * 8));
        return;
    }
    if (member->alignment)
        start = round_up(start, (uint64_t)member->alignment * 8);
    uint64_t boundary = (uint64_t)alignment * 8;
    if (!packed && !layout->record->pack && start % boundary + member->bit_width > unit)
        start = round_up(start, boundary);
    uint64_t storage = packed ? 8 : unit;
    member->offset = start / storage * storage / 8;
    member->bit_offset = (uint16_t)(start - member->offset * 8);
    if ((member->name || target.unnamed_fields_align) && alignment > layout->alignment)
        layout->alignment = alignment;
    note_end(layout, start + member->bit_width);
}

void target_layout_record(Record *record)
{
    Layout layout = {.record = record, .alignment = record->alignment ? record->alignment : 1};
    for (size_t i = 0; i < vec_count(record->members); i++) {
        Member *member = &record->members[i];
        if (member->is_bit_field)
            place_bit_field(&layout, member);
        else
            place_member(&layout, member);
    }
    record->alignment = layout.alignment;
    record->size = round_up(round_up(layout.size, 8) / 8, layout.alignment);
}
