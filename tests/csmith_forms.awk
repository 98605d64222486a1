# SPDX-License-Identifier: MIT
# What csmith.awk puts into a Csmith program, in two versions each: for acoc, and for the plain program that says what must
# be printed. twin(A, P) is A for the one and P for the other; ours(A) is nothing for the plain one. Both versions must draw
# the same random numbers, so a draw stands outside of twin's arguments or in both programs' order.
# A form notes what it computes, so that a value lost across a suspension shows in the sum of the notes. Its own names end
# with the number of the token that it stands at.

function chance(p) { return rand() < p }
function one_of(words,   word, n) { n = split(words, word, " "); return word[1 + int(rand() * n)] }
function twin(text, plain_text) { return plain ? plain_text : text }
function ours(text) { return twin(text, "") }

# ---- before everything: notes for both programs, awaitable things for ours
function notes() {
    return "#include <stdio.h>\nstatic unsigned long noted;\n" \
        "static void note(long value) { noted = noted * 1099511628211ul + (unsigned long)value; }\n" \
        "__attribute__((destructor)) static void show_notes(void) { printf(\"noted %lx\\n\", noted); }\n" \
        "__attribute__((unused)) static void note_last(int32_t *value) { note(*value); }\n" \
        twin("", "static int32_t open_door(int32_t id) { note(id); return id; }\n" \
                 "static void close_door(int32_t *id) { note(*id + 1); }\n")
}
function prelude() {
    return "#include <acoc.h>\n#include <stdlib.h>\n" prelude_cancel() prelude_with() prelude_left() prelude_types()
}
# CSMITH_CANCEL=N: the program's first function is a task that is cancelled after N turns of the loop, and every stop waits.
function prelude_cancel() {
    return "static long cancel_after(void) { const char *turns = getenv(\"CSMITH_CANCEL\"); return turns ? atol(turns) : -1; }\n" \
        "static async void stop_here(int really) { if (really || cancel_after() >= 0) yield from acoc_sleep(0); }\n" \
        "static async void cancel(acoc_future *task)\n{\n" \
        "    for (long turns = cancel_after(); turns > 0 && !acoc_future_done(task); turns--) yield from acoc_sleep(0);\n" \
        "    acoc_task_cancel(task);\n    while (!acoc_future_done(task)) yield from acoc_sleep(0);\n}\n"
}
# A gate is entered and left; a door has an owner, notes both, and swallows a ValueError.
function prelude_with() {
    return "struct gate { int entered; };\nstatic struct gate gate;\nstatic int doors;\n" \
        "static async void gate_enter(struct gate *g) { yield from stop_here(0); g->entered++; }\n" \
        "static async void gate_exit(struct gate *g, acoc_error *e) { (void)e; g->entered--; yield from stop_here(1); }\n" \
        "struct door { int32_t id; };\n" \
        "static struct door *open_door(int32_t id) { struct door *d = malloc(sizeof *d); d->id = id; doors++; return d; }\n" \
        "static async void door_enter(struct door *d) { yield from stop_here(0); note(d->id); }\n" \
        "static async _Bool door_exit(struct door *d, acoc_error *e)\n" \
        "{ yield from stop_here(1); note(d->id + 1); return e && acoc_error_is(e, &acoc_ValueError_kind); }\n" \
        "static void door_free(struct door *d) { doors--; free(d); }\n"
}
# What is left at the program's end.
function prelude_left() {
    return "extern unsigned long acoc__memory_live_blocks(void);\n" \
        "__attribute__((destructor)) static void show_what_is_left(void)\n{\n" \
        "    if (gate.entered || doors) fprintf(stderr, \"entered %d gates, %d doors are open\\n\", gate.entered, doors);\n" \
        "    if (acoc__memory_live_blocks()) fprintf(stderr, \"%lu blocks are left\\n\", acoc__memory_live_blocks());\n}\n"
}
function prelude_types(   text, n, types, i) {
    text = "static volatile int refuses;\n"
    n = split("int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t float double", types, " ")
    for (i = 1; i <= n; i++)
        text = text "static async " types[i] " pass_" types[i] "(" types[i] " value) { return value; }\n" \
            "static raises " types[i] " check_" types[i] "(" types[i] " value)\n" \
            "{ if (refuses) raise acoc_ValueError(\"refused\"); return value; }\n"
    return text
}

# ---- small parts
function stop_call() { return "yield from stop_here(" (chance(.2) ? 1 : 0) ")" }
function stop(   call) { call = stop_call(); return ours(call "; ") }
function stop_before(   call) { call = stop_call(); return ours("(" call "), ") }
function passed(text) { return twin("(yield from pass_int32_t(" text "))", "((int32_t)(" text "))") }
function value(   text) { text = locals && chance(.8) ? local[1 + int(rand() * locals)] : int(rand() * 9); return text }
function small(most) { return "(int32_t)(" value() " & " most ")" }

# ---- around a value of a type: how[1] before it, how[2] behind it
function around_value(type, i, how) {
    how[0] = one_of("await await await stop_first inner literal member checked conditional")
    how[2] = "))"
    if (how[0] == "await") how[1] = "(yield from pass_" type "("
    else if (how[0] == "stop_first") { how[1] = "({ " stop() "("; how[2] = "); })" }
    else if (how[0] == "inner") { how[1] = "({ " type " kept_" i " = ("; how[2] = "); " stop() "({ " stop() "kept_" i "; }); })" }
    else if (how[0] == "literal") { how[1] = "({ " type " *kept_" i " = (" type "[2]){ ("; how[2] = "), 1 }; " stop() "*kept_" i "; })" }
    else if (how[0] == "member") { how[1] = "(((struct { int32_t at; " type " value; }){ .value = ("; how[2] = "), .at = yield from pass_int32_t(1) }).value)" }
    else if (how[0] == "checked") how[1] = "(check_" type "("
    else { how[1] = "((" type ")((yield from pass_int32_t(1)) ? ("; how[2] = ") : (" type ")0))" }
}

# ---- around a block without labels: how[1] behind its "{", how[2] before its "}"
function around_block(i, has_break, how,   form) {
    how[1] = how[2] = ""
    form = one_of("finally except defer gate handle noted_defer cleanup array grid switch door swallow")
    if (form == "switch" && has_break) form = "finally"
    if (form == "finally") { how[1] = ours(" try {"); how[2] = ours("} finally { ") stop() ours("} ") }
    else if (form == "except") { how[1] = ours(" try { raise acoc_ValueError(\"turn\"); } except (acoc_ValueError) {"); how[2] = ours("} ") }
    else if (form == "defer") how[1] = ours(" defer { ") stop() ours("}")
    else if (form == "gate") { how[1] = ours(" with (&gate) {"); how[2] = ours("} ") }
    else if (form == "handle") how[1] = ours(" async int32_t held_" i " = async pass_int32_t(" i "); (void)held_" i ";")
    else if (form == "noted_defer") how[1] = noted_at_end("copy_" i, value())
    else if (form == "cleanup") how[1] = " int32_t last_" i " __attribute__((cleanup(note_last))) = " passed(value()) ";"
    else if (form == "array") { how[1] = variable_array(i); how[2] = chance(.6) ? "note(row_" i "[0] + (long)sizeof row_" i "); " : "" }
    else if (form == "grid") { how[1] = variable_grid(i); how[2] = chance(.6) ? "note(grid_" i "[0][1]); note(sizeof *grid_" i "); " : "" }
    else if (form == "switch") { how[1] = " switch (" passed(int(rand() * 3)) ") { case 7: note(1); default:;"; how[2] = "} " }
    else if (form == "door") {
        how[1] = twin(" with (struct door *door_" i " = open_door(" i ")) {", " int32_t door_" i " __attribute__((cleanup(close_door))) = open_door(" i ");")
        how[2] = ours("} ")
    } else {
        how[1] = twin(" with (struct door *door_" i " = open_door(" i ")) {", " int32_t door_" i " __attribute__((cleanup(close_door))) = open_door(" i ");")
        how[2] = ours("raise acoc_ValueError(\"swallowed\"); } ")
    }
}
# A local whose value is noted when its block is left: by defer, and in the plain program by the attribute.
function noted_at_end(name, text,   pause) {
    pause = stop()
    return " int32_t " name twin("", " __attribute__((cleanup(note_last)))") " = (int32_t)" text ";" ours(" defer { " pause "note(" name "); }")
}
function variable_array(i,   type, extent) {
    type = one_of("int8_t uint16_t int32_t int64_t")
    extent = small(3)
    if (chance(.5)) extent = passed(extent)
    return " " type " row_" i "[1 + " extent "]; row_" i "[0] = (" type ")" int(rand() * 99) ";"
}
function variable_grid(i) {
    return " int32_t extent_" i " = 2 + " passed(small(1)) "; int16_t grid_" i "[" passed("extent_" i) "][extent_" i "]; grid_" i "[0][1] = " int(rand() * 99) ";"
}

# ---- statements of their own, each in a block
function statement_form(i,   form) {
    form = one_of("array defer_loop switch handles labels raise literal record")
    if (form == "labels" && has_labels) form = "switch"
    if (form == "array") return "{" variable_array(i) " " stop() "row_" i "[0]++; " stop() "note(row_" i "[0]); } "
    if (form == "defer_loop") return defer_loop(i)
    if (form == "switch") return switch_form(i)
    if (form == "handles") return handles_form(i)
    if (form == "labels") { has_labels = 1; return labels_form(i) }
    if (form == "raise") return raise_form(i)
    if (form == "literal")
        return "{ int32_t *kept_" i " = (int32_t[]){ " passed(small(63)) ", " small(7) " }; " stop() "kept_" i "[1] += " passed("kept_" i "[0]") "; note(kept_" i "[1]); } "
    return "{ struct { int32_t a; uint8_t b : 5; int16_t c[2]; } record_" i " = { .c = { [1] = " passed(small(7)) " }, .b = (uint8_t)" small(31) " }; " \
        stop() "record_" i ".b += " passed(small(3)) "; note(record_" i ".b + record_" i ".c[1] + record_" i ".a); } "
}
function defer_loop(i,   at) {
    at = small(1)
    return "for (int32_t k_" i " = 0; k_" i " < " passed(3) "; k_" i " += " passed(1) ") {" noted_at_end("copy_" i, "k_" i) \
        " if (k_" i " == " at ") continue; " stop() "if (k_" i " == 2) break; note(" passed("k_" i) "); } "
}
function switch_form(i,   inner) {
    inner = "switch (" passed(small(1)) ") { case 0: " stop() "note(5); break; default: note(6); } "
    return "switch (" passed(small(3)) ") { case 3: note(3); " stop() "default: note(9); " stop() \
        "case 1: {" variable_array(i) " " stop() "note(row_" i "[0]); } break; case 0: " inner "note(7); break; } "
}
function handles_form(i,   h, text) {
    h = "held_" i; text = small(15)
    return "{ " twin("async int32_t " h "[3] = { async pass_int32_t(1), pass_int32_t(2) }; ", "int32_t " h "[3] = { 1, 2 }; ") stop() \
        h "[2] = " h "[0]; " h "[0] = " twin("async pass_int32_t(" text ")", text) "; " stop() \
        "note(" ours("yield from ") h "[2]); note(" ours("yield from ") h "[1]); note(" ours("yield from ") h "[0]); } "
}
# Once in a function: a computed goto may lead to any label whose address is taken, also out of clean-ups.
function labels_form(i) {
    return "{ static void *const ways_" i "[] = { &&first_" i ", &&second_" i ", &&last_" i " }; int32_t turn_" i " = 0; goto *ways_" i "[" passed(small(1)) "]; " \
        "first_" i ": " stop() "note(turn_" i "); goto *ways_" i "[turn_" i "++ < 2 ? " passed(1) " : 2]; " \
        "second_" i ": note(turn_" i " + 10); " stop() "goto *ways_" i "[turn_" i "++ < 3 ? " passed("turn_" i " & 1") " : 2]; " \
        "last_" i ": note(turn_" i "); } "
}
function raise_form(i,   odd) {
    odd = small(1)
    return twin("try { note(1); if (" odd ") raise acoc_ValueError(\"odd\"); " stop() "note(2); } except (acoc_ValueError e_" i ") { " stop() \
                "note(3 + (acoc_error_errno(e_" i ") != 0)); } else { note(4); } finally { " stop() "note(5); } ",
                "note(1); if (" odd ") { note(3); } else { note(2); note(4); } note(5); ")
}
