# SPDX-License-Identifier: MIT
# Turns a Csmith program into one of coroutines for csmith.sh: awk -v seed=N [-v plain=1] -f csmith_forms.awk -f csmith.awk
# PROGRAM. The text is lexed and its brackets matched; then, by chance,
#   - every function becomes async, every call of one is awaited: as a call, through a pointer, as a task, as an object;
#   - values of Csmith's checked arithmetic go through awaited functions, statement expressions and compound literals;
#   - suspensions stand before statements, in the heads of `for` and `if`;
#   - blocks without a label become the body of a try, an except, a with, a switch, follow a defer, a handle, a variable
#     with clean-up or an array of variable length;
#   - a `finally` changes a local whose value is being returned;
#   - statements of csmith_forms.awk stand between the others: loops with defer, switches, computed gotos, handles;
#   - locals are noted before statements: a program ends with a checksum of what it noted beside Csmith's own.
# With plain=1 the same seed gives the plain program that says what must be printed: the forms' own C, and the notes.

# ---- tokens: token[i], kind[i] and the white space and comments before it
function add_token(text, what) { token[++tokens] = text; kind[tokens] = what; before[tokens] = gap; gap = "" }
function lex_line(line,   length_of) {
    while (line != "") {
        if (is_comment || substr(line, 1, 2) == "/*") {
            length_of = index(line, "*/")
            is_comment = !length_of
            length_of = length_of ? length_of + 1 : length(line)
            gap = gap substr(line, 1, length_of)
        } else if (match(line, /^[ \t\r]+/) || match(line, /^\/\/.*/)) {
            length_of = RLENGTH
            gap = gap substr(line, 1, length_of)
        } else {
            if (match(line, /^[A-Za-z_][A-Za-z_0-9]*/)) add_token(substr(line, 1, RLENGTH), "name")
            else if (match(line, /^[0-9][0-9A-Za-z.]*/)) add_token(substr(line, 1, RLENGTH), "number")
            else if (match(line, /^"([^"\\]|\\.)*"/)) add_token(substr(line, 1, RLENGTH), "string")
            else { RLENGTH = 1; add_token(substr(line, 1, 1), "other") }
            length_of = RLENGTH
        }
        line = substr(line, length_of + 1)
    }
    gap = gap "\n"
}
/^[ \t]*#/ && !is_comment {
    gap = gap $0 "\n"
    if (/csmith\.h/) gap = gap notes() ours(prelude())
    next
}
{ lex_line($0) }

# ---- brackets: partner[i]; is_block[i] tells a compound statement from an initialiser or a list of members
function match_brackets(   i, depth, stack, head) {
    for (i = 1; i <= tokens; i++) {
        if (token[i] ~ /^[({[]$/) {
            stack[++depth] = i
            if (token[i] == "{") is_block[i] = token[i - 1] == ")" || (is_block[stack[depth - 1]] && token[i - 1] ~ /^([;{}:]|else|do)$/)
        } else if (token[i] ~ /^[)}\]]$/) {
            partner[i] = stack[depth]; partner[stack[depth--]] = i
            if (token[i] == "}") is_block[i] = is_block[partner[i]]
        }
    }
}
function is_function(name) { return name ~ /^func_[0-9]+$/ }
function contains(from, what,   i) {
    for (i = from; i < partner[from]; i++)
        if (what == "label" ? token[i] ~ /^lbl_/ && token[i + 1] == ":" : token[i] == what) return 1
    return 0
}

# ---- locals of integer types: local[k] in the scope scope_of[k], of type_of[k]
function declares(i) { return token[i] ~ /^[lp]_[0-9]+$/ && token[i - 1] ~ /^u?int(8|16|32|64)_t$/ && token[i + 1] ~ /^[=,);]$/ }
function add_local(i, depth) {
    local[++locals] = token[i]; scope_of[locals] = depth
    type_of[locals] = token[i - 1]; is_const[locals] = token[i - 2] == "const" || token[i - 3] == "const"
}
function leave_scope(depth) { while (locals && scope_of[locals] > depth) locals-- }

# ---- what is put in before and behind tokens
function put_before(i, text) { before_token[i] = before_token[i] text }
function put_behind(i, text) { behind_token[i] = behind_token[i] text }

function wrap_block(i,   how) {
    if (!chance(.3) || contains(i, "label")) return
    around_block(i, contains(i, "break"), how)
    put_behind(i, how[1])
    put_before(partner[i], how[2])
}

# for (FIRST; CONDITION; STEP): each may suspend. The tokens have no semicolon in nested parentheses.
function suspend_in_for(i,   close_, first, second) {
    close_ = partner[i + 1]
    for (first = i; first < close_ && token[first] != ";"; first++);
    for (second = first + 1; second < close_ && token[second] != ";"; second++);
    if (second >= close_) return
    if (chance(.4)) put_behind(i + 1, stop_before())
    if (chance(.5)) { put_behind(first, ours(" (yield from pass_int32_t(!!(")); put_before(second, ours(")))")) }
    if (chance(.5)) put_behind(second, " " stop_before())
}
function suspend_in_if(i) {
    put_behind(i + 1, ours("yield from pass_int32_t(!!("))
    put_before(partner[i + 1], ours("))"))
}
# return E; -> try { return E; } finally { a local is changed, which E may have read }
function change_after_return(i,   end, k) {
    if (!(k = changeable_local())) return
    for (end = i; token[end] != ";"; end++);
    put_before(i, ours("try { "))
    put_behind(end, ours(" } finally { " local[k] " = (" type_of[k] ")~" local[k] "; ") stop() ours("}"))
}
function changeable_local(   tries, k) {
    for (tries = 0; tries < 4 && locals; tries++)
        if (!is_const[k = 1 + int(rand() * locals)]) return k
    return 0
}

function begin_statement(i,   r) {
    r = rand()
    if (r < .13) put_before(i, stop())
    else if (r < .27 && locals) put_before(i, "note(" local[1 + int(rand() * locals)] "); ")
    else if (r < .31) put_before(i, statement_form(i))
    if (token[i] == "return" && chance(.5)) change_after_return(i)
    if (token[i] == "for" && chance(.4)) suspend_in_for(i)
    if (token[i] == "if" && chance(.1)) suspend_in_if(i)
}

# In a function, i stands where a statement or declaration may begin.
function begins_statement(i) {
    if (!in_function || parentheses || in_initialiser || token[i] ~ /^(}|else)$/) return 0
    return token[i - 1] == ";" || (token[i - 1] ~ /^[{}]$/ && is_block[i - 1]) || (token[i - 1] == ":" && token[i - 2] ~ /^lbl_/)
}

# ---- names: calls of functions and of checked arithmetic, and declarations of locals
function await_call(i,   form) {
    if (token[i] == "func_1") { await_first_call(i); return }
    form = one_of("call call call call call call task object pointer")
    if (form == "task" && is_jumped_into) form = "call" # refused: it holds a handle, past whose beginning a goto may lead
    put_before(i, ours("(yield from " (form == "task" ? "async " : form == "object" ? "(" : form == "pointer" ? "(*" : "")))
    if (form == "pointer") put_behind(i, ours(")"))
    put_behind(partner[i + 1], ours(form == "object" ? "))" : ")"))
}
function await_first_call(i) {
    put_before(i, ours("if (cancel_after() >= 0) { __auto_type task = async func_1(); yield from cancel(task); return 0; } yield from "))
}
function suspend_around_value(i, type,   how) {
    around_value(type, i, how)
    put_before(i, ours(how[1]))
    put_behind(partner[i + 1], ours(how[2]))
}
function visit_name(i) {
    if (token[i + 1] != "(" || !in_function) {
        if (declares(i)) add_local(i, in_function + !in_function)
    } else if (is_function(token[i])) await_call(i)
    else if (match(token[i], /func_(u?int(8|16|32|64)_t|float|double)_/) && chance(awaits))
        suspend_around_value(i, substr(token[i], RSTART + 5, RLENGTH - 6))
}

function begin_function(i,   body) {
    put_before(i, ours("async "))
    for (body = i; body < tokens && token[body] !~ /^[;{]$/; body++);
    is_jumped_into = token[body] == "{" && contains(body, "label")
    locals = has_labels = 0
}
# A function's definition or prototype begins at i: some name before the next ; { = is one of ours and called.
function begins_coroutine(i,   j) {
    if (in_function || parentheses || in_initialiser || (i > 1 && token[i - 1] !~ /^[;}]$/)) return 0
    for (j = i; j < tokens && token[j] !~ /^[;{=]$/; j++)
        if (token[j + 1] == "(" && (is_function(token[j]) || token[j] == "main")) return 1
    return 0
}

END {
    srand(seed)
    rand()
    awaits = chance(.2) ? .3 : .08
    match_brackets()
    for (i = 1; i <= tokens; i++) {
        if (begins_coroutine(i)) begin_function(i)
        if (begins_statement(i)) begin_statement(i)
        if (token[i] == "{" && !is_block[i]) in_initialiser++
        if (token[i] == "{" && is_block[i] && in_function++) wrap_block(i)
        if (token[i] == "(") parentheses++
        if (kind[i] == "name") visit_name(i)
        if (token[i] == ")") parentheses--
        if (token[i] == "}") { if (is_block[i]) leave_scope(--in_function); else in_initialiser-- }
        printf "%s%s%s%s", before[i], before_token[i], token[i], behind_token[i]
    }
    printf "%s", gap
}
