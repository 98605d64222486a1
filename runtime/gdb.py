# SPDX-License-Identifier: MIT
"""Coroutines in gdb: `source gdb.py`, then `help acoc`. See docs/debugging.md.

A coroutine that waits returns from its C function and is called again later, with its frame, so gdb's own `next` follows it
out into the loop, and `backtrace` ends where the loop resumed it. The commands here read what the runtime knows: the frame
of a coroutine leads to those who await it, each frame points at its suspension, the loop lists its tasks.
"""
import re

import gdb

SUSPENDED = 1  # ACOC_SUSPENDED
BODY = "acoc_await_"


def number(value):
    return int(value.cast(gdb.lookup_type("unsigned long")))


def is_body(frame):
    """Is it the C function of a coroutine, compiled from what acoc wrote?"""
    return bool(frame and frame.is_valid() and (frame.name() or "").startswith(BODY)) and has_task(frame)


def has_task(frame):
    try:
        task = frame.read_var("acoc_task_")
        return task.is_optimized_out or bool(task)
    except (ValueError, gdb.error):
        return False


def line_of(frame):
    return frame.find_sal().line


def name_of(body):
    return re.sub("^" + BODY, "", body)


# ---- suspended frames


def suspended_from(frame):
    """The acoc_frame and those who await it, from the inside out."""
    while frame:
        yield frame.dereference()
        frame = frame["caller"]


def describe_point(frame):
    point = frame["point"].dereference()
    function = point["function"].dereference()
    return "%s at %s:%d" % (function["name"].string(), function["file"].string(), int(point["line"]))


def bodies_of(task):
    """The running bodies of a task on this thread's stack, from the inside out."""
    frame = gdb.newest_frame()
    while frame:
        if is_body(frame):
            its_task = frame.read_var("acoc_task_")
            if its_task.is_optimized_out or number(its_task) == number(task):
                yield frame
        frame = frame.older()


def stack_of(task, is_running):
    """Lines of text: who runs, then who awaits whom, from the inside out."""
    innermost = task["base"]["of"]["innermost"]
    lines = []
    if is_running:
        resumed = None
        for body in bodies_of(task):
            lines.append("%s at %s:%d" % (name_of(body.name()), body.find_sal().symtab.filename, line_of(body)))
            resumed = body.read_var("acoc_base_")
        if resumed is not None and resumed.is_optimized_out:
            return lines + ["(who awaits it: optimized out)"]
        innermost = resumed["caller"] if resumed else gdb.Value(0)
    if innermost:
        lines += [describe_point(frame) for frame in suspended_from(innermost)]
    return lines


# ---- acoc next


class WayOut(gdb.FinishBreakpoint):
    """Stops when a body returns; tells what it returned."""

    def __init__(self, frame):
        super().__init__(frame, internal=True)
        self.silent = True
        self.is_taken = False

    def stop(self):
        self.is_taken = True
        return True

    def status(self):
        return int(self.return_value) if self.return_value is not None else None


class Resume(gdb.Breakpoint):
    """Stops where a suspended frame goes on: at the label of its suspension. clang -O0 tells no labels: at the function's head."""

    def __init__(self, body, frame):
        point = gdb.Value(frame).cast(gdb.lookup_type("acoc_frame").pointer())["point"]
        place = {"function": body, "label": "acoc_resume_%d" % int(point["state"])}
        self.is_at_label = has_label(**place)
        if not self.is_at_label:
            del place["label"]
        super().__init__(internal=True, **place)
        self.silent = True
        self.is_reached = False
        self.frame = frame
        self.line = int(point["line"])

    def stop(self):
        base = gdb.newest_frame().read_var("acoc_base_")
        self.is_reached = base.is_optimized_out or number(base) == self.frame
        return self.is_reached

    def go_on_to_line(self):
        """From the function's head to where it goes on: whatever is run first of that line's instructions."""
        if self.is_at_label or line_of(gdb.newest_frame()) == self.line:
            return
        stops = [gdb.Breakpoint("*%d" % place, internal=True) for place in instructions_of(gdb.newest_frame(), self.line)]
        for stop in stops:
            stop.silent = True
        gdb.execute("continue", to_string=True)
        for stop in stops:
            stop.delete()


def instructions_of(frame, line):
    """The addresses of a line's instructions in a frame's function."""
    block = frame.block()
    while not block.function:
        block = block.superblock
    for instruction in frame.architecture().disassemble(block.start, block.end - 1):
        if gdb.find_pc_line(instruction["addr"]).line == line:
            yield instruction["addr"]


def has_label(function, label):
    try:
        return bool(gdb.decode_line("-function %s -label %s" % (function, label))[1])
    except gdb.error:
        return False


def body_of_suspended(frame):
    """The C function that goes on with an acoc_frame."""
    resume = frame["point"]["resume"]
    return re.sub("^acoc_resume_", BODY, gdb.block_for_pc(number(resume)).function.name)


def is_alive():
    return gdb.selected_inferior().pid != 0 and gdb.selected_thread() is not None


def check_running():
    if not is_alive():
        raise gdb.GdbError("the program is not being run")


def run_to_resume(body, frame):
    """Lets the program run until that frame goes on. False: something else came first."""
    resume = Resume(body, frame)
    try:
        told = gdb.execute("continue", to_string=True)
    finally:
        resume.delete()
    if resume.is_reached:
        resume.go_on_to_line()
    else:
        gdb.write(told)
    return resume.is_reached


def rest_of_line():
    """In whoever called or awaited a coroutine that has ended: gdb's next shows the line behind the call, too."""
    if is_body(gdb.newest_frame()):
        return next_line()
    gdb.execute("next")
    return is_alive()


def is_on_its_way_out(frame):
    """The text of a suspension may end with instructions that compilers book on other lines."""
    if gdb.newest_frame() != frame:
        return False
    outcome = frame.read_var("acoc_outcome")
    return not outcome.is_optimized_out and int(outcome) == SUSPENDED


def next_line():
    """One line of the selected coroutine. False: something else came first, and gdb has told what."""
    frame = gdb.newest_frame()
    body, task, base = frame.name(), frame.read_var("acoc_task_"), frame.read_var("acoc_base_")
    if task.is_optimized_out or base.is_optimized_out:
        raise gdb.GdbError("the coroutine's frame was optimized out here: compile with -O0 to step over its awaits")
    awaiter = base["caller"] if base else None
    if awaiter:
        awaiter = (body_of_suspended(awaiter), number(awaiter))
    way_out = WayOut(frame)
    told = gdb.execute("next", to_string=True)
    while is_alive() and not way_out.is_taken and is_on_its_way_out(frame):
        told = gdb.execute("next", to_string=True)
    if not is_alive():
        gdb.write(told)
        return False
    if not way_out.is_taken:
        if way_out.is_valid():
            way_out.delete()
        if gdb.newest_frame() != frame or "Breakpoint " in told:
            gdb.write(told)
            return False
        return True
    if way_out.status() == SUSPENDED:
        running = task["base"]["loop"].cast(gdb.lookup_type("acoc_running").pointer())
        return run_to_resume(body, number(running["cell"])) and next_line()
    if awaiter and not run_to_resume(*awaiter):
        return False
    return rest_of_line()


class AcocCommand(gdb.Command):
    """Coroutines: acoc next, acoc backtrace, acoc locals, acoc tasks."""

    def __init__(self):
        super().__init__("acoc", gdb.COMMAND_USER, prefix=True)


class NextCommand(gdb.Command):
    """Goes on to the coroutine's next line, however often it is suspended on the way: acoc next [COUNT].
What other tasks do in between is not shown; breakpoints in them stop. At the end of a coroutine that
was resumed it goes on to whoever awaits it."""

    def __init__(self):
        super().__init__("acoc next", gdb.COMMAND_RUNNING)

    def invoke(self, argument, from_tty):
        check_running()
        for _ in range(int(argument or 1)):
            if not is_body(gdb.newest_frame()):
                gdb.execute("next")
            elif not next_line():
                return


# ---- acoc backtrace, acoc tasks


class BacktraceCommand(gdb.Command):
    """Shows who awaits the running coroutine, and so on to its task's first: acoc backtrace."""

    def __init__(self):
        super().__init__("acoc backtrace", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        check_running()
        frame = gdb.newest_frame()
        while frame and not is_body(frame):
            frame = frame.older()
        if not frame:
            raise gdb.GdbError("no coroutine is running here; see 'acoc tasks'")
        for depth, text in enumerate(stack_of(frame.read_var("acoc_task_"), True)):
            gdb.write("#%-2d %s\n" % (depth, text))


def loops():
    """Those of the selected thread."""
    try:
        loop = gdb.parse_and_eval("known_loops")
    except gdb.error:
        raise gdb.GdbError("the symbols of libacoc are not there; was it built with -g?")
    while loop:
        yield loop
        loop = loop["next_known"]


def state_of(task, loop):
    if loop["current"] == task:
        return "running"
    if not task["wait"]["pprev"]:
        return "ready to run"
    operations = task["wait"]["operations"]
    if number(operations) == number(gdb.parse_and_eval("&acoc__join_operations")):
        joined = task["wait"]["of"]["object"].cast(gdb.lookup_type("acoc_future").pointer())
        return "waits for %s, 0x%x" % (joined["type"]["name"].string(), number(joined))
    return "waits: " + operations["name"].string()


class TasksCommand(gdb.Command):
    """Lists the tasks of this thread's loops: what each waits for, and where: acoc tasks."""

    def __init__(self):
        super().__init__("acoc tasks", gdb.COMMAND_STATUS)

    def invoke(self, argument, from_tty):
        check_running()
        count = 0
        for loop in loops():
            task = loop["tasks"]
            while task:
                count += 1
                state = state_of(task, loop)
                gdb.write("%s, 0x%x: %s\n" % (task["base"]["type"]["name"].string(), number(task), state))
                for text in stack_of(task, state == "running"):
                    gdb.write("    %s\n" % text)
                task = task["next"]
        if not count:
            gdb.write("no tasks\n")


# ---- acoc locals


def symbols_of(frame):
    """The user's names, innermost scope first, each once."""
    block, seen = frame.block(), set()
    while block:
        for symbol in block:
            if (symbol.is_variable or symbol.is_argument) and symbol.name not in seen and not symbol.name.startswith("acoc_"):
                seen.add(symbol.name)
                yield symbol
        if block.function:
            return
        block = block.superblock


def value_of(symbol, frame):
    """A local that lives in the acoc_frame is a pointer to its member there, under the user's name."""
    value, kept = symbol.value(frame), frame.read_var("acoc_frame_")
    if value.is_optimized_out or kept.is_optimized_out:
        return value
    if kept and value.type.strip_typedefs().code == gdb.TYPE_CODE_PTR:
        try:
            member = kept[symbol.name]
        except gdb.error:
            return value
        if number(member.address) == number(value):
            return member
    return value


class LocalsCommand(gdb.Command):
    """Shows the coroutine's locals and parameters by their names, those that live in its frame too: acoc locals."""

    def __init__(self):
        super().__init__("acoc locals", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        check_running()
        frame = gdb.selected_frame()
        if not is_body(frame):
            raise gdb.GdbError("the selected frame is no coroutine's; see 'info locals'")
        for symbol in symbols_of(frame):
            gdb.write("%s = %s\n" % (symbol.name, value_of(symbol, frame).format_string()))


AcocCommand()
NextCommand()
BacktraceCommand()
TasksCommand()
LocalsCommand()
