-- SPDX-License-Identifier: MIT
-- Asks every library of Lua, and prints a line "ok NAME" or "not ok NAME" for each question. For lua.sh.
local function check(name, good, ...)
    print((good and "ok " or "not ok ") .. name, ...)
end

local function raises(pattern, f, ...)
    local good, message = pcall(f, ...)
    return not good and tostring(message):find(pattern) ~= nil
end

-- the language
do
    local function fib(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end
    check("recursion", fib(20) == 6765)
    local function sum(n, acc) if n == 0 then return acc end return sum(n - 1, acc + n) end
    check("tail-calls", sum(1000000, 0) == 500000500000)
    check("closures", (function()
        local fs = {}
        for i = 1, 3 do fs[i] = function() i = i + 1; return i end end
        return fs[1]() == 2 and fs[1]() == 3 and fs[2]() == 3 and fs[3]() == 4
    end)())
    check("varargs", select("#", nil, nil, nil) == 3 and select(-1, 1, 2, 3) == 3)
    check("integer-division", 7 // 2 == 3 and -7 // 2 == -4 and 7 % -3 == -2 and 7.5 // 2 == 3.0)
    check("integers-wrap", math.maxinteger + 1 == math.mininteger)
    check("bitwise", (0xF0 | 0x0F) == 0xFF and (5 ~ 3) == 6 and ~0 == -1 and 1 << 63 == math.mininteger and 1 << 64 == 0)
    check("float-text", tostring(0.1) == "0.1" and 2^53 == 9007199254740992 and 1e15 == 10^15 and tostring(1e100) == "1e+100")
    check("comparison", 1 < 1.5 and "a" < "b" and not (0/0 == 0/0) and math.type(3) == "integer" and math.type(3.0) == "float")
    check("goto", (function()
        local n = 0
        ::again::
        n = n + 1
        if n < 10 then goto again end
        return n == 10
    end)())
    local order = {}
    do
        local a <close> = setmetatable({}, {__close = function() order[#order + 1] = "a" end})
        local b <close> = setmetatable({}, {__close = function() order[#order + 1] = "b" end})
        local c <const> = 5
    end
    check("to-be-closed", table.concat(order) == "ba")
    check("long-strings", #[[
x
]] == 2 and "\x41\65\u{48}\z
       b" == "AAHb")
    check("attempt-errors", raises("attempt to index a nil value", function() local x; return x.y end)
        and raises("attempt to perform arithmetic on a table", function() return {} + 1 end)
        and raises("number has no integer representation", function() return 1.5 | 1 end)
        and raises("stack overflow", function() local function f() return 1 + f() end return f() end))
end

-- metatables
do
    local V = {}
    V.__index = V
    V.__add = function(a, b) return setmetatable({a[1] + b[1]}, V) end
    V.__eq = function(a, b) return a[1] == b[1] end
    V.__lt = function(a, b) return a[1] < b[1] end
    V.__le = function(a, b) return a[1] <= b[1] end
    V.__len = function(a) return a[1] end
    V.__call = function(a, x) return a[1] * x end
    V.__concat = function(a, b) return "V" .. (type(b) == "table" and b[1] or b) end
    V.__tostring = function(a) return "V(" .. a[1] .. ")" end
    V.__unm = function(a) return setmetatable({-a[1]}, V) end
    V.__idiv = function(a, b) return a[1] // b end
    V.__shl = function(a, b) return a[1] << b end
    local function v(x) return setmetatable({x}, V) end
    check("metamethods", v(1) + v(2) == v(3) and v(1) < v(2) and v(2) <= v(2) and #v(7) == 7 and v(3)(4) == 12
        and v(1) .. v(2) == "V2" and tostring(v(5)) == "V(5)" and (-v(5))[1] == -5 and v(9) // 2 == 4 and v(1) << 4 == 16)
    local log = {}
    local proxy = setmetatable({}, {__index = function(_, k) return k .. "!" end, __newindex = function(_, k, x) log[k] = x end})
    proxy.a = 1
    check("index-newindex", proxy.b == "b!" and log.a == 1 and rawget(proxy, "a") == nil)
    local seen = {}
    for k, x in pairs(setmetatable({}, {__pairs = function() return next, {z = 26}, nil end})) do seen[k] = x end
    check("pairs-metamethod", seen.z == 26)
end

-- string
check("find-match", ("hello world"):find("o w") == 5 and ("key = value"):match("^(%w+)%s*=%s*(%w+)$") == "key"
    and ("f(a(b)c)d"):match("%b()") == "(a(b)c)" and ("THE (quick) fox"):find("%((%a+)%)") == 5)
check("gsub", ("abc"):gsub("%w", "%0%0") == "aabbcc" and ("hello"):gsub("l", {l = "L"}) == "heLLo"
    and select(2, ("aaa"):gsub("a", "b", 2)) == 2 and ("abc"):gsub("", "-") == "-a-b-c-" and ("x y"):gsub("%f[%w]%w", string.upper) == "X Y")
check("gmatch", (function() local t = {} for w in ("one two  three"):gmatch("%a+") do t[#t + 1] = w end return table.concat(t, ",") end)() == "one,two,three")
check("format", ("%5d|%-5s|%05.1f|%x|%q|%g|%c|%i"):format(42, "ab", 3.14159, 255, 'a"\n', 1e20, 65, -3) == '   42|ab   |003.1|ff|"a\\"\\\n"|1e+20|A|-3'
    and ("%a"):format(1.0) == "0x1p+0" and ("%.14g"):format(0.1) == "0.1" and ("%s"):format(nil) == "nil")
check("rep-reverse-byte", ("ab"):rep(3, "-") == "ab-ab-ab" and ("abc"):reverse() == "cba" and ("A"):byte() == 65 and string.char(72, 105) == "Hi")
check("sub-upper-lower", ("hello"):sub(-3, -2) == "ll" and ("MiXed"):upper() == "MIXED" and ("MiXed"):lower() == "mixed")
check("pack", string.unpack("<i4", string.pack("<i4", -2)) == -2 and #string.pack(">I2s1z", 1, "abc", "de") == 9
    and string.unpack(">d", string.pack(">d", 1.5)) == 1.5 and string.packsize("!i4i8") == 16 and string.pack(">I3", 0x010203) == "\1\2\3")
check("number-text", tonumber("0x1p4") == 16.0 and tonumber("  10  ") == 10 and tonumber("z", 36) == 35 and tonumber("1e") == nil and "10" + 5 == 15)
check("dump-load", load(string.dump(function(a) return a * 2 end))(21) == 42)

-- utf8
check("utf8", utf8.char(228, 8364, 128512) == "ä€😀" and utf8.len("ä€😀") == 3 and utf8.codepoint("€") == 8364
    and utf8.offset("ä€", 2) == 3 and not utf8.len("\xff") and #utf8.charpattern == 14)
check("utf8-codes", (function() local n = 0 for _, c in utf8.codes("aä€") do n = n + c end return n end)() == 97 + 228 + 8364)

-- table
do
    local t = {5, 2, 8, 1}
    table.sort(t)
    check("sort", table.concat(t, " ") == "1 2 5 8")
    table.sort(t, function(a, b) return a > b end)
    check("sort-by", table.concat(t, " ") == "8 5 2 1")
    local big, seed = {}, 42
    for i = 1, 5000 do seed = (seed * 1103515245 + 12345) % 2147483648; big[i] = seed end
    table.sort(big)
    check("sort-many", (function() for i = 2, #big do if big[i - 1] > big[i] then return false end end return true end)())
    check("sort-invalid", raises("invalid order function", table.sort, {1, 2, 3, 4, 5, 6, 7, 8}, function() return true end))
    table.insert(t, 1, 9)
    check("insert-remove", table.remove(t) == 1 and table.remove(t, 1) == 9 and #t == 3)
    check("pack-unpack", table.pack(1, nil, 3).n == 3 and select("#", table.unpack({1, 2}, 1, 4)) == 4)
    check("move", table.concat(table.move({1, 2, 3}, 1, 3, 2), ",") == "1,1,2,3")
    local hash = {}
    for i = 1, 10000 do hash["k" .. i] = i end
    for i = 1, 10000, 2 do hash["k" .. i] = nil end
    local n, s = 0, 0
    for _, x in pairs(hash) do n = n + 1; s = s + x end
    check("hash", n == 5000 and s == 25005000)
end

-- math
check("math", math.floor(-3.5) == -4 and math.ceil(3.2) == 4 and math.max(1, 5, 3) == 5 and math.tointeger(8.0) == 8
    and math.abs(math.mininteger) == math.mininteger and math.fmod(-7, 3) == -1 and math.ult(1, -1) and math.huge > math.maxinteger)
check("math-functions", math.abs(math.sin(math.pi / 6) - 0.5) < 1e-15 and math.sqrt(2)^2 - 2 < 1e-15 and math.log(8, 2) == 3 and math.exp(0) == 1
    and math.modf(3.7) == 3 and math.atan(1, 1) == math.pi / 4)
math.randomseed(7, 11)
check("random " .. math.random(1000) .. " " .. math.random(1000) .. " " .. ("%.12f"):format(math.random()), true)

-- coroutines
do
    local co = coroutine.wrap(function(...)
        local got = {...}
        for i = 1, 3 do got[#got + 1] = coroutine.yield(i) end
        return table.concat(got, ",")
    end)
    check("coroutine", co("a", "b") == 1 and co("c") == 2 and co("d") == 3 and co("e") == "a,b,c,d,e")
    check("coroutine-error", (function()
        local c = coroutine.create(function() error({code = 7}) end)
        local good, e = coroutine.resume(c)
        return not good and e.code == 7 and coroutine.status(c) == "dead"
    end)())
    check("yield-across-pcall", (function()
        local c = coroutine.wrap(function() return pcall(function() coroutine.yield(1); error("x", 0) end) end)
        return c() == 1 and select(2, c()) == "x"
    end)())
    local closed
    local c = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() closed = true end}); coroutine.yield() end)
    coroutine.resume(c)
    check("coroutine-close", coroutine.close(c) and closed and coroutine.isyieldable() == false)
    check("yield-in-sort", raises("attempt to yield across a C%-call boundary", coroutine.wrap(function() table.sort({3, 2, 1}, coroutine.yield) end)))
end

-- errors, debug
check("pcall-xpcall", select(2, xpcall(function() error("m", 0) end, function(m) return m .. "+handler" end)) == "m+handler"
    and select(2, pcall(error)) == nil and select(2, pcall(error, setmetatable({}, {__tostring = function() return "E" end}))) ~= nil)
check("assert", raises("assertion failed!", assert, false) and assert(1, 2) == 1)
check("debug", debug.getinfo(1, "S").what == "main" and debug.getinfo(print).what == "C" and debug.sethook() == nil)
do
    local lines = 0
    debug.sethook(function() lines = lines + 1 end, "", 1)
    for i = 1, 100 do local x = i * 2 end
    debug.sethook()
    check("count-hook", lines > 100)
    local function f() local up = 1; return function() up = up + 1; return up end end
    local g, h = f(), f()
    debug.upvaluejoin(g, 1, h, 1)
    check("upvaluejoin", g() == 2 and h() == 3 and debug.upvalueid(g, 1) == debug.upvalueid(h, 1))
end

-- io, os
do
    local name = os.tmpname()
    local file = assert(io.open(name, "w"))
    check("write", file:write("first\n", 12, " ", 1.5, "\nlast") == file and file:seek("end") == 17 and file:close())
    local t = {}
    for line in io.lines(name) do t[#t + 1] = line end
    check("lines", table.concat(t, "|") == "first|12 1.5|last")
    file = io.open(name)
    check("read", file:read("l") == "first" and file:read("n") == 12 and file:read("n") == 1.5 and file:read(1) == "\n" and file:read("a") == "last"
        and file:read("l") == nil and file:seek("set", 1) == 1 and file:read(4) == "irst")
    check("setvbuf-flush", file:setvbuf("full", 1024) and io.type(file) == "file" and file:close() and io.type(file) == "closed file")
    check("rename-remove", os.rename(name, name .. ".x") and os.remove(name .. ".x") and not io.open(name))
    check("open-error", select(2, io.open("/nonexistent/x")):find("No such file") and select(3, io.open("/nonexistent/x")) == 2)
    local pipe = io.popen("echo through; exit 3")
    check("popen", pipe:read("a") == "through\n" and select(3, pipe:close()) == 3)
    check("execute", select(3, os.execute("exit 5")) == 5 and os.execute())
    check("time", os.time({year = 2020, month = 1, day = 1, hour = 12}) - os.time({year = 2019, month = 12, day = 31, hour = 12}) == 86400
        and os.date("!%Y-%m-%d %H:%M:%S", 86400) == "1970-01-02 00:00:00" and os.date("!*t", 0).year == 1970 and os.getenv("NOT_THERE_AT_ALL") == nil)
end

-- load, require, garbage
check("load", load("return ...", "chunk", "t", {})(9) == 9 and select(2, load("x =")):find("unexpected symbol near <eof>")
    and load(function() end) ~= nil and raises("attempt to load a text chunk", function() assert(load("return 1", "c", "b")) end))
package.preload.made = function(name) return {name = name} end
check("require", require("made").name == "made" and package.loaded.made == require("made") and raises("module 'missing.x' not found", require, "missing.x"))
do
    local weak = setmetatable({}, {__mode = "k"})
    weak[{}] = 1
    local finalized = 0
    for _ = 1, 100 do setmetatable({}, {__gc = function() finalized = finalized + 1 end}) end
    collectgarbage()
    collectgarbage()
    check("collect", next(weak) == nil and finalized == 100)
    collectgarbage("generational")
    check("collector-modes", collectgarbage("incremental") == "generational" and collectgarbage("generational") == "incremental" and collectgarbage("count") > 0)
    local s = {}
    for i = 1, 20000 do s[#s + 1] = tostring(i) if #s > 100 then s = {} end end
    check("collect-under-load", collectgarbage("step") ~= nil and collectgarbage("isrunning"))
end
