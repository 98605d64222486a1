// SPDX-License-Identifier: MIT
// Initialisers: which element every value is for. Braces may be left out, designators may jump, a range fills many
// elements; an array of unknown bound gets its length here. The walk is over the list of values: an element that is
// itself an aggregate and has no braces of its own takes as many of them as it needs.
#include "check.h"

// The values still to be used in one pair of braces.
typedef struct Items {
    Node *node;
    bool designators_used;   // node's designators were followed already: only its value counts
} Items;

// An index, or the number of an array's elements, that only the compiler computes.
static const uint64_t LEFT_TO_COMPILER = UINT64_MAX;

static uint64_t initialise_elements(Checker *c, Type *type, Items *items, Node *designator, bool braced);

static Node *value_of(const Items *items)
{
    return items->node->kind == NODE_DESIGNATED ? items->node->right : items->node;
}

static void next_item(Items *items)
{
    if (items->node->kind == NODE_DESIGNATED) {
        items->node->type = items->node->right->type;
        propagate(items->node);
    }
    items->node = items->node->next;
    items->designators_used = false;
}

static uint64_t count_of_value(const Type *array)
{
    return array->length || array->is_left_to_compiler ? LEFT_TO_COMPILER : array->count;
}

// An array without an extent gets this one.
static Type *completed(Checker *c, Type *type, uint64_t count)
{
    if (type->kind != TYPE_ARRAY || !type->is_incomplete)
        return type;
    Type *complete = type_copy(c->arena, type);
    complete->is_incomplete = false;
    complete->is_left_to_compiler = count == LEFT_TO_COMPILER;
    complete->count = complete->is_left_to_compiler ? 0 : count;
    complete->alias = NULL;
    return complete;
}

// ------------------------------------------------------------------------------------------------ strings

static Node *string_in(Node *value)
{
    if (value->kind == NODE_INITIALISER && value->list && !value->list->next && value->list->kind != NODE_DESIGNATED)
        value = value->list;
    value = node_strip(value);
    return value->kind == NODE_STRING ? value : NULL;
}

static bool is_character_array(const Type *type)
{
    return type->kind == TYPE_ARRAY && type_is_integer(type->base) && type->base->kind != TYPE_ERROR;
}

// char s[] = "…", also in braces. Gives the array's type, or NULL when it is not this case.
static Type *initialise_string(Checker *c, Type *type, Node *value)
{
    Node *string = is_character_array(type) ? string_in(value) : NULL;
    if (!string)
        return NULL;
    check_expression(c, value->kind == NODE_INITIALISER ? value->list : value);
    if (type_size(string->type->base) != type_size(type->base))
        return NULL;
    type = completed(c, type, string->type->count);
    if (value->kind == NODE_INITIALISER)
        value->type = type;
    return type;
}

// ----------------------------------------------------------------------------------------------- elements

static bool is_aggregate(const Type *type)
{
    return type->kind == TYPE_ARRAY || type->kind == TYPE_VECTOR || type_is_record(type);
}

static bool is_skipped(const Member *member)
{
    return !member->name && !member_is_anonymous(member);
}

static uint64_t element_count(const Type *type)
{
    if (type->kind == TYPE_ARRAY)
        return type->is_incomplete || type->length || type->is_left_to_compiler ? UINT64_MAX : type->count;
    if (type->kind == TYPE_VECTOR)
        return type->count;
    if (!type_is_record(type)) // one designator too many: `int a[1] = { [0][0] = 1 }`
        return 1;
    if (type->kind != TYPE_UNION)
        return vec_count(type->record->members);
    return vec_count(type->record->members) ? 1 : 0;
}

static Type *element_type(Checker *c, const Type *type, uint64_t index)
{
    if (!type_is_record(type))
        return type->base;
    return type_qualified(c->arena, type->record->members[index].type, type->qualifiers & QUAL_CONST);
}

// Unnamed bit-fields take no value.
static uint64_t skip_unnamed(const Type *type, uint64_t index)
{
    if (type_is_record(type))
        while (index < vec_count(type->record->members) && is_skipped(&type->record->members[index]))
            index++;
    return index;
}

static bool contains_member(const Checker *c, const Member *member, String *name)
{
    uint64_t offset = 0;
    return member_is_anonymous(member) && member_find(c, member->type->record, name, &offset);
}

static bool index_is_left_to_compiler(Checker *c, Node *index)
{
    return type_is_integer(index->type) && const_is_left_to_compiler(c, index);
}

// Of an index that is no constant here. False: it is none anywhere.
static bool leave_index(Checker *c, const Type *type, Node *designator)
{
    Node *from = designator->left, *last = designator->right ? designator->right : from;
    bool is_left = (from->is_constant || index_is_left_to_compiler(c, from)) &&
                   (last->is_constant || index_is_left_to_compiler(c, last));
    if (!is_left)
        check_error(designator, "the index '%s' is not a constant", node_text(designator));
    else if (type->is_incomplete && in_coroutine(c) && from->type->kind != TYPE_ERROR && last->type->kind != TYPE_ERROR)
        check_error(designator, "acoc does not know the index '%s', and an array in an async function needs an extent",
                    node_text(designator));
    return is_left;
}

// The element a designator names, and the last one of a range. *inner: the name stands in an anonymous member.
static bool find_designated(Checker *c, Type *type, Node *designator, uint64_t *from, uint64_t *to, bool *inner)
{
    *inner = false;
    if (designator->name) {
        for (size_t i = 0; type_is_record(type) && i < vec_count(type->record->members); i++) {
            Member *member = &type->record->members[i];
            *inner = contains_member(c, member, designator->name);
            if (*inner || member_has_name(c, member, designator->name)) {
                designator->member = *inner ? NULL : member;
                *from = *to = i;
                return true;
            }
        }
        refuse_unknown_member(c, designator, type);
        return false;
    }
    check_value(c, designator->left);
    if (designator->right)
        check_value(c, designator->right);
    Node *last = designator->right ? designator->right : designator->left;
    *from = (uint64_t)designator->left->value;
    *to = (uint64_t)last->value;
    if (type->kind != TYPE_ARRAY && type->kind != TYPE_VECTOR) {
        check_error(designator, "an index designates an element of an array, not of '%s'", type_describe(type));
        return false;
    }
    if (!designator->left->is_constant || !last->is_constant) {
        *from = *to = LEFT_TO_COMPILER;
        return leave_index(c, type, designator);
    }
    if (*to >= element_count(type) && in_coroutine(c)) {
        check_error(designator, "the index '%s' lies outside of '%s'", node_text(designator), type_describe(type));
        return false;
    }
    return true;
}

// ------------------------------------------------------------------------------------------------- values

static bool initialises_whole(Checker *c, Type *type, Node *value)
{
    if (!value->type)
        check_expression(c, value);
    Type *given = value->type;
    if (given->kind == TYPE_ERROR)
        return true;
    if (type_is_record(type))
        return type_is_record(given) && given->record == type->record;
    if (type->kind == TYPE_VECTOR)
        return given->kind == TYPE_VECTOR;
    return given->kind == TYPE_ARRAY && type_compatible(type_unqualified(c->arena, type->base),
                                                        type_unqualified(c->arena, given->base));
}

static void initialise_scalar(Checker *c, Type *type, Node *value)
{
    if (!value->type)
        check_expression(c, value);
    value_type(c, value);
    check_conversion(c, type, value, "this initialises");
}

// One element from the next value or values.
static void initialise_element(Checker *c, Type *type, Items *items)
{
    Node *value = value_of(items);
    if (value->kind == NODE_INITIALISER) {
        check_initialiser(c, type, value);
        next_item(items);
    } else if (!is_aggregate(type)) {
        initialise_scalar(c, type, value);
        next_item(items);
    } else if (initialise_string(c, type, value) || initialises_whole(c, type, value)) {
        next_item(items);
    } else if (!element_count(type)) { // an empty struct takes nothing
        return;
    } else {
        items->designators_used = true;
        initialise_elements(c, type, items, NULL, false);
    }
}

static void skip_item(Checker *c, Items *items)
{
    Node *value = value_of(items);
    if (value->kind == NODE_INITIALISER) {
        value->type = type_basic(TYPE_ERROR);
        for (Items inner = {.node = value->list}; inner.node;)
            skip_item(c, &inner);
    } else if (!value->type) {
        check_expression(c, value);
    }
    next_item(items);
}

// The element that designator names gets its value; what follows without a designator goes on behind it.
static uint64_t initialise_designated(Checker *c, Type *type, Items *items, Node *designator)
{
    uint64_t from, to;
    bool inner;
    if (!find_designated(c, type, designator, &from, &to, &inner)) {
        skip_item(c, items);
        return 0;
    }
    Type *element = element_type(c, type, from);
    Node *rest = inner ? designator : designator->next;
    items->designators_used = true;
    if (rest)
        initialise_elements(c, element, items, rest, false);
    else
        initialise_element(c, element, items);
    return to == LEFT_TO_COMPILER ? LEFT_TO_COMPILER : to + 1;
}

// Gives how many elements an array needs to hold what was said.
static uint64_t initialise_elements(Checker *c, Type *type, Items *items, Node *designator, bool braced)
{
    uint64_t index = 0, needed = 0, count = element_count(type);
    while (items->node) {
        if (!designator && items->node->kind == NODE_DESIGNATED && !items->designators_used) {
            if (!braced)
                break;
            designator = items->node->list;
        }
        const Node *before = items->node;
        if (designator) {
            index = initialise_designated(c, type, items, designator);
            designator = NULL;
            if (type->kind == TYPE_UNION && !braced)
                break;
        } else {
            if (index == LEFT_TO_COMPILER) // elements of an array are all alike
                index = 0;
            index = skip_unnamed(type, index);
            if (index >= count || (type->kind == TYPE_UNION && index > 0 && !braced)) {
                if (!braced)
                    break;
                skip_item(c, items); // too many: the C compiler warns
                continue;
            }
            initialise_element(c, element_type(c, type, index), items);
            index = type->kind == TYPE_UNION ? count : index + 1;
        }
        needed = index > needed ? index : needed;
        if (items->node == before && count == UINT64_MAX)
            skip_item(c, items); // an array of empty structs would never end
    }
    return needed;
}

// ------------------------------------------------------------------------------------------------- braces

static Type *initialise_braced(Checker *c, Type *type, Node *node)
{
    node->type = type;
    Items items = {.node = node->list};
    if (is_aggregate(type) && (!type_is_record(type) || type->record->is_complete)) {
        type = completed(c, type, initialise_elements(c, type, &items, NULL, true));
        node->type = type;
    } else if (items.node) {
        if (items.node->kind != NODE_DESIGNATED)
            initialise_element(c, type, &items);
        while (items.node)
            skip_item(c, &items);
    }
    return type;
}

Type *check_initialiser(Checker *c, Type *type, Node *node)
{
    Type *string = initialise_string(c, type, node);
    if (string) {
        type = string;
    } else if (node->kind == NODE_INITIALISER) {
        type = initialise_braced(c, type, node);
    } else {
        if (!node->type)
            check_expression(c, node);
        if (refuse_array_value(c, type, node))
            value_type(c, node);
        else if (type->kind == TYPE_ARRAY && node->type->kind == TYPE_ARRAY) // GNU: from a compound literal
            type = completed(c, type, count_of_value(node->type));
        else
            initialise_scalar(c, type, node);
    }
    if (node->kind == NODE_INITIALISER)
        propagate(node);
    return type;
}
