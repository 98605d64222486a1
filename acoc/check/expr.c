// SPDX-License-Identifier: MIT
// Expressions: one entry that gives a node its type, symbol and facts exactly once, and the primary and postfix
// forms. Operators stand in operator.c, calls in call.c, the five ideas in async.c.
#include "check.h"

// ----------------------------------------------------------------------------------------- facts upwards

typedef struct Facts {
    bool suspends, may_raise;
} Facts;

static void gather_facts(Node *child, void *context)
{
    Facts *facts = context;
    if (child->is_unevaluated || child->kind == NODE_FUNCTION)
        return;
    facts->suspends |= child->suspends;
    facts->may_raise |= child->may_raise;
}

void propagate(Node *node)
{
    Facts facts = {node->suspends, node->may_raise};
    node_children(node, gather_facts, &facts);
    node->suspends = facts.suspends;
    node->may_raise = facts.may_raise;
}

// ----------------------------------------------------------------------------------------------- primaries

static Symbol *make_function_name(Checker *c, String *name, size_t length)
{
    Type *type = type_qualified(c->arena, type_basic(TYPE_CHAR), QUAL_CONST);
    Symbol *symbol = symbol_new(c, SYMBOL_VARIABLE, name, type_array_of(c->arena, type, length + 1), NULL);
    symbol->storage = STORAGE_STATIC;
    symbol->is_builtin = true;
    return symbol;
}

// clang's __PRETTY_FUNCTION__ is the function's whole head as it spells it, so its length is not ours to know.
static Symbol *make_pretty_name(Checker *c, String *name)
{
    Symbol *symbol = make_function_name(c, name, 0);
    symbol->type->is_incomplete = true;
    return symbol;
}

// Outside of functions __PRETTY_FUNCTION__ is "top level", the others are "".
static Symbol *function_name_symbol(Checker *c, Node *node)
{
    FunctionState *state = c->state;
    bool is_pretty = string_is(node->name, "__PRETTY_FUNCTION__");
    if (!state)
        return make_function_name(c, node->name, is_pretty ? sizeof "top level" - 1 : 0);
    if (is_pretty && target_is_clang())
        return make_pretty_name(c, node->name);
    if (!state->function_name)
        state->function_name = make_function_name(c, node->name, state->function->name->length);
    return state->function_name;
}

static bool is_function_name(const String *name)
{
    return string_is(name, "__func__") || string_is(name, "__FUNCTION__") || string_is(name, "__PRETTY_FUNCTION__");
}

// C before 1999: calling an unknown name declares it, as an int or what the compiler's own function of that name has.
// The C compiler warns or refuses.
static Symbol *declare_implicitly(Checker *c, Node *node)
{
    Type *type = NEW(c->arena, Type), *known = builtin_library_result(c, node->name);
    type->kind = TYPE_FUNCTION;
    type->base = known ? known : type_basic(TYPE_INT);
    type->is_kr = true;
    Symbol *symbol = symbol_new(c, SYMBOL_FUNCTION, node->name, type, node->token);
    if (is_doubtful(c, node->name))
        symbol->type = type_basic(TYPE_ERROR);
    else
        check_warn(W_IMPLICIT_DECLARATION, node, "implicit declaration of function '%s'", node->name->text);
    scope_add_to(c, scope_of_function(c), symbol);
    return symbol;
}

// Said once in a function: from then on the name is known there, as something of a type that fits everywhere.
static void refuse_unknown(Checker *c, Node *node)
{
    if (!is_doubtful(c, node->name)) {
        check_error(node, "'%s' is not declared here", node->name->text);
        note_undeclared(c, node);
    }
    if (scope_is_in_function(c))
        scope_add_to(c, scope_of_function(c), symbol_new(c, SYMBOL_VARIABLE, node->name, type_basic(TYPE_ERROR), NULL));
}

// What is called, and for clang each function that its library has.
static bool may_be_implicit(Checker *c, const Node *node)
{
    return (node->last + 1)->kind == T_LEFT_PAREN || (target_is_clang() && builtin_library_result(c, node->name));
}

static void check_identifier(Checker *c, Node *node)
{
    Symbol *symbol = scope_find(c, node->name);
    if (!symbol && is_function_name(node->name))
        symbol = function_name_symbol(c, node);
    if (!symbol && may_be_implicit(c, node))
        symbol = declare_implicitly(c, node);
    if (!symbol || symbol->kind == SYMBOL_TYPEDEF) {
        if (symbol)
            check_error(node, "'%s' is a type, not a value", node->name->text);
        else
            refuse_unknown(c, node);
        node->type = type_basic(TYPE_ERROR);
        return;
    }
    if (symbol->kind == SYMBOL_FUNCTION && symbol->type->is_coroutine && string_is(symbol->name, "main"))
        check_error(node, "'async int main' is started by the program's own main; it cannot be called or referred to");
    node->symbol = symbol;
    node->type = symbol->type;
    node->is_lvalue = symbol->kind == SYMBOL_VARIABLE;
    bool is_value = symbol->kind == SYMBOL_CONSTANT ? !symbol->is_unknown : symbol->is_constexpr && symbol->definition;
    if (is_value && type_is_integer(symbol->type) && symbol->type->kind != TYPE_ERROR) {
        node->is_constant = true;
        node->value = symbol->value;
    }
    if (symbol->kind == SYMBOL_VARIABLE && symbol->function && c->state && symbol->function != c->state->function) {
        symbol->address_taken = true; // a GNU nested function reaches it through the static chain
        c->state->has_static_chain = true;
    }
}

void copy_operand(Node *node, const Node *operand)
{
    node->type = operand->type;
    node->is_lvalue = operand->is_lvalue;
    node->is_constant = operand->is_constant;
    node->is_wide = operand->is_wide;
    node->value = operand->value;
    node->member = operand->member;
}

static void check_extension(Checker *c, Node *node)
{
    Type *type = check_expression(c, node->operand);
    if (node->op == T_EXTENSION) {
        copy_operand(node, node->operand);
        return;
    }
    node->type = type->kind == TYPE_COMPLEX ? type->base : type_unqualified(c->arena, type); // __real__, __imag__
    node->is_lvalue = node->operand->is_lvalue;
}

// ------------------------------------------------------------------------------------------------- postfix

static void check_subscript(Checker *c, Node *node)
{
    check_expression(c, node->left);
    check_expression(c, node->right);
    Type *left = decayed_type(c, node->left), *right = decayed_type(c, node->right);
    Type *base = left->kind == TYPE_POINTER || left->kind == TYPE_ARRAY ? left : right;
    node->is_lvalue = true;
    if (left->kind == TYPE_VECTOR) {
        node->type = type_qualified(c->arena, left->base, node->left->type->qualifiers);
    } else if (left->kind == TYPE_ERROR || right->kind == TYPE_ERROR) {
        node->type = type_basic(TYPE_ERROR);
    } else if (base->kind == TYPE_POINTER || base->kind == TYPE_ARRAY) {
        node->type = base->base;
        constrain_to_integer(c, base == left ? node->right : node->left, "index");
        if (node->type->kind == TYPE_FUNCTION)
            node->is_lvalue = false;
    } else {
        refuse_value(c, node, node->left, "'%s' of type '%s' has no elements", node_text(node->left),
                     type_describe(left));
        node->type = type_basic(TYPE_ERROR);
    }
    Node *array = base == left || left->kind == TYPE_VECTOR ? node->left : node->right;
    if (array->type->kind == TYPE_ARRAY && !array->is_lvalue)
        node->is_lvalue = false;
}

// The '.' or '->' stands before the member's name.
static void fix_operator(const Node *node, const char *replacement, const char *why)
{
    const Token *operator = node->token - 1;
    if (operator->kind == T_DOT || operator->kind == T_ARROW)
        fix_at(operator->place, operator->length, replacement, "%s", why);
}

static void refuse_member(Checker *c, Node *node, Type *type)
{
    const char *verb = node->kind == NODE_ARROW ? "points to" : "is";
    if (!refuse_value(c, node, node->operand, "'%s' %s '%s', which has no members", node_text(node->operand), verb,
                      type_describe(type)))
        return;
    if (type->kind == TYPE_POINTER && type_is_record(type->base))
        fix_operator(node, "->", "what a pointer points to has its members behind '->'");
}

Member *named_member(Checker *c, Node *node, Type *type, uint64_t *offset)
{
    const Record *record = type_is_record(type) ? type->record : NULL;
    if (record && !record->is_complete && !record->is_being_defined) {
        refuse_incomplete(c, node, type, "'%s' is not complete here: its member '%s' is not known", type_describe(type),
                          node->name->text);
        return NULL;
    }
    Member *member = record ? member_find(c, record, node->name, offset) : NULL;
    if (!member)
        refuse_unknown_member(c, node, type);
    return member;
}

static void find_member(Checker *c, Node *node, Type *record_type)
{
    uint64_t offset = 0;
    if (record_type->kind == TYPE_ERROR) {
        node->type = record_type;
        return;
    }
    Type *elements = record_type->kind == TYPE_VECTOR ? type_of_elements(c, record_type, node->name) : NULL;
    node->type = elements ? elements : type_basic(TYPE_ERROR);
    if (elements)
        return;
    if (!type_is_record(record_type)) {
        refuse_member(c, node, record_type);
        return;
    }
    node->member = named_member(c, node, record_type, &offset);
    if (!node->member)
        return;
    Qualifiers qualifiers = record_type->qualifiers & (QUAL_CONST | QUAL_VOLATILE | QUAL_SPACE);
    node->type = type_qualified(c->arena, node->member->type, qualifiers);
}

static void check_member(Checker *c, Node *node)
{
    Type *type = check_expression(c, node->operand);
    if (node->kind == NODE_MEMBER) {
        node->is_lvalue = node->operand->is_lvalue;
        find_member(c, node, type);
        return;
    }
    type = value_type(c, node->operand);
    node->is_lvalue = true;
    if (type->kind == TYPE_POINTER || type->kind == TYPE_ERROR) {
        find_member(c, node, type->kind == TYPE_POINTER ? type->base : type);
        return;
    }
    bool is_said = refuse_value(c, node, node->operand, "'%s' is '%s', not a pointer to a struct",
                                node_text(node->operand), type_describe(type));
    if (is_said && type_is_record(type))
        fix_operator(node, ".", "a struct itself has its members behind '.'");
    node->type = type_basic(TYPE_ERROR);
}

// ------------------------------------------------------------------------- literals, sizeof, _Generic, ({ })

static void check_compound_literal(Checker *c, Node *node)
{
    Type *type = check_type_of_value(c, node->type_name);
    node->type = check_initialiser(c, type, node->initialiser_list);
    node->is_lvalue = true;
}

Type *check_unevaluated(Checker *c, Node *node)
{
    c->unevaluated++;
    Type *type = check_expression(c, node);
    c->unevaluated--;
    return type;
}

static uint64_t alignment_of_operand(const Node *operand)
{
    if (!operand)
        return 0;
    if (operand->member && operand->member->alignment)
        return operand->member->alignment;
    if (operand->kind == NODE_IDENTIFIER && operand->symbol && operand->symbol->kind == SYMBOL_VARIABLE)
        return symbol_alignment(operand->symbol);
    return type_alignment(operand->type);
}

// Of the number that sizeof or _Alignof asks for.
static bool is_unknown_measure(const Node *node, const Type *type)
{
    const Node *operand = node->type_name || !node->operand ? NULL : node_strip(node->operand);
    if (type->kind == TYPE_ERROR || node->op == T_SIZEOF)
        return type_has_unknown_size(type);
    if (operand && operand->member && operand->member->alignment)
        return operand->member->has_unknown_alignment;
    bool is_variable = operand && operand->kind == NODE_IDENTIFIER && operand->symbol;
    return type_has_unknown_alignment(type) || (is_variable && operand->symbol->is_unknown)
        || (operand && operand->member && operand->member->has_unknown_alignment);
}

// sizeof(int[n]) evaluates n, _Alignof(int[n]) does not.
static Type *measured_type(Checker *c, Node *node)
{
    if (!node->type_name)
        return check_unevaluated(c, node->operand);
    bool is_alignof = node->op == T_ALIGNOF;
    c->unevaluated += is_alignof;
    Type *type = check_type_name(c, node->type_name);
    c->unevaluated -= is_alignof;
    return type;
}

static void check_sizeof(Checker *c, Node *node)
{
    Type *type = measured_type(c, node);
    node->type = type_basic(target_size_kind());
    constrain_measured(c, node, type);
    if (is_unknown_measure(node, type))
        return;
    bool known = type_is_complete(type) || type->kind == TYPE_VOID || type->kind == TYPE_FUNCTION ||
                 node->op == T_ALIGNOF;
    if (!known) {
        refuse_incomplete(c, node, type, "the size of '%s' is not known here: the type is not complete",
                          type_describe(type));
        return;
    }
    node->is_constant = true;
    uint64_t alignment = node->type_name ? type_alignment(type) : alignment_of_operand(node_strip(node->operand));
    node->value = (int64_t)(node->op == T_SIZEOF ? type_size(type) : alignment);
}

static void check_statement_expression(Checker *c, Node *node)
{
    if (!c->state) { // in a typeof at file scope: no body to stand in
        node->type = type_basic(TYPE_ERROR);
        return;
    }
    Context *outside = c->context;
    context_push(c, CONTEXT_STATEMENT_EXPRESSION, node);
    check_statement(c, node->body);
    context_pop(c, outside);
    Node *value = node_value_statement(node);
    node->type = value && value->operand->type ? atomic_value_type(c, value->operand) : type_basic(TYPE_VOID);
}

static void check_comma(Checker *c, Node *node)
{
    check_expression(c, node->left);
    check_expression(c, node->right);
    node->type = value_type(c, node->right);
}

// ------------------------------------------------------------------------------------------- the dispatch

static void check_kind(Checker *c, Node *node)
{
    switch (node->kind) {
    case NODE_IDENTIFIER: check_identifier(c, node); break;
    case NODE_NUMBER: literal_number(c, node); break;
    case NODE_STRING: literal_string(c, node); break;
    case NODE_PAREN: check_expression(c, node->operand); copy_operand(node, node->operand); break;
    case NODE_BINARY: check_binary(c, node); break;
    case NODE_ASSIGN: check_assign(c, node); break;
    case NODE_UNARY: check_unary(c, node); break;
    case NODE_INCREMENT:
    case NODE_POSTFIX: check_increment(c, node); break;
    case NODE_CONDITIONAL: check_conditional(c, node); break;
    case NODE_COMMA: check_comma(c, node); break;
    case NODE_CAST: check_cast(c, node); break;
    case NODE_COMPOUND_LITERAL: check_compound_literal(c, node); break;
    case NODE_CALL: check_call(c, node); break;
    case NODE_SUBSCRIPT: check_subscript(c, node); break;
    case NODE_MEMBER:
    case NODE_ARROW: check_member(c, node); break;
    case NODE_SIZEOF: check_sizeof(c, node); break;
    case NODE_GENERIC: check_generic(c, node); break;
    case NODE_STATEMENT_EXPRESSION: check_statement_expression(c, node); break;
    case NODE_BUILTIN: check_builtin_syntax(c, node); break;
    case NODE_EXTENSION: check_extension(c, node); break;
    case NODE_YIELD_FROM: check_yield_from(c, node); break;
    case NODE_ASYNC: check_async(c, node); break;
    case NODE_INITIALISER: // where only an expression belongs: the parser has reported it
    default: node->type = type_basic(TYPE_ERROR); break;
    }
}

static Type *check_one(Checker *c, Node *node)
{
    if (!node->type) {
        node->is_unevaluated = c->unevaluated > 0;
        check_kind(c, node);
        propagate(node);
        if (c->state && node->type->kind == TYPE_HANDLE)
            c->state->uses_ideas = true; // handles are counted
    }
    return node->type;
}

static bool leans_left(const Node *node)
{
    switch (node->kind) {
    case NODE_BINARY: case NODE_COMMA: case NODE_CALL: case NODE_SUBSCRIPT: case NODE_MEMBER: case NODE_ARROW:
    case NODE_POSTFIX:
        return true;
    default:
        return false;
    }
}

// The operand through which a chain grows: a + b + c leans to the left, a ? b : c ? d : e to the right.
static Node *next_in_chain(const Node *node)
{
    Node *next = node->kind == NODE_CONDITIONAL ? node->otherwise : leans_left(node) ? node->left : NULL;
    return next && !next->type ? next : NULL;
}

// A chain is walked from its innermost end, so that a long one needs no stack.
Type *check_expression(Checker *c, Node *node)
{
    enum { SHORT = 16 };
    size_t depth = 0;
    for (Node *inner = next_in_chain(node); inner; inner = next_in_chain(inner))
        depth++;
    if (depth > SHORT) {
        Node **chain = NULL;
        for (Node *inner = next_in_chain(node); inner; inner = next_in_chain(inner))
            if (leans_left(inner) || inner->kind == NODE_CONDITIONAL) // its end is left to the node that knows it
                vec_push(c->arena, chain, inner);
        while (vec_count(chain))
            check_one(c, vec_pop(chain));
    }
    return check_one(c, node);
}

Type *check_value(Checker *c, Node *node)
{
    check_expression(c, node);
    return value_type(c, node);
}

void check_condition(Checker *c, Node *node)
{
    Type *type = check_value(c, node);
    rule_tested(node);
    if (!type_is_scalar(type) && type->kind != TYPE_ERROR)
        check_error(node, "'%s' of type '%s' is neither true nor false", node_text(node), type_describe(type));
}
