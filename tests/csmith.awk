# SPDX-License-Identifier: MIT
# Turns a Csmith program into one of coroutines for csmith.sh: awk -v seed=N [-v plain=1] -f csmith.awk PROGRAM. The
# text is lexed and its brackets matched; then, by chance,
#   - every function becomes async, every call of one is awaited: as a call, as a task, or as a coroutine object;
#   - values of Csmith's checked arithmetic go through an awaited function, or out of a statement expression that
#     suspends, so that operands wait beside suspensions;
#   - suspensions stand before statements;
#   - blocks without a label become the body of a try, an except, a with, or follow a defer or a handle;
#   - locals are noted before statements: a program ends with a checksum of what it noted beside Csmith's own.
# With plain=1 the same seed only adds the notes: none of the rest changes what the program computes.

function chance(p) { return rand() < p }

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
function has_label(from,   i) {
    for (i = from; i < partner[from]; i++)
        if (token[i] ~ /^lbl_/ && token[i + 1] == ":") return 1
    return 0
}

# ---- locals of integer types: local[k] in the scope scope_of[k]
function declares(i) { return token[i] ~ /^[lp]_[0-9]+$/ && token[i - 1] ~ /^u?int(8|16|32|64)_t$/ && token[i + 1] ~ /^[=,);]$/ }
function add_local(name, depth) { local[++locals] = name; scope_of[locals] = depth }
function leave_scope(depth) { while (locals && scope_of[locals] > depth) locals-- }

# ---- what is put in; ours() is what the plain program has not
function ours(text) { return plain ? "" : text }
function notes() {
    return "#include <stdio.h>\nstatic unsigned long noted;\n" \
        "static void note(long value) { noted = noted * 1099511628211ul + (unsigned long)value; }\n" \
        "__attribute__((destructor)) static void show_notes(void) { printf(\"noted %lx\\n\", noted); }\n"
}
function prelude(   text, n, types, i) {
    text = "#include <acoc.h>\n"
    text = text "struct gate { int entered; };\n"
    text = text "static struct gate gate;\n"
    text = text "static async void stop_here(int really) { if (really) yield from acoc_sleep(0); }\n"
    text = text "static async void gate_enter(struct gate *g) { yield from stop_here(0); g->entered++; }\n"
    text = text "static async void gate_exit(struct gate *g, acoc_error *e) { (void)e; g->entered--; yield from stop_here(1); }\n"
    n = split("int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t float double", types, " ")
    for (i = 1; i <= n; i++)
        text = text "static async " types[i] " pass_" types[i] "(" types[i] " value) { return value; }\n"
    return text
}
function stop() { return "yield from stop_here(" (chance(.2) ? 1 : 0) ");" }
function awaited(name,   r, handle) {
    r = rand()
    if (r < .15) return "(yield from async " name
    if (r < .25) return "(yield from (" name
    return "(yield from " name
}

# What a block becomes: opening[i] after its "{", closing[i] before its "}".
function wrap_block(i,   r) {
    r = rand()
    if (has_label(i)) return
    if (r < .06) { opening[i] = " try {"; closing[partner[i]] = "} finally { " stop() " } " }
    else if (r < .09) { opening[i] = " try { raise acoc_ValueError(\"turn\"); } except (acoc_ValueError) {"; closing[partner[i]] = "} " }
    else if (r < .13) opening[i] = " defer { " stop() " }"
    else if (r < .17) { opening[i] = " with (&gate) {"; closing[partner[i]] = "} " }
    else if (r < .20) opening[i] = " async int32_t held_" i " = async pass_int32_t(" i "); (void)held_" i ";"
}

function write_statement_start(   r) {
    r = rand()
    if (r < .15) printf "%s ", ours(stop())
    else if (r < .3 && locals) printf "note(%s); ", local[1 + int(rand() * locals)]
}

# In a function, i stands where a statement or declaration may begin.
function begins_statement(i) {
    if (!in_function || parentheses || in_initialiser || token[i] ~ /^(}|else)$/) return 0
    return token[i - 1] == ";" || (token[i - 1] ~ /^[{}]$/ && is_block[i - 1]) || (token[i - 1] == ":" && token[i - 2] ~ /^lbl_/)
}

function write_name(i,   call, type, in_block) {
    if (token[i + 1] != "(" || !in_function) {
        if (declares(i)) add_local(token[i], in_function + !in_function)
        printf "%s", token[i]
    } else if (is_function(token[i])) {
        call = awaited(token[i])
        printf "%s", plain ? token[i] : call
        after[partner[i + 1]] = ours(call ~ /from \(/ ? "))" : ")")
    } else if (match(token[i], /func_(u?int(8|16|32|64)_t|float|double)_/) && chance(awaits)) {
        type = substr(token[i], RSTART + 5, RLENGTH - 6)
        in_block = chance(.2)
        printf "%s%s", ours(in_block ? "({ " stop() " " : "(yield from pass_" type "("), token[i]
        after[partner[i + 1]] = ours(in_block ? "; })" : "))")
    } else printf "%s", token[i]
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
        printf "%s", before[i]
        if (begins_coroutine(i)) { printf "%s", ours("async "); locals = 0 }
        if (begins_statement(i)) write_statement_start()
        if (token[i] == "{" && !is_block[i]) in_initialiser++
        if (token[i] == "{" && is_block[i]) { if (in_function++) wrap_block(i) }
        if (token[i] == "(") parentheses++
        if (i in closing) printf "%s", ours(closing[i])
        if (kind[i] == "name") write_name(i)
        else printf "%s", token[i]
        if (i in after) printf "%s", after[i]
        if (i in opening) printf "%s", ours(opening[i])
        if (token[i] == ")") parentheses--
        if (token[i] == "}") { if (is_block[i]) leave_scope(--in_function); else in_initialiser-- }
    }
    printf "%s", gap
}
