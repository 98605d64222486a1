// SPDX-License-Identifier: MIT
// The target: sizes and alignments of the compiler that will translate our output, and the layout of structs, unions
// and bit-fields as gcc and clang do it. The facts come from the compiler's predefined macros, which read/ finds before
// the first line of the program; those of LP64 hold for what they do not tell.
#include "model.h"

#include <stdlib.h>
#include <string.h>

typedef struct Extent {
    uint32_t size, alignment;
} Extent;

static struct Target {
    Extent extents[TYPE_KINDS];
    bool char_is_unsigned, unnamed_fields_align, is_clang;
    TypeKind size_kind, wchar_kind;
    uint32_t biggest_alignment, gcc_major, clang_major;
    long standard; // __STDC_VERSION__, which C90 has not
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
    .size_kind = TYPE_ULONG, .wchar_kind = TYPE_INT, .biggest_alignment = 16,
};

// ------------------------------------------------------------------------------ the predefined macros

static void set_both(TypeKind a, TypeKind b, uint32_t size)
{
    target.extents[a] = target.extents[b] = (Extent){size, size};
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

static void learn_clang(void)
{
    target.is_clang = true;
    target.extents[TYPE_FUNCTION].alignment = 4;
}

// 64-bit members are aligned to 4 bytes where pointers have 4: i386's rule. Which macro comes first is not known.
static void align_wide_types(void)
{
    static const TypeKind wide[] = {TYPE_LONG, TYPE_ULONG, TYPE_LLONG, TYPE_ULLONG, TYPE_DOUBLE, TYPE_FLOAT64};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        Extent *extent = &target.extents[wide[i]];
        extent->alignment = extent->size > 4 && target.extents[TYPE_POINTER].size == 4 ? 4 : extent->size;
    }
}

static void set_pointers(uint32_t size)
{
    target.extents[TYPE_POINTER] = target.extents[TYPE_HANDLE] = target.extents[TYPE_NULLPTR] = (Extent){size, size};
    if (size == 4)
        target.extents[TYPE_VA_LIST] = (Extent){4, 4};
}

void target_learn(const char *name, const char *value)
{
    uint32_t number = (uint32_t)strtoul(value, NULL, 0);
    if (!strcmp(name, "__SIZEOF_POINTER__"))
        set_pointers(number);
    else if (!strcmp(name, "__SIZEOF_LONG__"))
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
        learn_clang();
    else if (!strcmp(name, "__GNUC__"))
        target.gcc_major = number;
    else if (!strcmp(name, "__clang_major__"))
        target.clang_major = number;
    else if (!strcmp(name, "__STDC_VERSION__"))
        target.standard = strtol(value, NULL, 10);
    else if (!strcmp(name, "__aarch64__")) {
        target.extents[TYPE_VA_LIST] = (Extent){32, 8};
        target.unnamed_fields_align = true;
    }
    align_wide_types();
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

bool target_is_c99(void)
{
    return target.standard >= 199901;
}

bool target_is_c23(void)
{
    return target.standard > 201710;
}

// clang says that it is gcc 4, too.
bool target_knows_c23(void)
{
    return target_is_c23() && (target.is_clang ? target.clang_major >= 15 : target.gcc_major >= 13);
}

// ------------------------------------------------------------------------------------- sizes, alignments

static uint64_t round_up(uint64_t value, uint64_t alignment)
{
    return alignment ? (value + alignment - 1) / alignment * alignment : value;
}

static uint64_t power_of_two_above(uint64_t value)
{
    uint64_t power = 1;
    while (power < value && power <= UINT64_MAX / 2)
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

uint32_t symbol_alignment(const Symbol *variable)
{
    return variable->alignment ? variable->alignment : type_alignment(variable->type);
}

// ------------------------------------------------------------------------------------------ record layout

// Positions are in bits, so that one cursor serves ordinary members and bit-fields.
typedef struct Layout {
    Record *record;
    uint64_t position, size;
    uint32_t alignment;
    uint64_t unit_bits, unit_left; // Microsoft's way: the unit of the bit-field before, 0 when none is open
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

static void align_record(Layout *layout, uint32_t alignment)
{
    if (alignment > layout->alignment)
        layout->alignment = alignment;
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
    align_record(layout, alignment);
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
    if (member->name || target.unnamed_fields_align)
        align_record(layout, alignment);
    note_end(layout, start + member->bit_width);
}

// In a union each has a unit of its own, which clang does not align; gcc makes a packed one as small as it can be.
static void place_microsoft_in_union(Layout *layout, Member *member)
{
    bool packed = layout->record->is_packed || member->is_packed;
    bool is_small = packed && !target.is_clang;
    note_end(layout, is_small ? member->bit_width : member->bit_width ? type_size(member->type) * 8 : 0);
    if (member->bit_width && !target.is_clang)
        align_record(layout, member_alignment(layout, member));
}

// Microsoft's way: bit-fields share a unit when their types are of one size, and the unit is always whole. A width of
// zero closes it, and says something only right behind a bit-field. What is packed are other members; in gcc bit-fields
// that have a width, too.
static void place_microsoft_bit_field(Layout *layout, Member *member)
{
    uint64_t bits = type_size(member->type) * 8;
    uint32_t alignment = member_alignment(layout, member);
    if (!layout->record->pack && (target.is_clang || !member->bit_width))
        alignment = type_alignment(member->type);
    if (member->bit_width == 0 && !layout->unit_bits)
        return;
    if (member->bit_width == 0 || bits != layout->unit_bits || member->bit_width > layout->unit_left) {
        uint64_t start = round_up(layout->position, (uint64_t)alignment * 8);
        align_record(layout, alignment);
        layout->unit_bits = layout->unit_left = member->bit_width ? bits : 0;
        note_end(layout, start + layout->unit_bits);
    }
    member->offset = (layout->position - layout->unit_bits) / 8;
    member->bit_offset = (uint16_t)(layout->unit_bits - layout->unit_left);
    layout->unit_left -= member->bit_width;
}

void target_layout_record(Record *record)
{
    Layout layout = {.record = record, .alignment = record->alignment ? record->alignment : 1};
    for (size_t i = 0; i < vec_count(record->members); i++) {
        Member *member = &record->members[i];
        if (member->is_bit_field && record->is_microsoft) {
            (record->kind == TYPE_UNION ? place_microsoft_in_union : place_microsoft_bit_field)(&layout, member);
        } else if (member->is_bit_field) {
            place_bit_field(&layout, member);
        } else {
            place_member(&layout, member);
            layout.unit_bits = 0;
        }
    }
    record->alignment = layout.alignment;
    record->size = round_up(round_up(layout.size, 8) / 8, layout.alignment);
}
