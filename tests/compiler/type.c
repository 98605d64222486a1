// SPDX-License-Identifier: MIT
// Types: how they are spelled as declarations and for messages, compared, qualified, and laid out as the C compiler does.
#include "base/vec.h"
#include "model/model.h"
#include "support/test.h"

static Arena *arena;

static Type *int_type(void)
{
    return type_basic(TYPE_INT);
}

static Type *function_of(Type *result, Type *parameter)
{
    Type *type = arena_alloc(arena, sizeof *type);
    Parameter *parameters = NULL;
    vec_push(arena, parameters, (Parameter){ .type = parameter });
    *type = (Type){ .kind = TYPE_FUNCTION, .base = result, .parameters = parameters };
    return type;
}

static void types_are_spelled_inside_out(void)
{
    arena = arena_new();
    Type *array = type_array_of(arena, int_type(), 3), *pointer = type_pointer_to(arena, int_type());
    CHECK_TEXT(type_spell(int_type(), "x"), "int x");
    CHECK_TEXT(type_spell(pointer, "p"), "int *p");
    CHECK_TEXT(type_spell(array, "a"), "int a[3]");
    CHECK_TEXT(type_spell(type_pointer_to(arena, array), "p"), "int (*p)[3]");
    CHECK_TEXT(type_spell(type_array_of(arena, pointer, 2), "a"), "int *a[2]");
    CHECK_TEXT(type_spell(type_pointer_to(arena, function_of(int_type(), pointer)), "f"), "int (*f)(int *)");
    CHECK_TEXT(type_spell(type_pointer_to(arena, type_qualified(arena, int_type(), QUAL_CONST)), NULL), "const int *");
    CHECK_TEXT(type_spell(type_qualified(arena, pointer, QUAL_CONST), "p"), "int *const p");
    arena_free(arena);
}

static void handles_are_awaitables_in_c_and_async_in_messages(void)
{
    arena = arena_new();
    Type *handle = type_handle_of(arena, int_type());
    CHECK_TEXT(type_spell(handle, "h"), "acoc_awaitable h");
    CHECK_TEXT(type_spell(type_pointer_to(arena, handle), "h"), "acoc_awaitable *h");
    CHECK_TEXT(type_describe(handle), "async int");
    CHECK(type_is_scalar(handle));
    CHECK(!type_is_arithmetic(handle));
    CHECK(type_compatible(handle, type_handle_of(arena, int_type())));
    CHECK(!type_compatible(handle, type_handle_of(arena, type_basic(TYPE_CHAR))));
    arena_free(arena);
}

static void qualifiers_of_an_array_belong_to_its_elements(void)
{
    arena = arena_new();
    Type *array = type_qualified(arena, type_array_of(arena, int_type(), 4), QUAL_CONST);
    CHECK(array->base->qualifiers & QUAL_CONST);
    CHECK(!(type_unqualified(arena, array)->base->qualifiers & QUAL_CONST));
    CHECK(type_is_integer(type_qualified(arena, int_type(), QUAL_VOLATILE)));
    CHECK(!(int_type()->qualifiers & QUAL_VOLATILE)); // the shared one stays as it is
    arena_free(arena);
}

static void check_sizes(uint32_t pointer, uint32_t alignment_of_double)
{
    CHECK_INT((long long)type_size(type_basic(TYPE_LONG)), pointer);
    CHECK_INT((long long)type_size(type_pointer_to(arena, int_type())), pointer);
    CHECK_INT((long long)type_size(type_basic(TYPE_DOUBLE)), 8);
    CHECK_INT(type_alignment(type_basic(TYPE_DOUBLE)), alignment_of_double);
    CHECK_INT(type_alignment(type_basic(TYPE_LLONG)), alignment_of_double);
}

static void learn_sizes(const char *first, const char *second, const char *size)
{
    target_learn(first, size);
    target_learn("__SIZEOF_DOUBLE__", "8");
    target_learn("__SIZEOF_LONG_LONG__", "8");
    target_learn(second, size);
}

static void basic_sizes_are_the_targets_in_any_order(void)
{
    arena = arena_new();
    learn_sizes("__SIZEOF_POINTER__", "__SIZEOF_LONG__", "4");
    check_sizes(4, 4);
    learn_sizes("__SIZEOF_LONG__", "__SIZEOF_POINTER__", "8");
    check_sizes(8, 8);
    learn_sizes("__SIZEOF_LONG__", "__SIZEOF_POINTER__", "4");
    check_sizes(4, 4);
    learn_sizes("__SIZEOF_POINTER__", "__SIZEOF_LONG__", "8");
    check_sizes(8, 8);
    CHECK(!target_char_is_unsigned());
    target_learn("__CHAR_UNSIGNED__", "1");
    CHECK(target_char_is_unsigned());
    arena_free(arena);
}

const Test type_tests[] = {
    TEST(types_are_spelled_inside_out),
    TEST(handles_are_awaitables_in_c_and_async_in_messages),
    TEST(qualifiers_of_an_array_belong_to_its_elements),
    TEST(basic_sizes_are_the_targets_in_any_order),
    TEST_END,
};
