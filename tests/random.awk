# SPDX-License-Identifier: MIT
# Writes a random program for random.sh: awk -v seed=N -v ideas=0|1 -f random.awk. Every read is of a set local, every
# loop burns fuel, and what C leaves unordered has no effects, so that all runs of it must print the same. ideas=1 adds
# try, raise, raises functions, defer, with and handles.

function roll(n) { return int(rand() * n) }
function chance(p) { return rand() < p }
function put(text) { printf "%*s%s\n", 4 * indent, "", text }
function fresh(prefix) { names++; return prefix names }

# ---- scopes: variable i has name[i], kind[i], is_set[i], level[i]
function add(n, k, s) { count++; name[count] = n; kind[count] = k; is_set[count] = s; level[count] = depth }
function open_scope() { depth++; indent++ }
function close_scope() { while (count && level[count] == depth) count--; depth--; indent-- }
function is_hidden(i,   j) {
    if (name[i] == declaring) return 1
    for (j = i + 1; j <= count; j++)
        if (name[j] == name[i]) return 1
    return 0
}
function pick(unset_too,   tries, i) {
    for (tries = 0; tries < 8 && count; tries++) {
        i = 1 + roll(count)
        if ((is_set[i] || unset_too) && !is_hidden(i)) return i
    }
    return 0
}
function place(i) {
    if (kind[i] == "array") return name[i] "[" roll(4) "]"
    if (kind[i] == "struct") return name[i] (chance(.5) ? ".a" : ".b")
    if (kind[i] == "pointer") return "(*" name[i] ")"
    return name[i]
}

# ---- expressions; still: no suspension inside
function call(d) {
    if (ideas && chance(.25)) return "leaf_or_raise((int)(" value(d - 1) "))"
    if (!function_number || chance(.6)) return "leaf((int)(" value(d - 1) "))"
    return "f" roll(function_number) "((int)(" value(d - 1) "), (int)(" value(d - 1) "))"
}
# A statement expression: a local of its own, sometimes a clean-up of it or a way out of the function.
function inner(d, still,   n, text) {
    if (chance(.4)) return "MAX(" whole(d, still) ", " whole(d, still) ")"
    n = fresh("s")
    text = "({ int " n " = " whole(d, still) "; "
    if (ideas && chance(.3)) text = text "defer " n " = " roll(9) "; "
    if (!closed && chance(.2)) text = text "if (" n " == " roll(9) ") return " roll(9) "; "
    if (chance(.4)) text = text "if (" n " & 1) " n " ^= " whole(d, still) "; "
    else if (chance(.4)) text = text "for (int k = 0; k < 2; k++) " n " += " whole(d, still) " & 7; "
    return text n " ^ " roll(9) "; })"
}
function value(d, still,   r, i) {
    r = rand()
    if (d <= 0 || r < .3) {
        i = chance(.8) ? pick(0) : 0
        return i ? place(i) : roll(110) - 9
    }
    if (r < .5 && !still) return "(int)(yield from " call(d) ")"
    if (r < .68) return "((int)(" value(d - 1, still) ") " substr("+-^&|", 1 + roll(5), 1) " (int)(" value(d - 1, still) "))"
    if (r < .76) return "(" value(d - 1, still) (chance(.5) ? " && " : " || ") value(d - 1, still) ")"
    if (r < .84) return "(" value(d - 1, still) " ? (int)(" value(d - 1, still) ") : (int)(" value(d - 1, still) "))"
    if (r < .88) return "((void)(" value(d - 1, still) "), (int)(" value(d - 1, still) "))"
    if (r < .91) return "(!(" value(d - 1, still) "))"
    if (r < .94) return "(" inner(d - 1, still) ")"
    if (r < .96 && !still) return "(yield from make((int)(" value(d - 1) "), (int)(" value(d - 1, 1) "))).a"
    if (ideas && r < .98) return "risky((int)(" value(d - 1, still) "))"
    return "((int)(" value(d - 1, still) ") < (int)(" value(d - 1, still) "))"
}
function whole(d, still) { return "(int)(" value(d, still) ")" }
function condition(   i) {
    i = chance(.25) ? pick(0) : 0
    return i ? "(" place(i) " = " whole(2) ") > " roll(9) : value(2)
}

# ---- statements
function declare(   r, n, t) {
    r = rand()
    n = chance(.7) || shares_braces ? fresh("v") : substr("xyz", 1 + roll(3), 1)
    for (t = count; t && level[t] == depth; t--)
        if (name[t] == n) n = fresh("v")
    declaring = n
    if (r < .6) {
        t = types[1 + roll(type_count)]
        if (chance(.25)) { put(t " " n ";"); add(n, "plain", 0) }
        else { put(t " " n " = " whole(2) ";"); add(n, "plain", 1) }
    } else if (r < .75) {
        put("int " n "[4] = { " whole(1) ", " whole(1) ", " whole(1) " };"); add(n, "array", 1)
    } else if (r < .9) {
        put("struct pair " n " = { " whole(1) ", " whole(1) " };"); add(n, "struct", 1)
    } else {
        t = fresh("t"); put("int " t " = " whole(1) ", *" n " = &" t ";"); add(t, "plain", 1); add(n, "pointer", 1)
    }
    declaring = ""
}
function assign(   i, r) {
    i = pick(1)
    if (!i) { declare(); return }
    if (!is_set[i]) { put(name[i] " = " whole(2) ";"); if (level[i] == depth) is_set[i] = 1; return }
    r = rand()
    if (r < .1) put(place(i) "++;")
    else if (kind[i] == "array" && r < .5) put(name[i] "[" whole(2) " & 3] += " whole(2, 1) ";")
    else if (kind[i] == "struct" && r < .4) put(name[i] " = (struct pair){ " whole(1) ", " whole(1) " };")
    else put(place(i) (r < .75 ? " = " : " += ") whole(2) ";")
}
function block(n) {
    open_scope()
    for (n = n ? n : 1 + roll(4); n > 0; n--) statement()
    close_scope()
}
function braces(n) { put("{"); block(n); put("}") }
function loop(   i, r, around) {
    i = fresh("i"); r = rand(); around = inside
    put("{"); indent++
    if (r < .4) put("for (int " i " = 0; " i " < " 1 + roll(4) " && fuel(); " i "++) {")
    else if (r < .7) { put("int " i " = 0;"); put("while (" i "++ < " 1 + roll(4) " && fuel() && (" condition() " || 1)) {") }
    else { put("int " i " = 0;"); put("do {") }
    inside = "loop"; block(); inside = around
    put(r < .7 ? "}" : "} while (" i "++ < " 1 + roll(3) " && fuel() && ((void)(" condition() "), 1));")
    indent--; put("}")
}
function choose(   n, around) {
    around = inside; inside = inside == "loop" ? "switch" : "switch only"
    put("switch (" whole(2) " & 3) {")
    for (n = 0; n < 3; n++) {
        put(n == 1 && chance(.5) ? "default: {" : "case " n ": {"); block(2); put("}")
        put(chance(.6) ? "break;" : "/* fall through */")
    }
    put("case 3:;"); put("}"); inside = around
}
# Past declarations: two blocks for us, which do not see each other's names, but one for C.
function jump(   n) {
    n = fresh("again")
    if (chance(.5)) { put(n ":"); braces(); put("if (fuel() && " value(1) ") goto " n ";"); return }
    put("{"); indent++; shares_braces++
    put("if (" value(1) ") goto " n ";"); block(2); put(n ":;"); block(1)
    shares_braces--; indent--; put("}")
}
function leave(   r) {
    if (closed) return
    r = rand()
    if (inside == "loop" && r < .6) put("if (" value(1) ") " (r < .3 ? "break;" : "continue;"))
    else put("if (" value(1) ") return " whole(2) ";")
}
function protected(keyword,   around) { around = inside; inside = ""; closed++; put(keyword " {"); block(2); put("}"); closed--; inside = around }
function attempt(   e, has_except) {
    put("try {"); block(); has_except = chance(.7)
    if (has_except) {
        if (chance(.6)) {
            e = fresh("e"); put("} except (" (chance(.5) ? "acoc_ValueError " : "acoc_RuntimeError ") e ") {")
            indent++; put("trace_error(" e ");"); block(2); put("trace_error(" e ");")
            if (chance(.3)) put("if (" value(1) ") raise;")
            indent--
        }
        put("} except {"); block(2)
        if (chance(.3)) { put("} else {"); block(2) }
    }
    put("}")
    if (!has_except || chance(.4)) protected("finally")
}
function handle(   h) {
    h = fresh("h"); put("{"); indent++; shares_braces++
    put("async int " h " = " (chance(.5) ? "async " : "") "leaf(" whole(1) ");"); block(2)
    put("trace(7, yield from " h ");")
    if (chance(.5)) { put(h " = async leaf_or_raise(" whole(1) ");"); block(1); put("trace(8, yield from pass(" h ", 1));") }
    if (chance(.3)) put("trace(9, yield from (*pointer)(" whole(1) "));")
    shares_braces--; indent--; put("}")
}
function idea(   r, n) {
    r = rand()
    if (r < .4) attempt()
    else if (r < .55) { put("{"); indent++; protected("defer"); block(3); indent--; put("}") }
    else if (r < .65) put("if (" value(1) ") raise acoc_RuntimeError(\"raised %d\", " whole(1, 1) ");")
    else if (r < .85) handle()
    else { n = fresh("d"); put("struct door " n " = { " whole(1) " };"); put("with (&" n ") {"); block(2); put("}"); put("trace(10, " n ".id);") }
}
function statement(   r) {
    r = rand()
    if (--budget < 0 || indent > 8) { put("trace(" roll(99) ", " whole(1) ");"); return }
    if (r < .18) declare()
    else if (r < .4) assign()
    else if (r < .5) put("trace(" roll(99) ", " whole(2) ");")
    else if (r < .6) { put("if (" condition() ") {"); block(); if (chance(.5)) { put("} else {"); block() } put("}") }
    else if (r < .7) loop()
    else if (r < .76) choose()
    else if (r < .8) braces()
    else if (r < .86) leave()
    else if (r < .91) jump()
    else if (ideas) idea()
    else assign()
}

function head() {
    print "#include <acoc.h>\n#include <stdio.h>\n"
    print "static int left;\nstatic void trace(int where, long value) { printf(\"%d %ld\\n\", where, value); }"
    print "#define MAX(a, b) ({ __typeof__(a) a_ = (a); __typeof__(b) b_ = (b); a_ > b_ ? a_ : b_; })\n" \
          "static int fuel(void) { return left-- > 0; }\nstruct pair { int a, b; };"
    print "async int leaf(int x) { return (x & 255) * 3 + 1; }"
    print "async struct pair make(int a, int b) { struct pair r = { a, b ^ 3 }; return r; }"
    if (!ideas) return
    print "static void trace_error(acoc_error *e) { printf(\"error %s\\n\", acoc_error_message(e)); }"
    print "async int leaf_or_raise(int x) { if ((x & 3) == 1) raise acoc_ValueError(\"leaf %d\", x); return x ^ 5; }"
    print "async int pass(async int h, int more) { trace(16, more); return yield from h; }"
    print "static async int (*pointer)(int) = leaf;"
    print "raises int risky(int x) { if ((x & 7) == 3) raise acoc_ValueError(\"risky %d\", x); return x & 63; }"
    print "struct door { int id; };"
    print "async void door_enter(struct door *d) { trace(50, d->id); d->id = yield from leaf(1); }"
    print "async void door_exit(struct door *d, acoc_error *e) { trace(51, d->id ^ (e != NULL)); d->id ^= yield from leaf(2); }"
}
function write_function(   n) {
    print "\nasync int f" function_number "(int p, " (chance(.5) ? "long" : "short") " q)\n{"
    count = 0; depth = 0; indent = 1; inside = ""; closed = 0; budget = 15 + roll(60)
    add("p", "plain", 1); add("q", "plain", 1); depth = 1
    for (n = 3 + roll(5); n > 0; n--) statement()
    put("return " whole(2) ";"); print "}"
}
BEGIN {
    srand(seed); type_count = split("int long short unsigned double _Bool long~long signed~char volatile~int volatile~long", types, " ")
    for (n in types) gsub("~", " ", types[n])
    head(); functions = 2 + roll(3)
    for (function_number = 0; function_number < functions; function_number++) write_function()
    print "\nasync int main(void)\n{"
    for (n = 0; n < 2 * functions; n++) {
        text = "left = 60; trace(" n ", yield from f" int(n / 2) "(" roll(55) - 5 ", " roll(55) - 5 "));"
        print "    " (ideas ? "try { " text " } except (acoc_Error e) { trace_error(e); }" : text)
    }
    print "    return 0;\n}"
}
