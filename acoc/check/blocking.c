// SPDX-License-Identifier: MIT
// Calls that stop the whole loop: functions known to block, reads from the terminal, sockets that were opened blocking,
// locks of threads that are held while the coroutine is suspended. Only coroutines are looked at.
#include "check.h"

#include <string.h>

typedef struct Blocking {
    const char *name, *needs, *instead; // needs: the function that the advice speaks of, given where it is declared
} Blocking;

#define ANOTHER_THREAD "acoc_loop_call_soon_threadsafe", \
    "let another thread do it, and let it tell the loop with acoc_loop_call_soon_threadsafe()"

static const Blocking known[] = {
    {"sleep", "acoc_sleep", "use 'yield from acoc_sleep(seconds)'"},
    {"usleep", "acoc_sleep", "use 'yield from acoc_sleep(seconds)'"},
    {"nanosleep", "acoc_sleep", "use 'yield from acoc_sleep(seconds)'"},
    {"clock_nanosleep", "acoc_sleep", "use 'yield from acoc_sleep(seconds)'"},
    {"getaddrinfo", "acoc_open_connection", "use 'yield from acoc_open_connection(…)', which looks names up"},
    {"gethostbyname", "acoc_open_connection", "use 'yield from acoc_open_connection(…)', which looks names up"},
    {"pthread_mutex_lock", "acoc_sleep", "coroutines of one loop need no lock where they do not suspend"},
    {"pthread_rwlock_rdlock", "acoc_sleep", "coroutines of one loop need no lock where they do not suspend"},
    {"pthread_rwlock_wrlock", "acoc_sleep", "coroutines of one loop need no lock where they do not suspend"},
    {"pthread_join", ANOTHER_THREAD}, {"pthread_cond_wait", ANOTHER_THREAD}, {"sem_wait", ANOTHER_THREAD},
    {"system", ANOTHER_THREAD}, {"popen", ANOTHER_THREAD}, {"wait", ANOTHER_THREAD}, {"waitpid", ANOTHER_THREAD},
    {"getchar", ANOTHER_THREAD}, {"pause", ANOTHER_THREAD}, {"sigwait", ANOTHER_THREAD},
    {"select", ANOTHER_THREAD}, {"poll", ANOTHER_THREAD}, {"epoll_wait", ANOTHER_THREAD},
};
static const Blocking from_input = {"", ANOTHER_THREAD};

// The system's function of that name, not one of the user's.
static bool is_of_system(const Symbol *symbol)
{
    return symbol->kind == SYMBOL_FUNCTION && symbol->token && symbol->token->in_system_header;
}

static bool is_one_of(const String *name, const char *const *names)
{
    while (*names && !string_is(name, *names))
        names++;
    return *names != NULL;
}

static bool reads_standard_input(const Node *call)
{
    for (const Node *argument = call->list; argument; argument = argument->next)
        if (argument->kind == NODE_IDENTIFIER && string_is(argument->name, "stdin"))
            return true;
    return false;
}

static const Blocking *find_blocking(const Node *call, const Symbol *symbol)
{
    static const char *const readers[] = {"fgets", "getc", "fgetc", "fread", "getline", "scanf", "fscanf", NULL};
    if (!is_of_system(symbol))
        return NULL;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (string_is(symbol->name, known[i].name))
            return &known[i];
    bool from_terminal = string_is(symbol->name, "scanf") || reads_standard_input(call);
    return from_terminal && is_one_of(symbol->name, readers) ? &from_input : NULL;
}

void rule_blocking(Checker *c, Node *call, const Symbol *symbol)
{
    const Blocking *blocking = find_blocking(call, symbol);
    if (!blocking && !symbol->is_blocking)
        return;
    check_warn(W_BLOCKING_CALL, call, "'%s' blocks the whole loop, not only this coroutine", symbol->name->text);
    if (blocking && scope_find_text(c, blocking->needs))
        check_note(call, "%s", blocking->instead);
}

// ------------------------------------------------------------------------------------------------- sockets

static const Symbol *called_of_system(const Node *node)
{
    const Symbol *symbol = node->kind == NODE_CALL ? node_strip(node->callee)->symbol : NULL;
    return symbol && is_of_system(symbol) ? symbol : NULL;
}

static const Symbol *variable_named_by(Node *node)
{
    node = node ? node_strip(node) : NULL;
    bool is_variable = node && node->kind == NODE_IDENTIFIER && node->symbol && node->symbol->kind == SYMBOL_VARIABLE;
    return is_variable ? node->symbol : NULL;
}

// socket() without SOCK_NONBLOCK, accept(): what they give blocks until fcntl() or ioctl() says otherwise.
static bool opens_blocking(Node *value)
{
    enum { NONBLOCK = 04000 };
    value = node_strip(value);
    const Symbol *symbol = called_of_system(value);
    if (!symbol)
        return false;
    if (string_is(symbol->name, "accept"))
        return true;
    const Node *type = string_is(symbol->name, "socket") && value->list ? value->list->next : NULL;
    return type && type->is_constant && !(type->value & NONBLOCK);
}

typedef struct Sockets {
    const Symbol **blocking; // a Vec: variables that hold a blocking socket
    const Symbol **changed;  // a Vec: what other calls may have changed
    Arena *arena;
} Sockets;

static bool contains(const Symbol *const *symbols, const Symbol *symbol)
{
    for (size_t i = 0; i < vec_count(symbols); i++)
        if (symbols[i] == symbol)
            return true;
    return false;
}

static const char *const socket_calls[] = {"read", "recv", "recvfrom", "recvmsg", "accept", "connect", "send", "sendto",
                                           "write", NULL};

// Everything else that sees the socket may make it one that does not block.
static bool leaves_as_it_is(const Symbol *function)
{
    static const char *const harmless[] = {"close", "bind", "listen", "setsockopt", "getsockopt", "shutdown",
                                           "getsockname", NULL};
    return function && (is_one_of(function->name, socket_calls) || is_one_of(function->name, harmless));
}

static bool find_sockets(Node *node, void *context)
{
    Sockets *sockets = context;
    if (node->kind == NODE_DECLARATOR && node->symbol && node->initialiser && opens_blocking(node->initialiser))
        vec_push(sockets->arena, sockets->blocking, node->symbol);
    if (node->kind == NODE_ASSIGN && variable_named_by(node->left) && opens_blocking(node->right))
        vec_push(sockets->arena, sockets->blocking, variable_named_by(node->left));
    if (node->kind == NODE_CALL && !leaves_as_it_is(called_of_system(node)))
        for (Node *argument = node->list; argument; argument = argument->next)
            if (variable_named_by(argument))
                vec_push(sockets->arena, sockets->changed, variable_named_by(argument));
    return true;
}

static bool says_not_to_wait(const Node *call)
{
    enum { DONTWAIT = 0x40 };
    const Node *flags = call->list && call->list->next && call->list->next->next ? call->list->next->next->next : NULL;
    return flags && (!flags->is_constant || (flags->value & DONTWAIT));
}

static bool look_at_socket_call(Node *node, void *context)
{
    const Sockets *sockets = context;
    const Symbol *function = called_of_system(node);
    if (function && is_one_of(function->name, socket_calls)) {
        const Symbol *variable = variable_named_by(node->list);
        if (variable && contains(sockets->blocking, variable) && !contains(sockets->changed, variable) &&
            !variable->address_taken && !says_not_to_wait(node)) {
            check_warn(W_BLOCKING_CALL, node, "'%s' blocks the whole loop: '%s' is a blocking socket",
                       function->name->text,
                       variable->name->text);
            note_symbol(variable,
                        "open it with SOCK_NONBLOCK, or let the loop do it: acoc_open_connection(), acoc_start_server()");
        }
    }
    return true;
}

// --------------------------------------------------------------------------------------- locks of threads

typedef struct Held {
    Node *call;
    const char *object; // the text of what is locked
    bool is_over;       // unlocked, or told already
} Held;

typedef struct Locks {
    Held *held;      // a Vec
    Node **branches; // a Vec: parts of an `if` that are open
    Arena *arena;
} Locks;

static void take_lock(Locks *locks, Node *node, const Symbol *function)
{
    static const char *const lockers[] = {"pthread_mutex_lock", "pthread_rwlock_rdlock", "pthread_rwlock_wrlock",
                                          "pthread_spin_lock", "mtx_lock", NULL};
    static const char *const unlockers[] = {"pthread_mutex_unlock", "pthread_rwlock_unlock", "pthread_spin_unlock",
                                            "mtx_unlock", "pthread_mutex_destroy", NULL};
    if (!function || !node->list)
        return;
    const char *object = node_text(node->list);
    if (is_one_of(function->name, lockers))
        vec_push(locks->arena, locks->held, (Held){node, object, false});
    else if (is_one_of(function->name, unlockers))
        for (size_t i = 0; i < vec_count(locks->held); i++)
            locks->held[i].is_over |= !strcmp(locks->held[i].object, object);
}

static void tell_suspended(Locks *locks, const Node *suspension)
{
    for (size_t i = 0; i < vec_count(locks->held); i++) {
        Held *held = &locks->held[i];
        if (held->is_over)
            continue;
        held->is_over = true;
        check_warn(W_LOCK_ACROSS_SUSPENSION, suspension, "the lock '%s' is held while this coroutine is suspended",
                   held->object);
        check_note(held->call,
                   "it is taken here; another coroutine of this thread that wants it would stop the loop for ever");
    }
}

// Its enter or exit may suspend: the object is named as the place.
static void look_at_with(Locks *locks, const Node *with)
{
    const Node *declarator = with->with_declaration ? with->with_declaration->list : NULL;
    const Node *object = declarator ? declarator->initialiser : with->with_value;
    bool suspends = (with->symbol && with->symbol->type->is_coroutine) || (with->with_exit && with->with_exit->type->is_coroutine);
    if (object && suspends)
        tell_suspended(locks, object);
}

// A deferred unlock comes at the block's end, so the lock is held until then.
static bool enter_for_locks(Node *node, void *context)
{
    Locks *locks = context;
    if (node->kind == NODE_DEFER || node->kind == NODE_FUNCTION || node->is_unevaluated)
        return false;
    if (node->kind == NODE_WITH)
        look_at_with(locks, node);
    if (node->kind == NODE_IF) {
        vec_push(locks->arena, locks->branches, node->then);
        if (node->otherwise)
            vec_push(locks->arena, locks->branches, node->otherwise);
    }
    return true;
}

// What one branch of an `if` locks is not held in the other, and behind both only perhaps: nothing is said then.
static void forget_branch(Locks *locks, const Node *branch)
{
    for (size_t i = 0; i < vec_count(locks->held); i++)
        locks->held[i].is_over |= locks->held[i].call->first >= branch->first;
}

static void leave_for_locks(Node *node, void *context)
{
    Locks *locks = context;
    if (node->kind == NODE_YIELD_FROM)
        tell_suspended(locks, node);
    take_lock(locks, node, called_of_system(node));
    for (size_t i = vec_count(locks->branches); i-- > 0 && i + 2 >= vec_count(locks->branches);)
        if (locks->branches[i] == node)
            forget_branch(locks, node);
    if (node->kind == NODE_IF) {
        (void)vec_pop(locks->branches);
        if (node->otherwise)
            (void)vec_pop(locks->branches);
    }
}

void rule_blocking_body(Checker *c, Node *body)
{
    Sockets sockets = {.arena = c->arena};
    Locks locks = {.arena = c->arena};
    node_walk(c->arena, body, find_sockets, NULL, &sockets);
    if (sockets.blocking)
        node_walk(c->arena, body, look_at_socket_call, NULL, &sockets);
    if (c->state->first_suspension)
        node_walk(c->arena, body, enter_for_locks, leave_for_locks, &locks);
}
